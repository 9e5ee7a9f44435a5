#include "gateway/app/incident_course.h"

#include <algorithm>

#include "gateway/callout/alert_rules.h"

namespace tocsin::app {
namespace {

using model::AnswerKind;

bool goes(AnswerKind answer) {
  return answer == AnswerKind::kComing || answer == AnswerKind::kArrived;
}

void keep(std::deque<CourseEvent>& events, CourseEvent event, std::size_t most) {
  events.push_back(std::move(event));
  if (events.size() > most) events.pop_front();
}

}  // namespace

void IncidentCourse::take(const ports::SceneEntries& entries, const std::map<model::AlertId, ports::SceneAlert>& alerts,
                          const Commands& commands) {
  commit_ = entries.commit;
  for (const auto& entry : entries.events) keep(events_, {entry, {}, false}, kMostEvents);
  for (const auto& entry : entries.answers) {
    const auto alert = alerts.find(model::AlertId{entry.subject});
    const bool counts = alert != alerts.end() && (alert->second.matter == model::MatterKind::kAlert ||
                                                  alert->second.matter == model::MatterKind::kUpdate);
    if (counts) answered(entry, alert->second, commands);
  }
}

void IncidentCourse::answered(const model::RecordEntry& entry, const ports::SceneAlert& alert,
                              const Commands& commands) {
  const auto given = static_cast<AnswerKind>(entry.a);
  auto& person = people_[alert.person];
  const auto was = person.answer;
  person.person = alert.person;
  person.answer = callout::after_answer(was, given);
  if (person.answer == was) return;
  count(was, -1);
  count(person.answer, 1);
  if (given != AnswerKind::kReceived) keep(answers_, {entry, alert.person, false}, kMostAnswers);
  if (goes(person.answer) == goes(was)) return;
  const bool may_lead = alert.stands_in_for || commands(alert.person);
  if (goes(person.answer)) {
    person.since = entry.at;
    person.alert = alert;
    order_.emplace(entry.at, alert.person);
    if (may_lead) commanding_.emplace(entry.at, alert.person);
  } else {
    order_.erase({person.since, alert.person});
    commanding_.erase({person.since, alert.person});
  }
  see_who_leads(entry);
}

void IncidentCourse::count(AnswerKind answer, int by) {
  if (answer == AnswerKind::kComing) coming_ += by;
  if (answer == AnswerKind::kArrived) arrived_ += by;
}

void IncidentCourse::see_who_leads(const model::RecordEntry& entry) {
  if (commanding_.empty()) {
    leader_.reset();
    return;
  }
  auto leads = commanding_.begin()->second;
  const auto stands_in_for = people_.at(leads).alert.stands_in_for;
  const auto holder = people_.find(stands_in_for);
  if (stands_in_for && holder != people_.end() && goes(holder->second.answer)) leads = stands_in_for;
  if (leader_ && leader_->second == leads) return;
  leader_ = {entry.at, leads};
  keep(events_, {entry, leads, true}, kMostEvents);
}

std::vector<CourseEvent> IncidentCourse::events() const {
  std::vector<CourseEvent> all(events_.begin(), events_.end());
  all.insert(all.end(), answers_.begin(), answers_.end());
  // Who leads is told behind the answer that made it so.
  std::stable_sort(all.begin(), all.end(), [](const CourseEvent& a, const CourseEvent& b) {
    return std::pair(a.entry.seq, a.leads) < std::pair(b.entry.seq, b.leads);
  });
  if (all.size() > kMostEvents) all.erase(all.begin(), all.end() - kMostEvents);
  return all;
}

std::vector<ComingPerson> IncidentCourse::people(std::size_t most) const {
  std::vector<ComingPerson> first;
  for (const auto& [since, person] : order_) {
    if (first.size() >= most) break;
    first.push_back(people_.at(person));
  }
  return first;
}

std::optional<std::pair<ComingPerson, base::UtcTime>> IncidentCourse::leader() const {
  if (!leader_) return std::nullopt;
  return std::pair(people_.at(leader_->second), leader_->first);
}

}  // namespace tocsin::app
