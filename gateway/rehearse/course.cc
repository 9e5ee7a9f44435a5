#include "gateway/rehearse/course.h"

#include <algorithm>

#include "gateway/callout/compose.h"
#include "gateway/rehearse/answering.h"
#include "gateway/rehearse/climbing.h"
#include "gateway/rehearse/stepping.h"
#include "gateway/triage/classify.h"
#include "gateway/triage/combine.h"
#include "gateway/triage/correlate.h"

namespace tocsin::rehearse {
namespace {

using model::HazardKind;
using model::IncidentState;

constexpr int kMostTurns = 100000;  // at one moment; more would be a mistake of ours

const std::string& language_of(const Stage& stage) {
  return stage.options.language.empty() ? stage.plan.default_language() : stage.options.language;
}

// The time the top of the queue names, once those that no row names any more are passed over.
template <typename IsStill>
std::optional<base::UtcTime> first_of(DueQueue& queue, const IsStill& is_still) {
  while (!queue.empty() && !is_still(queue.top())) queue.pop();
  return queue.empty() ? std::nullopt : std::optional(queue.top().first);
}

}  // namespace

// ---- reading ----

const triage::Vocabulary& Reader::words() {
  if (!words_) words_ = std::make_unique<triage::Vocabulary>(plan::PlanPtr(plan::PlanPtr(), &plan_), roster_.areas());
  return *words_;
}

model::AreaId Reader::find_area(const std::string& name) {
  for (const auto& area : roster_.areas()) {
    if (area.code == name) return area.id;
  }
  return words().find_area(name);
}

Case Reader::understood(Case report) {
  if (!report.text.empty()) {
    const auto read = words().read_report(report.text);
    if (report.hazard == HazardKind::kUnclassified) report.hazard = read.kind;
    if (!report.area) report.area = read.area;
    if (triage::check_facts(plan_, report.hazard, read.facts).ok()) {
      report.facts.insert(read.facts.begin(), read.facts.end());
    }
  }
  if (plan_.hazard(report.hazard) == nullptr) report.hazard = HazardKind::kUnclassified;
  const auto* info = model::kind_info(report.hazard);
  if (info != nullptr && info->hazard_class == model::HazardClass::kPublicHealth) {
    report.area = roster_.community_of(report.area);
    report.place.clear();
  }
  return report;
}

Case Reader::read(const plan::CaseReport& report, std::vector<std::string>& unknown) {
  Case given;
  given.hazard = report.kind;
  given.place = report.place;
  given.text = report.text;
  if (!report.area.empty()) {
    given.area = find_area(report.area);
    if (!given.area) unknown.push_back("area " + report.area);
  }
  if (triage::check_facts(plan_, report.kind, report.facts).ok()) given.facts = report.facts;
  return understood(std::move(given));
}

// ---- the incident ----

// Unclassified reports join only what the same reporter said just now, and those of a course come from many.
model::Incident& Course::incident_for(const Case& report) {
  std::vector<model::Incident> candidates = others_;
  candidates.push_back(stage_.incident);
  std::optional<model::IncidentId> joined;
  if (const auto* hazard = stage_.plan.hazard(report.hazard)) {
    model::Report as_taken;
    as_taken.kind = report.hazard;
    as_taken.area = report.area;
    const auto near = [&](model::AreaId a, model::AreaId b) {
      return stage_.roster.near(a, b, hazard->merge_distance_m);
    };
    joined = triage::correlate(stage_.plan, as_taken, candidates, stage_.now, near);
  }
  if (joined == stage_.incident.id) return stage_.incident;
  if (!joined) {
    model::Incident other;
    other.id = {static_cast<std::int64_t>(others_.size()) + 2};
    other.kind = report.hazard;
    others_.push_back(std::move(other));
    joined = others_.back().id;
  }
  auto& other = others_[static_cast<std::size_t>(joined->value) - 2];
  other.last_report_at = stage_.now;
  if (!other.area) other.area = report.area;
  return other;
}

void Course::begin(const Case& report) {
  auto& incident = stage_.incident;
  incident.id = {1};
  incident.kind = report.hazard;
  incident.area = report.area;
  incident.place = report.place;
  incident.revision = 1;
  incident.opened_at = stage_.now;
  incident.open_by = stage_.now + stage_.plan.open_within;
  take_in(report, true);
  start_callout(stage_);
  settle_steps(stage_);
  settle();
}

void Course::take_in(const Case& report, bool opens) {
  auto& incident = stage_.incident;
  incident.last_report_at = stage_.now;
  if (!incident.area && report.area) incident.area = report.area;
  if (incident.place.empty()) incident.place = report.place;
  for (const auto& [name, value] : report.facts) {
    const auto* attribute = stage_.plan.attribute(name);
    if (attribute == nullptr) continue;
    model::PlacedFact fact{name, report.area, value, stage_.now};
    const auto at = std::find_if(known_.begin(), known_.end(), [&](const model::PlacedFact& k) {
      return k.attribute == fact.attribute && k.area == fact.area;
    });
    if (at == known_.end()) {
      known_.push_back(std::move(fact));
    } else {
      fact.value = triage::at_one_place(*attribute, *at, fact);
      *at = std::move(fact);
    }
  }
  // The report stands in the list before what it brings.
  const auto place = stage_.out.course.size();
  stage_.happened(HappenedWhat::kReport);
  stage_.out.course[place].facts =
      callout::facts_in_words(stage_.plan, report.hazard, report.facts, language_of(stage_));
  reassess(!opens);
  stage_.out.course[place].level_id = incident.level_id;
  stage_.out.course[place].clause = incident.clause;
}

void Course::reassess(bool started) {
  auto& incident = stage_.incident;
  if (incident.kind == HazardKind::kUnclassified) return;
  // As the store gives them: by attribute, then area.
  std::sort(known_.begin(), known_.end(), [](const model::PlacedFact& a, const model::PlacedFact& b) {
    return std::pair(a.attribute, a.area.value) < std::pair(b.attribute, b.area.value);
  });
  const auto combined = triage::combine(stage_.plan, known_);
  auto assessment = triage::classify(stage_.plan, incident.kind, combined.facts, language_of(stage_));
  const auto summed = triage::classify(stage_.plan, incident.kind, combined.with_sums, language_of(stage_));
  stage_.out.needs_look = stage_.out.needs_look || summed.level > assessment.level;
  incident.clause = assessment.clause;
  incident.clause_text = assessment.clause_text;
  const auto before = incident.assessed;
  incident.assessed = assessment.level;
  const bool raises = assessment.level > incident.level && assessment.level > before;
  if (raises || (!started && incident.level == model::kNoLevel)) {
    incident.level = assessment.level;
    incident.level_id = stage_.plan.level_id(assessment.level);
  }
  stage_.out.assessment = std::move(assessment);
  stage_.out.facts = combined.facts;
  if (!raises || !started) return;
  stage_.happened(HappenedWhat::kRaised);
  revise(stage_);
}

void Course::change_link(const plan::CaseLink& change) {
  const auto found = stage_.links.find(change.channel);
  stage_.happened(change.up ? HappenedWhat::kLinkUp : HappenedWhat::kLinkDown);
  stage_.out.course.back().channel = change.channel;
  if (found == stage_.links.end() || found->second.up == change.up) return;
  auto& link = found->second;
  link.up = change.up;
  link.stalled = false;
  link.down_since = stage_.now;
  if (change.up) stage_.unstall(change.channel);
}

void Course::open() {
  if (stage_.incident.state != IncidentState::kOpen) return;
  stage_.incident.open_by.reset();
  stage_.not_opened = false;  // late, but opened: what waits for an approval then does not begin on that account
  stage_.happened(HappenedWhat::kOpened);
}

void Course::stand_down() {
  auto& incident = stage_.incident;
  if (incident.state != IncidentState::kOpen) return;
  stage_.happened(HappenedWhat::kStandDown);
  settle_steps(stage_);
  halt(stage_, model::DeliveryState::kCancelled, model::Reason::kStandDown, true);
  incident.state = IncidentState::kEnded;
  incident.open_by.reset();
  ++incident.revision;
  stage_.out.stood_down = true;
  mail_told(stage_, model::MatterKind::kStandDown);
}

bool Course::play(const plan::CaseEvent& event) {
  const auto at = stage_.out.at + event.after;
  if (at > end()) {
    stage_.out.complete = false;
    return false;
  }
  run_until(at);
  stage_.now = std::max(stage_.now, at);
  if (const auto* said = std::get_if<plan::CaseReport>(&event.what)) {
    const auto report = reader_.read(*said, stage_.out.unknown);
    if (&incident_for(report) == &stage_.incident) {
      take_in(report, false);
    } else {
      stage_.happened(HappenedWhat::kElsewhere);
    }
  } else if (const auto* given = std::get_if<plan::CaseAnswer>(&event.what)) {
    answer(stage_, *given);
  } else if (const auto* decision = std::get_if<plan::CaseDecision>(&event.what)) {
    decide(stage_, *decision);
  } else if (std::holds_alternative<plan::CaseOpened>(event.what)) {
    open();
  } else if (const auto* change = std::get_if<plan::CaseLink>(&event.what)) {
    change_link(*change);
  } else {
    stand_down();
  }
  settle_steps(stage_);
  settle();
  return true;
}

// ---- time ----

// Until nothing is left to do at this instant.  Each turn is one of the engine's batches: what fell due, a slice of
// long work that the turn before left, and what is handed over.  A batch is later than the one before, as it is there,
// by a microsecond: a step's time runs from its beginning, and is over before that of messages handed over after it.
void Course::settle() {
  bool work_waits = false;
  constexpr base::Duration kMoment = std::chrono::microseconds(1);
  for (int turn = 0; turn < kMostTurns; ++turn) {
    bool any = false;
    const auto due = next_due();
    if (due && *due <= stage_.now) {
      any = true;
      due_approvals(stage_);
      climb_due(stage_);
      due_steps(stage_);
      due_tasks(stage_);
      due_opening(stage_);
      stall_links(stage_);
      settle_steps(stage_);
    }
    if (work_waits) {
      any = do_one_slice(stage_) || any;
      settle_steps(stage_);
    }
    stage_.now += kMoment;
    if (hand_over(stage_)) {
      any = true;
      settle_steps(stage_);
    }
    work_waits = !stage_.work.empty();
    if (!any && !work_waits) return;
  }
}

std::optional<base::UtcTime> Course::next_due(bool with_tasks) {
  std::optional<base::UtcTime> next;
  const auto consider = [&](const std::optional<base::UtcTime>& at) {
    if (at && (!next || *at < *next)) next = at;
  };
  consider(first_of(stage_.due_alerts,
                    [&](const Due& due) { return stage_.actors[due.second].alert.look_again_at == due.first; }));
  consider(first_of(stage_.due_steps,
                    [&](const Due& due) { return stage_.steps[due.second].row.look_again_at == due.first; }));
  const auto task = first_of(
      stage_.due_tasks, [&](const Due& due) { return stage_.out.tasks[due.second].state == model::TaskState::kOpen; });
  if (with_tasks) consider(task);
  if (awaited(stage_) != nullptr) consider(stage_.callouts.back().approval_due);
  if (stage_.incident.state == IncidentState::kOpen) consider(stage_.incident.open_by);
  for (const auto& [channel, link] : stage_.links) {
    if (!link.up && !link.stalled) consider(link.down_since + stage_.options.link_patience);
  }
  return next;
}

std::optional<base::UtcTime> Course::next_answer() const {
  return stage_.due_answers.empty() ? std::nullopt : std::optional(stage_.due_answers.top().first);
}

void Course::run_until(base::UtcTime limit) {
  for (;;) {
    auto next = next_due();
    const auto answers = next_answer();
    if (answers && (!next || *answers < *next)) next = answers;
    if (!next || *next > limit) return;
    stage_.now = std::max(stage_.now, *next);
    settle();
    while (answer_due(stage_)) {
      settle_steps(stage_);
      settle();
    }
  }
}

void Course::play_out() {
  run_until(end());
  if (next_due(false)) stage_.out.complete = false;
}

}  // namespace tocsin::rehearse
