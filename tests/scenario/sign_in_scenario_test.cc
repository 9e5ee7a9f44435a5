// Signing in: one-time codes, links, passwords with a second factor, and what slows a guesser down.
#include <gmock/gmock.h>

#include "gateway/base/digest.h"
#include "gateway/model/alert_link.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::IdentityOutcome;
using ::testing::HasSubstr;
using ::testing::Not;

std::string hash_of(const std::string& secret) {
  return base::to_hex(base::digest(secret));
}

class SignInScenario : public Scenario {
 protected:
  model::IdentityReply run(model::IdentityCommand command) {
    const auto result = world.submit(std::move(command));
    if (!result) {
      ADD_FAILURE() << result.error().message;
      return {};
    }
    return std::get<model::IdentityReply>(*result);
  }
  // Asks for a code for that number; the request's id counts up.
  model::IdentityReply ask(const std::string& number, const std::string& client = "192.0.2.1",
                           const std::string& person = "") {
    model::AskCode ask;
    ask.request = model::SignInId{++requests_};
    ask.number = number;
    ask.person_code = person;
    ask.client = client;
    ask.code = code_;
    ask.link_token = "link-token-" + std::to_string(requests_);
    return run(ask);
  }
  model::IdentityReply enter(model::SignInId request, const std::string& code,
                             const std::string& client = "192.0.2.1") {
    return run(model::CodeSignIn{request, code, client, hash_of("session-" + std::to_string(++sessions_)), "a phone"});
  }
  void add_account(const std::string& name) {
    model::AddAccount add;
    add.by = {model::Role::kAdmin, "local", {}};
    add.account.name = name;
    add.account.role = model::Role::kDuty;
    add.account.password = "phc";
    add.account.totp = std::string(20, 's');
    add.recovery = {hash_of("recovery-1"), hash_of("recovery-2")};
    const auto done = world.submit(model::IdentityCommand(add));
    ASSERT_TRUE(done.ok()) << done.error().message;
  }
  model::IdentityReply password(const std::string& name, bool ok, std::int64_t step,
                                const std::string& client = "192.0.2.1", const std::string& recovery = "") {
    model::PasswordSignIn c;
    c.name = name;
    c.client = client;
    c.password_ok = ok;
    c.verified = "phc";
    c.totp_step = step;
    c.recovery = recovery.empty() ? "" : hash_of(recovery);
    c.session_hash = hash_of("session-" + std::to_string(++sessions_));
    return run(c);
  }

  std::string code_ = "483920";
  std::int64_t requests_ = 0;
  int sessions_ = 0;
};

TEST_F(SignInScenario, ACodeSentToTheOwnPhoneSignsInOnceByTheDirectorysRole) {
  const auto asked = ask("144 0000 0012");
  EXPECT_EQ(asked.outcome, IdentityOutcome::kDone);
  EXPECT_THAT(world.gets("worker", "483920"), HasSubstr("登录"));

  const auto in = enter(asked.request, code_);

  ASSERT_EQ(in.outcome, IdentityOutcome::kDone);
  EXPECT_EQ(in.session.role, model::Role::kReporter);
  EXPECT_EQ(in.session.person, world.id_of("worker"));
  EXPECT_EQ(in.session.expires_at - in.session.made_at, 180 * 24h);
  EXPECT_EQ(enter(asked.request, code_).outcome, IdentityOutcome::kWrong) << "one use";
}

TEST_F(SignInScenario, WhoHoldsAPostLeadsAUnitOrHeadsAnAreaIsACommander) {
  for (const auto& [number, who] : {std::pair("14400000001", "commander"), std::pair("14400000009", "rescue-1"),
                                    std::pair("14400000007", "lake-head")}) {
    const auto asked = ask(number, who);
    world.gets(who, code_);
    EXPECT_EQ(enter(asked.request, code_).session.role, model::Role::kCommander) << who;
  }
}

TEST_F(SignInScenario, AnUnknownNumberOneThatNeverAgreedAndASharedOneGetTheSameAnswerAndNoText) {
  const auto known = ask("14400000012", "192.0.2.7");
  world.gets("worker", code_);
  for (const auto* number : {"14400000099", "14400000013"}) {
    const auto asked = ask(number);
    EXPECT_EQ(asked.outcome, known.outcome);
    EXPECT_TRUE(asked.request) << number;
    EXPECT_EQ(asked.retry_after, known.retry_after);
    EXPECT_EQ(enter(asked.request, code_, "192.0.2.9").outcome, IdentityOutcome::kWrong);
  }
}

TEST_F(SignInScenario, AskingIsLimitedPerNumberWhetherOrNotAnybodyHasItAndPerClient) {
  for (const auto* number : {"14400000012", "14400000099"}) {
    EXPECT_EQ(ask(number).outcome, IdentityOutcome::kDone);
    const auto soon = ask(number);
    EXPECT_EQ(soon.outcome, IdentityOutcome::kLocked);
    EXPECT_EQ(soon.retry_after, 1min);
  }
  for (int i = 0; i < 4; ++i) {
    world.advance(61s);
    EXPECT_EQ(ask("14400000012", "192.0.2.2").outcome, IdentityOutcome::kDone);
  }
  world.advance(61s);
  EXPECT_EQ(ask("14400000012", "192.0.2.2").outcome, IdentityOutcome::kLocked) << "five an hour";
  for (int i = 0; i < 10; ++i) (void)ask("1440000010" + std::to_string(i), "192.0.2.3");
  EXPECT_EQ(ask("14400000111", "192.0.2.3").outcome, IdentityOutcome::kLocked) << "ten an hour from one client";
  EXPECT_EQ(ask("14400000111", "192.0.2.4").outcome, IdentityOutcome::kDone);
  world.forget_texts();
}

TEST_F(SignInScenario, FiveWrongTriesEndACodeAndItsWords) {
  const auto asked = ask("14400000012");
  world.gets("worker", code_);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(enter(asked.request, "000000", "192.0.2." + std::to_string(10 + i)).outcome, IdentityOutcome::kWrong);
  }
  EXPECT_EQ(enter(asked.request, code_, "192.0.2.99").outcome, IdentityOutcome::kWrong);
}

TEST_F(SignInScenario, ACodeIsGoodForTenMinutesAndItsWordsGoWithIt) {
  const auto asked = ask("14400000012");
  world.gets("worker", code_);
  EXPECT_EQ(world.words_stored_with(code_), 1) << "in the row of its text alone";
  world.advance(10min + 1s);
  EXPECT_EQ(world.words_stored_with(code_), 0);
  EXPECT_EQ(enter(asked.request, code_).outcome, IdentityOutcome::kWrong);
}

TEST_F(SignInScenario, TheWordsOfAUsedCodeAreGoneAtOnceAndInNoEntryOfTheRecord) {
  const auto asked = ask("14400000012");
  world.gets("worker", code_);
  (void)enter(asked.request, code_);
  EXPECT_EQ(world.words_stored_with(code_), 0);
  for (const auto& entry : world.record()) {
    EXPECT_THAT(entry.detail, Not(HasSubstr(code_)));
    EXPECT_THAT(entry.detail, Not(HasSubstr("14400000012")));
    EXPECT_THAT(entry.detail, Not(HasSubstr("192.0.2.1")));
  }
  EXPECT_EQ(world.count_records(model::RecordKind::kCodeAsked), 1);
  EXPECT_EQ(world.count_records(model::RecordKind::kSignedIn), 1);
}

TEST_F(SignInScenario, ACodeStillQueuedWhenItsTimeIsOverIsNeverSent) {
  world.sms.go_down();
  world.settle();
  (void)ask("14400000012");
  world.advance(11min);
  world.sms.come_back();
  world.advance(1min);
  EXPECT_EQ(world.waiting_texts("worker"), 0);
}

TEST_F(SignInScenario, ACodeOutlivesARestartBetweenRequestAndEntry) {
  const auto asked = ask("14400000012");
  world.gets("worker", code_);
  world.restart();
  EXPECT_EQ(enter(asked.request, code_).outcome, IdentityOutcome::kDone);
}

TEST_F(SignInScenario, OfTwoSignInsThatRaceForOneCodeExactlyOneWins) {
  const auto asked = ask("14400000012");
  world.gets("worker", code_);
  auto first = world.office->submit(
      model::IdentityCommand(model::CodeSignIn{asked.request, code_, "192.0.2.1", hash_of("one"), "a phone"}));
  auto second = world.office->submit(
      model::IdentityCommand(model::CodeSignIn{asked.request, code_, "192.0.2.2", hash_of("two"), "another"}));
  world.settle();
  const auto outcome = [](auto& future) { return std::get<model::IdentityReply>(*future.get()).outcome; };
  EXPECT_EQ(outcome(first), IdentityOutcome::kDone);
  EXPECT_EQ(outcome(second), IdentityOutcome::kWrong);
}

TEST_F(SignInScenario, AnApprovalsCodeDoesNotSignIn) {
  model::AskCode approve;
  approve.request = model::SignInId{++requests_};
  approve.purpose = model::CodePurpose::kApprove;
  approve.subject = 7;
  approve.number = "14400000001";
  approve.client = "192.0.2.1";
  approve.code = code_;
  (void)run(approve);
  EXPECT_THAT(world.gets("commander", code_), HasSubstr("批准"));
  EXPECT_EQ(enter(approve.request, code_).outcome, IdentityOutcome::kWrong);
}

TEST_F(SignInScenario, PasswordNeedsASecondFactorWhoseStepCountsOnce) {
  add_account("desk");
  EXPECT_EQ(password("desk", true, 0).outcome, IdentityOutcome::kWrong);
  const auto in = password("desk", true, 100);
  ASSERT_EQ(in.outcome, IdentityOutcome::kDone);
  EXPECT_EQ(in.session.role, model::Role::kDuty);
  EXPECT_EQ(in.session.expires_at - in.session.made_at, 12h);
  EXPECT_EQ(password("desk", true, 100).outcome, IdentityOutcome::kWrong) << "a replay";
  EXPECT_EQ(password("desk", true, 99).outcome, IdentityOutcome::kWrong) << "an older step";
  EXPECT_EQ(password("desk", true, 101).outcome, IdentityOutcome::kDone);
  EXPECT_EQ(password("desk", false, 102).outcome, IdentityOutcome::kWrong);
  EXPECT_EQ(password("nobody", true, 102).outcome, IdentityOutcome::kWrong);
}

TEST_F(SignInScenario, ARecoveryCodeCountsOnce) {
  add_account("desk");
  EXPECT_EQ(password("desk", true, 0, "192.0.2.1", "recovery-1").outcome, IdentityOutcome::kDone);
  EXPECT_EQ(password("desk", true, 0, "192.0.2.1", "recovery-1").outcome, IdentityOutcome::kWrong);
  EXPECT_EQ(password("desk", false, 0, "192.0.2.1", "recovery-2").outcome, IdentityOutcome::kWrong);
  EXPECT_EQ(password("desk", true, 0, "192.0.2.1", "recovery-2").outcome, IdentityOutcome::kDone)
      << "a wrong password uses up no recovery code";
}

TEST_F(SignInScenario, FailuresLockANameKnownOrNotForASecondAndThenTwiceAsLong) {
  add_account("desk");
  for (const auto* name : {"desk", "nobody"}) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(password(name, false, 0, std::string(name) + std::to_string(i)).outcome, IdentityOutcome::kWrong);
    }
    const auto locked = password(name, true, 1000, "192.0.2.50");
    EXPECT_EQ(locked.outcome, IdentityOutcome::kLocked) << name;
    EXPECT_LE(locked.retry_after, 1s);
    world.advance(1s + 1ms);
    EXPECT_EQ(password(name, false, 0, std::string(name) + "x").outcome, IdentityOutcome::kWrong);
    world.advance(1s + 500ms);
    EXPECT_EQ(password(name, true, 1000, "192.0.2.50").outcome, IdentityOutcome::kLocked) << "two seconds by now";
    world.advance(1s);
  }
  EXPECT_EQ(password("desk", true, 1000, "192.0.2.50").outcome, IdentityOutcome::kDone);
}

TEST_F(SignInScenario, APlaceTheAccountSignedInFromIsNotLockedOutByStrangers) {
  add_account("desk");
  ASSERT_EQ(password("desk", true, 1, "desk-pc").outcome, IdentityOutcome::kDone);
  for (int i = 0; i < 5; ++i) (void)password("desk", false, 0, "stranger" + std::to_string(i));
  EXPECT_EQ(password("desk", true, 2, "elsewhere").outcome, IdentityOutcome::kLocked);
  EXPECT_EQ(password("desk", true, 2, "desk-pc").outcome, IdentityOutcome::kDone);
}

TEST_F(SignInScenario, OneClientIsSlowedDownWhateverNamesItTries) {
  for (int i = 0; i < 5; ++i) (void)password("name" + std::to_string(i), false, 0, "guesser");
  EXPECT_EQ(password("another", false, 0, "guesser").outcome, IdentityOutcome::kLocked);
}

TEST_F(SignInScenario, AResetEndsTheSessionsAndTheOldPassword) {
  add_account("desk");
  const auto in = password("desk", true, 1);
  model::ResetAccount reset{{model::Role::kAdmin, "local", {}}, "desk", "other", std::string(20, 't'), {}};
  ASSERT_TRUE(world.submit(model::IdentityCommand(reset)).ok());
  EXPECT_EQ(password("desk", true, 2).outcome, IdentityOutcome::kWrong) << "it was checked against the old one";
  const auto sessions = world.office->queries().sessions({}, {}, world.clock.utc_now(), 10);
  EXPECT_TRUE(sessions.ok() && sessions->empty());
  EXPECT_EQ(world.count_records(model::RecordKind::kSessionRevoked), 1);
}

TEST_F(SignInScenario, AFieldSessionSlidesAtMostOnceADay) {
  const auto asked = ask("14400000012");
  world.gets("worker", code_);
  const auto in = enter(asked.request, code_).session;
  const auto expires = [&] { return world.office->queries().sessions({}, in.person, world.clock.utc_now(), 1)->at(0); };
  ASSERT_TRUE(world.submit(model::IdentityCommand(model::RenewSession{in.id})).ok());
  EXPECT_EQ(expires().expires_at, in.expires_at);
  world.advance(25h);
  ASSERT_TRUE(world.submit(model::IdentityCommand(model::RenewSession{in.id})).ok());
  EXPECT_GT(expires().expires_at, in.expires_at + 24h);
}

class LinkScenario : public SignInScenario {
 protected:
  void SetUp() override {
    engine::Options options;
    options.link_base = "https://tocsin.example.org";
    world.reopen_with(options);
  }
};

TEST_F(LinkScenario, OverALinkThatCarriesNoLinksTheCodeGoesAlone) {
  world.sms.able.web_links = false;
  const auto asked = ask("14400000012");
  EXPECT_THAT(world.gets("worker", code_), Not(HasSubstr("http")));
  EXPECT_EQ(enter(asked.request, code_).outcome, IdentityOutcome::kDone);
}

TEST_F(LinkScenario, TheOneTimeLinkInTheTextSignsInOnceInsteadOfTheCode) {
  const auto asked = ask("14400000012");
  EXPECT_THAT(world.gets("worker", code_), HasSubstr("\nhttps://tocsin.example.org/s#link-token-1"));
  const auto by_link = [&] {
    return run(model::LinkSignIn{hash_of("link-token-1"), "192.0.2.1", hash_of("s" + std::to_string(++sessions_)), ""});
  };
  EXPECT_EQ(by_link().outcome, IdentityOutcome::kDone);
  EXPECT_EQ(by_link().outcome, IdentityOutcome::kWrong);
  EXPECT_EQ(enter(asked.request, code_).outcome, IdentityOutcome::kWrong) << "used by the link";
}

TEST_F(LinkScenario, AnAlertsTextEndsWithALinkThatOpensItForADay) {
  world.report("fire", "trapped=1", "lake-1");
  const auto text = world.gets("commander", "https://tocsin.example.org/a#");
  world.forget_texts();
  const auto token = text.substr(text.find("/a#") + 3);
  ASSERT_EQ(token.size(), model::kAlertTokenLength);
  const auto id = world.alert_of(world.incident(101), "commander").alert.id;
  const auto& key = world.office->link_key();
  EXPECT_EQ(model::read_alert_token(token, key, world.clock.utc_now()), id);
  EXPECT_FALSE(model::read_alert_token(token, key, world.clock.utc_now() + 24h + 1s));
  EXPECT_FALSE(model::read_alert_token(token, "another key of 16+", world.clock.utc_now()));
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(model::read_alert_token(forged, key, world.clock.utc_now())) << i;
  }
  EXPECT_EQ(token, model::alert_token(id, key)) << "a part sent again is the same text";
  const auto page = world.office->queries().alert_page(id);
  ASSERT_TRUE(page.ok() && page->has_value());
  EXPECT_THAT((*page)->text, Not(HasSubstr("/a#"))) << "the link is of the SMS alone";
  world.advance(1h);
  world.forget_texts();
}

}  // namespace
}  // namespace tocsin::testing
