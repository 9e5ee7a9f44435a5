#include "bench/https_office.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "adapters/https/server.h"
#include "adapters/sms/smpp/link.h"
#include "bench/centre.h"
#include "bench/town.h"
#include "directory/snapshot.h"
#include "gateway/app/office.h"
#include "gateway/base/log.h"
#include "gateway/base/random.h"
#include "gateway/db/session.h"
#include "gateway/store/tokens.h"

namespace tocsin::bench {
namespace {

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "https office: %s\n", why.c_str());
  std::_Exit(1);
}

void put_line(int fd, const std::string& text) {
  const std::string size = std::to_string(text.size()) + "\n";
  if (::write(fd, size.data(), size.size()) < 0 || ::write(fd, text.data(), text.size()) < 0) std::_Exit(1);
}

std::string get_line(int fd) {
  std::string size;
  for (char c = 0; ::read(fd, &c, 1) == 1 && c != '\n';) size += c;
  std::string text(static_cast<std::size_t>(std::atoi(size.c_str())), '\0');
  std::size_t had = 0;
  while (had < text.size()) {
    const ssize_t count = ::read(fd, text.data() + had, text.size() - had);
    if (count <= 0) give_up("the office's process ended");
    had += static_cast<std::size_t>(count);
  }
  return text;
}

}  // namespace

HttpsOffice::HttpsOffice(const std::string& parent_folder, const https::HttpsSettings& settings,
                         const OfficeWish& wish) {
  std::string pattern = parent_folder + "/tocsin-bench-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) give_up("no folder in " + parent_folder);
  folder_ = pattern;
  for (int i = 0; i < wish.phones + wish.desks; ++i) tokens_.push_back(base::new_token());
  int down[2], up[2];
  if (::pipe(down) != 0 || ::pipe(up) != 0) give_up("no pipe");
  std::fflush(nullptr);
  child_ = ::fork();
  if (child_ < 0) give_up("no process");
  if (child_ == 0) {
    ::close(down[1]);
    ::close(up[0]);
    serve(folder_, settings, wish, tokens_, up[1], down[0]);
  }
  ::close(down[0]);
  ::close(up[1]);
  to_child_ = down[1];
  from_child_ = up[0];
  port_ = std::atoi(get_line(from_child_).c_str());
}

HttpsOffice::~HttpsOffice() {
  ::close(to_child_);
  ::close(from_child_);
  int status = 0;
  ::waitpid(child_, &status, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void HttpsOffice::serve(const std::string& folder, const https::HttpsSettings& given, const OfficeWish& wish,
                        const std::vector<std::string>& tokens, int to_parent, int from_parent) {
  base::set_log_level(base::LogLevel::kError);
  std::optional<Centre> centre;
  std::optional<sms::SmppLink> link;
  if (wish.carrier_rate > 0) {
    auto settings = link_to(centre.emplace());
    settings.window = 100;
    settings.rate = wish.carrier_rate;
    link.emplace(settings);
  }
  const base::SystemClock clock;
  const Town town = make_town(wish.people);
  app::OfficeParts parts;
  parts.database = folder + "/tocsin.db";
  parts.clock = &clock;
  parts.plan = town.plan;
  parts.plan_source = town.plan_source;
  parts.roster = std::make_shared<directory::Snapshot>(town.tables, 1);
  if (link) parts.senders = {&*link};
  auto office = app::Office::open(parts);
  if (!office) give_up(office.error().message);
  {
    auto session = db::Session::open(parts.database, {});
    if (!session) give_up(session.error().message);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto made =
          store::insert_token(**session, "phone-" + std::to_string(i),
                              i < static_cast<std::size_t>(wish.phones) ? model::Role::kReporter : model::Role::kDuty,
                              {}, tokens[i], clock.utc_now());
      if (!made) give_up(made.error().message);
    }
  }
  (*office)->engine().run();
  if (centre && !centre->wait_bound()) give_up("the link did not come up");
  auto settings = given;
  settings.port = 0;
  settings.certificate_file = folder + "/certificate.pem";
  settings.key_file = folder + "/certificate.key";
  https::HttpsServer server(settings, **office);
  if (const auto started = server.start(); !started.ok()) give_up(started.error().message);
  put_line(to_parent, std::to_string(server.port()));
  for (char c = 0; ::read(from_parent, &c, 1) == 1;) put_line(to_parent, server.metrics());
  server.stop();
  (*office)->stop(std::chrono::seconds(0));
  std::_Exit(0);
}

std::string HttpsOffice::metrics() const {
  if (::write(to_child_, "m", 1) != 1) give_up("the office's process ended");
  return get_line(from_child_);
}

double HttpsOffice::memory_mib(const char* key) const {
  std::ifstream status("/proc/" + std::to_string(child_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) return std::atof(line.c_str() + std::string_view(key).size() + 1) / 1024;
  }
  return 0;
}

std::map<std::string, double> HttpsOffice::cpu_seconds() const {
  std::map<std::string, double> used;
  const double ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(child_) + "/task")) {
    std::stringstream text;
    text << std::ifstream(task.path() / "stat").rdbuf();
    const std::string stat = text.str();
    const auto open = stat.find('('), close = stat.rfind(')');
    if (open == std::string::npos || close == std::string::npos) continue;
    std::string name = stat.substr(open + 1, close - open - 1);
    if (!name.starts_with("https-")) name = "engine and others";
    // Fields 14 and 15 of proc(5): user and system time; the third follows the name.
    std::istringstream fields(stat.substr(close + 2));
    std::string field;
    double all = 0;
    for (int n = 3; n <= 15 && fields >> field; ++n) {
      if (n >= 14) all += std::atof(field.c_str());
    }
    used[name] += all / ticks;
  }
  return used;
}

}  // namespace tocsin::bench
