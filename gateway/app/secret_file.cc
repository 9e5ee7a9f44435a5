#include "gateway/app/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace tocsin::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

// An open file, closed with this.
class File {
 public:
  explicit File(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

bool is_name(const std::string& name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  return !name.empty() && name.size() <= 255 && name.front() != '.' && std::all_of(name.begin(), name.end(), fits);
}

std::string octal(mode_t mode) {
  std::string text = "0000";
  for (std::size_t i = 0; i < text.size(); ++i)
    text[text.size() - 1 - i] = static_cast<char>('0' + (mode >> 3 * i & 7U));
  return text;
}

base::Status check(const struct stat& file, const std::string& path, bool credential) {
  if (!S_ISREG(file.st_mode)) return Error{ErrorCode::kRefused, path + " is not a plain file", ""};
  if (credential) return base::Done{};
  const mode_t mode = file.st_mode & 07777U;
  if ((mode & kOthers) != 0) {
    return Error{ErrorCode::kRefused,
                 path + " holds a secret, and others can get at it (mode " + octal(mode) + "): chmod 600 it", ""};
  }
  if (file.st_uid != ::geteuid() && file.st_uid != 0) {
    return Error{ErrorCode::kRefused,
                 path + " holds a secret, but belongs to user " + std::to_string(file.st_uid) +
                     "; it must belong to the user that tocsin runs as, or to root",
                 ""};
  }
  return base::Done{};
}

}  // namespace

bool is_credential(const std::string& setting) {
  return setting.compare(0, std::strlen(kCredentialPrefix), kCredentialPrefix) == 0;
}

base::Result<std::string> secret_path(const std::string& setting) {
  if (!is_credential(setting)) return setting;
  const auto name = setting.substr(std::strlen(kCredentialPrefix));
  if (!is_name(name)) {
    return base::invalid("\"" + setting + "\": a credential's name has letters, digits, '-', '_' and '.' only");
  }
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr || *folder == '\0') {
    return base::invalid("\"" + setting + "\": the service manager gave no credentials (LoadCredential=" + name +
                         ":…)");
  }
  return std::string(folder) + "/" + name;
}

base::Status check_secret(const std::string& setting) {
  const auto path = secret_path(setting);
  if (!path) return path.error();
  struct stat file {};
  if (::stat(path->c_str(), &file) != 0) {
    return Error{ErrorCode::kNotFound, "cannot open " + *path + ": " + std::strerror(errno), ""};
  }
  return check(file, *path, is_credential(setting));
}

base::Result<std::string> read_secret(const std::string& setting, std::size_t limit) {
  const auto path = secret_path(setting);
  if (!path) return path.error();
  const File file(*path);
  struct stat about {};
  if (file.fd() < 0 || ::fstat(file.fd(), &about) != 0) {
    return Error{ErrorCode::kNotFound, "cannot open " + *path + ": " + std::strerror(errno), ""};
  }
  if (const auto checked = check(about, *path, is_credential(setting)); !checked) return checked.error();
  std::string text(limit + 1, '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const auto got = ::read(file.fd(), text.data() + have, text.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{ErrorCode::kNotFound, "cannot read " + *path + ": " + std::strerror(errno), ""};
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  text.resize(have);
  if (have > limit) return base::invalid(*path + " has more than " + std::to_string(limit) + " bytes");
  return text;
}

}  // namespace tocsin::app
