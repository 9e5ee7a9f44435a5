#include "gateway/app/office_scenes.h"

#include <algorithm>

#include "gateway/app/course_words.h"
#include "gateway/callout/authority.h"
#include "gateway/plan/clause_words.h"
#include "gateway/plan/subjects.h"
#include "gateway/triage/classify.h"
#include "gateway/triage/combine.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMostPeople = 200;
constexpr base::Duration kCountedFor = std::chrono::minutes(1);

ports::ReportStage stage_of(const ports::StandingRows& rows) {
  if (rows.incident.state != model::IncidentState::kOpen) return ports::ReportStage::kEnded;
  if (rows.coming > 0) return ports::ReportStage::kHandled;
  return rows.incident.seen_at ? ports::ReportStage::kRead : ports::ReportStage::kReceived;
}

// What the desk is asked is not the reporter's to answer.
std::vector<model::Question> questions_of(const ports::StandingRows& rows, const plan::Plan& plan,
                                          const std::string& language) {
  if (plan.hazard(rows.incident.kind) == nullptr) return {};
  auto questions =
      triage::classify(plan, rows.incident.kind, triage::combine(plan, rows.placed).facts, language).questions;
  std::erase_if(questions, [](const model::Question& q) { return q.of_desk; });
  return questions;
}

bool nobody_opened_in_time(const model::Incident& incident, const plan::Plan& plan, base::UtcTime now) {
  return !incident.seen_at && incident.opened_at + plan.open_within <= now;
}

// How each rung of a ladder tries to reach people, each way once.
std::vector<model::Channel> channels_of(const plan::Plan& plan, const plan::PlanStep& step) {
  std::vector<model::Channel> channels;
  if (step.ladder < 0 || step.ladder >= static_cast<int>(plan.ladders.size())) return channels;
  for (const auto& rung : plan.ladders[static_cast<std::size_t>(step.ladder)].rungs) {
    if (std::find(channels.begin(), channels.end(), rung.channel) == channels.end()) channels.push_back(rung.channel);
  }
  return channels;
}

// The post of the plan's selector that found them; null when another kind of selector did.
const model::Selector* post_of(const plan::Plan& plan, const ports::SceneAlert& alert) {
  const auto* response = plan.response(alert.kind, alert.level);
  if (response == nullptr || alert.step < 0 || alert.step >= static_cast<int>(response->steps.size())) return nullptr;
  const auto& to = response->steps[static_cast<std::size_t>(alert.step)].to;
  if (alert.selector < 0 || alert.selector >= static_cast<int>(to.size())) return nullptr;
  const auto& selector = to[static_cast<std::size_t>(alert.selector)];
  return selector.kind == model::SelectorKind::kPost ? &selector : nullptr;
}

}  // namespace

// Calls people and posts as they were called when the incident was opened.
class OfficeScenes::Teller {
 public:
  Teller(const ports::Roster& roster, ports::PastDirectoryPtr past, const plan::Plan& plan, base::UtcTime opened_at)
      : roster_(roster), past_(std::move(past)), plan_(plan), opened_at_(opened_at) {}

  [[nodiscard]] std::string name(model::PersonId person) const {
    if (past_ != nullptr) {
      if (const auto was = past_->person(person, opened_at_)) return was->name;
    }
    const auto* card = roster_.person(person);
    return card == nullptr ? std::string() : card->name;
  }

  [[nodiscard]] ports::ScenePerson person(const ComingPerson& who) const {
    ports::ScenePerson shown{name(who.person), "", who.answer, who.since};
    const auto* selector = post_of(plan_, who.alert);
    if (selector == nullptr) return shown;
    shown.post = post(*selector);
    return shown;
  }

  [[nodiscard]] std::vector<ports::SceneEvent> timeline(const Look& look, bool chinese) const {
    std::vector<ports::SceneEvent> shown;
    for (const auto& event : look.events) {
      const auto what = what_of(event);
      if (what.empty()) continue;
      const auto words = in_words(event, plan_, [this](model::PersonId who) { return name(who); });
      shown.push_back({event.entry.at, std::string(what), words.in(chinese)});
    }
    return shown;
  }

 private:
  [[nodiscard]] std::string post(const model::Selector& selector) const {
    if (past_ != nullptr) {
      if (const auto was = past_->post(selector.name, opened_at_)) return was->name;
    }
    const auto today = roster_.resolve({&selector, 1}, {}, opened_at_).recipients;
    return today.empty() || today.front().post_name.empty() ? selector.name : today.front().post_name;
  }

  const ports::Roster& roster_;
  const ports::PastDirectoryPtr past_;
  const plan::Plan& plan_;
  const base::UtcTime opened_at_;
};

base::Result<std::map<model::IncidentId, ports::ReportStanding>> OfficeScenes::standings(
    std::span<const model::IncidentId> incidents, const std::string& language) const {
  const auto found = parts_.queries->standings(incidents);
  if (!found.ok()) return found.error();
  std::map<model::IncidentId, ports::ReportStanding> standings;
  for (const auto& [id, rows] : *found) {
    auto& standing = standings[id];
    standing.stage = stage_of(rows);
    standing.read_at = rows.incident.seen_at;
    standing.ended_at = rows.incident.ended_at;
    standing.coming = rows.coming;
    if (standing.stage == ports::ReportStage::kEnded) continue;
    const auto plan = plans_.of(rows.incident.plan_version);
    if (!standing.read_at) standing.read_by = rows.incident.opened_at + plan->open_within;
    standing.questions = questions_of(rows, *plan, language);
  }
  return standings;
}

OfficeScenes::Known& OfficeScenes::known(model::IncidentId incident) const {
  const auto at = std::find_if(known_.begin(), known_.end(), [&](const Known& k) { return k.incident == incident; });
  if (at != known_.end()) {
    known_.splice(known_.begin(), known_, at);
  } else {
    known_.push_front({incident, {}, {}});
    if (known_.size() > kRemembered) known_.pop_back();
  }
  return known_.front();
}

base::Result<OfficeScenes::Look> OfficeScenes::look_at(model::IncidentId incident, const ports::Roster& roster) const {
  const std::lock_guard one_at_a_time(looking_);
  auto& course = known(incident).course;
  const auto entries =
      parts_.queries->scene_entries(incident, course.commit(), static_cast<int>(IncidentCourse::kMostEvents));
  if (!entries.ok()) return entries.error();
  if (entries->commit != course.commit()) {
    std::vector<model::AlertId> answered;
    for (const auto& entry : entries->answers) answered.push_back(model::AlertId{entry.subject});
    const auto alerts = parts_.queries->scene_alerts(answered);
    if (!alerts.ok()) return alerts.error();
    course.take(*entries, *alerts, [&](model::PersonId person) { return roster.commands(person); });
  }
  return Look{course.events(), course.people(kMostPeople), course.coming(), course.arrived(), course.leader()};
}

std::vector<int> OfficeScenes::counted(const ports::SceneRows& rows, const plan::Response& response,
                                       std::span<const int> steps, const ports::Roster& roster) const {
  const std::lock_guard one_at_a_time(looking_);
  auto& counted = known(rows.incident.id).counted;
  const auto now = parts_.clock->utc_now();
  const bool holds = counted.callout == rows.asked_for->id && counted.directory == roster.version() &&
                     counted.people.size() == steps.size() && now - counted.at < kCountedFor;
  if (holds) return counted.people;
  counted = {rows.asked_for->id, roster.version(), now, {}};
  for (const auto index : steps) {
    const auto& to = response.steps[static_cast<std::size_t>(index)].to;
    counted.people.push_back(static_cast<int>(roster.resolve(to, rows.incident.area, now).recipients.size()));
  }
  return counted.people;
}

ports::SceneApproval OfficeScenes::approval(const ports::SceneRows& rows, const plan::Plan& plan,
                                            const ports::Roster& roster, bool chinese) const {
  ports::SceneApproval shown{rows.approval->state, rows.approval->due_at, rows.approval->starts_by_default, {}};
  const auto* response = rows.asked_for ? plan.response(rows.asked_for->kind, rows.asked_for->level) : nullptr;
  if (response == nullptr) return shown;
  std::vector<model::StepState> states(response->steps.size(), model::StepState::kClosed);
  for (const auto& step : rows.steps) {
    if (step.index < static_cast<int>(states.size())) states[static_cast<std::size_t>(step.index)] = step.state;
  }
  const bool not_opened = nobody_opened_in_time(rows.incident, plan, parts_.clock->utc_now());
  const auto begin = callout::steps_on_approval(*response, states, not_opened, {});
  const auto people = counted(rows, *response, begin, roster);
  for (std::size_t i = 0; i < begin.size(); ++i) {
    const auto& step = response->steps[static_cast<std::size_t>(begin[i])];
    shown.sets_off.push_back({plan::title_of(plan, step).in(chinese), people[i], channels_of(plan, step)});
  }
  return shown;
}

base::Result<ports::Scene> OfficeScenes::scene(model::IncidentId incident, const std::string& language) const {
  const auto rows = parts_.queries->scene_rows(incident);
  if (!rows.ok()) return rows.error();
  const auto roster = parts_.roster();
  const auto look = look_at(incident, *roster);
  if (!look.ok()) return look.error();
  const auto plan = plans_.of(rows->incident.plan_version);
  const bool chinese = language == "zh";
  const Teller teller(*roster, parts_.past(), *plan, rows->incident.opened_at);

  ports::Scene scene;
  scene.incident = rows->incident;
  const auto* hazard = plan->hazard(rows->incident.kind);
  scene.hazard_name = hazard == nullptr ? base::Said{"Not classified yet", "尚未分类"}.in(chinese)
                                        : plan::name_of(*plan, *hazard).in(chinese);
  scene.levels = static_cast<int>(plan->levels.size());
  if (rows->incident.level >= 0 && rows->incident.level < scene.levels) {
    const auto& level = plan->levels[static_cast<std::size_t>(rows->incident.level)];
    scene.level_name = plan::said_of(*plan, level.name).in(chinese);
    scene.level_rank = rows->incident.level + 1;
    scene.colour = level.colour;
  }
  if (const auto* area = rows->incident.area ? roster->area(rows->incident.area) : nullptr; area != nullptr) {
    scene.area_code = area->code;
    scene.area_name = area->name;
    scene.area_path = roster->area_path(area->id);
    scene.assembly_point = area->assembly_point;
    if (area->has_centre) {
      scene.latitude = area->latitude;
      scene.longitude = area->longitude;
    }
  }
  scene.facts = triage::combine(*plan, rows->placed).facts;
  if (look->leader) {
    scene.leader = teller.person(look->leader->first);
    scene.leader->at = look->leader->second;
  }
  for (const auto& person : look->people) scene.people.push_back(teller.person(person));
  scene.coming = look->coming;
  scene.arrived = look->arrived;
  scene.timeline = teller.timeline(*look, chinese);
  if (rows->merged_into != 0 && rows->incident.ended_at) {
    scene.timeline.push_back(
        {*rows->incident.ended_at, "merged",
         base::said("Incident {0} became part of {1}", "事件{0}并入{1}", rows->incident.code, rows->merged_into)
             .in(chinese)});
  }
  if (rows->approval) scene.approval = approval(*rows, *plan, *roster, chinese);
  return scene;
}

}  // namespace tocsin::app
