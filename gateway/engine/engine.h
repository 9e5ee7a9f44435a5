// The one writer.
//
// Any thread submits commands and gets their results; one thread (the engine's) drains the queue, runs each command
// inside a savepoint of one transaction, commits once, then completes the results and hands over what is to be sent.
// Nothing is told to anyone before the commit.  In tests the caller is the engine thread: start(), then pump() as time
// moves.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gateway/base/guarded.h"
#include "gateway/base/result.h"
#include "gateway/base/said.h"
#include "gateway/engine/command_queue.h"
#include "gateway/engine/core.h"
#include "gateway/engine/dispatcher.h"
#include "gateway/engine/metrics.h"
#include "gateway/engine/options.h"
#include "gateway/engine/timeline.h"
#include "gateway/ports/attachments.h"
#include "gateway/ports/sender.h"
#include "gateway/ports/store.h"

namespace tocsin::engine {

// Room made when the disk is full, so that what is owed can be finished.
class Ballast {
 public:
  virtual ~Ballast() = default;
  virtual void release() = 0;                // frees it; harmless when it is gone
  [[nodiscard]] virtual bool restore() = 0;  // true once it lies there again
};

struct Parts {
  ports::Store* store = nullptr;  // outlives the engine
  const base::Clock* clock = nullptr;
  std::vector<ports::Sender*> senders;        // in the settings' order; they outlive the engine
  std::vector<callout::LinkPolicy> policies;  // of the senders, in their order; those that are missing are plain
  plan::PlanPtr plan;
  std::string plan_source;         // kept whole in the store
  model::PutPlanInForce plan_how;  // how it came into force; what `plan` and `plan_source` say is filled in
  ports::RosterPtr roster;
  Ballast* ballast = nullptr;                 // may be null
  ports::Attachments* attachments = nullptr;  // outlives the engine; null: no photographs are taken
  Options options;
  // What else is forgotten in time, which the store knows nothing of: called by the purge, in its transaction; how many
  // rows went.  May be empty.
  std::function<int(base::UtcTime now)> forget_more;
  // Called by the engine's own thread after each turn of its loop that handled its batch, or had none (twice a second
  // at least).  Not while a handler or the store hangs, nor after a batch that failed, unless the disk has no room:
  // what a restart does not mend is no reason for one.  May be empty; must not block.
  std::function<void()> heartbeat;
};

class Engine final : public ports::SenderEvents {
 public:
  explicit Engine(Parts parts);
  ~Engine() override;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Takes a new epoch, makes older claims unknown, starts the senders.  Called once, before anything else; by the
  // engine thread.
  [[nodiscard]] base::Status start();

  // ---- any thread ----
  [[nodiscard]] std::future<model::CommandResult> submit(model::Command command);
  void submit(model::Command command, Completion done);
  void sends_ended(model::SendsEnded ended) override;
  void receipts(model::ReceiptsIn receipts, DoneFn done) override;
  void inbound(model::InboundMessage message, DoneFn done) override;
  void link_changed(model::LinkChanged change) override;
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }
  // Of the last entry of the record that was committed.
  [[nodiscard]] std::int64_t last_seq() const { return last_seq_.load(std::memory_order_acquire); }
  // Grows with each commit that took access from somebody or changed the directory, before its futures are done.
  [[nodiscard]] std::uint64_t identity_version() const { return identity_version_; }
  // A plan that PutPlanInForce may name by its digest soon; otherwise the engine reads the command's source.  The last
  // few are remembered.
  void offer_plan(plan::PlanPtr plan);
  void use_roster(ports::RosterPtr roster);   // swapped between batches
  void use_link_base(std::string link_base);  // Options::link_base, from the next batch on
  [[nodiscard]] ports::RosterPtr roster() const;
  [[nodiscard]] plan::PlanPtr plan() const;
  [[nodiscard]] model::PlanSwap plan_swap() const;  // that put it in force
  // For the desk: links down, store failing, clock wrong.  Empty = all is well.
  [[nodiscard]] std::vector<model::Danger> dangers() const;
  [[nodiscard]] std::vector<base::Said> problems() const;  // their sentences
  // How the links stand, in the settings' order; what the store knows of them (kind, what waits, traffic) is not in it.
  [[nodiscard]] std::vector<model::LinkLook> links() const;
  [[nodiscard]] bool intake_open() const { return !stopping_ && !store_failing_ && !metrics_.storage_full; }

  // ---- engine thread ----
  // One batch: waiting commands, what is due, one slice of long work, claims.  False when there was nothing to do.
  bool pump(base::Duration wait = {});
  // When something falls due next; empty = nothing waits.
  [[nodiscard]] std::optional<base::UtcTime> next_wake();

  // Runs pump() on a thread of its own until stop().
  void run();
  // Senders give back what they have not sent (within `limit`), the queue is drained, the thread ends.  Idempotent.
  void stop(base::Duration limit);

 private:
  struct Finished {
    Completion done;
    model::CommandResult result;
  };
  void take_swaps();
  void show_swaps();
  void give_back_swaps();
  [[nodiscard]] plan::PlanPtr offered_plan(const std::string& digest) const;
  void notice_clock();
  bool run_batch(std::vector<Pending> batch, bool due);
  // False: the whole transaction is gone.
  bool run_one(Pending& pending, std::vector<Finished>& finished);
  [[nodiscard]] model::CommandResult handle(const model::Command& command);
  bool run_internal(bool (*step)(Core&), bool& more);
  void fail_batch(std::vector<Pending>& batch, std::vector<Finished>& finished, const base::Error& why);
  void note_full();
  void try_to_recover();
  [[nodiscard]] base::Status abandon_old_claims();
  void loop();
  void update_problems();
  [[nodiscard]] std::vector<model::Danger> find_dangers();
  [[nodiscard]] std::vector<model::LinkLook> look_at_each_link();
  void show_links();
  [[nodiscard]] bool any_room() const;

  ports::Store& store_;
  Ballast* ballast_;
  Options options_;
  Metrics metrics_;
  Core core_;
  Timeline timeline_;
  CommandQueue queue_;
  const std::function<void()> heartbeat_;
  std::vector<ports::Sender*> senders_;
  std::vector<callout::LinkPolicy> policies_;
  plan::PlanPtr first_plan_;
  model::PutPlanInForce first_how_;

  struct Swaps {
    plan::PlanPtr plan;  // in force, as committed
    model::PlanSwap plan_swap;
    std::vector<plan::PlanPtr> offered;  // oldest first
    ports::RosterPtr roster, new_roster;
    std::optional<std::string> new_link_base;
    std::vector<model::Danger> dangers;
    std::vector<model::LinkLook> links;
  };
  base::Guarded<Swaps> shared_;
  ports::RosterPtr taken_roster_;  // by the batch under way
  ports::RosterPtr shown_roster_;  // the one in `shared_`
  int shown_swap_ = 0;             // number of the one in `shared_`
  std::optional<base::UtcTime> next_due_;
  bool due_known_ = false;
  bool work_waits_ = true;
  bool slice_stood_back_ = false;  // in the last batch, for somebody who waited
  bool more_owed_ = false;         // links had no room for everything
  base::UtcTime retry_full_at_{};
  int failures_in_a_row_ = 0;
  base::Duration clock_behind_{}, clock_ahead_{};  // of the last step
  base::UtcTime clock_stepped_at_{};
  std::vector<bool> was_up_;  // by place in Core::links, since the start
  std::atomic<std::int64_t> last_seq_{0};
  std::atomic<std::uint64_t> identity_version_{0};
  std::atomic<bool> stopping_{false}, store_failing_{false}, swap_waits_{false};
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace tocsin::engine
