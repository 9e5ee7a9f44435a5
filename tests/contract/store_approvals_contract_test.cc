// Approvals, and what else the store keeps of who may start and end.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

model::Approval an_approval(std::int64_t callout, std::int64_t incident, base::UtcTime due) {
  model::Approval a;
  a.callout = {callout};
  a.incident = {incident};
  a.revision = 2;
  a.by = "post:commander duty:leader";
  a.starts_by_default = false;
  a.asked_at = noon;
  a.due_at = due;
  return a;
}

TEST_P(StoreContract, AnApprovalIsKeptAsItWasAskedAndDecided) {
  write([](ports::Store& s) { s.insert(an_approval(50, 1, noon + 10min)); });
  write([](ports::Store& s) {
    auto a = *s.approval({50});
    a.state = model::ApprovalState::kApproved;
    a.person = {7};
    a.stands_in_for = {6};
    a.decided_at = noon + 3min;
    s.update(a);
  });
  reopen();
  const auto a = read([](ports::Store& s) { return s.approval({50}); });
  ASSERT_TRUE(a.has_value());
  EXPECT_EQ(a->incident, model::IncidentId{1});
  EXPECT_EQ(a->revision, 2);
  EXPECT_EQ(a->by, "post:commander duty:leader");
  EXPECT_FALSE(a->starts_by_default);
  EXPECT_EQ(a->asked_at, noon);
  EXPECT_EQ(a->due_at, noon + 10min);
  EXPECT_EQ(a->state, model::ApprovalState::kApproved);
  EXPECT_EQ(a->person, model::PersonId{7});
  EXPECT_EQ(a->stands_in_for, model::PersonId{6});
  EXPECT_EQ(a->decided_at, noon + 3min);
  EXPECT_FALSE(read([](ports::Store& s) { return s.approval({51}); }).has_value());
}

TEST_P(StoreContract, OnlyAnAwaitedApprovalFallsDue) {
  write([](ports::Store& s) {
    s.insert(an_approval(50, 1, noon + 10min));
    auto decided = an_approval(51, 1, noon + 1min);
    decided.state = model::ApprovalState::kDeclined;
    s.insert(decided);
    s.insert(an_approval(52, 2, noon + 5min));
  });
  const auto due = [&](base::UtcTime now) {
    std::vector<std::int64_t> callouts;
    for (const auto& a : read([&](ports::Store& s) { return s.due_approvals(now, 10); }))
      callouts.push_back(a.callout.value);
    return callouts;
  };
  EXPECT_THAT(due(noon + 4min), IsEmpty());
  EXPECT_THAT(due(noon + 5min), ElementsAre(52));
  EXPECT_THAT(due(noon + 10min), ElementsAre(52, 50));
  EXPECT_EQ(read([](ports::Store& s) { return s.next_due(); }), noon + 5min);
  write([](ports::Store& s) { s.shift_waits(1min); });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_due(); }), noon + 6min)
      << "a clock set forward takes no time away";
  EXPECT_EQ(read([](ports::Store& s) { return s.approvals_of({1}); }).size(), 2U);
}

TEST_P(StoreContract, WhoWasOnlyAskedForAnApprovalCountsAsToldWhenThatIsAskedFor) {
  an_open_incident(1);
  write([&](ports::Store& s) {
    auto told = *s.alert(matter_, {1});
    told.told = true;
    s.update(std::span<const model::Alert>(&told, 1));
    const auto asking = s.matter({1}, model::MatterKind::kApproval, 0, {20}).id;
    auto asked = an_alert_of(200, asking, 1, 2);
    asked.matter_kind = model::MatterKind::kApproval;
    asked.told = true;
    s.insert(std::span<const model::Alert>(&asked, 1));
    EXPECT_EQ(s.alerts_of_matter(asking).size(), 1U);
    EXPECT_EQ(s.alerts_of_person({2}, 5).size(), 1U) << "a digit from them is placed";
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.told_people({1}); }).size(), 1U);
  EXPECT_EQ(read([](ports::Store& s) { return s.told_people({1}, false, true); }).size(), 2U);
}

TEST_P(StoreContract, GradeDeskQuestionsAndConditionsComeBackAsTheyWere) {
  write([](ports::Store& s) {
    auto i = an_incident(1, 101);
    s.insert(i);
    i.grade_id = "II";
    i.grade_clause = "fire/grade/II/1";
    i.grade_clause_text = "dead = 3 is in 3..10";
    i.desk_questions = {{"trapped", {"How many are trapped?", "几人被困？"}},
                        {"spreading", {"Is it spreading?", "在蔓延吗？"}}};
    s.update(i);
    model::CallOut c;
    c.id = {50};
    c.incident = {1};
    c.stand_down_by = "post:commander";
    c.conditions = {{"fire-out", {"Flames out?", "明火已灭？"}}, {"counted", base::same("人数清点？")}};
    s.insert(c);
  });
  const auto i = read([](ports::Store& s) { return s.incident({1}); });
  EXPECT_EQ(i->grade_id, "II");
  EXPECT_EQ(i->grade_clause, "fire/grade/II/1");
  EXPECT_EQ(i->grade_clause_text, "dead = 3 is in 3..10");
  EXPECT_THAT(i->desk_questions, ElementsAre(model::NamedText{"trapped", {"How many are trapped?", "几人被困？"}},
                                             model::NamedText{"spreading", {"Is it spreading?", "在蔓延吗？"}}));
  const auto c = read([](ports::Store& s) { return s.callout({50}); });
  EXPECT_EQ(c->stand_down_by, "post:commander");
  EXPECT_THAT(c->conditions, ElementsAre(model::NamedText{"fire-out", {"Flames out?", "明火已灭？"}},
                                         model::NamedText{"counted", base::same("人数清点？")}));
}

TEST_P(StoreContract, TheIncidentsPictureHoldsItsApprovals) {
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    s.insert(an_approval(50, 1, noon + 10min));
  });
  const auto view = engine_->open_queries()->incident(101, 10);
  ASSERT_TRUE(view.ok());
  ASSERT_EQ(view->approvals.size(), 1U);
  EXPECT_EQ(view->approvals.front().due_at, noon + 10min);
}

}  // namespace
}  // namespace tocsin
