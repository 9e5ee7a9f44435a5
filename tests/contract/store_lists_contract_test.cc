// What every read side promises of lists that go on, and of the poll.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/store_values.h"
#include "tests/support/temp_folder.h"

namespace tocsin::store {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QueriesContract : public ::testing::Test {
 protected:
  QueriesContract()
      : store_(std::move(SqliteStore::open(folder_.file("a.db"))).value()),
        queries_(std::move(SqliteQueries::open(folder_.file("a.db"))).value()) {}

  void write(const std::function<void(ports::Store&)>& work) {
    ASSERT_TRUE(store_->begin().ok());
    work(*store_);
    const auto committed = store_->commit(noon);
    ASSERT_TRUE(committed.ok()) << committed.error().message;
  }
  // Incidents 1..n with codes 101..; each speaks once in the record.
  void incidents(int n) {
    write([&](ports::Store& s) {
      for (int i = 1; i <= n; ++i) {
        s.insert(an_incident(i, 100 + i));
        s.append(an_entry(model::RecordKind::kIncidentOpened, i, i));
      }
    });
  }
  void end(int id) {
    write([&](ports::Store& s) {
      auto incident = *s.incident({id});
      incident.state = model::IncidentState::kEnded;
      s.update(incident);
    });
  }
  // An alert of that person, of incident `id`.
  void tell(int id, int person) {
    write([&](ports::Store& s) {
      const auto matter = s.matter({id}, model::MatterKind::kAlert, 0, {1000 + id}).id;
      const auto alert = an_alert_of(100 * id + person, matter, id, person);
      s.insert(std::span<const model::Alert>(&alert, 1));
      s.append(an_entry(model::RecordKind::kAlertRaised, id, alert.id.value));
    });
  }
  static std::vector<int> codes(const std::vector<model::Incident>& incidents) {
    std::vector<int> codes;
    for (const auto& incident : incidents) codes.push_back(incident.code);
    return codes;
  }
  model::Changes changes(std::int64_t since, bool desk, model::PersonId person = {}) {
    model::ChangesWanted wanted;
    wanted.since = since;
    wanted.desk = desk;
    wanted.by.person = person;
    return queries_->changes(wanted).value();
  }

  testing::TempFolder folder_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<SqliteQueries> queries_;
};

TEST_F(QueriesContract, PagesNeitherRepeatNorSkipWhateverIsAddedMeanwhile) {
  incidents(5);
  const auto first = queries_->incidents({.limit = 2}).value();
  EXPECT_THAT(codes(first.rows), ElementsAre(105, 104));
  write([](ports::Store& s) { s.insert(an_incident(6, 106)); });
  const auto second = queries_->incidents({.before = {first.next}, .limit = 2}).value();
  EXPECT_THAT(codes(second.rows), ElementsAre(103, 102));
  const auto third = queries_->incidents({.before = {second.next}, .limit = 2}).value();
  EXPECT_THAT(codes(third.rows), ElementsAre(101));
  EXPECT_EQ(third.next, 0);
}

TEST_F(QueriesContract, APageThatEndsExactlyAtTheEndSaysSo) {
  incidents(2);
  EXPECT_EQ(queries_->incidents({.limit = 2})->next, 0);
}

TEST_F(QueriesContract, OpenAndEndedIncidentsCanBeListedAlone) {
  incidents(3);
  end(2);
  EXPECT_THAT(codes(queries_->incidents({.open = true})->rows), ElementsAre(103, 101));
  EXPECT_THAT(codes(queries_->incidents({.open = false})->rows), ElementsAre(102));
  EXPECT_THAT(codes(queries_->incidents({.open = true, .before = {3}})->rows), ElementsAre(101));
}

TEST_F(QueriesContract, APersonIsShownWhatTheyWereToldOfAndNoMore) {
  incidents(3);
  tell(1, 7);
  tell(3, 7);
  tell(2, 8);
  end(1);
  const auto page = queries_->incidents({.told = {7}, .limit = 1}).value();
  EXPECT_THAT(codes(page.rows), ElementsAre(103));
  EXPECT_THAT(codes(queries_->incidents({.told = {7}, .before = {page.next}})->rows), ElementsAre(101));
  EXPECT_TRUE(*queries_->was_told({1}, {7}));
  EXPECT_FALSE(*queries_->was_told({2}, {7}));
  EXPECT_FALSE(*queries_->was_told({1}, {}));
}

TEST_F(QueriesContract, OpenAlertsComeInPages) {
  incidents(3);
  for (const int id : {1, 2, 3}) tell(id, 7);
  const auto first = queries_->alerts_of({7}, true, {}, 2).value();
  ASSERT_EQ(first.rows.size(), 2U);
  EXPECT_EQ(first.rows[0].incident.value, 3);
  const auto second = queries_->alerts_of({7}, true, {first.next}, 2).value();
  ASSERT_EQ(second.rows.size(), 1U);
  EXPECT_EQ(second.rows[0].incident.value, 1);
  EXPECT_EQ(second.next, 0);
}

// What a desk's table shows: those who are asked something, and of them those nobody heard from.
TEST_F(QueriesContract, AlertsOfAnIncidentAreThoseThatAskOrThoseThatWait) {
  incidents(1);
  for (int person = 1; person <= 6; ++person) tell(1, person);
  write([](ports::Store& s) {
    const auto update = s.matter({1}, model::MatterKind::kUpdate, 1, {2001}).id;
    const auto told_again = an_alert_of(201, update, 1, 1);
    s.insert(std::span<const model::Alert>(&told_again, 1));
    const auto becomes = [&](int person, model::AlertState state, model::AnswerKind answer) {
      auto alert = *s.alert({100 + person});
      alert.state = state;
      alert.answer = answer;
      s.update(std::span<const model::Alert>(&alert, 1));
    };
    auto informed = *s.alert({106});
    informed.needs = model::AnswerKind::kNone;
    s.update(std::span<const model::Alert>(&informed, 1));
    becomes(2, model::AlertState::kAnswered, model::AnswerKind::kComing);
    becomes(3, model::AlertState::kTold, model::AnswerKind::kReplied);
    becomes(4, model::AlertState::kWithdrawn, model::AnswerKind::kNone);
    becomes(5, model::AlertState::kExhausted, model::AnswerKind::kNone);
  });
  const auto ids = [&](const model::AlertsWanted& wanted) {
    std::vector<std::int64_t> found;
    const auto page = queries_->alerts_of(101, wanted);
    for (const auto& row : page.value().rows) found.push_back(row.alert.id.value);
    return found;
  };
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(ids({.limit = 10}), (Ids{101, 102, 103, 104, 105, 106, 201}));
  EXPECT_EQ(ids({.limit = 10, .asking = true}), (Ids{101, 102, 103, 104, 105, 106}));
  EXPECT_EQ(ids({.limit = 10, .waiting = true, .asking = true}), (Ids{101, 103, 105})) << "words are no answer yet";
  EXPECT_EQ(ids({.after = {101}, .limit = 1, .waiting = true, .asking = true}), (Ids{103}));
  EXPECT_EQ(queries_->incident(101, 0).value().alerts.size(), 0U) << "a page that reads them beside";
}

TEST_F(QueriesContract, WhoseAlertsTheyAreIsSaidOfThoseThatAreThere) {
  incidents(1);
  for (const int person : {1, 2, 3}) tell(1, person);
  const auto people = queries_->told_by(std::vector<model::AlertId>{{103}, {101}, {999}});
  using People = std::map<model::AlertId, model::PersonId>;
  EXPECT_EQ(people.value(), (People{{{101}, {1}}, {{103}, {3}}}));
}

// Each alert says by which list of the plan it was found, whatever page it stands on.
TEST_F(QueriesContract, EveryPageOfAlertsSaysWhoFoundThem) {
  incidents(1);
  write([](ports::Store& s) {
    const auto matter = s.matter({1}, model::MatterKind::kAlert, 0, {1001}).id;
    for (int person = 1; person <= 4; ++person) {
      auto alert = an_alert_of(100 + person, matter, 1, person);
      alert.step = {7};
      s.insert(std::span<const model::Alert>(&alert, 1));
      auto entry = an_entry(model::RecordKind::kAlertRaised, 1, alert.id.value);
      entry.detail = "duty:of-" + std::to_string(person);
      s.append(entry);
    }
  });
  for (int after = 0; after < 4; ++after) {
    const auto page = queries_->alerts_of(101, {{after == 0 ? 0 : 100 + after}, 1}).value();
    ASSERT_EQ(page.rows.size(), 1U);
    EXPECT_EQ(page.rows[0].selectors, std::vector<std::string>{"duty:of-" + std::to_string(after + 1)});
  }
}

TEST_F(QueriesContract, AlertsAndReportsOfAnIncidentComeInPages) {
  incidents(2);
  for (const int person : {1, 2, 3}) tell(1, person);
  tell(2, 1);
  write([](ports::Store& s) {
    for (const int n : {1, 2, 3}) {
      model::Report report;
      report.id = {n};
      report.incident = {1};
      report.reporter = "grid-7";
      report.key = "key-" + std::to_string(n);
      s.insert(report);
    }
    s.insert_attachment({{3}, "aa", model::MediaType::kJpeg, 1, 1, 1, noon});
  });
  const auto first = queries_->alerts_of(101, {{}, 2}).value();
  ASSERT_EQ(first.rows.size(), 2U);
  const auto second = queries_->alerts_of(101, {{first.next}, 2}).value();
  ASSERT_EQ(second.rows.size(), 1U);
  EXPECT_EQ(second.rows[0].alert.person.value, 3);
  EXPECT_EQ(second.next, 0);
  const auto reports = queries_->reports_of(101, {}, 2).value();
  ASSERT_EQ(reports.rows.size(), 2U);
  const auto last = queries_->reports_of(101, {reports.next}, 2).value();
  ASSERT_EQ(last.rows.size(), 1U);
  EXPECT_EQ(last.rows[0].attachments.size(), 1U);
  EXPECT_EQ(last.next, 0);
  EXPECT_EQ(queries_->alerts_of(999, {{}, 2}).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(queries_->reports_of(999, {}, 2).error().code, base::ErrorCode::kNotFound);
}

TEST_F(QueriesContract, CodesAreFoundForABatchOfIds) {
  incidents(3);
  const std::vector<model::IncidentId> ids{{3}, {1}, {3}, {99}};
  const auto codes = queries_->codes(ids).value();
  EXPECT_EQ(codes, (std::map<model::IncidentId, int>{{{1}, 101}, {{3}, 103}}));
}

TEST_F(QueriesContract, APollTellsWhatChangedBehindItsCursor) {
  incidents(2);
  const auto cursor = changes(0, true).cursor;
  EXPECT_EQ(cursor, store_->last_seq());
  EXPECT_THAT(changes(cursor, true).incidents, IsEmpty());
  tell(2, 7);
  const auto desk = changes(cursor, true);
  EXPECT_THAT(codes(desk.incidents), ElementsAre(102));
  EXPECT_GT(desk.cursor, cursor);
  EXPECT_FALSE(desk.full);
  const auto told = changes(cursor, false, {7});
  EXPECT_THAT(codes(told.incidents), ElementsAre(102));
  ASSERT_EQ(told.alerts.size(), 1U);
  EXPECT_EQ(told.alerts[0].person.value, 7);
  const auto other = changes(cursor, false, {8});
  EXPECT_THAT(other.incidents, IsEmpty());
  EXPECT_THAT(other.alerts, IsEmpty());
  EXPECT_EQ(other.cursor, desk.cursor);
}

TEST_F(QueriesContract, AReporterHearsOfReportsOfTheirOwnOnly) {
  incidents(1);
  write([](ports::Store& s) {
    for (const int n : {1, 2, 3}) {
      model::Report report;
      report.id = {n};
      report.incident = {1};
      report.reporter = n == 1 ? "grid-7" : "grid-8";
      report.key = "key-" + std::to_string(n);
      if (n == 3) report.via = model::ReportVia::kSms, report.reporter = "grid-7";  // a person's code, not a token
      s.insert(report);
    }
  });
  model::ChangesWanted wanted;
  wanted.by.role = model::Role::kReporter;
  wanted.by.name = "grid-7";
  EXPECT_THAT(queries_->changes(wanted)->reports, ElementsAre(model::ReportId{1}));
}

TEST_F(QueriesContract, APollFarBehindComesInSlicesAndTooFarBehindStartsAnew) {
  incidents(6);
  model::ChangesWanted wanted;
  wanted.desk = true;
  wanted.entries = 4;
  const auto first = queries_->changes(wanted).value();
  EXPECT_TRUE(first.more);
  EXPECT_EQ(first.incidents.size(), 4U);
  wanted.since = first.cursor;
  const auto second = queries_->changes(wanted).value();
  EXPECT_FALSE(second.more);
  EXPECT_EQ(second.incidents.size(), 2U);
  EXPECT_EQ(second.cursor, store_->last_seq());

  wanted.since = 0;
  wanted.most = 5;
  const auto full = queries_->changes(wanted).value();
  EXPECT_TRUE(full.full);
  EXPECT_THAT(full.incidents, IsEmpty());
  EXPECT_EQ(full.cursor, store_->last_seq());
}

TEST_F(QueriesContract, ACursorOfAnotherDatabaseStartsAnew) {
  incidents(1);
  EXPECT_TRUE(changes(1000, true).full);
}

TEST_F(QueriesContract, TheVersionOfALineSpeaksOfAllOpenLinesOfThatPerson) {
  incidents(2);
  tell(1, 7);
  tell(2, 7);
  const auto list = [&](int id, std::int64_t delivery) {
    write([&](ports::Store& s) {
      auto line = a_queued_sms(delivery, 100 * id + 7, id);
      line.channel = model::Channel::kDeskCall;
      line.state = model::DeliveryState::kAccepted;
      s.insert(std::span<const model::Delivery>(&line, 1), 1);
    });
  };
  list(1, 501);
  const auto before = queries_->call_sheet(10)->at(0).version;
  list(2, 502);
  const auto after = queries_->call_sheet(10)->at(0).version;
  EXPECT_NE(before, after);
  ASSERT_TRUE(store_->begin().ok());
  std::vector<model::DeliveryId> ids;
  for (const auto& line : store_->open_call_lines({7})) ids.push_back(line.id);
  store_->rollback();
  EXPECT_EQ(model::version_of(ids), after) << "the engine and the desk must mean the same";
}

TEST_F(QueriesContract, OfManyIncidentsThoseThatWaitForSomebodysWordAreReadAtOnce) {
  incidents(3);
  write([](ports::Store& s) {
    for (const int i : {1, 2, 3}) {
      model::Approval approval;
      approval.callout = {50 + i};
      approval.incident = {i};
      approval.by = "post:commander";
      approval.due_at = noon + std::chrono::minutes(i);
      if (i == 2) approval.state = model::ApprovalState::kApproved;
      s.insert(approval);
    }
  });
  const model::IncidentId asked[] = {{1}, {2}};
  const auto awaited = queries_->awaiting(asked).value();
  ASSERT_EQ(awaited.size(), 1U) << "of two asked about, one is decided";
  EXPECT_EQ(awaited.at({1}).approval->by, "post:commander");
  EXPECT_EQ(awaited.at({1}).approval->due_at, noon + std::chrono::minutes(1));
  EXPECT_TRUE(queries_->awaiting({}).value().empty());
}

TEST_F(QueriesContract, AReplyInWordsWaitsUntilSomebodyLooked) {
  incidents(2);
  tell(1, 7);
  tell(1, 8);
  write([](ports::Store& s) {
    s.insert_note({1}, {107}, model::NoteKind::kReplied, "not now", noon);
    s.insert_note({1}, {107}, model::NoteKind::kReplied, "in 2 hours", noon);
    s.insert_note({1}, {108}, model::NoteKind::kWithAnswer, "ten minutes", noon);
    s.insert_note({1}, {}, model::NoteKind::kReason, "it is out", noon);
  });
  const model::IncidentId asked[] = {{1}, {2}};
  EXPECT_EQ(queries_->awaiting(asked).value().at({1}).replied, 1) << "people, not texts";
  EXPECT_EQ(queries_->awaiting(asked).value().count({2}), 0U);
  const auto before = queries_->incident(101, 10).value();
  ASSERT_EQ(before.notes.size(), 4U);
  EXPECT_EQ(before.notes[0].text, "not now");
  EXPECT_EQ(before.notes[0].person, model::PersonId{7});
  EXPECT_TRUE(needs_look(before.notes[1]));
  EXPECT_FALSE(needs_look(before.notes[2]));
  EXPECT_EQ(before.replied.size(), 1U);

  write([](ports::Store& s) { EXPECT_EQ(s.look_at_replies({1}, {107}, noon + std::chrono::minutes(1)), 2); });
  EXPECT_TRUE(queries_->awaiting(asked).value().empty());
  const auto after = queries_->incident(101, 10).value();
  EXPECT_EQ(after.notes[0].looked_at, noon + std::chrono::minutes(1));
  EXPECT_TRUE(after.replied.empty());
}

}  // namespace
}  // namespace tocsin::store
