#include "gateway/db/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace tocsin::db {

namespace {

std::string read_pid(int fd) {
  char text[16] = {};
  const ssize_t count = ::pread(fd, text, sizeof text - 1, 0);
  std::string pid;
  for (ssize_t i = 0; i < count && text[i] >= '0' && text[i] <= '9'; ++i) pid += text[i];
  return pid;
}

}  // namespace

base::Result<std::unique_ptr<FileLock>> FileLock::take(const std::string& database_path) {
  const std::string path = database_path + ".lock";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) {
    return base::Error{base::ErrorCode::kNotFound, "cannot make lock file " + path + ": " + std::strerror(errno), {}};
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const int why = errno;
    const std::string pid = read_pid(fd);
    ::close(fd);
    if (why != EWOULDBLOCK) {
      return base::Error{base::ErrorCode::kInternal, "cannot lock " + path + ": " + std::strerror(why), {}};
    }
    return base::Error{base::ErrorCode::kConflict,
                       "database " + database_path + " is in use by another process" +
                           (pid.empty() ? "" : " (pid " + pid + ")") + "; its lock is " + path,
                       {}};
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  // The pid is a courtesy: a full disk must not keep anybody from taking the lock.
  if (::ftruncate(fd, 0) == 0 && ::pwrite(fd, pid.data(), pid.size(), 0) < 0) {
  }
  return std::unique_ptr<FileLock>(new FileLock(fd));
}

FileLock::~FileLock() {
  if (::ftruncate(fd_, 0) != 0) {
  }
  ::close(fd_);
}

}  // namespace tocsin::db
