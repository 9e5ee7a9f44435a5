#include "tests/simulation/made_case.h"

#include <algorithm>
#include <random>

#include "tests/support/a_plan.h"

namespace tocsin::simulation {
namespace {

using namespace std::chrono_literals;
using base::Duration;
using model::AnswerKind;
using model::Channel;
using model::HazardKind;
using support::a_count;

constexpr const char* kSelectors[] = {"post:commander", "post:chief",    "post:vacant", "unit:rescue", "unit:medics",
                                      "group:all",      "group:leaders", "duty:desk",   "area:heads",  "area+up:heads"};
constexpr const char* kAreas[] = {"", "town", "lake", "lake-1", "hill"};

class Maker {
 public:
  explicit Maker(std::uint64_t number) : random_(number * 0x9E3779B97F4A7C15ULL + 1), builder_(support::a_plan()) {}

  MadeCase make() {
    make_directory();
    make_plan();
    made_.at = base::parse_rfc3339("2026-01-05T00:00:00Z").value() + 24h * below(40) + 1min * below(24 * 60);
    make_course();
    make_options();
    made_.plan = builder_.shared();
    return std::move(made_);
  }

 private:
  // Not std::uniform_int_distribution: its numbers differ from library to library.
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  bool one_in(int n) { return below(n) == 0; }
  template <typename List>
  auto any(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }
  // Round minutes now and then, for people write those; else times that seldom fall together.
  Duration some_time(int most_minutes) {
    if (one_in(4)) return 1min * below(most_minutes + 1);
    return 1s * below(most_minutes * 60 + 1) + 1ms * below(1000);
  }

  // ---- directory ----

  std::string person(int n) const { return "p" + std::to_string(n); }
  support::FakeRoster::Codes some_people(int most) {
    support::FakeRoster::Codes codes;
    for (int n = below(most + 1); n > 0; --n) codes.push_back(person(below(people_)));
    return codes;
  }

  void make_person(const std::string& code) {
    auto& roster = *made_.roster;
    const auto kind = below(10);
    if (kind < 7) {
      roster.add_person(code);
    } else {
      roster.add_person_without_contacts(code);
    }
    if (kind == 8) roster.with_contact(code, model::ContactKind::kMobile, number(), false);
    if (kind == 9 || one_in(5)) roster.with_contact(code, model::ContactKind::kLandline, number());
    if (one_in(4)) roster.with_contact(code, model::ContactKind::kEmail, code + "@tocsin.example");
    if (one_in(6)) roster.with_contact(code, model::ContactKind::kMobile, number());
  }
  std::string number() { return "+861440001" + std::to_string(1000 + numbers_++); }

  void make_directory() {
    made_.roster = std::make_shared<support::FakeRoster>();
    auto& roster = *made_.roster;
    const bool crowd = one_in(40);
    people_ = crowd ? 230 + below(250) : 4 + below(22);
    for (int n = 0; n < people_; ++n) make_person(person(n));
    roster.add_area("town", "", "subdistrict").add_area("lake", "town").add_area("lake-1", "lake", "grid");
    roster.add_area("hill", "town");
    for (const char* area : {"town", "lake", "lake-1", "hill"}) roster.add_area_role(area, "heads", some_people(2));
    roster.add_post("commander", {person(0)}, some_people(3));
    roster.add_post("chief", {person(below(people_))}, some_people(2));
    roster.add_post("vacant", {});
    roster.add_unit("rescue", some_people(5)).add_unit("medics", some_people(3));
    support::FakeRoster::Codes all;
    for (int n = 0; n < people_; ++n) all.push_back(person(crowd ? people_ - 1 - n : n));
    roster.add_group("all", one_in(3) || crowd ? all : some_people(8)).add_group("leaders", some_people(4));
    roster.add_duty("desk", {person(below(people_))});
  }

  // ---- plan ----

  plan::Ladder some_ladder(int index) {
    constexpr Channel kChannels[] = {Channel::kSms,      Channel::kSms,    Channel::kSms,  Channel::kEmail,
                                     Channel::kDeskCall, Channel::kDeputy, Channel::kKnock};
    plan::Ladder ladder;
    ladder.name = "ladder-" + std::to_string(index);
    for (int n = 1 + below(4); n > 0; --n) {
      plan::Rung rung{any(kChannels), some_time(5), std::nullopt};
      if (rung.channel == Channel::kKnock) rung.who = model::parse_selector("area+up:heads").value();
      ladder.rungs.push_back(rung);
    }
    if (one_in(4)) {
      ladder.cycles = 2 + below(2);
      ladder.repeat_after = some_time(3);
    }
    return ladder;
  }

  void make_ladders() {
    auto& ladders = builder_.raw().ladders;
    ladders.clear();
    for (int i = 0; i < 4; ++i) ladders.push_back(some_ladder(i));
    for (int i = 0; i < 2; ++i) {  // the first two have hours, in which a later one is climbed
      if (one_in(2)) continue;
      plan::LadderHours hours;
      hours.hours = {60 * below(24), 60 * below(24), 1U + static_cast<unsigned>(below(0x1FF))};
      hours.ladder = 2 + below(2);
      ladders[static_cast<std::size_t>(i)].hours.push_back(hours);
    }
  }

  plan::PlanStep some_step(int index, int of) {
    plan::PlanStep step;
    step.name = "step-" + std::to_string(index);
    step.text = "alert";
    for (int n = 1 + below(3); n > 0; --n) step.to.push_back(model::parse_selector(any(kSelectors)).value());
    step.ladder = one_in(12) ? -1 : below(4);
    step.needs =
        any(std::vector{AnswerKind::kReceived, AnswerKind::kComing, AnswerKind::kComing, AnswerKind::kArrived});
    step.enough = below(3);
    step.enough_all = one_in(8);
    step.wait = some_time(6);
    step.at_most = one_in(3) ? Duration{} : some_time(20);
    step.life_safety = one_in(3);
    if (step.ladder < 0 || one_in(6))
      step.task = plan::DeskTask{{{"zh", "task " + std::to_string(below(3))}}, some_time(15)};
    if (step.ladder < 0) step.needs = AnswerKind::kNone;
    if (index > 0 && one_in(4)) step.start = one_in(2) ? plan::StepStart::kNotOpened : plan::StepStart::kThen;
    if (index + 1 < of && one_in(2)) step.then.push_back(index + 1 + below(of - index - 1));
    return step;
  }

  void add_approval(plan::Response& response) {
    plan::Approval approval;
    approval.by.push_back(model::parse_selector(one_in(3) ? "post:chief" : "post:commander").value());
    approval.at_most = 1min + some_time(12);
    approval.starts_by_default = one_in(2);
    approval.step = static_cast<int>(response.steps.size());
    plan::PlanStep step;
    step.name = "approval";
    step.to = approval.by;
    step.ladder = below(4);
    step.needs = AnswerKind::kArrived;
    step.enough = 1;
    step.at_most = approval.at_most;
    step.life_safety = true;
    step.text = "alert";
    response.steps.push_back(std::move(step));
    response.approval = std::move(approval);
  }

  void make_plan() {
    make_ladders();
    auto& plan = builder_.raw();
    plan.open_within = some_time(6) + 1s;
    for (auto& [kind, hazard] : plan.hazards) hazard.merge_window = some_time(60);
    if (one_in(3)) plan.attributes.at("trapped").combine = plan::Combine::kSumByPlace;
    plan.responses.clear();
    for (const auto kind : {HazardKind::kFire, HazardKind::kFlood, HazardKind::kFoodPoisoning}) {
      for (model::LevelIndex level = 0; level < 4; ++level) {
        if (level > 0 && one_in(3)) continue;
        plan::Response response;
        response.kind = kind;
        response.level = level;
        const int steps = 1 + below(5);
        for (int i = 0; i < steps; ++i) response.steps.push_back(some_step(i, steps));
        if (one_in(3)) add_approval(response);
        plan.responses.push_back(std::move(response));
      }
    }
    plan::Response unclassified;
    for (int i = 0; i < 2; ++i) unclassified.steps.push_back(some_step(i, 2));
    plan.responses.push_back(std::move(unclassified));
    std::stable_sort(plan.responses.begin(), plan.responses.end(), [](const auto& a, const auto& b) {
      return std::pair(a.kind, a.level) < std::pair(b.kind, b.level);
    });
  }

  // ---- course ----

  plan::CaseReport some_report(HazardKind kind) {
    plan::CaseReport report;
    report.kind = kind;
    if (!one_in(4)) report.area = any(kAreas);
    if (kind == HazardKind::kUnclassified && one_in(2)) report.text = "lake着火 两人被困";
    const auto count = [&](const char* name, int most) {
      if (one_in(3)) report.facts[name] = model::Quantity::whole(below(most));
    };
    if (kind == HazardKind::kFire || kind == HazardKind::kFlood) {
      count("trapped", 4);
      count("serious", 5);
      count("dead", 5);
    }
    if (kind == HazardKind::kFire && one_in(3)) report.facts["spreading"] = one_in(2);
    if (kind == HazardKind::kFoodPoisoning) count("ill", 60);
    return report;
  }

  plan::CaseWhom somebody() {
    plan::CaseWhom who;
    if (one_in(2)) {
      who.selector = model::parse_selector(any(kSelectors)).value();
    } else {
      who.person = person(below(people_));
    }
    return who;
  }

  std::variant<plan::CaseReport, plan::CaseAnswer, plan::CaseDecision, plan::CaseOpened, plan::CaseLink,
               plan::CaseStandDown>
  something(HazardKind kind) {
    constexpr AnswerKind kAnswers[] = {AnswerKind::kReceived, AnswerKind::kReceived, AnswerKind::kComing,
                                       AnswerKind::kComing,   AnswerKind::kArrived,  AnswerKind::kCannot};
    switch (below(12)) {
      case 0:
      case 1: return some_report(one_in(8) ? HazardKind::kFlood : kind);
      case 2: return plan::CaseOpened{};
      case 3: return plan::CaseLink{Channel::kSms, false};
      case 4: return plan::CaseLink{Channel::kSms, true};
      case 5: return plan::CaseLink{Channel::kEmail, one_in(2)};
      case 6: {
        plan::CaseWhom chief;
        chief.selector = model::parse_selector(one_in(3) ? "post:chief" : "post:commander").value();
        return plan::CaseDecision{one_in(3) ? somebody() : chief, !one_in(3)};
      }
      case 7:
        if (one_in(3)) return plan::CaseStandDown{};
        [[fallthrough]];
      default: return plan::CaseAnswer{somebody(), any(kAnswers)};
    }
  }

  void make_course() {
    const auto kind = any(std::vector{HazardKind::kFire, HazardKind::kFire, HazardKind::kFlood,
                                      HazardKind::kFoodPoisoning, HazardKind::kUnclassified});
    made_.course.emplace_back().what = some_report(kind);
    std::vector<Duration> times;
    for (int n = below(10); n > 0; --n) times.push_back(some_time(25) + 1ms);
    std::sort(times.begin(), times.end());
    for (const auto at : times) made_.course.push_back({at, something(kind)});
  }

  void make_options() {
    auto& options = made_.options;
    options.horizon = 90min;
    options.show_numbers = true;
    const auto bit = [](Channel c) { return 1U << static_cast<unsigned>(c); };
    options.links_for = bit(Channel::kSms) | (one_in(2) ? bit(Channel::kEmail) : 0U);
    if (one_in(6)) options.links_down = bit(Channel::kSms);
    if (one_in(2)) options.summary_after = 2min;  // most links are not down for ten
    if (one_in(3)) {
      options.silent.emplace(some_people(10));
      options.answer_after = 20s + some_time(3);
    }
    if (!one_in(4)) return;
    for (const auto& code : some_people(4)) made_.roster->on_leave(code, base::UtcTime::min(), base::UtcTime::max());
  }

  std::mt19937_64 random_;
  support::PlanBuilder builder_;
  MadeCase made_;
  int people_ = 0, numbers_ = 0;
};

}  // namespace

MadeCase make_case(std::uint64_t number) {
  return Maker(number).make();
}

}  // namespace tocsin::simulation
