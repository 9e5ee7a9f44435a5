// The part of ports::Store that knows which file belongs to which report.  The rules of ports/store.h hold.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/attachment.h"

namespace tocsin::ports {

class AttachmentStore {
 public:
  virtual ~AttachmentStore() = default;
  virtual std::optional<model::Report> report(model::ReportId id) = 0;
  virtual void insert_attachment(const model::Attachment& attachment) = 0;
  virtual std::vector<model::Attachment> attachments_of(model::ReportId report) = 0;  // oldest first
  // Of incidents that ended at or before `ended`, at most `limit`.
  virtual std::vector<model::Attachment> attachments_past(base::UtcTime ended, int limit) = 0;
  virtual void delete_attachments(std::span<const model::Attachment> attachments) = 0;
  // Those of `hashes` that no row names, each once.
  virtual std::vector<std::string> unnamed_files(std::span<const std::string> hashes) = 0;
};

}  // namespace tocsin::ports
