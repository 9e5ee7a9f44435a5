#include "adapters/https/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tocsin::https {
namespace {

using base::Error;
using base::ErrorCode;

Error refused(const std::string& what, const std::string& file) {
  const auto code = errno == EEXIST ? ErrorCode::kConflict : ErrorCode::kRefused;
  return {code, what + " " + file + ": " + std::strerror(errno), {}};
}

bool write_all(int fd, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto count = ::write(fd, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return ::fsync(fd) == 0;
}

}  // namespace

base::Status write_new(const std::string& file, const std::string& text, mode_t mode) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return refused("cannot make", file);
  // Asked for by number, so that the umask has no say.
  const bool written = write_all(fd, text) && ::fchmod(fd, mode) == 0;
  const Error failed = refused("cannot write", file);
  ::close(fd);
  if (written) return base::Done{};
  ::unlink(file.c_str());
  return failed;
}

base::Status replace(const std::string& file, const std::string& text, mode_t mode) {
  const std::string fresh = file + ".new";
  ::unlink(fresh.c_str());
  if (auto written = write_new(fresh, text, mode); !written) return written;
  if (::rename(fresh.c_str(), file.c_str()) == 0) return base::Done{};
  const Error failed = refused("cannot replace", file);
  ::unlink(fresh.c_str());
  return failed;
}

}  // namespace tocsin::https
