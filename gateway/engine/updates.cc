#include "gateway/engine/updates.h"

#include "gateway/callout/present.h"

namespace tocsin::engine {
namespace {

// Raised, classified anew, or moved to another place: what the reader does now may change by it.  A level lowered and a
// merge change nothing that cannot wait for a minute.
bool is_pressing(Core& core, const model::Incident& incident, int revision) {
  const auto callouts = core.store.callouts_of(incident.id);
  if (callouts.empty() || callouts.back().revision != revision) return false;
  return callouts.size() < 2 || callouts.back().level >= callouts[callouts.size() - 2].level;
}

std::shared_ptr<const LastUpdates> last_updates(Core& core, const model::Incident& incident,
                                                const model::Matter& matter) {
  if (const auto known = core.last_updates.find(matter.id.value); known != core.last_updates.end())
    return known->second;
  auto found = std::make_shared<LastUpdates>();
  found->pressing = is_pressing(core, incident, matter.revision);
  if (!found->pressing) {
    for (const auto& told : core.store.told_people(incident.id, true, true)) {
      if (told.updated_at) found->at[told.person.value] = *told.updated_at;
    }
  }
  if (core.last_updates.size() > 16) core.last_updates.clear();
  core.last_updates[matter.id.value] = found;
  return found;
}

}  // namespace

void hold_back(Core& core, const model::Incident& incident, const model::Matter& matter, const model::Alert& alert,
               Rows& rows, std::size_t from) {
  const auto known = last_updates(core, incident, matter);
  const auto last = known->at.find(alert.person.value);
  const auto until = callout::update_waits_until(last == known->at.end() ? std::nullopt : std::optional(last->second),
                                                 known->pressing, core.now);
  if (!until) return;
  for (std::size_t i = from; i < rows.fresh.size(); ++i) {
    auto& d = rows.fresh[i];
    if (d.alert != alert.id || d.state != model::DeliveryState::kQueued) continue;
    d.not_before = until;
    core.record(model::RecordKind::kQueued, d.incident, d.id.value, alert.id.value,
                static_cast<int>(model::Reason::kOneUpdateAMinute));
  }
  for (auto& changed : rows.changed) {
    if (changed.id == alert.id) changed.reason = model::Reason::kOneUpdateAMinute;
  }
}

void drop_overtaken(Core& core, const model::Matter& matter, std::span<const model::PersonId> people) {
  const auto reason = model::Reason::kNewerNews;
  for (const auto& [delivery, id] : core.store.end_older_updates(matter.incident, matter.revision, people, core.now)) {
    core.record(model::RecordKind::kDeliverySuperseded, matter.incident, delivery.value, id.value,
                static_cast<int>(reason));
    auto alert = core.store.alert(id);
    if (!alert || !is_climbing(alert->state)) continue;
    alert->state = model::AlertState::kWithdrawn;
    alert->reason = reason;
    alert->look_again_at.reset();
    core.store.update(std::span<const model::Alert>(&*alert, 1));
    core.record(model::RecordKind::kAlertUpdated, matter.incident, id.value, static_cast<int>(alert->state),
                static_cast<int>(reason));
  }
}

}  // namespace tocsin::engine
