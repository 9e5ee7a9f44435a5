#include "gateway/app/private_file.h"

#include <sys/stat.h>

#include <fstream>

namespace tocsin::app {

base::Status write_private(const std::filesystem::path& path, const std::string& content) {
  const auto others = ::umask(S_IRWXG | S_IRWXO);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  ::umask(others);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) return base::Error{base::ErrorCode::kNotFound, "cannot write " + path.string(), ""};
  // One that was there before keeps its rights: they are taken away.
  std::error_code failure;
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failure);
  return base::Done{};
}

}  // namespace tocsin::app
