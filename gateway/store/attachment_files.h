// Photographs as files: <folder>/ab/abcdef… , mode 0600, beside the database.
//
// Any thread.  A file comes into being whole: written under another name, synced, renamed, its folder synced.
#pragma once

#include <string>
#include <utility>

#include "gateway/ports/attachments.h"

namespace tocsin::store {

class AttachmentFiles final : public ports::Attachments {
 public:
  // The folder is made with the first file.
  explicit AttachmentFiles(std::string folder) : folder_(std::move(folder)) {}

  [[nodiscard]] base::Result<std::string> put(std::string_view bytes) override;
  [[nodiscard]] bool has(std::string_view hash) const override;
  [[nodiscard]] base::Result<std::string> read(std::string_view hash) const override;
  base::Status remove(std::string_view hash) override;
  // Leftovers of a put that was cut short are removed on the way, when as old.
  [[nodiscard]] std::vector<std::string> put_before(base::UtcTime before, int first, int count) override;

 private:
  [[nodiscard]] std::string folder_of(std::string_view hash) const;
  [[nodiscard]] std::string path_of(std::string_view hash) const;

  const std::string folder_;
};

}  // namespace tocsin::store
