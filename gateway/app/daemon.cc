#include "gateway/app/daemon.h"

#include <filesystem>
#include <fstream>
#include <map>

#include "adapters/console/console.h"
#include "adapters/https/server.h"
#include "adapters/sms/smpp/link.h"
#include "directory/directory_store.h"
#include "gateway/app/plan_file.h"
#include "gateway/base/log.h"
#include "gateway/base/text.h"
#include "gateway/db/file_lock.h"
#include "gateway/db/session.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMaxPasswordBytes = 256;

struct Links {
  std::vector<std::unique_ptr<ports::Sender>> senders;
  std::map<std::string, console::Console*, std::less<>> consoles;
};

base::Result<std::unique_ptr<ports::Sender>> make_smpp(const LinkSettings& link, const base::DialingRules& dialing) {
  sms::SmppSettings s;
  s.name = link.name;
  s.host = link.host;
  s.port = static_cast<std::uint16_t>(link.port);
  s.system_id = link.system_id;
  s.password = link.password;
  s.system_type = link.system_type;
  s.source_addr = link.source_addr;
  s.signature = link.signature;
  s.window = link.window;
  s.rate = link.rate;
  s.enquire_link = link.enquire_link;
  s.response_timeout = link.response_timeout;
  s.receipts = link.receipts;
  s.dialing = dialing;
  if (!link.password_file.empty()) {
    auto password = read_small_file(link.password_file, kMaxPasswordBytes);
    if (!password) return password.error().within("link " + link.name);
    s.password = base::trim(*password);
  }
  if (const auto checked = sms::check(s); !checked) return checked.error().within("link " + link.name);
  return std::unique_ptr<ports::Sender>(std::make_unique<sms::SmppLink>(std::move(s)));
}

base::Result<Links> make_links(const Settings& settings, const Daemon::Show& show) {
  Links made;
  for (const auto& link : settings.links) {
    if (link.kind == "smpp") {
      auto sender = make_smpp(link, settings.dialing);
      if (!sender) return sender.error();
      made.senders.push_back(std::move(*sender));
      continue;
    }
    console::ConsoleSettings s;
    s.name = link.name;
    s.whole_numbers = link.whole_numbers;
    s.receipts = link.receipts;
    auto console = std::make_unique<console::Console>(s, show);
    made.consoles[link.name] = console.get();
    made.senders.push_back(std::move(console));
  }
  return made;
}

directory::ImportOptions import_options(const Settings& settings, const plan::Plan& plan) {
  directory::ImportOptions options;
  options.time_zone = plan.time_zone;
  options.dialing = settings.dialing;
  options.languages = plan.languages;
  return options;
}

base::Status import_folder(db::Session& session, const Settings& settings, const plan::Plan& plan, base::UtcTime now,
                           std::string& warnings) {
  auto imported = directory::read_directory(settings.directory, import_options(settings, plan));
  if (!imported) return imported.error().within("reading the directory");
  if (base::has_errors(imported->findings)) return base::invalid(directory::render_findings(*imported));
  warnings += directory::render_findings(*imported);
  const auto stored = directory::store_import(session, *imported, "settings", now);
  if (!stored) return stored.error().within("storing the directory");
  return base::Done{};
}

// Under the database's lock, so that a second daemon changes nothing of the first one's.
base::Result<ports::RosterPtr> first_roster(const Settings& settings, const plan::Plan& plan, base::UtcTime now,
                                            std::string& warnings) {
  auto lock = db::FileLock::take(settings.database);
  if (!lock) return lock.error();
  auto session = db::Session::open(settings.database, {});
  if (!session) return session.error().within("opening the database");
  if (const auto migrated = directory::migrate(**session); !migrated) return migrated.error();
  const auto version = directory::directory_version(**session);
  if (!version) return version.error();
  if (*version == 0 && !settings.directory.empty()) {
    if (const auto done = import_folder(**session, settings, plan, now, warnings); !done) return done.error();
  }
  auto snapshot = directory::load_snapshot(**session);
  if (!snapshot) return snapshot.error().within("reading the directory");
  if ((*snapshot)->people().empty()) {
    warnings += "warning: the directory is empty, so nobody can be told; `tocsin directory import` fills it\n";
  }
  return ports::RosterPtr(*snapshot);
}

https::HttpsSettings https_settings(const Settings& settings) {
  https::HttpsSettings s = settings.https;
  const auto beside = std::filesystem::path(settings.database).parent_path();
  if (s.certificate_file.empty()) s.certificate_file = (beside / "certificate.pem").string();
  if (s.key_file.empty()) s.key_file = (beside / "certificate.key").string();
  if (settings.https_local_socket) s.local_socket = settings.database + ".sock";
  return s;
}

}  // namespace

// In this order: what comes later uses what comes before, and goes first.
struct Daemon::Parts {
  Settings settings;
  std::string warnings;
  Links links;
  std::unique_ptr<Office> office;
  https::HttpsSettings https;
  std::unique_ptr<https::HttpsServer> server;
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
                                                    const Show& show) {
  auto parts = std::make_unique<Parts>();
  parts->settings = settings;
  auto read = load_plan(settings.plan);
  if (!read) return read.error().within("reading the plan");
  if (!read->plan) return base::invalid(render_all(read->findings, read->source));
  parts->warnings = render_all(read->findings, read->source);

  auto links = make_links(settings, show);
  if (!links) return links.error();
  parts->links = std::move(*links);
  if (parts->links.senders.empty()) {
    parts->warnings += "warning: the settings name no [[link]], so only the call sheet can tell anybody\n";
  }
  auto roster = first_roster(settings, *read->plan, clock.utc_now(), parts->warnings);
  if (!roster) return roster.error();

  OfficeParts office;
  office.database = settings.database;
  office.clock = &clock;
  for (const auto& sender : parts->links.senders) office.senders.push_back(sender.get());
  office.plan = read->plan;
  office.plan_source = read->source;
  office.roster = *roster;
  office.options = settings.engine;
  office.ballast_bytes = settings.ballast_mb * 1024 * 1024;
  auto opened = Office::open(std::move(office));
  if (!opened) return opened.error();
  parts->office = std::move(*opened);

  parts->https = https_settings(settings);
  parts->server = std::make_unique<https::HttpsServer>(parts->https, *parts->office);
  if (const auto started = parts->server->start(); !started) return started.error().within("starting HTTPS");
  return std::unique_ptr<Daemon>(new Daemon(std::move(parts)));
}

void Daemon::run() {
  parts_->office->engine().run();
}

base::Status Daemon::reload() {
  auto read = load_plan(parts_->settings.plan);
  if (!read) return read.error().within("reading the plan");
  if (!read->plan) return base::invalid(render_all(read->findings, read->source));
  db::OpenOptions read_only;
  read_only.mode = db::Mode::kReadOnly;
  auto session = db::Session::open(parts_->settings.database, read_only);
  if (!session) return session.error().within("opening the database");
  auto snapshot = directory::load_snapshot(**session);
  if (!snapshot) return snapshot.error().within("reading the directory");
  // Everything that can fail has succeeded.
  parts_->office->engine().use_roster(*snapshot);
  parts_->office->engine().use_plan(read->plan, read->source);
  parts_->warnings = render_all(read->findings, read->source);
  return base::Done{};
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
const std::string& Daemon::warnings() const {
  return parts_->warnings;
}
console::Console* Daemon::console(std::string_view link) {
  const auto found = parts_->links.consoles.find(link);
  return found == parts_->links.consoles.end() ? nullptr : found->second;
}

}  // namespace tocsin::app
