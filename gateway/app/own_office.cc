#include "gateway/app/own_office.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <filesystem>
#include <memory>

#include "adapters/https/routes.h"
#include "directory/directory_store.h"
#include "gateway/app/database_session.h"
#include "gateway/app/office_directory.h"
#include "gateway/engine/directory_change.h"
#include "gateway/engine/identity.h"
#include "gateway/engine/plan_swap.h"
#include "gateway/engine/timeline.h"
#include "gateway/store/attachment_files.h"
#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMaxReplyBytes = 16 * 1024 * 1024;
constexpr int kAnswerWithinSeconds = 30;

// ---- over the socket ----

class Socket {
 public:
  explicit Socket(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (fd_ < 0 || path.size() >= sizeof to.sun_path) return;
    std::memcpy(to.sun_path, path.c_str(), path.size() + 1);
    const timeval patience{kAnswerWithinSeconds, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  [[nodiscard]] bool connected() const { return connected_; }

  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // All that comes until the other side closes.
  [[nodiscard]] std::string read_to_end() const {
    std::string all;
    std::string piece(16 * 1024, '\0');
    while (all.size() < kMaxReplyBytes) {
      const auto got = ::recv(fd_, piece.data(), piece.size(), 0);
      if (got <= 0) break;
      all.append(piece, 0, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int fd_;
  bool connected_ = false;
};

base::Result<ApiReply> ask_daemon(const Socket& socket, const std::string& method, const std::string& path,
                                  const std::string& body, const std::string& language) {
  const base::Error silent{base::ErrorCode::kRetryLater, "the daemon does not answer on its socket", ""};
  std::string request = method + " " + path +
                        " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Language: " + language + "\r\n";
  if (method != "GET") {
    request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  if (!socket.send(request + "\r\n" + body)) return silent;
  const auto all = socket.read_to_end();
  const auto head = all.find("\r\n\r\n");
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  if (head == std::string::npos || all.compare(0, kVersion.size(), kVersion) != 0) return silent;
  ApiReply reply;
  std::from_chars(all.data() + kVersion.size(), all.data() + kVersion.size() + 3, reply.status);
  reply.body = all.substr(head + 4);
  return reply;
}

// ---- without a daemon ----

std::future<base::Result<ports::PlanLookedAt>> nobody_looks() {
  std::promise<base::Result<ports::PlanLookedAt>> none;
  none.set_value(base::Error{base::ErrorCode::kRetryLater, "no daemon runs on this database", {}});
  return none.get_future();
}

// The front door of an office at rest: accounts, sessions, tokens and the plan can be seen to, nothing else.
class RestingOffice final : public ports::FrontDoor {
 public:
  static base::Result<std::unique_ptr<RestingOffice>> open(const std::string& database, const LookAtPlan& look) {
    auto held = open_to_write(database);
    if (!held) return held.error();
    if (!held->lock) {
      return base::Error{
          base::ErrorCode::kConflict,
          "a daemon has this database, but no socket at " + database + ".sock: is https.local_socket off?", ""};
    }
    auto roster = directory::load_snapshot(*held->session);
    if (!roster) return roster.error();
    store::StoreOptions options;
    options.lock = false;
    auto store = store::SqliteStore::open(database, options);
    if (!store) return store.error();
    auto queries = store::SqliteQueries::open(database);
    if (!queries) return queries.error();
    std::unique_ptr<RestingOffice> office(new RestingOffice);
    office->look_ = look;
    office->held_ = std::move(*held);
    office->roster_ = *roster;
    office->store_ = std::move(*store);
    office->queries_ = std::move(*queries);
    office->attachments_ = std::make_unique<store::AttachmentFiles>(
        (std::filesystem::path(database).parent_path() / "attachments").string());
    office->directory_ = std::make_unique<OfficeDirectory>(
        database, std::string(), base::DialingRules{}, [] { return plan::PlanPtr(); }, office->store_->session(),
        [o = office.get()] { return o->roster_; });
    return office;
  }

  std::future<model::CommandResult> submit(model::Command command) override {
    std::promise<model::CommandResult> promise;
    promise.set_value(run(command));
    return promise.get_future();
  }
  [[nodiscard]] const ports::Queries& queries() const override { return *queries_; }
  [[nodiscard]] std::int64_t last_seq() const override { return 0; }
  [[nodiscard]] ports::Attachments& attachments() const override { return *attachments_; }
  [[nodiscard]] ports::RosterPtr roster() const override { return roster_; }
  [[nodiscard]] base::UtcTime now() const override { return clock_.utc_now(); }
  [[nodiscard]] std::uint64_t identity_version() const override { return 0; }
  [[nodiscard]] const std::string& link_key() const override { return store_->secret_key(); }
  [[nodiscard]] ports::PlanForm plan_form(const std::string& /*language*/) const override { return {}; }
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> simulate_plan(ports::RehearsalWish /*wish*/) override {
    return nobody_looks();
  }
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> compare_plans(ports::ComparisonWish /*wish*/) override {
    return nobody_looks();
  }
  [[nodiscard]] std::future<base::Result<ports::PlanJudged>> judge_plan(ports::PlanOffer offer) override {
    const auto earlier = [this](const std::string& digest) {
      auto kept = queries_->plan_overrides(digest);
      return kept.ok() ? std::move(*kept) : std::vector<model::KeptOverride>{};
    };
    const auto in_force = queries_->plan_in_force();
    std::promise<base::Result<ports::PlanJudged>> promise;
    promise.set_value(judge_offer(offer, *roster_, now(), look_, earlier,
                                  in_force.ok() && *in_force ? (*in_force)->digest : std::string(), judged_));
    return promise.get_future();
  }
  [[nodiscard]] const ports::DirectoryDesk* directory() const override { return directory_.get(); }
  [[nodiscard]] ports::Readiness readiness() const override { return {}; }
  [[nodiscard]] ports::InstallFilesPtr install_files() const override { return {}; }
  [[nodiscard]] std::string metrics() const override { return {}; }

 private:
  RestingOffice() = default;

  // One command as the engine would run it, in a transaction of its own.
  model::CommandResult run(const model::Command& command) {
    const auto* identity = std::get_if<model::IdentityCommand>(&command);
    const auto* plan = std::get_if<model::PutPlanInForce>(&command);
    const auto* change = std::get_if<model::ChangeDirectory>(&command);
    if (plan == nullptr && change == nullptr &&
        (identity == nullptr || std::holds_alternative<model::AskCode>(*identity))) {
      return base::Error{base::ErrorCode::kRetryLater, "no daemon runs on this database", ""};
    }
    const engine::Options options;
    engine::Metrics metrics;
    if (auto begun = store_->begin(); !begun) return begun.error();
    engine::Core core(*store_, options, metrics);
    engine::Timeline timeline(clock_, options.clock_tolerance);
    timeline.start(store_->last_recorded_at());
    core.ids.start_after(store_->highest_id());
    core.now = timeline.stamp();
    auto result = change != nullptr ? engine::change_directory(core, *change)
                  : plan != nullptr ? engine::put_plan_in_force(core, *plan, judged_)
                                    : engine::handle_identity(core, *identity);
    if (const auto failed = store_->status(); !failed) result = failed.error();
    if (!result) {
      store_->rollback();
      return result;
    }
    if (auto done = store_->commit(core.now); !done) return done.error();
    store_->checkpoint();
    return result;
  }

  const base::SystemClock clock_{};
  DatabaseSession held_;  // the lock
  LookAtPlan look_;
  plan::PlanPtr judged_;  // the last one
  ports::RosterPtr roster_;
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<store::SqliteQueries> queries_;
  std::unique_ptr<store::AttachmentFiles> attachments_;
  std::unique_ptr<OfficeDirectory> directory_;
};

}  // namespace

base::Result<ApiReply> ask_own_office(const std::string& database, const std::string& method, const std::string& path,
                                      const std::string& body, const LookAtPlan& look, const std::string& language) {
  if (const Socket socket(database + ".sock"); socket.connected())
    return ask_daemon(socket, method, path, body, language);
  auto office = RestingOffice::open(database, look);
  if (!office) return office.error();
  const https::Router router(**office);
  https::HttpRequest request;
  request.method = method;
  request.target = path;
  request.body = body;
  request.content_type = "application/json";
  request.client = "local";
  request.accept_language = language;
  request.local = true;
  const auto response = router.answer(request);
  return ApiReply{response.status, response.body};
}

}  // namespace tocsin::app
