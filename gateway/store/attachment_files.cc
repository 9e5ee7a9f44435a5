#include "gateway/store/attachment_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "gateway/base/digest.h"
#include "gateway/base/random.h"

namespace tocsin::store {

namespace {

constexpr mode_t kOurs = S_IRUSR | S_IWUSR, kOurFolder = S_IRWXU;
constexpr std::size_t kHashDigits = 64;
constexpr std::string_view kUnfinished = ".part";

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool ok() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  const int fd_;
};

base::Error disk_says(const std::string& doing, int why) {
  return {base::ErrorCode::kRetryLater, doing + ": " + std::strerror(why), {}};
}

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool sync_folder(const std::string& path) {
  const File folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.ok() && ::fsync(folder.fd()) == 0;
}

// Makes the folder when it is not there, and its name in `above` last.
bool make_folder(const std::string& path, const std::string& above) {
  if (::mkdir(path.c_str(), kOurFolder) == 0) return sync_folder(above);
  return errno == EEXIST;
}

std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Lies there already: counts as put now, so that no sweep takes it before its row is written.
bool renew(const std::string& path, std::size_t bytes) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || static_cast<std::size_t>(info.st_size) != bytes) return false;
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return file.ok() && ::futimens(file.fd(), nullptr) == 0 && ::fsync(file.fd()) == 0;
}

base::UtcTime changed_at(const struct stat& info) {
  return base::from_micros(static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000 + info.st_mtim.tv_nsec / 1000);
}

}  // namespace

std::string AttachmentFiles::folder_of(std::string_view hash) const {
  return folder_ + "/" + std::string(hash.substr(0, 2));
}

std::string AttachmentFiles::path_of(std::string_view hash) const {
  return folder_of(hash) + "/" + std::string(hash);
}

base::Result<std::string> AttachmentFiles::put(std::string_view bytes) {
  const std::string hash = base::to_hex(base::digest(bytes));
  const std::string folder = folder_of(hash), path = path_of(hash);
  if (!make_folder(folder_, parent_of(folder_)) || !make_folder(folder, folder_)) {
    return disk_says("making a folder for attachments", errno);
  }
  if (renew(path, bytes.size())) {
    if (!sync_folder(folder)) return disk_says("syncing a folder of attachments", errno);
    return hash;
  }
  const std::string unfinished = path + "." + base::new_token().substr(0, 12) + std::string(kUnfinished);
  int why = 0;
  {
    const File file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOurs));
    if (!file.ok() || !write_all(file.fd(), bytes) || ::fsync(file.fd()) != 0) why = errno;
  }
  if (why == 0 && (::rename(unfinished.c_str(), path.c_str()) != 0 || !sync_folder(folder))) why = errno;
  if (why == 0) return hash;
  ::unlink(unfinished.c_str());
  return disk_says("writing an attachment", why);
}

bool AttachmentFiles::has(std::string_view hash) const {
  return is_hash(hash) && ::access(path_of(hash).c_str(), R_OK) == 0;
}

base::Result<std::string> AttachmentFiles::read(std::string_view hash) const {
  const base::Error unknown{base::ErrorCode::kNotFound, "no such attachment", {}};
  if (!is_hash(hash)) return unknown;
  const File file(::open(path_of(hash).c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (!file.ok() || ::fstat(file.fd(), &info) != 0) return unknown;
  std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    const ssize_t count = ::read(file.fd(), bytes.data() + got, bytes.size() - got);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    got += static_cast<std::size_t>(count);
  }
  bytes.resize(got);
  if (base::to_hex(base::digest(bytes)) != hash) {
    return base::Error{base::ErrorCode::kCorrupt, "the attachment " + std::string(hash) + " is damaged on disk", {}};
  }
  return bytes;
}

base::Status AttachmentFiles::remove(std::string_view hash) {
  if (!is_hash(hash) || ::unlink(path_of(hash).c_str()) == 0 || errno == ENOENT) return base::Done{};
  return disk_says("removing an attachment", errno);
}

std::vector<std::string> AttachmentFiles::put_before(base::UtcTime before, int first, int count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::vector<std::string> hashes;
  for (int i = first; i < std::min(first + count, kFolders); ++i) {
    const std::string folder =
        folder_ + "/" + kDigits[static_cast<std::size_t>(i / 16)] + kDigits[static_cast<std::size_t>(i % 16)];
    const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
    if (!open) continue;
    while (const dirent* entry = ::readdir(open.get())) {
      const std::string name = entry->d_name, path = folder + "/" + name;
      const bool unfinished = name.ends_with(kUnfinished);
      struct stat info {};
      if ((!is_hash(name) && !unfinished) || ::stat(path.c_str(), &info) != 0 || changed_at(info) >= before) continue;
      if (unfinished) {
        ::unlink(path.c_str());
      } else {
        hashes.push_back(name);
      }
    }
  }
  return hashes;
}

}  // namespace tocsin::store
