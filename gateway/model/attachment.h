// A photograph of the place, sent behind a report.
//
// The bytes lie outside the database, named by their hash; here stands what is known of them.  It follows its report
// through merge and split, is seen only inside its incident, and is deleted 30 days after that incident's end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/time.h"
#include "gateway/model/ids.h"
#include "gateway/model/report.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class MediaType : std::uint8_t { kJpeg = 1, kPng = 2 };
[[nodiscard]] std::string_view name_of(MediaType type);  // "image/jpeg"

inline constexpr int kMostAttachments = 10;                                      // of one report
inline constexpr base::Duration kAttachmentsKept = std::chrono::hours(30 * 24);  // after the incident's end

struct Attachment {
  ReportId report;
  std::string hash;  // BLAKE2b-256 of the stored bytes, 64 hex digits; once per report
  MediaType type = MediaType::kJpeg;
  std::int64_t bytes = 0;
  int width = 0, height = 0;  // pixels, as shown
  base::UtcTime at{};
};

struct AttachmentView {
  Attachment attachment;
  Report report;
  IncidentId incident;
};

// Names a file that was put (ports::Attachments) as belonging to a report: of the reporter's own, or any for the desk.
// kNotFound: no such report, or not theirs; kRefused: it has kMostAttachments, or its incident ended too long ago;
// kRetryLater: the file is gone, put it again.  `at` is given by the engine.
struct AttachFile {
  Principal by;
  Attachment file;
};

struct AttachedFile {
  int incident_code = 0;
  bool repeated = false;  // the report has this very file
};

}  // namespace tocsin::model
