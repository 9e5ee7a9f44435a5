#include "gateway/engine/core.h"

#include <algorithm>

#include "gateway/base/log.h"
#include "gateway/plan/read_plan.h"

namespace tocsin::engine {

void Core::use_plan(plan::PlanPtr plan, model::PlanSwap swap) {
  plan_ = std::move(plan);
  plan_swap_ = std::move(swap);
  plans_[plan_swap_.version] = plan_;
  renew_vocabulary();
}

void Core::give_back_plan(plan::PlanPtr before, model::PlanSwap swap) {
  plans_.erase(plan_swap_.version);  // a version that never was: the next one may have its number
  use_plan(std::move(before), std::move(swap));
}

void Core::use_roster(ports::RosterPtr roster) {
  roster_ = std::move(roster);
  recipients.clear();
  renew_vocabulary();
}

void Core::renew_vocabulary() {
  if (plan_ && roster_) vocabulary_ = std::make_unique<triage::Vocabulary>(plan_, roster_->areas());
}

const plan::Plan& Core::plan_of(const model::Incident& incident) {
  if (const auto known = plans_.find(incident.plan_version); known != plans_.end()) return *known->second;
  plan::PlanPtr found;
  if (const auto source = store.plan_source(incident.plan_version)) {
    found = plan::read_plan(*source, "version " + std::to_string(incident.plan_version)).plan;
  }
  if (!found) {
    base::log(base::LogLevel::kError, "plan.version-unreadable", "version=" + std::to_string(incident.plan_version));
    found = plan_;
  }
  return *(plans_[incident.plan_version] = std::move(found));
}

void Core::record(model::RecordKind kind, model::IncidentId incident, std::int64_t subject, std::int64_t a,
                  std::int64_t b, std::string detail) {
  store.append({0, now, kind, incident, subject, a, b, std::move(detail)});
}

std::string Core::who(const model::Principal& by) {
  return std::string(model::name_of(by.role)) + ":" +
         (by.person ? std::to_string(by.person.value) : by.name.substr(0, 64));
}

std::string Core::code_of(model::PersonId person) const {
  const auto* card = roster().person(person);
  return card == nullptr ? std::string("unknown") : card->code;
}

const model::Incident* Core::incident(model::IncidentId id) {
  if (const auto known = incidents_.find(id.value); known != incidents_.end()) return &known->second;
  auto found = store.incident(id);
  if (!found) return nullptr;
  return &incidents_.emplace(id.value, std::move(*found)).first->second;
}

void Core::keep(const model::Incident& incident) {
  incidents_[incident.id.value] = incident;
  note_open(incident);
}

void Core::save(const model::Incident& incident) {
  keep(incident);
  store.update(incident);
}

void Core::begin_batch() {
  incidents_.clear();
  open_.clear();
}

std::span<const model::Incident> Core::open_of(model::HazardKind kind, bool drill, base::UtcTime since) {
  constexpr int kMost = 256;
  const auto key = std::make_pair(kind, drill);
  auto known = open_.find(key);
  if (known == open_.end()) {
    auto found = store.open_incidents(kind, drill, since, kMost);
    const bool cut = static_cast<int>(found.size()) >= kMost;
    known = open_.emplace(key, OpenOnes{std::move(found), cut}).first;
  }
  return known->second.incidents;
}

// Keeps the lists of open_of() as the store would give them now.
void Core::note_open(const model::Incident& incident) {
  for (auto list = open_.begin(); list != open_.end();) {
    auto& [incidents, cut] = list->second;
    const auto at =
        std::find_if(incidents.begin(), incidents.end(), [&](const auto& i) { return i.id == incident.id; });
    const bool belongs =
        incident.state == model::IncidentState::kOpen && list->first == std::make_pair(incident.kind, incident.drill);
    if (belongs && at != incidents.end()) {
      *at = incident;
    } else if ((belongs || at != incidents.end()) && cut) {
      list = open_.erase(list);  // who comes in or goes moves the cut
      continue;
    } else if (belongs) {
      const auto newer = [](const auto& a, const auto& b) { return a.id > b.id; };
      incidents.insert(std::upper_bound(incidents.begin(), incidents.end(), incident, newer), incident);
    } else if (at != incidents.end()) {
      incidents.erase(at);
    }
    ++list;
  }
}

model::Step* Core::step(model::StepId id) {
  if (!id) return nullptr;
  if (const auto known = steps_.find(id.value); known != steps_.end()) return &known->second;
  auto found = store.step(id);
  if (!found) return nullptr;
  return &steps_.emplace(id.value, std::move(*found)).first->second;
}

void Core::keep_step(const model::Step& step) {
  steps_[step.id.value] = step;
}

void Core::mark_dirty(model::StepId id) {
  if (std::find(dirty_.begin(), dirty_.end(), id) == dirty_.end()) dirty_.push_back(id);
}

std::vector<model::StepId> Core::take_dirty() {
  return std::exchange(dirty_, {});
}

void Core::write_step(const model::Step& step) {
  store.update(step);
}

unsigned Core::links_for() const {
  unsigned mask = 0;
  for (const auto& link : links) mask |= 1U << static_cast<unsigned>(link.channel);
  return mask;
}

Link* Core::link(model::LinkIndex index) {
  const auto it = std::find_if(links.begin(), links.end(), [&](const Link& l) { return l.index == index; });
  return it == links.end() ? nullptr : &*it;
}

void Core::forget_caches() {
  recipients.clear();
  told.clear();
  mailing.clear();
  last_updates.clear();
  turns.clear();
  messages.clear();
  texts.clear();
  refused_by.clear();
  check.may_wait = true;
  begin_batch();
  end_command();
}

void Core::end_command() {
  steps_.clear();
  dirty_.clear();
  constexpr std::size_t kKept = 512;
  if (texts.size() > kKept) texts.clear();
  if (messages.size() > kKept) messages.clear();
  if (told.size() > 16) told.clear();
  if (turns.size() > 4096) turns.clear();
}

}  // namespace tocsin::engine
