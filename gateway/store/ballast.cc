#include "gateway/store/ballast.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace tocsin::store {

base::Status Ballast::restore() {
  if (held()) return base::Done{};
  const int fd = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  int why = fd < 0 ? errno : ::posix_fallocate(fd, 0, bytes_);
  if (fd >= 0) ::close(fd);
  if (why == 0) return base::Done{};
  ::unlink(path_.c_str());
  return base::Error{base::ErrorCode::kRetryLater, "cannot make ballast " + path_ + ": " + std::strerror(why), {}};
}

bool Ballast::release() {
  return ::unlink(path_.c_str()) == 0;
}

bool Ballast::held() const {
  struct stat info {};
  // 512-byte blocks: a sparse file of the right length holds no space.
  return ::stat(path_.c_str(), &info) == 0 && info.st_size >= bytes_ && info.st_blocks * 512 >= bytes_;
}

}  // namespace tocsin::store
