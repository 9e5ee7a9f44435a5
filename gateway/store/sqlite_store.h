// The store of one gateway on SQLite: ports::Store over one read-write session.
//
// Engine thread only, from open to destruction.  Holds the file lock of the database as long as it lives, so open()
// fails with kConflict while another process (or another store of this one) has it.
// What each method means is said in gateway/ports/store.h; what each column means in docs/formats/store.md.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/base/digest.h"
#include "gateway/db/file_lock.h"
#include "gateway/db/session.h"
#include "gateway/ports/store.h"

namespace tocsin::store {

struct HotStatements;

struct StoreOptions {
  std::string vfs;              // empty = the operating system's
  bool lock = true;             // false: the caller holds the FileLock of this database
  int cache_kib = 24 * 1024;    // page cache, at most
  int checkpoint_pages = 4096;  // checkpoint() acts when the WAL has more pages of 4 KiB than this
};

class SqliteStore final : public ports::Store {
 public:
  // Makes the file when it is not there and brings its tables up to date.  kConflict when it is in use, kRefused when
  // a newer version wrote it, kCorrupt when it is damaged, kRetryLater when the disk is full or fails.
  [[nodiscard]] static base::Result<std::unique_ptr<SqliteStore>> open(const std::string& path,
                                                                       const StoreOptions& options = {});
  ~SqliteStore() override;

  // For what has functions of its own (backup, tokens, verify_record); between transactions only.
  [[nodiscard]] db::Session& session() { return *session_; }

  // ---- transaction ----
  base::Status begin() override;
  void savepoint() override;
  void release_savepoint() override;
  bool rollback_to_savepoint() override;
  base::Status commit(base::UtcTime now) override;
  void rollback() override;
  [[nodiscard]] base::Status status() const override;
  [[nodiscard]] std::int64_t last_seq() const override { return head_.seq; }
  void checkpoint() override;

  // ---- start ----
  std::int64_t begin_epoch() override;
  std::vector<model::DeliveryId> abandon_claims(std::int64_t epoch, base::UtcTime now, int limit) override;
  std::int64_t highest_id() override;
  std::optional<base::UtcTime> last_recorded_at() override;
  model::LinkIndex link_index(std::string_view name) override;

  // ---- the desk (store_desk.cc) ----
  void insert_stranger(model::LinkIndex link, std::string_view from, std::string_view text, base::UtcTime now,
                       std::optional<base::UtcTime> open_by, bool rings) override;
  bool open_message(std::int64_t message, base::UtcTime now) override;
  void take_message(std::int64_t message, base::UtcTime at, model::ReportId report, base::UtcTime now) override;
  int rings_due(base::UtcTime now) override;
  void put_off_rings(base::UtcTime now, std::optional<base::UtcTime> until) override;
  std::optional<base::UtcTime> rung_at() override;
  Strangers strangers_since(std::string_view from, base::UtcTime since) override;
  void count_left_out(base::UtcTime now) override;
  std::vector<model::DeliveryId> purge_strangers(base::UtcTime before, base::UtcTime now) override;
  void insert(const model::Handover& handover) override;

  // ---- links (store_links.cc) ----
  std::vector<ports::LinkLoad> load_since(model::LinkIndex link, base::UtcTime since) override;
  std::vector<ports::QueuedSend> queued_on(model::LinkIndex link, int limit) override;
  void move_to(model::LinkIndex link, std::span<const ports::MovedSend> sends) override;
  std::vector<base::UtcTime> unconfirmed_of(model::LinkIndex link) override;
  void hasten_receipts(model::LinkIndex link, base::Duration wait, base::UtcTime now) override;
  std::optional<model::LinkMemory> link_memory(model::LinkIndex link) override;
  void put_link_memory(model::LinkIndex link, const model::LinkMemory& memory) override;
  std::vector<std::pair<model::LinkIndex, model::Channel>> queues() override;
  std::vector<std::pair<model::IncidentId, model::DeliveryId>> move_queue(model::LinkIndex from, model::LinkIndex to,
                                                                          model::Channel channel) override;
  model::DeliveryId waiting_probe(model::LinkIndex link, const std::string& address) override;
  void forget_probes(base::UtcTime before) override;

  // ---- the contact check (store_checks.cc) ----
  Calm calm() override;
  std::optional<model::CheckRound> latest_round() override;
  void put_round(const model::CheckRound& round) override;
  bool was_asked(model::CheckRoundId round, model::ContactId contact) override;
  void add_checks(std::span<const model::ContactCheck> checks) override;
  std::vector<model::DeliveryId> queued_checks() override;
  model::ContactId take_back_checks(std::span<const model::DeliveryId> deliveries) override;
  std::optional<base::UtcTime> unanswered_since(std::string_view number, base::UtcTime since) override;
  int answer_checks(std::string_view number, base::UtcTime since, base::UtcTime now) override;
  std::vector<model::CheckedContact> due_checks(base::UtcTime now, int limit) override;
  void settle(const model::ContactCheck& check) override;
  std::optional<base::UtcTime> next_check_due() override;
  model::CheckCounts check_counts(model::CheckRoundId round) override;
  Forgotten forget_checks(base::UtcTime before, int limit) override;

  // ---- versions of the plan (store_plans.cc) ----
  int plan_version(std::string_view digest, std::string_view source, std::string_view name, std::string_view label,
                   base::UtcTime now) override;
  std::optional<std::string> plan_source(int version) override;
  std::vector<int> plan_versions_in_use() override;
  std::optional<model::PlanInForce> plan_in_force() override;
  void put_in_force(const model::PlanSwap& swap) override;
  void keep_override(int version, const model::KeptOverride& kept) override;
  std::string plan_file_seen() override;
  void see_plan_file(std::string_view digest) override;

  // ---- record ----
  void append(model::RecordEntry entry) override;
  std::string text_digest(std::string_view text) override;

  // ---- reports, incidents ----
  std::optional<model::Report> report_by_key(std::string_view reporter, std::string_view key) override;
  std::optional<model::Report> report_with_key(std::string_view key, base::UtcTime since) override;
  void insert(const model::Report& report) override;
  std::optional<model::Report> report_of_person(model::PersonId reporter, std::string_view key,
                                                base::UtcTime since) override;
  std::optional<model::Report> latest_report_of(model::PersonId reporter, base::UtcTime since) override;
  std::vector<model::Report> reports_of(model::IncidentId incident) override;
  void move_report(model::ReportId report, model::IncidentId to) override;
  std::vector<model::Incident> open_incidents(model::HazardKind kind, bool drill, base::UtcTime since,
                                              int limit) override;
  std::optional<model::Incident> incident(model::IncidentId id) override;
  std::optional<model::Incident> incident_by_code(int code) override;
  int next_code() override;
  void insert(const model::Incident& incident) override;
  void update(const model::Incident& incident) override;
  void add_alias(int code, model::IncidentId incident) override;
  std::vector<model::PlacedFact> placed_facts(model::IncidentId incident) override;
  void put_placed_fact(model::IncidentId incident, const model::PlacedFact& fact) override;
  void clear_placed_facts(model::IncidentId incident) override;
  bool seen_inbound(model::LinkIndex link, std::string_view digest, base::UtcTime now, base::UtcTime since) override;
  void purge_inbound(base::UtcTime before) override;
  Forgotten forget_numbers(base::UtcTime before, int limit) override;  // store_retention.cc
  Forgotten forget_words(base::UtcTime before, int limit) override;
  std::vector<model::DeliveryId> end_forsaken(base::UtcTime before, base::UtcTime now, int limit) override;
  void insert_note(model::IncidentId incident, model::AlertId alert, model::NoteKind kind, std::string_view text,
                   base::UtcTime now) override;
  int look_at_replies(model::IncidentId incident, model::AlertId alert, base::UtcTime now) override;
  int service_texts_to(std::string_view address, base::UtcTime since) override;

  // ---- attachments ----
  std::optional<model::Report> report(model::ReportId id) override;
  void insert_attachment(const model::Attachment& attachment) override;
  std::vector<model::Attachment> attachments_of(model::ReportId report) override;
  std::vector<model::Attachment> attachments_past(base::UtcTime ended, int limit) override;
  void delete_attachments(std::span<const model::Attachment> attachments) override;
  std::vector<std::string> unnamed_files(std::span<const std::string> hashes) override;

  // ---- identity ----
  [[nodiscard]] const std::string& secret_key() const override { return secret_key_; }
  std::optional<model::Account> account(std::string_view name) override;
  std::optional<model::Account> account(model::AccountId id) override;
  void insert(const model::Account& account) override;
  void update(const model::Account& account) override;
  void put_recovery_codes(model::AccountId account, std::span<const std::string> hashes) override;
  bool use_recovery_code(model::AccountId account, std::string_view hash, base::UtcTime now) override;
  bool insert_token(std::string_view name, model::Role role, model::PersonId person, std::string_view hash,
                    base::UtcTime now) override;
  bool revoke_token(std::string_view name, base::UtcTime now) override;
  void insert(const model::Session& session, std::string_view hash) override;
  void update(const model::Session& session) override;
  std::optional<model::Session> session(model::SessionId id) override;
  std::vector<model::SessionId> revoke_sessions(model::AccountId account, base::UtcTime now) override;
  bool signed_in_from(model::AccountId account, std::string_view client, base::UtcTime since) override;
  void insert(const model::SignInRequest& request) override;
  void update(const model::SignInRequest& request) override;
  std::optional<model::SignInRequest> sign_in_request(model::SignInId id) override;
  std::optional<model::SignInRequest> sign_in_request_by_link(std::string_view link_hash) override;
  std::optional<model::SignInRequest> open_code_of(model::PersonId person, model::CodePurpose purpose,
                                                   std::int64_t subject, base::UtcTime now) override;
  int codes_for_number(std::string_view number, base::UtcTime since) override;
  int codes_by_client(std::string_view client, base::UtcTime since) override;
  int codes_sent(base::UtcTime since) override;
  std::vector<model::SignInRequest> expired_codes(base::UtcTime now, int limit) override;
  void blank_message(model::MessageId message, model::DeliveryId delivery, base::UtcTime now) override;
  model::Throttle throttle(std::string_view key) override;
  void put_throttle(std::string_view key, const model::Throttle& throttle) override;
  void purge_identity(base::UtcTime now) override;
  void renew_feed(model::PersonId person) override;
  void keep_reason(std::string_view digest, std::string_view words, base::UtcTime at) override;

  // ---- call-out ----
  void insert(const model::CallOut& callout) override;
  void update(const model::CallOut& callout) override;
  std::optional<model::CallOut> callout(model::CallOutId id) override;
  std::vector<model::CallOut> callouts_of(model::IncidentId incident) override;
  void insert(const model::Approval& approval) override;
  void update(const model::Approval& approval) override;
  std::optional<model::Approval> approval(model::CallOutId callout) override;
  std::vector<model::Approval> approvals_of(model::IncidentId incident) override;
  void insert(const model::Step& step) override;
  void update(const model::Step& step) override;
  std::optional<model::Step> step(model::StepId id) override;
  std::vector<model::Step> steps_of(model::CallOutId callout) override;
  void insert(const model::Task& task) override;
  void update(const model::Task& task) override;
  std::optional<model::Task> task(model::TaskId id) override;
  std::vector<model::Task> tasks_of(model::IncidentId incident) override;
  std::int64_t insert_work(const ports::Work& work) override;
  std::optional<ports::Work> next_work() override;
  void update_work(const ports::Work& work) override;
  void delete_work(std::int64_t id) override;
  void delete_work_of(model::IncidentId incident) override;
  void insert_not_told(model::IncidentId incident, int step_index, model::PersonId person, std::string_view selector,
                       std::string_view what, model::Reason reason) override;

  // ---- alerts ----
  model::Matter matter(model::IncidentId incident, model::MatterKind kind, int revision,
                       model::MatterId fresh_id) override;
  std::optional<model::Matter> matter(model::MatterId id) override;
  std::optional<model::MessageId> message(model::MatterId matter, std::string_view language, model::Channel channel,
                                          std::string_view variant) override;
  void insert_message(model::MessageId id, model::MatterId matter, std::string_view language, model::Channel channel,
                      std::string_view variant, const model::MessageText& text) override;
  model::MessageText message_text(model::MessageId id) override;
  std::vector<bool> insert(std::span<const model::Alert> alerts) override;
  void insert(std::span<const model::Membership> memberships) override;
  std::vector<model::Membership> memberships_of(model::AlertId alert) override;
  void update(std::span<const model::Alert> alerts) override;
  bool see(model::AlertId alert, base::UtcTime now) override;
  std::optional<model::Alert> alert(model::AlertId id) override;
  std::optional<model::Alert> alert(model::MatterId matter, model::PersonId person) override;
  std::vector<model::Alert> alerts_of_matter(model::MatterId matter) override;
  std::vector<model::Alert> stand_ins_for(model::MatterId matter, model::PersonId holder) override;
  std::vector<ports::AlertWithDeliveries> alerts_with_deliveries(std::span<const model::AlertId> ids) override;
  std::vector<model::Alert> alerts_of_person(model::PersonId person, int limit) override;
  std::vector<ports::ToldPerson> told_people(model::IncidentId incident, bool with_merged = false,
                                             bool with_asked = false) override;
  std::vector<model::AlertId> withdraw_alerts(model::IncidentId incident, model::Reason reason) override;
  std::vector<model::PersonId> people_in_matter(model::MatterId matter,
                                                std::span<const model::PersonId> among) override;

  // ---- deliveries ----
  void insert(std::span<const model::Delivery> deliveries, std::int64_t epoch_of_claimed) override;
  void update(std::span<const model::Delivery> deliveries) override;
  std::vector<model::Delivery> deliveries(std::span<const model::DeliveryId> ids) override;
  std::vector<ByCarrier> by_carrier_id(model::LinkIndex link, std::span<const std::string> carrier_ids) override;
  std::vector<model::PartState> parts_of(model::DeliveryId delivery) override;
  void put_part(const model::PartState& part) override;
  std::vector<ports::ClaimedSend> claim(model::LinkIndex link, int limit, std::int64_t epoch,
                                        base::UtcTime now) override;
  std::vector<ports::OwedMessage> owed_beside(std::span<const model::DeliveryId> claimed) override;
  std::vector<model::Delivery> told_together(std::span<const model::DeliveryId> summaries) override;
  std::vector<std::pair<model::DeliveryId, model::AlertId>> end_queued(model::IncidentId incident, model::AlertId only,
                                                                       model::DeliveryState state,
                                                                       base::UtcTime now) override;
  std::vector<std::pair<model::DeliveryId, model::AlertId>> end_older_updates(model::IncidentId incident, int revision,
                                                                              std::span<const model::PersonId> people,
                                                                              base::UtcTime now) override;
  void close_call_lines(model::IncidentId incident, model::AlertId only, base::UtcTime now) override;
  std::vector<model::Delivery> open_call_lines(model::PersonId person) override;
  void look_again_at_exhausted(model::IncidentId incident, base::UtcTime now) override;
  std::vector<model::AlertId> stall(model::LinkIndex link, base::UtcTime now, int limit) override;
  void unstall(model::LinkIndex link) override;

  // ---- timers ----
  std::optional<base::UtcTime> next_due() override;
  std::vector<ports::AlertWithDeliveries> due_alerts(base::UtcTime now, int limit) override;
  std::vector<model::Step> due_steps(base::UtcTime now, int limit) override;
  std::vector<model::Task> due_tasks(base::UtcTime now, int limit) override;
  std::vector<model::Approval> due_approvals(base::UtcTime now, int limit) override;
  std::vector<model::Incident> due_incidents(base::UtcTime now, int limit) override;
  std::vector<model::Delivery> due_receipts(base::UtcTime now, int limit) override;
  void release_retries(base::UtcTime now) override;
  void shift_waits(base::Duration by) override;

 private:
  struct Head {  // of the record, as committed
    std::int64_t seq = 0, commit_no = 0;
    base::Digest hash{};
  };

  SqliteStore(std::unique_ptr<db::FileLock> lock, std::unique_ptr<db::Session> session, int checkpoint_pages);
  base::Status load();
  // A secret of this database: made at its first start, kept in `meta`.
  [[nodiscard]] std::string load_secret(std::string_view name);
  Head write_record(base::UtcTime now);
  void note_incidents(std::int64_t commit_no);
  // How far a sweep through a table has come; 0 before the first.
  [[nodiscard]] std::int64_t mark_of(std::string_view name);
  void put_mark(std::string_view name, std::int64_t id);
  // Runs `update` over the rows behind the mark that `look` (mark, end, limit -> highest id, how many) finds, and moves
  // the mark there.
  Forgotten forget_behind(std::string_view mark, std::string_view look, std::string_view update, std::int64_t end,
                          int limit);
  [[nodiscard]] db::Statement& sql(std::string_view text) { return session_->statement(text); }
  [[nodiscard]] ports::AlertWithDeliveries with_deliveries(model::Alert alert);
  [[nodiscard]] std::vector<int> missing_parts(model::DeliveryId delivery, int parts);

  // The order matters: statements go before their session, the session before the lock.
  std::unique_ptr<db::FileLock> lock_;
  std::unique_ptr<db::Session> session_;
  std::unique_ptr<HotStatements> hot_;
  const int checkpoint_pages_;
  std::string salt_, secret_key_;
  Head head_;
  std::vector<model::RecordEntry> pending_;  // appended in this transaction
  std::size_t pending_at_savepoint_ = 0;
  std::vector<std::int64_t> touched_;  // incidents of pending_, while it is written
  std::string chain_bytes_;
};

}  // namespace tocsin::store
