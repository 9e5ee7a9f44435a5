// The write side of the store, as the one writer uses it.
//
// Engine thread only.  All calls lie between begin() and commit() or rollback(), except where said.
// Failure is sticky: after the first error every call does nothing and returns empty, until
// rollback_to_savepoint() (when the transaction survived) or rollback().  So a handler calls on without looking,
// and the engine looks at status() once at its end; nothing of a failed command stays.
// Methods take spans: one call is one round trip, whatever its size.
// No method reads a clock: `now` is always given.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/model/message_text.h"
#include "gateway/model/note.h"
#include "gateway/model/record.h"
#include "gateway/model/report.h"
#include "gateway/ports/attachment_store.h"
#include "gateway/ports/check_store.h"
#include "gateway/ports/desk_store.h"
#include "gateway/ports/identity_store.h"
#include "gateway/ports/link_store.h"
#include "gateway/ports/plan_store.h"
#include "gateway/ports/retention_store.h"

namespace tocsin::ports {

// A delivery just claimed, with what the adapter needs.
struct ClaimedSend {
  model::DeliveryId delivery;
  model::AlertId alert;
  model::IncidentId incident;
  int rung = 0, attempt = 1;
  model::Urgency urgency = 0;
  std::int64_t turn = 0;
  std::string address;
  model::MessageId message;
  std::vector<int> missing_parts;  // of a long message of which some parts were accepted before; empty = all
  model::Reason cause = model::Reason::kNone;
};

// A message that waits, or was claimed just now, beside one of the same person, over the same channel to the same
// address.
struct OwedMessage {
  model::Delivery delivery;
  model::Alert alert;
  int revision = 0;                        // of its matter
  std::optional<base::UtcTime> phoned_at;  // the desk last reached the person about this very alert
  bool partly_sent = false;                // some of its parts are with the carrier
  bool was_together = false;               // an earlier delivery of the alert travelled in a summary
};

struct AlertWithDeliveries {
  model::Alert alert;
  std::vector<model::Delivery> deliveries;  // oldest first
};

// A person told of an incident, or being told right now (claimed), over all its call-outs, with the best answer given.
struct ToldPerson {
  model::PersonId person;
  model::AnswerKind answer = model::AnswerKind::kNone;
  std::optional<base::UtcTime> updated_at;  // the last update of the incident was handed over, or claimed
};

// Something long, done in slices of about 200 rows that yield to anything more urgent.
// Persisted: numbers are frozen.
enum class WorkKind : std::uint8_t { kEnterStep = 1, kMailTold = 2 };
struct Work {
  std::int64_t id = 0;  // given by insert
  WorkKind kind = WorkKind::kEnterStep;
  model::IncidentId incident;
  model::StepId step;       // kEnterStep
  model::MatterId matter;   // kMailTold
  std::int64_t cursor = 0;  // how far it is: recipients entered, or the last person mailed
  model::Urgency urgency = 0;
};

struct DueCounts {  // what next_due() looks at; empty = nothing is waiting
  std::optional<base::UtcTime> at;
};

class Store : public AttachmentStore,
              public IdentityStore,
              public PlanStore,
              public LinkStore,
              public RetentionStore,
              public DeskStore,
              public CheckStore {
 public:
  using DeskStore::insert;
  using IdentityStore::insert;
  using IdentityStore::update;
  // ---- transaction ----
  virtual base::Status begin() = 0;
  virtual void savepoint() = 0;
  virtual void release_savepoint() = 0;
  // Undoes what the current command did.  False: the whole transaction is gone (SQLite rolled it back); stop the batch.
  virtual bool rollback_to_savepoint() = 0;
  // Writes the appended entries with one chain hash over them, then commits with one sync.
  // On failure nothing of the transaction is kept, and the store is ready for begin() again.
  virtual base::Status commit(base::UtcTime now) = 0;
  virtual void rollback() = 0;
  // The sticky error of this command, or ok.
  [[nodiscard]] virtual base::Status status() const = 0;
  // Of the last entry committed; between transactions, or as it was at begin().
  [[nodiscard]] virtual std::int64_t last_seq() const = 0;
  // Between transactions: move the WAL into the database if it has grown.  Never fails loudly.
  virtual void checkpoint() = 0;

  // ---- start ----
  // A new epoch of this process, greater than all before.
  virtual std::int64_t begin_epoch() = 0;
  // Claims of epochs before `epoch` become unknown; their ids, at most `limit`, oldest first.  Call until empty.
  virtual std::vector<model::DeliveryId> abandon_claims(std::int64_t epoch, base::UtcTime now, int limit) = 0;
  virtual std::int64_t highest_id() = 0;
  virtual std::optional<base::UtcTime> last_recorded_at() = 0;
  virtual model::LinkIndex link_index(std::string_view name) = 0;  // get or create

  // ---- record ----
  virtual void append(model::RecordEntry entry) = 0;  // seq is given at commit
  // Salted digest of a text, hex, 16 bytes: for entries that must not hold the text.
  virtual std::string text_digest(std::string_view text) = 0;

  // ---- reports, incidents ----
  virtual std::optional<model::Report> report_by_key(std::string_view reporter, std::string_view key) = 0;
  // Whoever's it is, the first made since `since`; a walk over the reports of that time.
  virtual std::optional<model::Report> report_with_key(std::string_view key, base::UtcTime since) = 0;
  virtual void insert(const model::Report& report) = 0;
  // The oldest report of that person with that key since `since`, however it came; compared without regard to case.
  virtual std::optional<model::Report> report_of_person(model::PersonId reporter, std::string_view key,
                                                        base::UtcTime since) = 0;
  // The newest report of that person since `since`.
  virtual std::optional<model::Report> latest_report_of(model::PersonId reporter, base::UtcTime since) = 0;
  virtual std::vector<model::Report> reports_of(model::IncidentId incident) = 0;
  virtual void move_report(model::ReportId report, model::IncidentId to) = 0;
  // Open, of that kind, with a report since `since`; newest first, at most `limit`.
  virtual std::vector<model::Incident> open_incidents(model::HazardKind kind, bool drill, base::UtcTime since,
                                                      int limit) = 0;
  virtual std::optional<model::Incident> incident(model::IncidentId id) = 0;
  virtual std::optional<model::Incident> incident_by_code(int code) = 0;  // follows aliases
  virtual int next_code() = 0;                                            // from 101
  virtual void insert(const model::Incident& incident) = 0;
  virtual void update(const model::Incident& incident) = 0;
  virtual void add_alias(int code, model::IncidentId incident) = 0;
  virtual std::vector<model::PlacedFact> placed_facts(model::IncidentId incident) = 0;
  virtual void put_placed_fact(model::IncidentId incident, const model::PlacedFact& fact) = 0;
  virtual void clear_placed_facts(model::IncidentId incident) = 0;
  // True when the same message came over the link since `since`; otherwise it is kept now.
  virtual bool seen_inbound(model::LinkIndex link, std::string_view digest, base::UtcTime now, base::UtcTime since) = 0;
  // What seen_inbound() kept before that time is forgotten.
  virtual void purge_inbound(base::UtcTime before) = 0;
  // Words that came with an answer or a desk call (masked), for the incident's timeline; the record keeps their digest
  // only.
  virtual void insert_note(model::IncidentId incident, model::AlertId alert, model::NoteKind kind,
                           std::string_view text, base::UtcTime now) = 0;
  // What was replied in words to this alert needs a look no more; how many replies that were.
  virtual int look_at_replies(model::IncidentId incident, model::AlertId alert, base::UtcTime now) = 0;
  // How many service texts went to that address since `since`.
  virtual int service_texts_to(std::string_view address, base::UtcTime since) = 0;

  // ---- call-out ----
  virtual void insert(const model::CallOut& callout) = 0;
  virtual void update(const model::CallOut& callout) = 0;
  virtual std::optional<model::CallOut> callout(model::CallOutId id) = 0;
  virtual std::vector<model::CallOut> callouts_of(model::IncidentId incident) = 0;  // oldest first
  virtual void insert(const model::Approval& approval) = 0;
  virtual void update(const model::Approval& approval) = 0;  // its state, who decided, when it is due
  virtual std::optional<model::Approval> approval(model::CallOutId callout) = 0;
  virtual std::vector<model::Approval> approvals_of(model::IncidentId incident) = 0;  // oldest first
  virtual void insert(const model::Step& step) = 0;
  virtual void update(const model::Step& step) = 0;
  virtual std::optional<model::Step> step(model::StepId id) = 0;
  virtual std::vector<model::Step> steps_of(model::CallOutId callout) = 0;  // by index
  virtual void insert(const model::Task& task) = 0;
  virtual void update(const model::Task& task) = 0;
  virtual std::optional<model::Task> task(model::TaskId id) = 0;
  virtual std::vector<model::Task> tasks_of(model::IncidentId incident) = 0;
  virtual std::int64_t insert_work(const Work& work) = 0;
  virtual std::optional<Work> next_work() = 0;  // most urgent, then oldest
  virtual void update_work(const Work& work) = 0;
  virtual void delete_work(std::int64_t id) = 0;
  virtual void delete_work_of(model::IncidentId incident) = 0;
  // Why somebody was not told: (incident, step index, person or 0, selector, what, reason); shown, never acted on.
  virtual void insert_not_told(model::IncidentId incident, int step_index, model::PersonId person,
                               std::string_view selector, std::string_view what, model::Reason reason) = 0;

  // ---- alerts ----
  // Get or create (incident, kind, revision).
  virtual model::Matter matter(model::IncidentId incident, model::MatterKind kind, int revision,
                               model::MatterId fresh_id) = 0;
  virtual std::optional<model::Matter> matter(model::MatterId id) = 0;
  // The text of a matter for (language, channel, variant), if composed already.
  virtual std::optional<model::MessageId> message(model::MatterId matter, std::string_view language,
                                                  model::Channel channel, std::string_view variant) = 0;
  virtual void insert_message(model::MessageId id, model::MatterId matter, std::string_view language,
                              model::Channel channel, std::string_view variant, const model::MessageText& text) = 0;
  virtual model::MessageText message_text(model::MessageId id) = 0;
  // Per alert whether it is new: false = that person has an alert of that matter already; nothing changed then.
  virtual std::vector<bool> insert(std::span<const model::Alert> alerts) = 0;
  virtual void insert(std::span<const model::Membership> memberships) = 0;
  virtual std::vector<model::Membership> memberships_of(
      model::AlertId alert) = 0;  // without the alert's own first step
  virtual void update(std::span<const model::Alert> alerts) = 0;
  // Its page was opened; false when that was known.  The only statement that writes seen_at.
  virtual bool see(model::AlertId alert, base::UtcTime now) = 0;
  virtual std::optional<model::Alert> alert(model::AlertId id) = 0;
  virtual std::optional<model::Alert> alert(model::MatterId matter, model::PersonId person) = 0;
  // By id: of a matter that has few (an approval).
  virtual std::vector<model::Alert> alerts_of_matter(model::MatterId matter) = 0;
  // Alerts of that matter whose person stands in for `holder`.
  virtual std::vector<model::Alert> stand_ins_for(model::MatterId matter, model::PersonId holder) = 0;
  virtual std::vector<AlertWithDeliveries> alerts_with_deliveries(std::span<const model::AlertId> ids) = 0;
  // Of matter kinds alert, update and approval, newest first; settled ones and those of ended incidents too (a late
  // answer counts).
  virtual std::vector<model::Alert> alerts_of_person(model::PersonId person, int limit) = 0;
  // In order of person; `with_merged`: by what was merged into it, too; `with_asked`: also who was only asked for an
  // approval.
  virtual std::vector<ToldPerson> told_people(model::IncidentId incident, bool with_merged = false,
                                              bool with_asked = false) = 0;
  // Alerts of the incident still telling or told become withdrawn; their ids.
  virtual std::vector<model::AlertId> withdraw_alerts(model::IncidentId incident, model::Reason reason) = 0;
  // Told persons a stand-in was asked for, and who has been told in that matter: for the next deputy.
  virtual std::vector<model::PersonId> people_in_matter(model::MatterId matter,
                                                        std::span<const model::PersonId> among) = 0;

  // ---- deliveries ----
  virtual void insert(std::span<const model::Delivery> deliveries, std::int64_t epoch_of_claimed) = 0;
  virtual void update(std::span<const model::Delivery> deliveries) = 0;
  virtual std::vector<model::Delivery> deliveries(
      std::span<const model::DeliveryId> ids) = 0;  // those that exist, by id
  // Newest first match of each carrier id among those in flight or of unknown end; (index into `carrier_ids`, delivery,
  // part).
  struct ByCarrier {
    std::size_t index;
    model::Delivery delivery;
    int part;
  };
  virtual std::vector<ByCarrier> by_carrier_id(model::LinkIndex link, std::span<const std::string> carrier_ids) = 0;
  virtual std::vector<model::PartState> parts_of(model::DeliveryId delivery) = 0;
  virtual void put_part(const model::PartState& part) = 0;
  // Up to `limit` queued, due deliveries of that link, most urgent first and fair between call-outs, now claimed by
  // `epoch`.
  virtual std::vector<ClaimedSend> claim(model::LinkIndex link, int limit, std::int64_t epoch, base::UtcTime now) = 0;
  // What is owed to the persons of those claimed deliveries: those, and what else is queued for the same person,
  // channel and address, whatever its link.  By person, then delivery.  The cost is that of what is open, not of the
  // past.
  virtual std::vector<OwedMessage> owed_beside(std::span<const model::DeliveryId> claimed) = 0;
  // Deliveries told together by one of those, without the summaries themselves; by id.
  virtual std::vector<model::Delivery> told_together(std::span<const model::DeliveryId> summaries) = 0;
  // Queued deliveries of the incident (all, or of one alert) end as `state`; their ids and alerts.
  virtual std::vector<std::pair<model::DeliveryId, model::AlertId>> end_queued(model::IncidentId incident,
                                                                               model::AlertId only,
                                                                               model::DeliveryState state,
                                                                               base::UtcTime now) = 0;
  // Queued updates of the incident to those people, of revisions before that one and of no step, end as superseded;
  // their ids and alerts.
  virtual std::vector<std::pair<model::DeliveryId, model::AlertId>> end_older_updates(
      model::IncidentId incident, int revision, std::span<const model::PersonId> people, base::UtcTime now) = 0;
  // Open lines of the call sheet (desk call, knock) of the alert, or of all withdrawn or answered alerts of the
  // incident, end as cancelled.
  virtual void close_call_lines(model::IncidentId incident, model::AlertId only, base::UtcTime now) = 0;
  // Open lines of the call sheet of one person, over all incidents, oldest first.
  virtual std::vector<model::Delivery> open_call_lines(model::PersonId person) = 0;
  // Alerts of the incident that are exhausted and have an open line of the call sheet fall due at `now`.
  virtual void look_again_at_exhausted(model::IncidentId incident, base::UtcTime now) = 0;
  // Queued deliveries of a link that has been down too long become stalled; the alerts concerned, at most `limit`.
  virtual std::vector<model::AlertId> stall(model::LinkIndex link, base::UtcTime now, int limit) = 0;
  virtual void unstall(model::LinkIndex link) = 0;

  // ---- timers ----
  virtual std::optional<base::UtcTime> next_due() = 0;
  virtual std::vector<AlertWithDeliveries> due_alerts(base::UtcTime now, int limit) = 0;
  virtual std::vector<model::Step> due_steps(base::UtcTime now, int limit) = 0;
  virtual std::vector<model::Task> due_tasks(base::UtcTime now, int limit) = 0;
  virtual std::vector<model::Approval> due_approvals(base::UtcTime now, int limit) = 0;  // pending, time is up
  virtual std::vector<model::Incident> due_incidents(base::UtcTime now, int limit) = 0;  // open_by has passed unseen
  virtual std::vector<model::Delivery> due_receipts(base::UtcTime now, int limit) = 0;   // accepted, receipt overdue
  virtual void release_retries(base::UtcTime now) = 0;  // queued, not_before reached: claimable again
  // Running waits move with the clock: look_again_at, paused_until, not_before, receipt_due_at; legal clocks (tasks) do
  // not.
  virtual void shift_waits(base::Duration by) = 0;
};

}  // namespace tocsin::ports
