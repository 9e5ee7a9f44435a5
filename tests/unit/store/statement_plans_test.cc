// The cost of an event is the cost of its own rows: no statement of the store may walk over what grows for ever.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <set>
#include <sstream>

#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/store_values.h"
#include "tests/support/temp_folder.h"

namespace tocsin::store {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)

// Runs every method once, so that every statement of the store has been prepared.
void call_everything(SqliteStore& s) {
  ASSERT_TRUE(s.begin().ok());
  s.begin_epoch();
  s.abandon_claims(5, noon, 10);
  s.highest_id();
  s.last_recorded_at();
  s.link_index("main");
  s.plan_version("aa", "source", "name", "label", noon);
  s.plan_source(1);
  s.plan_versions_in_use();
  s.plan_in_force();
  s.put_in_force({1, 1, noon, model::PlanVia::kApi, "admin:a", ""});
  s.keep_override(1, {});
  s.plan_file_seen();
  s.see_plan_file("aa");
  s.append(an_entry(model::RecordKind::kStarted, 1, 0));
  s.report_by_key("r", "k");
  s.report_with_key("k", {});
  s.insert(model::Report{});
  s.latest_report_of({1}, noon);
  s.reports_of({1});
  s.move_report({1}, {2});
  s.open_incidents(model::HazardKind::kFire, false, noon, 1);
  s.incident({1});
  s.incident_by_code(101);
  s.next_code();
  s.insert(an_incident(1, 101));
  s.update(an_incident(1, 101));
  s.add_alias(102, {1});
  s.placed_facts({1});
  s.put_placed_fact({1}, {"serious", {}, model::Quantity::whole(1), noon});
  s.clear_placed_facts({1});
  s.seen_inbound(0, "d", noon, noon);
  s.insert_stranger(0, "x", "y", noon, noon, true);
  s.open_message(1, noon);
  s.take_message(1, noon, {1}, noon);
  s.rings_due(noon);
  s.put_off_rings(noon, noon);
  s.put_off_rings(noon, {});
  s.rung_at();
  s.insert(model::Handover{});
  s.strangers_since("x", noon);
  s.count_left_out(noon);
  s.report_of_person({1}, "k", noon);
  (void)s.open_code_of({1}, model::CodePurpose::kApprove, 1, noon);
  s.insert_note({1}, {1}, model::NoteKind::kReplied, "y", noon);
  (void)s.look_at_replies({1}, {1}, noon);
  s.purge_strangers(noon, noon);
  s.purge_inbound(noon);
  s.forget_numbers(noon, 10);
  s.forget_words(noon, 10);
  s.calm();
  s.latest_round();
  s.put_round({});
  s.was_asked({1}, {1});
  const model::ContactCheck check{{1}, {1}, {1}, "x", {1}, model::CheckState::kAsked, noon, noon, {}};
  s.add_checks(std::span(&check, 1));
  s.queued_checks();
  s.unanswered_since("x", noon);
  s.answer_checks("x", noon, noon);
  s.due_checks(noon, 10);
  s.settle(check);
  s.next_check_due();
  s.check_counts({1});
  const model::DeliveryId asked{1};
  s.take_back_checks(std::span(&asked, 1));
  s.add_checks(std::span(&check, 1));
  s.forget_checks(noon + std::chrono::hours(1), 10);
  (void)s.end_forsaken(noon, noon, 10);
  s.renew_feed({1});
  s.report({1});
  s.insert_attachment({{1}, "aa", model::MediaType::kJpeg, 1, 1, 1, noon});
  s.attachments_of({1});
  s.attachments_past(noon, 10);
  const model::Attachment gone{{1}, "bb", model::MediaType::kPng, 1, 1, 1, noon};
  s.delete_attachments({&gone, 1});
  const std::string hash = "cc";
  s.unnamed_files({&hash, 1});
  (void)s.see({1}, noon);
  const model::DeliveryId owed{1};
  (void)s.owed_beside(std::span(&owed, 1));
  (void)s.told_together(std::span(&owed, 1));
  const model::PersonId person{1};
  (void)s.end_older_updates({1}, 2, std::span(&person, 1), noon);
  s.service_texts_to("x", noon);
  (void)s.account("desk");
  (void)s.account(model::AccountId{1});
  s.insert(model::Account{});
  s.update(model::Account{});
  const std::string recovery = "hash";
  s.put_recovery_codes({1}, std::span(&recovery, 1));
  s.use_recovery_code({1}, "hash", noon);
  s.insert_token("t", model::Role::kDuty, {}, "h", noon);
  s.revoke_token("t", noon);
  s.insert(model::Session{}, "h");
  s.update(model::Session{});
  (void)s.session(model::SessionId{1});
  s.revoke_sessions({1}, noon);
  s.signed_in_from({1}, "c", noon);
  s.insert(model::SignInRequest{});
  s.update(model::SignInRequest{});
  s.sign_in_request({1});
  s.sign_in_request_by_link("h");
  s.codes_for_number("n", noon);
  s.codes_by_client("c", noon);
  s.codes_sent(noon);
  s.expired_codes(noon, 1);
  s.blank_message({1}, {1}, noon);
  s.throttle("k");
  s.put_throttle("k", {});
  s.purge_identity(noon);
  s.keep_reason("d", "why", noon);
  s.insert(model::CallOut{});
  s.update(model::CallOut{});
  s.callout({1});
  s.callouts_of({1});
  s.insert(model::Approval{});
  s.update(model::Approval{});
  s.approval({1});
  s.approvals_of({1});
  s.due_approvals(noon, 10);
  s.insert(model::Step{});
  s.update(model::Step{});
  s.step({1});
  s.steps_of({1});
  s.insert(model::Task{});
  s.update(model::Task{});
  s.task({1});
  s.tasks_of({1});
  s.insert_not_told({1}, 0, {1}, "", "", model::Reason::kNone);
  const auto matter = s.matter({1}, model::MatterKind::kAlert, 0, {10}).id;
  s.matter(matter);
  s.message(matter, "zh", model::Channel::kSms, "");
  s.insert_message({7}, matter, "zh", model::Channel::kSms, "", {"b", {}});
  s.message_text({7});
  const auto alert = an_alert_of(100, matter, 1, 1);
  s.insert(std::span<const model::Alert>(&alert, 1));
  s.update(std::span<const model::Alert>(&alert, 1));
  const model::Membership hat{{100}, {1}, 0};
  s.insert(std::span<const model::Membership>(&hat, 1));
  s.memberships_of({100});
  s.alert(matter, {1});
  s.stand_ins_for(matter, {1});
  s.alerts_with_deliveries(std::span(&alert.id, 1));
  s.alerts_of_person({1}, 10);
  s.told_people({1});
  s.alerts_of_matter(matter);
  s.people_in_matter(matter, {&person, 1});
  auto d = a_queued_sms(200, 100, 1);
  d.parts = 2;
  s.insert(std::span<const model::Delivery>(&d, 1), 1);
  s.update(std::span<const model::Delivery>(&d, 1));
  s.deliveries({&d.id, 1});
  const std::string carrier = "c";
  s.by_carrier_id(0, {&carrier, 1});
  s.put_part({{200}, 1, model::DeliveryState::kAccepted, "c"});
  s.by_carrier_id(0, {&carrier, 1});
  s.load_since(0, noon);
  s.queued_on(0, 10);
  const ports::MovedSend moved{{200}, {7}};
  s.move_to(0, {&moved, 1});
  s.unconfirmed_of(0);
  s.hasten_receipts(0, 1s, noon);
  s.link_memory(0);
  s.put_link_memory(0, {});
  (void)s.waiting_probe(0, "+8614400000001");
  (void)s.queues();
  (void)s.move_queue(8, 9, model::Channel::kSms);
  s.forget_probes(noon);
  s.stall(0, noon, 10);
  s.unstall(0);
  s.claim(0, 10, 1, noon);
  s.abandon_claims(5, noon, 10);
  s.end_queued({1}, {}, model::DeliveryState::kCancelled, noon);
  s.end_queued({1}, {100}, model::DeliveryState::kCancelled, noon);
  s.close_call_lines({1}, {}, noon);
  s.close_call_lines({1}, {100}, noon);
  s.open_call_lines({1});
  s.look_again_at_exhausted({1}, noon);
  s.withdraw_alerts({1}, model::Reason::kStandDown);
  s.next_due();
  s.due_alerts(noon, 10);
  s.due_steps(noon, 10);
  s.due_tasks(noon, 10);
  s.due_incidents(noon, 10);
  s.due_receipts(noon, 10);
  s.release_retries(noon);
  s.shift_waits(1s);
  const auto committed = s.commit(noon);
  ASSERT_TRUE(committed.ok()) << committed.error().message;
}

std::set<std::string> statements_of(sqlite3* db) {
  std::set<std::string> all;
  for (sqlite3_stmt* s = sqlite3_next_stmt(db, nullptr); s != nullptr; s = sqlite3_next_stmt(db, s))
    all.insert(sqlite3_sql(s));
  return all;
}

std::vector<std::string> plan_of(sqlite3* db, const std::string& sql) {
  std::vector<std::string> steps;
  const auto keep = [](void* to, int count, char** values, char** /*names*/) {
    static_cast<std::vector<std::string>*>(to)->emplace_back(values[count - 1]);
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(db, ("explain query plan " + sql).c_str(), keep, &steps, nullptr), SQLITE_OK) << sql;
  return steps;
}

// Indexes over what is open or owed may be walked; tables, and indexes over everything, may not.
void expect_no_walk_over_the_past(sqlite3* db) {
  const std::set<std::string> small_tables = {"work", "link", "plan_version", "v", "plan_swap", "meta", "waiting",
                                              "CONSTANT", "i", "sqlite_master", "j", "json_each",
                                              "x",  // attachments: of the last weeks only
                                              // Kept short: by hand, or by the hourly purge.
                                              "account", "token", "session", "throttle", "sign_in", "stranger_left_out",
                                              "check_round",  // a few a year
                                              "handover"};    // a few a day, and the newest are read, from the end
  const std::set<std::string> open_rows = {"alert_look",     "step_look",        "task_due",         "incident_open",
                                           "delivery_retry", "delivery_owed",    "delivery_receipt", "delivery_line",
                                           "delivery_queue", "incident_open_by", "approval_due",     "note_unread",
                                           "delivery_probe", "delivery_check",   "incident_real"};
  for (const std::string& sql : statements_of(db)) {
    for (const std::string& step : plan_of(db, sql)) {
      std::istringstream words(step);  // "SCAN table [USING [COVERING] INDEX index]"
      std::string verb, table, word, index;
      words >> verb >> table;
      if (verb != "SCAN" || table.front() == '(') continue;  // a subquery's rows are judged where they are read
      while (words >> word) index = word;
      // The newest few, walked backwards from the end.
      if (table == "incident" && sql.find("from incident order by id desc limit") != std::string::npos) continue;
      const bool harmless = small_tables.count(table) > 0 || open_rows.count(index) > 0;
      EXPECT_TRUE(harmless) << step << "\n  in: " << sql;
    }
  }
}

TEST(StatementPlansTest, NothingTheWriterAsksWalksOverThePast) {
  const testing::TempFolder folder;
  const auto store = std::move(SqliteStore::open(folder.file("a.db"))).value();
  call_everything(*store);
  ASSERT_GT(statements_of(store->session().handle()).size(), 70U);
  expect_no_walk_over_the_past(store->session().handle());
}

// Every connection opened while it lives.
sqlite3* last_opened = nullptr;
int note_opened(sqlite3* db, const char** /*error*/, const sqlite3_api_routines* /*api*/) {
  last_opened = db;
  return SQLITE_OK;
}

TEST(StatementPlansTest, NothingADeskOrApiAsksWalksOverThePast) {
  const testing::TempFolder folder;
  const auto store = std::move(SqliteStore::open(folder.file("a.db"))).value();
  call_everything(*store);
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(note_opened));
  const auto queries = std::move(SqliteQueries::open(folder.file("a.db"))).value();
  sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(note_opened));
  EXPECT_TRUE(queries->incidents({.open = true}).ok());
  EXPECT_TRUE(queries->incidents({}).ok());
  EXPECT_TRUE(queries->incidents({.open = false}).ok());
  EXPECT_TRUE(queries->incidents({.open = {}, .told = {1}}).ok());
  const model::IncidentId one{1};
  EXPECT_TRUE(queries->codes({&one, 1}).ok());
  EXPECT_TRUE(queries->awaiting({&one, 1}).ok());
  EXPECT_TRUE(queries->summaries({&one, 1}).ok());
  EXPECT_TRUE(queries->open_tasks(10).ok());
  EXPECT_TRUE(queries->desk_counts(noon).ok());
  EXPECT_TRUE(queries->link_traffic(noon).ok());
  EXPECT_TRUE(queries->handovers(10).ok());
  EXPECT_TRUE(queries->inbox({}).ok());
  const std::string digest = "d";
  EXPECT_TRUE(queries->reasons_said({&digest, 1}).ok());
  EXPECT_TRUE(queries->was_told({1}, {1}).ok());
  EXPECT_TRUE(queries->report({1}).ok());
  EXPECT_TRUE(queries->alerts_of(101, {{}, 5, true, true}).ok());
  EXPECT_TRUE(queries->told_by(std::vector<model::AlertId>{{1}, {2}}).ok());
  EXPECT_TRUE(queries->reports_of(101, {}, 5).ok());
  EXPECT_TRUE(queries->attachment(101, "aa").ok());
  model::ChangesWanted wanted;
  wanted.by.person = {1};
  EXPECT_TRUE(queries->changes(wanted).ok());
  wanted.since = 1000000;
  EXPECT_TRUE(queries->changes(wanted)->full);
  EXPECT_TRUE(queries->incident(101, 10).ok());
  EXPECT_TRUE(queries->call_sheet(10).ok());
  EXPECT_TRUE(queries->doubtful_contacts(noon).ok());
  EXPECT_TRUE(queries->contact_checks(noon).ok());
  EXPECT_TRUE(queries->contact_checks(noon, {1}).ok());
  EXPECT_TRUE(queries->alerts_of({1}, true, {}, 10).ok());
  EXPECT_TRUE(queries->alerts_of({1}, false, {}, 10).ok());
  EXPECT_TRUE(queries->alert(model::AlertId{100}).ok());
  EXPECT_TRUE(queries->record(0, {}, 10).ok());
  EXPECT_TRUE(queries->record(0, {1}, 10).ok());
  EXPECT_TRUE(queries->plan_versions(10).ok());
  EXPECT_TRUE(queries->plan_source(1).ok());
  EXPECT_TRUE(queries->plan_in_force().ok());
  EXPECT_TRUE(queries->plan_overrides("aa").ok());
  EXPECT_TRUE(queries->status().ok());
  EXPECT_TRUE(queries->token(std::string(32, 'x')).ok());
  EXPECT_TRUE(queries->tokens().ok());
  EXPECT_TRUE(queries->feed_number({1}).ok());
  EXPECT_TRUE(queries->session(std::string(32, 'x')).ok());
  EXPECT_TRUE(queries->sessions({}, {1}, noon, 10).ok());
  EXPECT_TRUE(queries->account("desk").ok());
  EXPECT_TRUE(queries->accounts().ok());
  EXPECT_TRUE(queries->reports_by({1}, "", {}, 10).ok());
  EXPECT_TRUE(queries->reports_by({}, "grid-7", {}, 10).ok());
  EXPECT_TRUE(queries->report({1}).ok());
  EXPECT_TRUE(queries->alert_page({1}).ok());
  EXPECT_TRUE(queries->standings({&one, 1}).ok());
  EXPECT_TRUE(queries->scene_entries({1}, 0, 10).ok());
  EXPECT_TRUE(queries->scene_rows({1}).ok());
  const model::AlertId an_alert{100};
  EXPECT_TRUE(queries->scene_alerts({&an_alert, 1}).ok());
  ASSERT_GT(statements_of(last_opened).size(), 20U);
  expect_no_walk_over_the_past(last_opened);
}

}  // namespace
}  // namespace tocsin::store
