#include "adapters/sms/modem/spool.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace tocsin::sms {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnFolder = 0700, kOwnFile = 0600;
constexpr off_t kLongLog = 256 * 1024;
constexpr std::size_t kMostListed = 4096, kMostAwaited = 20000;

base::Error of_system(const std::string& what) {
  return {base::ErrorCode::kInternal, what + ": " + std::strerror(errno), ""};
}

class File {
 public:
  File(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, kOwnFile)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool open() const { return fd_ >= 0; }
  [[nodiscard]] bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  [[nodiscard]] std::string read(std::size_t most) const {
    std::string all;
    char buffer[8192];
    while (all.size() < most) {
      const ssize_t n = ::read(fd_, buffer, std::min(sizeof buffer, most - all.size()));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      all.append(buffer, static_cast<std::size_t>(n));
    }
    return all;
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

std::vector<std::string> names_in(const std::string& folder, std::size_t most) {
  std::vector<std::string> names;
  DIR* const dir = ::opendir(folder.c_str());
  if (dir == nullptr) return names;
  while (const dirent* const entry = ::readdir(dir)) {  // NOLINT(concurrency-mt-unsafe): a DIR of its own
    const std::string_view name = entry->d_name;
    if (name.front() == '.' || (name.size() > 5 && name.substr(name.size() - 5) == ".part")) continue;
    names.emplace_back(name);
    if (names.size() >= most) break;
  }
  ::closedir(dir);
  std::sort(names.begin(), names.end());
  return names;
}

// Networks write one number as +8614400000017, 8614400000017 or 14400000017.
std::string tail_of(std::string_view number) {
  constexpr std::size_t kTail = 8;
  std::string digits;
  for (const char c : number) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits.size() > kTail ? digits.substr(digits.size() - kTail) : digits;
}

std::string awaited_key(int reference, std::string_view number) {
  char text[16];
  std::snprintf(text, sizeof text, "%03d.", reference & 0xFF);
  return text + tail_of(number) + ".";
}

}  // namespace

std::string Spool::path(Box box) const {
  switch (box) {
    case Box::kOutbox: return folder_ + "/outbox";
    case Box::kSent: return folder_ + "/sent";
    case Box::kError: return folder_ + "/error";
    case Box::kInbox: break;
  }
  return folder_ + "/inbox";
}

base::Status Spool::prepare() {
  std::error_code failed;
  fs::create_directories(folder_, failed);
  if (failed) return base::Error{base::ErrorCode::kInternal, folder_ + ": " + failed.message(), ""};
  for (const char* const sub : {"", "/outbox", "/sent", "/error", "/inbox", "/awaited"}) {
    const std::string folder = folder_ + sub;
    if (::mkdir(folder.c_str(), kOwnFolder) != 0 && errno != EEXIST) return of_system(folder);
    if (::chmod(folder.c_str(), kOwnFolder) != 0) return of_system(folder);
  }
  for (const std::string& name : list(Box::kOutbox)) erase(Box::kOutbox, name);
  awaited_.clear();
  for (const std::string& name : names_in(folder_ + "/awaited", kMostAwaited)) {
    struct stat about {};
    if (::stat((folder_ + "/awaited/" + name).c_str(), &about) != 0) continue;
    awaited_[name] = base::UtcTime(std::chrono::seconds(about.st_mtim.tv_sec));
  }
  log_read_ = 0;
  return base::Done{};
}

base::Status Spool::write_whole(const std::string& to, std::string_view contents) {
  const std::string beside = to + ".part";
  bool written = false;
  {
    const File file(beside, O_WRONLY | O_CREAT | O_TRUNC);
    written = file.open() && file.write(contents);
  }
  if (!written || ::rename(beside.c_str(), to.c_str()) != 0) {
    const base::Error error = of_system(folder_);
    ::unlink(beside.c_str());
    return error;
  }
  return base::Done{};
}

base::Result<bool> Spool::write_smsdrc(std::string_view text) {
  {
    const File old(smsdrc(), O_RDONLY);
    if (old.open() && old.read(text.size() + 1) == text) return false;
  }
  if (const auto written = write_whole(smsdrc(), text); !written) return written.error();
  return true;
}

void Spool::empty_log() {
  const File file(folder_ + "/log", O_WRONLY | O_CREAT | O_TRUNC);
  log_read_ = 0;
}

base::Status Spool::place(const std::string& name, std::string_view contents) {
  return write_whole(path(Box::kOutbox, name), contents);
}

std::vector<std::string> Spool::list(Box box) const {
  return names_in(path(box), kMostListed);
}

std::string Spool::read(Box box, const std::string& name, std::size_t most) const {
  const File file(path(box, name), O_RDONLY);
  return file.open() ? file.read(most + 1) : std::string();
}

bool Spool::erase(Box box, const std::string& name) {
  return ::unlink(path(box, name).c_str()) == 0;
}

void Spool::request_restart() {
  const File file(folder_ + "/restart", O_WRONLY | O_CREAT | O_TRUNC);
  if (file.open()) (void)file.write("restart\n");
}

std::string Spool::read_log(bool idle) {
  const File file(folder_ + "/log", O_RDWR);
  if (!file.open()) return {};
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return {};
  if (about.st_size < log_read_) log_read_ = 0;
  std::string news;
  if (about.st_size > log_read_ && ::lseek(file.get(), log_read_, SEEK_SET) >= 0) {
    news = file.read(static_cast<std::size_t>(std::min(about.st_size - log_read_, kLongLog)));
    log_read_ += static_cast<off_t>(news.size());
  }
  // gammu-smsd appends, so that what it writes next stands at the beginning.
  if (log_read_ > 0 && news.empty() && (idle || log_read_ > kLongLog) && ::ftruncate(file.get(), 0) == 0) log_read_ = 0;
  return news;
}

void Spool::await(int reference, std::string_view number, const std::string& carrier_id, base::UtcTime now) {
  if (awaited_.size() >= kMostAwaited) return;  // its report, should it come, is for nobody
  const std::string name = awaited_key(reference, number) + carrier_id;
  const File file(folder_ + "/awaited/" + name, O_WRONLY | O_CREAT);
  awaited_[name] = now;
}

std::optional<std::string> Spool::awaited(int reference, std::string_view number) const {
  const std::string key = awaited_key(reference, number);
  auto oldest = awaited_.end();
  for (auto it = awaited_.lower_bound(key); it != awaited_.end() && it->first.compare(0, key.size(), key) == 0; ++it) {
    if (oldest == awaited_.end() || it->second < oldest->second) oldest = it;
  }
  if (oldest == awaited_.end()) return std::nullopt;
  return oldest->first.substr(key.size());
}

void Spool::forget_awaited(const std::string& carrier_id) {
  for (auto it = awaited_.begin(); it != awaited_.end();) {
    const std::string& name = it->first;
    const bool same = name.size() > carrier_id.size() && name[name.size() - carrier_id.size() - 1] == '.' &&
                      name.compare(name.size() - carrier_id.size(), carrier_id.size(), carrier_id) == 0;
    if (same) ::unlink((folder_ + "/awaited/" + name).c_str());
    it = same ? awaited_.erase(it) : std::next(it);
  }
}

void Spool::forget_older_than(base::UtcTime time) {
  for (auto it = awaited_.begin(); it != awaited_.end();) {
    const bool old = it->second < time;
    if (old) ::unlink((folder_ + "/awaited/" + it->first).c_str());
    it = old ? awaited_.erase(it) : std::next(it);
  }
}

}  // namespace tocsin::sms
