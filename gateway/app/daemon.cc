#include "gateway/app/daemon.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

#include "adapters/console/console.h"
#include "adapters/https/authority.h"
#include "adapters/https/server.h"
#include "directory/directory_store.h"
#include "gateway/app/beginning.h"
#include "gateway/app/certificate_watch.h"
#include "gateway/app/link_kinds.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_look.h"
#include "gateway/app/secret_file.h"
#include "gateway/app/web_files.h"
#include "gateway/app/web_url.h"
#include "gateway/base/log.h"
#include "gateway/base/text.h"
#include "gateway/db/file_lock.h"
#include "gateway/db/session.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMaxInstallBytes = 256 * 1024;

struct Links {
  std::vector<std::unique_ptr<ports::Sender>> senders;
  std::vector<callout::LinkPolicy> policies;
  std::map<std::string, console::Console*, std::less<>> consoles;
};

base::Result<Links> make_links(const Settings& settings, const Daemon::Show& show) {
  Links made;
  for (const auto& link : settings.links) {
    const auto* kind = link_kind(link.kind);
    if (kind == nullptr) return base::invalid("unknown kind of link " + link.kind, "link " + link.name);
    auto sender = kind->make(link, {settings.dialing, show});
    if (!sender) return sender.error();
    if (auto* console = dynamic_cast<console::Console*>(sender->get())) made.consoles[link.name] = console;
    made.senders.push_back(std::move(*sender));
    made.policies.push_back(policy_of(link));
  }
  return made;
}

// kRefused: a key that others can read.
base::Result<https::HttpsSettings> https_settings(const Settings& settings) {
  https::HttpsSettings s = settings.https;
  s.web_files = web_files();
  const auto beside = std::filesystem::path(settings.database).parent_path();
  const auto certificate = secret_path(s.certificate_file), key = secret_path(s.key_file);
  if (!certificate) return certificate.error().within("https.certificate");
  if (!key) return key.error().within("https.key");
  s.certificate_file = certificate->empty() ? (beside / "certificate.pem").string() : *certificate;
  s.key_file = key->empty() ? (beside / "certificate.key").string() : *key;
  const auto checked = check_secret(key->empty() ? s.key_file : settings.https.key_file);
  // One that is not there is made, or missed by whoever needs it.
  if (!checked && checked.error().code != base::ErrorCode::kNotFound) return checked.error().within("https.key");
  if (settings.https_local_socket) s.local_socket = settings.database + ".sock";
  if (const auto url = parse_web_url(settings.public_url); url) {
    s.authorities += (s.authorities.empty() ? "" : ",") + url->authority();
  }
  return s;
}

base::Result<ports::InstallFilesPtr> install_files(const Settings& settings) {
  if (settings.authority.empty()) return ports::InstallFilesPtr();
  const auto files = https::authority_files(settings.authority);
  auto made = std::make_shared<ports::InstallFiles>();
  for (const auto& [path, into] : {std::pair(&files.page, &made->page),
                                   {&files.certificate_der, &made->certificate},
                                   {&files.profile, &made->profile}}) {
    auto read = read_small_file(*path, kMaxInstallBytes);
    if (!read) return read.error().within("https.authority");
    *into = std::move(*read);
  }
  return ports::InstallFilesPtr(std::move(made));
}

// A warning, not a refusal: the file may lie in a folder that is shut.
std::string readable_password(const Settings& settings) {
  const bool any = std::any_of(settings.links.begin(), settings.links.end(),
                               [](const auto& link) { return !link.smpp.password.empty(); });
  std::error_code unknown;
  const auto mode = std::filesystem::status(settings.file, unknown).permissions();
  if (settings.file.empty() || !any || unknown ||
      (mode & std::filesystem::perms::others_read) == std::filesystem::perms::none) {
    return "";
  }
  return base::said("warning: {0} holds a password and anybody may read it; password_file is the place for it\n",
                    "警告：{0}中有密码且人人可读；请改用password_file\n", settings.file)
      .in(settings.chinese);
}

struct LastReload {
  bool succeeded = true;
  base::UtcTime last_success{};
};

std::string reload_metrics(const LastReload& last) {
  return std::string(
             "# HELP tocsin_reload_succeeded 1 when the last start or reload took everything.\n"
             "# TYPE tocsin_reload_succeeded gauge\ntocsin_reload_succeeded ") +
         (last.succeeded ? "1" : "0") +
         "\n# HELP tocsin_reload_last_success_seconds When that was, in seconds since 1970.\n"
         "# TYPE tocsin_reload_last_success_seconds gauge\ntocsin_reload_last_success_seconds " +
         std::to_string(base::to_micros(last.last_success) / 1000000) + "\n";
}

}  // namespace

// In this order: what comes later uses what comes before, and goes first.
struct Daemon::Parts {
  const base::Clock* clock = nullptr;
  Settings settings;
  base::Guarded<std::string> warnings;
  CertificateWatch certificate;
  base::Guarded<LastReload> last_reload;
  std::mutex reloading;
  Links links;
  std::unique_ptr<Office> office;
  https::HttpsSettings https;
  std::unique_ptr<https::HttpsServer> server;

  // After a start or a reload, with what is now in force.
  void took(std::string said, ports::InstallFilesPtr install) {
    warnings.with([&](auto& w) { w = std::move(said); });
    last_reload.with([&](auto& last) { last = {true, clock->utc_now()}; });
    office->offer(std::move(install));
    office->show(settings.card);
    look_at_certificate();
  }
  void look_at_certificate() {
    certificate.look(settings, https.certificate_file, clock->utc_now());
    office->engine().use_link_base(certificate.link_base());
  }
};

base::Result<std::string> read_small_file(const std::string& path, std::size_t limit) {
  std::ifstream in(path, std::ios::binary);
  std::error_code ignored;
  if (!in || std::filesystem::is_directory(path, ignored)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open " + path, ""};
  }
  std::string text(limit + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > limit) return base::invalid(path + " has more than " + std::to_string(limit) + " bytes");
  return text;
}

Daemon::Daemon(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Daemon::~Daemon() {
  stop(std::chrono::seconds(1));
}

base::Result<std::unique_ptr<Daemon>> Daemon::start(const Settings& settings, const base::Clock& clock,
                                                    const Show& show, const std::function<void()>& heartbeat) {
  auto parts = std::make_unique<Parts>();
  parts->settings = settings;
  parts->clock = &clock;
  std::string warnings = readable_password(settings);
  auto https = https_settings(settings);
  if (!https) return https.error();
  parts->https = std::move(*https);
  auto install = install_files(settings);
  if (!install) return install.error();

  auto links = make_links(settings, show);
  if (!links) return links.error();
  parts->links = std::move(*links);
  if (parts->links.senders.empty()) {
    warnings += base::Said{"warning: the settings name no [[link]], so only the call sheet can tell anybody\n",
                           "警告：设置中没有[[link]]，只能靠呼叫单通知\n"}
                    .in(settings.chinese);
  }
  OfficeParts office;
  office.look_at_plan = look_with(settings.links, settings.public_url);
  auto beginning = begin_office(settings, clock.utc_now(), office.look_at_plan);
  if (!beginning) return beginning.error();
  warnings += beginning->said;
  auto& first = beginning->plan;

  office.database = settings.database;
  office.clock = &clock;
  for (const auto& sender : parts->links.senders) office.senders.push_back(sender.get());
  office.policies = parts->links.policies;
  for (const auto& link : settings.links) office.link_kinds.push_back(link.kind);
  office.plan = first.plan;
  office.plan_source = std::move(first.source);
  office.plan_how = std::move(first.how);
  office.roster = beginning->roster;
  office.options = settings.engine;
  office.options.dialing = settings.dialing;
  office.ballast_bytes = settings.ballast_mb * 1024 * 1024;
  office.heartbeat = heartbeat;
  office.more_warnings = [p = parts.get()] { return p->certificate.warnings(p->clock->utc_now()); };
  office.more_metrics = [p = parts.get()] {
    return p->certificate.metrics(p->clock->utc_now()) + reload_metrics(p->last_reload.with([](auto& l) { return l; }));
  };
  auto opened = Office::open(office);
  if (!opened) return opened.error();
  parts->office = std::move(*opened);
  parts->office->plans().file_read(settings.plan, first.digest);
  if (!first.refused.empty()) parts->office->plans().file_refused(settings.plan, first.refused);

  parts->server = std::make_unique<https::HttpsServer>(parts->https, *parts->office);
  if (const auto started = parts->server->start(); !started) return started.error().within("starting HTTPS");
  parts->took(std::move(warnings), std::move(*install));
  return std::unique_ptr<Daemon>(new Daemon(std::move(parts)));
}

void Daemon::run() {
  parts_->office->engine().run();
}

base::Status Daemon::reload() {
  const std::lock_guard one_at_a_time(parts_->reloading);
  auto done = take_anew();
  if (!done) parts_->last_reload.with([](auto& last) { last.succeeded = false; });
  return done;
}

base::Status Daemon::take_anew() {
  Settings next = parts_->settings;
  std::string warnings, wrong;  // of both files, so that nobody mends one to hear of the other
  if (!next.file.empty()) {
    const auto fresh = read_settings(next.file);
    if (!fresh) return fresh.error().within("reading the settings");
    const auto findings = render_all(fresh->findings, fresh->source);
    (base::has_errors(fresh->findings) ? wrong : warnings) += findings;
    if (wrong.empty()) {
      for (const auto& name : take_live_settings(next, fresh->settings)) {
        warnings += base::said("warning: {0} was changed; that takes effect at the next start\n",
                               "警告：{0}已改动，下次启动时生效\n", name)
                        .in(next.chinese);
      }
      warnings += readable_password(next);
    }
  }
  db::OpenOptions read_only;
  read_only.mode = db::Mode::kReadOnly;
  auto session = db::Session::open(next.database, read_only);
  if (!session) return session.error().within("opening the database");
  auto snapshot = directory::load_snapshot(**session);
  if (!snapshot) return snapshot.error().within("reading the directory");
  auto& plans = parts_->office->plans();
  auto plan = look_at_file(plans, next.plan, **session, **snapshot, parts_->clock->utc_now(), next.chinese);
  if (!plan) return plan.error().within("reading the plan");
  (plan->is == FilePlanIs::kRefused ? wrong : warnings) += plan->said;
  if (!wrong.empty()) return base::invalid(wrong);
  auto install = install_files(next);
  if (!install) return install.error();
  auto https = https_settings(next);
  if (!https) return https.error();
  if (const auto taken = parts_->server->reconfigure(*https); !taken) return taken.error().within("HTTPS");
  // The last that can fail, and only when the store cannot be written; the certificate is taken then, all else is not.
  if (auto taken = take_file(plans, next.plan, std::move(*plan)); !taken) return taken.error().within("the plan");
  parts_->https = std::move(*https);
  if (next.log_level != parts_->settings.log_level) base::set_log_level(log_level_of(next));
  parts_->settings = std::move(next);
  parts_->office->engine().use_roster(*snapshot);
  parts_->took(std::move(warnings), std::move(*install));
  return base::Done{};
}

void Daemon::look_at_certificate() {
  const std::lock_guard not_while_reloading(parts_->reloading);
  parts_->look_at_certificate();
}

bool Daemon::links_may_be_sent() const {
  return parts_->certificate.links_may_be_sent();
}

void Daemon::stop(base::Duration limit) {
  if (parts_->server) parts_->server->stop();
  if (parts_->office) parts_->office->stop(limit);
}

Office& Daemon::office() {
  return *parts_->office;
}
int Daemon::port() const {
  return parts_->server->port();
}
std::string Daemon::url() const {
  const auto& address = parts_->settings.https.address;
  const bool here = address == "127.0.0.1" || address == "::1" || address == "::" || address == "0.0.0.0";
  const bool v6 = !here && address.find(':') != std::string::npos;
  const std::string host = here ? "localhost" : v6 ? "[" + address + "]" : address;
  return "https://" + host + ":" + std::to_string(port());
}
std::string Daemon::fingerprint() const {
  return parts_->server->fingerprint();
}
const std::string& Daemon::certificate() const {
  return parts_->https.certificate_file;
}
std::string Daemon::warnings() const {
  return parts_->warnings.with([](const auto& w) { return w; });
}
console::Console* Daemon::console(std::string_view link) {
  const auto found = parts_->links.consoles.find(link);
  return found == parts_->links.consoles.end() ? nullptr : found->second;
}

}  // namespace tocsin::app
