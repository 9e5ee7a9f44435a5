// The office: one database with its engine, its read side and its links, in one process.
//
// This is the whole daemon but for HTTPS and the settings file.  serve.cc runs it with the machine's clock; scenario
// tests and the simulator run the very same with a clock of their own, fake carriers and a disk that fails.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "gateway/app/plan_swap.h"
#include "gateway/engine/engine.h"
#include "gateway/ports/front_door.h"

namespace tocsin::app {

struct OfficeParts {
  std::string database;  // path; photographs lie in `attachments` beside it
  std::string vfs;       // SQLite VFS; empty = the machine's
  const base::Clock* clock = nullptr;
  std::vector<ports::Sender*> senders;        // outlive the office
  std::vector<callout::LinkPolicy> policies;  // engine::Parts::policies
  std::vector<std::string> link_kinds;  // of the senders, in their order ("smpp"); those that are missing: not said
  plan::PlanPtr plan;
  std::string plan_source;
  model::PutPlanInForce plan_how;  // engine::Parts::plan_how
  LookAtPlan look_at_plan;         // for plans offered later; may be empty
  ports::RosterPtr roster;
  engine::Options options;
  std::int64_t ballast_bytes = 0;   // 0 = none
  std::function<void()> heartbeat;  // engine::Parts::heartbeat
  // What the daemon around it adds to readiness (of its certificate) and metrics; called by any thread, while the
  // office lives.
  std::function<std::vector<base::Said>()> more_warnings;
  std::function<std::string()> more_metrics;
};

class Office final : public ports::FrontDoor {
 public:
  // Takes the database's lock, brings its schema up to date, starts engine and links.
  // kConflict: another process has it; kRefused: it is from a newer version; kRetryLater, kCorrupt: the disk's word.
  [[nodiscard]] static base::Result<std::unique_ptr<Office>> open(const OfficeParts& parts);
  ~Office() override;
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  // ---- FrontDoor, any thread ----
  [[nodiscard]] std::future<model::CommandResult> submit(model::Command command) override;
  [[nodiscard]] const ports::Queries& queries() const override;
  [[nodiscard]] base::Result<model::Summaries> summaries(std::span<const model::IncidentId> ids) const override;
  [[nodiscard]] base::Result<std::shared_ptr<const model::DeskLook>> desk_look() const override;
  [[nodiscard]] std::int64_t last_seq() const override;
  [[nodiscard]] ports::Attachments& attachments() const override;
  [[nodiscard]] ports::RosterPtr roster() const override;
  [[nodiscard]] base::UtcTime now() const override;
  [[nodiscard]] std::uint64_t identity_version() const override;
  [[nodiscard]] const std::string& link_key() const override;
  [[nodiscard]] ports::PlanForm plan_form(const std::string& language) const override;
  [[nodiscard]] ports::OfficeCard card() const override;
  [[nodiscard]] std::future<base::Result<ports::PlanJudged>> judge_plan(ports::PlanOffer offer) override;
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> simulate_plan(ports::RehearsalWish wish) override;
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> compare_plans(ports::ComparisonWish wish) override;
  [[nodiscard]] std::future<base::Result<std::string>> coverage(base::UtcTime from, int days) override;
  [[nodiscard]] const ports::DirectoryDesk* directory() const override;
  [[nodiscard]] const ports::Scenes* scenes() const override;
  [[nodiscard]] ports::Readiness readiness() const override;
  [[nodiscard]] ports::InstallFilesPtr install_files() const override;
  [[nodiscard]] std::optional<std::future<ports::CallbackAnswer>> called_back(std::string_view link,
                                                                              std::string_view token,
                                                                              std::string_view body) override;
  [[nodiscard]] std::string metrics() const override;

  [[nodiscard]] engine::Engine& engine();
  [[nodiscard]] PlanSwap& plans();
  void offer(ports::InstallFilesPtr files);  // any thread
  void show(ports::OfficeCard card);         // any thread
  // Lets links finish for up to `limit`, writes down what came back, ends the engine.  Idempotent.
  void stop(base::Duration limit);

 private:
  struct Rooms;
  explicit Office(std::unique_ptr<Rooms> rooms);
  [[nodiscard]] std::vector<model::Danger> dangers() const;
  [[nodiscard]] base::Result<model::DeskLook> look_now() const;
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace tocsin::app
