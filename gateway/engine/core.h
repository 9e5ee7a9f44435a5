// What every handler of the engine works with: the store, this command's time, the plans, the roster, the links.
//
// One Core per engine, touched by the engine thread only.  Handlers are free functions over it
// (intake.h, answers.h, desk.h ...): they read rows, call pure functions, write rows and record entries.
// Nothing here talks to the network, sleeps or reads a clock.  What is cached can be dropped at any time
// (and is, after a rollback): truth is in the store.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/base/ids.h"
#include "gateway/callout/choose_link.h"
#include "gateway/callout/link_cap.h"
#include "gateway/callout/link_health.h"
#include "gateway/engine/metrics.h"
#include "gateway/engine/options.h"
#include "gateway/model/command.h"
#include "gateway/model/record.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"
#include "gateway/ports/sender.h"
#include "gateway/ports/store.h"
#include "gateway/triage/understand.h"

namespace tocsin::ports {
class Attachments;
}

namespace tocsin::engine {

// Messages counted for a link's cap that have not ended.
struct CountedSend {
  base::UtcTime at{};
  int parts = 1;
};

struct Link {
  ports::Sender* sender = nullptr;
  model::LinkIndex index = -1;
  model::Channel channel = model::Channel::kSms;
  bool up = false;
  bool stalled = false;  // it carried nothing longer than our patience; its queue was taken note of
  std::optional<base::UtcTime> down_since;
  callout::LinkPolicy policy;
  callout::LinkCap cap;
  std::unordered_map<std::int64_t, CountedSend> counted;  // by delivery; none when it has no cap
  int next_parts = 1;               // of the first that its cap did not hold; nothing less urgent goes before it
  model::Urgency next_urgency = 0;  // ... and how urgent that is
  model::DeliveryId next_delivery;  // ... and which; 0 = none since the start
  std::optional<base::UtcTime> full_since;  // its cap is reached
  bool degraded = false;                    // some of its connections have been away for minutes
  std::string reason;                       // why it is down or degraded, in the adapter's words
  callout::LinkHealth health;
  int trials_given = 0;                         // messages put into its queue on trial since it last claimed
  int unsaved = 0;                              // receipts since its normal was stored
  model::DeliveryId probe;                      // under way; 0 = none
  bool probe_waits = false;                     // ... in its queue
  std::optional<base::UtcTime> probe_at;        // when the next one goes, or the one under way must be back
  std::optional<base::Duration> round_trip;     // of the last that came back
  bool wants_room = false;                      // at the last look it had no room for all that may be owed
  std::map<model::Urgency, std::int64_t> turn;  // the queue's head per urgency: new call-outs start here
};

using RecipientsPtr = std::shared_ptr<const std::vector<model::Recipient>>;
using ToldMap = std::unordered_map<std::int64_t, model::AnswerKind>;  // by person id

// Of one matter, an update: whether it presses, and when people were last told another of its incident (by person id;
// empty when it does).
struct LastUpdates {
  bool pressing = false;
  std::unordered_map<std::int64_t, base::UtcTime> at;
};

// What is known of the contact check without asking the store; contact_check.cc fills and uses it.
struct CheckMemory {
  bool known = false;                                                // what follows; not so after a rollback
  std::optional<model::CheckRound> round;                            // the newest, ended ones too
  std::optional<base::UtcTime> look_at;                              // when there is something to do next
  bool may_wait = true;                                              // a message of a check may wait in a queue
  ports::RosterPtr listed;                                           // the contact points below are of this one
  std::vector<std::pair<model::ContactId, model::PersonId>> points;  // agreed mobile ones, by id
};

class Core {
 public:
  Core(ports::Store& store_in, const Options& options_in, Metrics& metrics_in)
      : store(store_in), options(options_in), metrics(metrics_in), ids(options_in.node) {}

  ports::Store& store;
  const Options& options;
  Metrics& metrics;
  base::IdSource ids;
  base::UtcTime now{};  // of the command being handled
  std::int64_t epoch = 0;
  std::vector<Link> links;                            // in the settings' order
  ports::Attachments* attachments = nullptr;          // null: this office takes no photographs
  std::vector<std::string> files_to_remove;           // after the commit: no row names them any more
  std::optional<base::UtcTime> purged_at;             // empty: not since the start
  std::function<int(base::UtcTime now)> forget_more;  // Parts::forget_more
  int swept_folder = -1;                              // where the next sweep of files begins; -1 = all of them
  std::set<std::string> own_numbers;                  // to which messages came: none of them is ever answered
  std::optional<base::UtcTime> left_out_at;  // when the record last said that strangers' messages were left out
  int left_out = 0;                          // how many since then
  model::LinkIndex left_out_over = 0;        // the link the last of them came by
  CheckMemory check;
  std::deque<base::UtcTime> probes_asked;  // by people, of the last hour
  bool storage_full = false;               // intake answers retry later; what is owed goes on

  // ---- plan and roster ----
  void use_plan(plan::PlanPtr plan, model::PlanSwap swap);  // for new incidents
  void use_roster(ports::RosterPtr roster);
  [[nodiscard]] const plan::Plan& plan() const { return *plan_; }
  [[nodiscard]] const plan::PlanPtr& plan_ptr() const { return plan_; }
  [[nodiscard]] int plan_version() const { return plan_swap_.version; }
  [[nodiscard]] const model::PlanSwap& plan_swap() const { return plan_swap_; }  // that put it in force
  // The batch that took the plan in force is undone: the one before it again.
  void give_back_plan(plan::PlanPtr before, model::PlanSwap swap);
  // The plan an incident runs under; the one in force when that version cannot be read any more.
  [[nodiscard]] const plan::Plan& plan_of(const model::Incident& incident);
  [[nodiscard]] const ports::Roster& roster() const { return *roster_; }
  [[nodiscard]] const ports::RosterPtr& roster_ptr() const { return roster_; }
  [[nodiscard]] std::string code_of(model::PersonId person) const;  // "unknown": the directory has them no longer
  [[nodiscard]] const triage::Vocabulary& vocabulary() const { return *vocabulary_; }

  // ---- record ----
  void record(model::RecordKind kind, model::IncidentId incident, std::int64_t subject = 0, std::int64_t a = 0,
              std::int64_t b = 0, std::string detail = {});
  // "duty:<name digest>": who did it, for `detail`.
  [[nodiscard]] static std::string who(const model::Principal& by);

  // ---- incidents: read once per batch, for nobody else writes them while its transaction is open ----
  void begin_batch();
  [[nodiscard]] const model::Incident* incident(
      model::IncidentId id);                   // null when it does not exist; valid until save()
  void keep(const model::Incident& incident);  // inserted just now
  void save(const model::Incident& incident);  // writes it
  // The newest open incidents of that kind with a report since `since`, and perhaps some with an older one; valid until
  // save().
  [[nodiscard]] std::span<const model::Incident> open_of(model::HazardKind kind, bool drill, base::UtcTime since);

  // ---- steps: read and changed here, written back once per command ----
  [[nodiscard]] model::Step* step(model::StepId id);  // null when it does not exist
  void keep_step(const model::Step& step);            // inserted just now
  void mark_dirty(model::StepId id);
  [[nodiscard]] std::vector<model::StepId> take_dirty();  // in the order they were marked
  void write_step(const model::Step& step);

  // ---- links ----
  [[nodiscard]] unsigned links_for() const;  // bit per carried channel
  [[nodiscard]] Link* link(model::LinkIndex index);

  // ---- caches ----
  std::unordered_map<std::int64_t, RecipientsPtr> recipients;                                 // by step
  std::unordered_map<std::int64_t, std::shared_ptr<ToldMap>> told;                            // by call-out
  std::unordered_map<std::int64_t, std::shared_ptr<std::vector<ports::ToldPerson>>> mailing;  // by work
  std::unordered_map<std::int64_t, std::shared_ptr<const LastUpdates>> last_updates;          // by matter
  std::unordered_map<std::int64_t, std::int64_t> turns;  // by call-out (or matter): last turn given
  std::map<std::tuple<std::int64_t, std::string, int, std::string>, model::MessageId> messages;
  std::unordered_map<std::int64_t, std::shared_ptr<const model::MessageText>> texts;  // by message id
  std::unordered_map<std::int64_t, base::UtcTime> refused;     // by person: their last refusal written down
  std::unordered_map<std::int64_t, std::uint64_t> refused_by;  // by delivery: links that gave it back for good
  void forget_caches();                                        // after a rollback
  void end_command();                                          // drops what belongs to one command

 private:
  struct OpenOnes {
    std::vector<model::Incident> incidents;  // newest first
    bool cut = false;                        // there may be more
  };
  void renew_vocabulary();
  void note_open(const model::Incident& incident);

  plan::PlanPtr plan_;
  model::PlanSwap plan_swap_;
  std::map<int, plan::PlanPtr> plans_;
  ports::RosterPtr roster_;
  std::unique_ptr<triage::Vocabulary> vocabulary_;
  std::unordered_map<std::int64_t, model::Incident> incidents_;
  std::map<std::pair<model::HazardKind, bool>, OpenOnes> open_;
  std::unordered_map<std::int64_t, model::Step> steps_;
  std::vector<model::StepId> dirty_;
};

}  // namespace tocsin::engine
