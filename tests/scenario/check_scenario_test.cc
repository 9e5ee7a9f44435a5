// The contact check: on calm days, in office hours, everybody's phone is asked once to answer 1; silence is listed.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "directory/directory_store.h"
#include "directory/import.h"
#include "directory/snapshot.h"
#include "gateway/db/session.h"
#include "gateway/store/verify_record.h"
#include "tests/support/temp_folder.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kPoints = 13;  // agreed mobile contact points of the town

WorldOptions on(const std::string& start) {
  WorldOptions options;
  options.start = start;
  return options;
}
// The town with more contact points, or without those of somebody.
class TempTown {
 public:
  explicit TempTown(const std::string& more, const std::string& without = "-") {
    const std::string from = std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/directory";
    std::filesystem::copy(from, folder_.path(), std::filesystem::copy_options::recursive);
    std::ifstream in(from + "/contacts.csv");
    std::ofstream out(folder_.file("contacts.csv"));
    for (std::string line; std::getline(in, line);) {
      if (line.rfind(without + ",", 0) != 0) out << line << "\n";
    }
    out << more;
  }
  [[nodiscard]] std::string path() const { return folder_.path(); }

 private:
  TempFolder folder_;
};

directory::Tables tables_of(const std::string& path) {
  auto imported = directory::read_directory(path, {});
  EXPECT_TRUE(imported.ok());
  return std::move(imported->tables);
}

// What an import over the town makes of that folder: rows keep their numbers.
ports::RosterPtr town_after(const std::string& path) {
  std::int64_t next_id = 1;
  auto before = tables_of(std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/directory");
  directory::number_rows(before, {}, next_id);
  auto after = tables_of(path);
  directory::number_rows(after, before, next_id);
  return std::make_shared<directory::Snapshot>(std::move(after), 2);
}

const char* const kMonday = "2026-11-23T02:00:00Z";  // 10:00 in the office

class ContactCheck : public ::testing::Test {
 protected:
  ContactCheck() { reopen(on(kMonday)); }
  void TearDown() override {
    EXPECT_THAT(twice(), IsEmpty()) << "asked twice in one round";
    auto session = db::Session::open(world->folder + "/tocsin.db", {db::Mode::kReadOnly});
    EXPECT_TRUE(store::verify_record(**session)->whole);
  }

  void reopen(WorldOptions options) {
    options.policies.resize(2);
    world = std::make_unique<World>(std::move(options));
    seen_ = 0;
  }
  static model::Principal admin() { return {model::Role::kAdmin, "office", {}}; }
  model::CommandResult start() { return world->submit(model::StartContactCheck{admin()}); }
  model::CommandResult stop() { return world->submit(model::StopContactCheck{admin()}); }
  void stand_down(int code = 101) {
    world->forget_texts();
    ASSERT_TRUE(world->desk(model::StandDown{{}, code, "over"}).ok());
    world->forget_texts();
  }

  static bool is_check(const std::string& text) {
    return text.find("联系方式核对") != std::string::npos || text.find("Contact check") != std::string::npos;
  }
  // Numbers that checks were handed to a carrier for, oldest first.
  std::vector<std::string> asked() const {
    std::vector<std::string> numbers;
    for (const auto& text : world->sms.log) {
      if (is_check(text.text)) numbers.push_back(text.to);
    }
    return numbers;
  }
  int many() const { return static_cast<int>(asked().size()); }
  std::vector<std::string> twice() const {
    std::set<std::string> once;
    std::vector<std::string> again;
    for (const auto& number : asked()) {
      if (!once.insert(number).second && !several_rounds) again.push_back(number);
    }
    return again;
  }
  model::ContactChecks status() {
    auto checks = world->office->queries().contact_checks(world->clock.utc_now() - 24h * 90);
    EXPECT_TRUE(checks.ok());
    return std::move(*checks);
  }
  // Codes of those on the list of silence, with what it says.
  std::vector<std::string> silent() {
    std::vector<std::string> people;
    const auto roster = world->office->roster();
    for (const auto& one : status().silent)
      people.push_back(roster->person(one.check.person)->code + " " + std::string(name_of(model::outcome_of(one))));
    std::sort(people.begin(), people.end());
    return people;
  }
  std::vector<std::string> doubtful() {
    std::vector<std::string> people;
    const auto doubts = world->office->queries().doubtful_contacts(world->clock.utc_now() - 24h * 30);
    for (const auto* card : world->office->roster()->people()) {
      for (const auto& point : card->contacts) {
        if (std::any_of(doubts->begin(), doubts->end(), [&](const auto& doubt) { return doubt.contact == point.id; }))
          people.push_back(card->code);
      }
    }
    return people;
  }
  void all_answer() {
    const auto numbers = asked();
    for (std::size_t i = seen_; i < numbers.size(); ++i) world->number_texts(numbers[i], "1");
    seen_ = numbers.size();
  }

  std::unique_ptr<World> world;
  bool several_rounds = false;

 private:
  std::size_t seen_ = 0;
};

// ---- whom, when, in which words ----

TEST_F(ContactCheck, EverybodyWhoAgreedIsAskedOnceOneAMinuteInTheirOwnLanguage) {
  ASSERT_TRUE(start().ok());
  EXPECT_EQ(many(), 1);
  world->advance(5min + 1s);
  EXPECT_EQ(many(), 6) << "spread out: sixty an hour";
  world->advance(1h);
  EXPECT_EQ(many(), kPoints) << "both phones of the director; nobody who did not agree";
  EXPECT_THAT(world->gets("director", "Contact check"), HasSubstr("reply 1"));
  EXPECT_THAT(world->gets("commander", "联系方式核对"), HasSubstr("无紧急情况"));
  EXPECT_EQ(status().round->state, model::RoundState::kWaiting);
}

TEST_F(ContactCheck, NobodyIsAskedInTheEveningAtNightOrOnAWeekend) {
  reopen(on("2026-11-27T08:58:00Z"));  // Friday, 16:58
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  EXPECT_EQ(many(), 2) << "at 16:58 and 16:59";
  EXPECT_EQ(status().round->waits, model::RoundWaits::kForHours);
  world->advance(63h - 1min);  // Monday, 08:57
  EXPECT_EQ(many(), 2);
  world->advance(1h);
  EXPECT_EQ(many(), kPoints);
  EXPECT_EQ(world->count_records(model::RecordKind::kCheckPaused), 0) << "that people go home is no news";
}

TEST_F(ContactCheck, ANumberThatSeveralShareIsAskedOnceAndAnswersForAll) {
  const TempTown town("worker,2,mobile,14400000001,,2026-01-01,form,\n");
  auto options = on(kMonday);
  options.directory = town.path();
  reopen(options);
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  EXPECT_EQ(many(), kPoints);
  EXPECT_EQ(status().counts.asked, kPoints + 1);
  world->texts("commander", "1");
  EXPECT_EQ(status().counts.answered, 2);
}

TEST_F(ContactCheck, ARoundOfTheScheduleBeginsOnTheFirstCalmMorningAndTheNextOneAfterItsTime) {
  several_rounds = true;
  auto options = on("2026-11-21T02:00:00Z");  // Saturday
  options.engine.contact_check.every = 91 * 24h;
  reopen(options);
  world->advance(46h + 30min);  // Monday, 08:30
  EXPECT_EQ(many(), 0);
  world->advance(1h);
  EXPECT_EQ(many(), kPoints);
  all_answer();
  EXPECT_EQ(status().round->state, model::RoundState::kEnded) << "nobody is waited for";
  world->advance(90 * 24h);
  EXPECT_EQ(many(), kPoints);
  world->advance(5 * 24h);
  EXPECT_EQ(many(), 2 * kPoints);
  EXPECT_EQ(world->count_records(model::RecordKind::kCheckBegan), 2);
}

TEST_F(ContactCheck, WithoutAScheduleNothingBeginsByItself) {
  world->advance(400 * 24h);
  EXPECT_EQ(many(), 0);
  EXPECT_FALSE(status().round);
}

TEST_F(ContactCheck, OnlyAnAdministratorStartsAndStopsItAndOneRoundAtATime) {
  EXPECT_EQ(world->submit(model::StartContactCheck{{model::Role::kDuty, "desk", {}}}).error().code,
            base::ErrorCode::kForbidden);
  EXPECT_EQ(stop().error().code, base::ErrorCode::kConflict);
  ASSERT_TRUE(start().ok());
  EXPECT_EQ(start().error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(world->submit(model::StopContactCheck{{model::Role::kAuditor, "office", {}}}).error().code,
            base::ErrorCode::kForbidden);
}

TEST_F(ContactCheck, AStoppedRoundAsksNobodyMoreUntilItsStopIsTakenBack) {
  ASSERT_TRUE(start().ok());
  world->advance(3min + 1s);
  ASSERT_TRUE(stop().ok());
  world->advance(1h);
  EXPECT_EQ(many(), 4);
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  EXPECT_EQ(many(), kPoints);
  EXPECT_EQ(world->count_records(model::RecordKind::kCheckBegan), 1);
}

TEST_F(ContactCheck, WhoComesIntoTheDirectoryWhileARoundAsksIsAskedTooAndWhoLeavesIsNot) {
  ASSERT_TRUE(start().ok());
  world->advance(2min);
  const TempTown town("silent,2,mobile,14400000055,,2026-01-01,form,\n", "rescue-1");
  world->office->engine().use_roster(town_after(town.path()));
  world->advance(1h);
  EXPECT_EQ(many(), kPoints) << "one more, one less";
  EXPECT_THAT(asked(), ::testing::Contains("+8614400000055"));
  EXPECT_THAT(asked(), ::testing::Not(::testing::Contains("+8614400000009")));
}

// ---- it stands back ----

TEST_F(ContactCheck, AnIncidentPausesItAtOnceAndItGoesOnWhenTheDaysAreCalmAgain) {
  ASSERT_TRUE(start().ok());
  world->advance(3min + 30s);
  world->report("fire", "", "lake-1");
  world->advance(5h);
  EXPECT_EQ(many(), 4);
  stand_down();
  world->advance(23h);  // Tuesday, 14:03
  EXPECT_EQ(many(), 4) << "a day of calm first";
  EXPECT_EQ(status().round->waits, model::RoundWaits::kForCalm);
  world->advance(2h);
  EXPECT_EQ(many(), kPoints);
  EXPECT_EQ(world->count_records(model::RecordKind::kCheckPaused), 1);
  EXPECT_EQ(world->count_records(model::RecordKind::kCheckResumed), 1);
}

TEST_F(ContactCheck, ADrillDoesNotPauseIt) {
  world->report("fire", "", "lake-1", "", true);
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  EXPECT_EQ(many(), kPoints);
}

TEST_F(ContactCheck, WhatWaitsInAQueueIsTakenBackWhenAnIncidentOpensAndAskedLater) {
  world->sms.mood = CarrierMood::kThrottles;
  ASSERT_TRUE(start().ok());
  const int before = many();  // the carrier wants it again, a second later
  ASSERT_GE(before, 1);
  several_rounds = true;  // it gives back what it takes: the log has it each time
  world->report("fire", "", "lake-1");
  world->sms.mood = CarrierMood::kConfirms;
  world->advance(5min);
  EXPECT_EQ(many(), before);
  EXPECT_EQ(status().counts.asked, 0);
  stand_down();
  world->advance(25h);
  EXPECT_EQ(many(), before + kPoints) << "the first one too";
  EXPECT_EQ(status().counts.asked, kPoints);
}

TEST_F(ContactCheck, WhatWaitsInAQueueInTheEveningDoesNotGoOutAtNight) {
  reopen(on("2026-11-23T08:59:58Z"));  // Monday, 16:59:58
  several_rounds = true;
  world->sms.mood = CarrierMood::kThrottles;
  ASSERT_TRUE(start().ok());
  world->advance(1s);
  const int before = many();
  world->sms.mood = CarrierMood::kConfirms;
  world->advance(10h);
  EXPECT_EQ(many(), before) << "nothing from 17:00 on";
  EXPECT_EQ(status().counts.asked, 0);
}

TEST_F(ContactCheck, AnAlertGoesBeforeACheckThatWaitsForTheSameLink) {
  world->sms.set_window(0);
  ASSERT_TRUE(start().ok());
  world->advance(2min);
  EXPECT_EQ(status().counts.asked, 0) << "a link without room is not asked to carry it";
  EXPECT_EQ(status().round->waits, model::RoundWaits::kForLink);
  world->sms.set_window(1);
  world->report("fire", "", "lake-1");
  world->advance(10min);
  EXPECT_GT(world->sms.log.size(), 0U);
  EXPECT_EQ(many(), 0);
}

TEST_F(ContactCheck, OfACapATenthIsUsedAndOnlyWhatNobodyElseHasUsed) {
  auto options = on(kMonday);
  options.policies.resize(2);
  options.policies[0].per_hour = 20;
  reopen(options);
  ASSERT_TRUE(start().ok());
  world->advance(55min);
  EXPECT_EQ(many(), 2);
  world->advance(1h);
  EXPECT_EQ(many(), 4);
  EXPECT_EQ(status().round->waits, model::RoundWaits::kForLink);
}

TEST_F(ContactCheck, OverALinkThatBringsNoAnswersNobodyIsAsked) {
  world->sms.able.answers = false;
  world->restart();
  EXPECT_EQ(start().error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(many(), 0);
}

// ---- what comes of it ----

TEST_F(ContactCheck, AnAnswerEndsItAndWhoeverSaysNothingWithinAWeekIsListed) {
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  for (const char* person : {"commander", "deputy-a", "deputy-b", "director", "desk-1", "leader", "lake-head",
                             "town-head", "rescue-1", "rescue-2"}) {
    world->texts(person, "1");
  }
  world->texts("rescue-3", "收到");
  EXPECT_THAT(silent(), IsEmpty()) << "nobody is silent before the time is up";
  world->advance(8 * 24h);
  EXPECT_THAT(silent(), ElementsAre("director silent", "worker silent")) << "the director's other phone";
  EXPECT_EQ(status().round->state, model::RoundState::kEnded);
  const auto entries = world->record();
  const auto end = std::find_if(entries.rbegin(), entries.rend(),
                                [](const auto& e) { return e.kind == model::RecordKind::kCheckEnded; });
  ASSERT_NE(end, entries.rend());
  EXPECT_EQ(end->a, kPoints);
  EXPECT_EQ(end->b, kPoints - 2);
  EXPECT_EQ(end->detail, "silent=2 failed=0 not_sent=0");

  world->texts("worker", "1");
  EXPECT_THAT(silent(), ElementsAre("director silent")) << "late, but not silent";
}

TEST_F(ContactCheck, SilenceIsForgottenAfterNinetyDaysWithItsNumbers) {
  ASSERT_TRUE(start().ok());
  world->advance(8 * 24h);
  EXPECT_EQ(silent().size(), static_cast<std::size_t>(kPoints));
  world->advance(81 * 24h);
  EXPECT_EQ(silent().size(), static_cast<std::size_t>(kPoints));
  world->advance(2 * 24h);
  EXPECT_THAT(silent(), IsEmpty());
  auto session = db::Session::open(world->folder + "/tocsin.db", {db::Mode::kReadOnly});
  auto rows =
      (*session)->statement("select (select count(*) from contact_check) + (select count(*) from delivery)").run();
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.int64(0), 0);
}

TEST_F(ContactCheck, WhatTheCarrierCouldNotDeliverIsSaidAtOnceAndIsEvidenceAgainstTheNumber) {
  world->sms.mood = CarrierMood::kUndelivers;
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  EXPECT_EQ(silent().size(), static_cast<std::size_t>(kPoints));
  EXPECT_THAT(silent(), ::testing::Contains("leader failed"));
  EXPECT_THAT(doubtful(), IsEmpty()) << "once is no proof";

  world->report("fire", "", "lake-1");
  world->advance(1s);
  EXPECT_THAT(doubtful(), ::testing::Contains("leader")) << "the second failure, whatever it was about";
  world->texts("leader", "2");
  EXPECT_THAT(silent(), ::testing::Not(::testing::Contains("leader failed")));
  world->forget_texts();
}

TEST_F(ContactCheck, ALinkThatRefusesForItsOwnReasonsSaysNothingAboutTheNumber) {
  world->sms.mood = CarrierMood::kRefuses;
  ASSERT_TRUE(start().ok());
  world->advance(8 * 24h);
  EXPECT_THAT(silent(), IsEmpty());
  EXPECT_EQ(status().counts.not_sent, kPoints);
}

// ---- to what an answer belongs ----

TEST_F(ContactCheck, WhileAnAlertIsOpenAnAnswerIsForTheAlertAndCountsForTheCheckToo) {
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  world->report("fire", "", "lake-1");
  world->advance(1s);
  world->texts("leader", "1");
  EXPECT_EQ(world->alert_of(world->incident(101), "leader").alert.answer, model::AnswerKind::kReceived);
  EXPECT_EQ(status().counts.answered, 1);
}

TEST_F(ContactCheck, AnAnswerToTheCheckIsNotTakenForALateOneToAnIncidentThatIsOver) {
  world->report("fire", "", "lake-1");
  world->advance(1s);
  stand_down();
  world->advance(26h);
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  world->forget_texts();
  world->texts("leader", "1");
  EXPECT_EQ(status().counts.answered, 1);
  EXPECT_EQ(world->count_records(model::RecordKind::kAnswerLate), 0);
  EXPECT_THAT(world->unexpected(), IsEmpty()) << "no word back that it has ended";
}

TEST_F(ContactCheck, AnAnswerAfterAnIncidentThatCameBetweenIsForThatIncident) {
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  world->report("fire", "", "lake-1");
  world->advance(1s);
  stand_down();
  world->texts("leader", "2");
  EXPECT_EQ(world->count_records(model::RecordKind::kAnswerLate), 1);
  EXPECT_EQ(status().counts.answered, 1);
}

TEST_F(ContactCheck, AnEmergencyInReplyToACheckIsAReport) {
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  world->texts("worker", "东湖着火，被困2人");
  EXPECT_EQ(world->incident(101).incident.kind, model::HazardKind::kFire);
  EXPECT_EQ(status().counts.answered, 0) << "it does not say that the check arrived";
  world->texts("rescue-1", "1 东湖着火");
  EXPECT_GE(world->count_records(model::RecordKind::kReportAccepted), 2);
}

TEST_F(ContactCheck, AMachineThatAnswersProvesNothing) {
  ASSERT_TRUE(start().ok());
  world->advance(1h);
  world->texts("worker", "自动回复：我正在开会，稍后联系");
  EXPECT_EQ(status().counts.answered, 0);
}

// ---- whatever happens to the process ----

TEST_F(ContactCheck, ARestartNeitherForgetsNorRepeats) {
  ASSERT_TRUE(start().ok());
  for (int i = 0; i < 20; ++i) {
    world->advance(1min);
    if (i % 3 == 0) world->restart();
    if (i % 3 != 1) continue;
    world->crash();
    ASSERT_TRUE(world->try_open());
  }
  EXPECT_EQ(many(), kPoints);
  world->advance(8 * 24h);
  EXPECT_EQ(silent().size(), static_cast<std::size_t>(kPoints));
}

TEST_F(ContactCheck, WhatACrashLeftUnknownIsNotSentAgain) {
  world->sms.mood = CarrierMood::kHolds;
  ASSERT_TRUE(start().ok());
  ASSERT_EQ(many(), 1);
  world->crash();
  world->sms.mood = CarrierMood::kConfirms;
  ASSERT_TRUE(world->try_open());
  world->advance(1h);
  EXPECT_EQ(many(), kPoints);
}

}  // namespace
}  // namespace tocsin::testing
