// Versions of the plan in the store, and how the read side shows them.
#include "gateway/db/migrations.h"
#include "gateway/store/plans.h"
#include "gateway/store/schema.h"
#include "gateway/store/sqlite_store.h"
#include "tests/contract/store_contract.h"
#include "tests/support/temp_folder.h"

namespace tocsin {

using namespace std::chrono_literals;

TEST_P(StoreContract, ThePlanInForceIsTheOneOfTheLastSwap) {
  EXPECT_FALSE(read([](ports::Store& s) { return s.plan_in_force(); }));
  write([](ports::Store& s) {
    s.plan_version("aa", "source a", "the office", "1", noon);
    s.plan_version("bb", "source b", "the office", "2", noon);
    s.put_in_force({1, 1, noon, model::PlanVia::kStart, "system:tocsin", ""});
    s.put_in_force({2, 2, noon + 1h, model::PlanVia::kApi, "admin:office", "the new ladder"});
    s.put_in_force({3, 1, noon + 2h, model::PlanVia::kCommandLine, "admin:local", "back"});
  });
  reopen();
  const auto in_force = read([](ports::Store& s) { return s.plan_in_force(); });
  ASSERT_TRUE(in_force);
  EXPECT_EQ(in_force->digest, "aa");
  EXPECT_EQ(in_force->swap.number, 3);
  EXPECT_EQ(in_force->swap.version, 1);
  EXPECT_EQ(in_force->swap.at, noon + 2h);
  EXPECT_EQ(in_force->swap.via, model::PlanVia::kCommandLine);
  EXPECT_EQ(in_force->swap.by, "admin:local");
  EXPECT_EQ(in_force->swap.note, "back");
}

TEST_P(StoreContract, VersionsAreListedNewestFirstWithWhatRunsUnderThemAndWhoAnswersForTheirWarnings) {
  write([](ports::Store& s) {
    s.plan_version("aa", "source a", "the office", "1", noon);
    s.plan_version("bb", "source b", "the office", "2", noon + 1h);
    s.put_in_force({1, 1, noon, model::PlanVia::kStart, "system:tocsin", ""});
    s.put_in_force({2, 2, noon + 1h, model::PlanVia::kApi, "admin:office", ""});
    s.keep_override(2, {{"range-gap", "fire/III", "on purpose"}, "admin:office", noon});
    s.keep_override(2, {{"range-gap", "fire/III", "said again"}, "admin:other", noon + 1h});
    for (int i = 1; i <= 3; ++i) {
      auto incident = an_incident(i, 100 + i);
      incident.plan_version = i == 3 ? 2 : 1;
      if (i == 2) incident.state = model::IncidentState::kEnded;
      s.insert(incident);
    }
  });
  const auto queries = engine_->open_queries();
  const auto versions = queries->plan_versions(10);
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2U);
  const auto &newest = versions->front(), &oldest = versions->back();
  EXPECT_EQ(newest.version, 2);
  EXPECT_EQ(newest.label, "2");
  EXPECT_EQ(newest.name, "the office");
  EXPECT_TRUE(newest.in_force);
  ASSERT_TRUE(newest.last_swap);
  EXPECT_EQ(newest.last_swap->by, "admin:office");
  EXPECT_EQ(newest.open_incidents, 1);
  ASSERT_EQ(newest.overrides.size(), 1U) << "one finding and place is answered for once";
  EXPECT_EQ(newest.overrides.front().given.reason, "said again");
  EXPECT_EQ(newest.overrides.front().by, "admin:other");
  EXPECT_FALSE(oldest.in_force);
  EXPECT_EQ(oldest.open_incidents, 1) << "the ended one runs no more";
  EXPECT_TRUE(oldest.overrides.empty());

  EXPECT_EQ(queries->plan_versions(1)->size(), 1U);
  EXPECT_EQ(*queries->plan_source(2), "source b");
  EXPECT_EQ(queries->plan_source(3).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ((*queries->plan_in_force())->digest, "bb");
  EXPECT_EQ(queries->plan_overrides("bb")->size(), 1U);
  EXPECT_TRUE(queries->plan_overrides("aa")->empty());
}

TEST_P(StoreContract, TheFileOfTheSettingsIsRememberedAsItWasLastTaken) {
  EXPECT_EQ(read([](ports::Store& s) { return s.plan_file_seen(); }), "");
  write([](ports::Store& s) { s.see_plan_file("aa"); });
  write([](ports::Store& s) { s.see_plan_file("bb"); });
  reopen();
  EXPECT_EQ(read([](ports::Store& s) { return s.plan_file_seen(); }), "bb");
}

TEST(OldPlansTest, ADatabaseThatKnewThePlanInForceFromItsRecordAloneStillKnowsIt) {
  const testing::TempFolder folder;
  {
    const auto session = std::move(db::Session::open(folder.file("old.db"), {})).value();
    ASSERT_TRUE(db::migrate(*session, store::kModule, store::migrations().first(4)).ok());
    session->statement("insert into plan_version values (1, 'aa', 'source a', 1), (2, 'bb', 'source b', 2)").exec();
    session
        ->statement(
            "insert into record values (1, 1, 5, 3, 0, 0, 1, 0, 'aa'), (2, 1, 6, 3, 0, 0, 2, 0, 'bb'), "
            "(3, 2, 7, 1, 0, 0, 1, 0, '')")
        .exec();
    ASSERT_TRUE(session->status().ok()) << session->status().error().message;
  }
  ASSERT_TRUE(store::SqliteStore::open(folder.file("old.db")).ok());
  const auto session = std::move(db::Session::open(folder.file("old.db"), {})).value();
  const auto in_force = store::read_plan_in_force(*session);
  ASSERT_TRUE(in_force);
  EXPECT_EQ(in_force->swap.version, 2);
  EXPECT_EQ(in_force->digest, "bb");
  EXPECT_EQ(store::list_plan_versions(*session, 10).size(), 2U);
}

}  // namespace tocsin
