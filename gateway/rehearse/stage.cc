#include "gateway/rehearse/stage.h"

#include <algorithm>

#include "gateway/callout/alert_rules.h"
#include "gateway/callout/present.h"

namespace tocsin::rehearse {

using model::DeliveryState;

namespace {

std::vector<Place> in_order(std::vector<Place> places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace

Stage::Stage(const plan::Plan& plan_in, const ports::Roster& roster_in, const Options& options_in, Rehearsal& out_in)
    : plan(plan_in), roster(roster_in), options(options_in), out(out_in), now(out_in.at) {
  for (unsigned bit = 0; bit < 20; ++bit) {
    if (((options.links_for >> bit) & 1U) == 0) continue;
    StagedLink link;
    link.up = ((options.links_down >> bit) & 1U) == 0;
    link.down_since = now;
    links[static_cast<model::Channel>(bit)] = link;
  }
}

Actor* Stage::alert_of(model::MatterKind kind, int revision, model::PersonId person) {
  const auto matter = matters_.find({kind, revision});
  if (matter == matters_.end()) return nullptr;
  const auto known = matter->second.find(person);
  return known == matter->second.end() ? nullptr : &actors[known->second];
}

std::optional<Place> Stage::add(model::Alert alert, int revision) {
  const auto place = actors.size();
  const auto person = alert.person;
  if (!matters_[{alert.matter_kind, revision}].try_emplace(person, place).second) return std::nullopt;
  of_person_[person].push_back(place);
  Actor actor;
  alert.id = {static_cast<std::int64_t>(place) + 1};
  actor.revision = revision;
  actor.told.matter = alert.matter_kind;
  actor.told.person = person;
  actor.told.callout = static_cast<int>(callouts.size()) - 1;
  actor.told.began_after = elapsed();
  if (const auto* card = roster.person(person)) {
    actor.told.code = card->code;
    actor.told.name = card->name;
    actor.told.language = card->language;
  }
  if (alert.stands_in_for) actor.told.stands_in_for = code_of(alert.stands_in_for);
  actor.alert = std::move(alert);
  actors.push_back(std::move(actor));
  return place;
}

std::vector<Place> Stage::alerts_of(model::PersonId person) const {
  const auto known = of_person_.find(person);
  return known == of_person_.end() ? std::vector<Place>() : known->second;
}

void Stage::look_again(Place alert) {
  if (const auto at = actors[alert].alert.look_again_at) due_alerts.emplace(*at, alert);
}

void Stage::mark_dirty(Place step) {
  if (std::find(dirty_.begin(), dirty_.end(), step) == dirty_.end()) dirty_.push_back(step);
}

std::vector<Place> Stage::take_dirty() {
  return std::exchange(dirty_, {});
}

void Stage::note_rest(Actor& actor) {
  auto& told = actor.told;
  told.end = actor.alert.state;
  told.end_reason = actor.alert.reason;
  told.needs = actor.alert.needs;
  if (callout::is_open(actor.alert)) {
    told.ended_after.reset();
  } else if (!told.ended_after) {
    told.ended_after = elapsed();
  }
}

void Stage::queue(Place alert, std::size_t delivery) {
  queued_[actors[alert].tried[delivery].channel].emplace_back(alert, delivery);
}

std::vector<Place> Stage::drop_the_past(std::vector<Waiting>& waiting) {
  std::map<std::pair<model::PersonId, std::string>, std::vector<Waiting>> owed;
  for (const auto& one : waiting) {
    const auto& delivery = actors[one.first].tried[one.second];
    if (delivery.state == DeliveryState::kQueued)
      owed[{actors[one.first].alert.person, delivery.address}].push_back(one);
  }
  std::vector<Place> concerned;
  for (const auto& [who, theirs] : owed) {
    std::vector<callout::OwedToOne> all;
    for (const auto& [place, index] : theirs) {
      const auto& actor = actors[place];
      callout::OwedToOne one;
      one.incident = incident.id;
      one.kind = actor.alert.matter_kind;
      one.revision = actor.revision;
      one.made_at = base::time_of_id(actor.tried[index].id.value);
      one.answered_at = actor.alert.answered_at;
      one.of_step = static_cast<bool>(actor.alert.step);
      one.over = incident.state != model::IncidentState::kOpen;
      all.push_back(one);
    }
    const auto fates = callout::fates_of(all, now, options.summary_after);
    for (std::size_t i = 0; i < fates.size(); ++i) {
      const bool outdated = fates[i] == callout::Fate::kOutdated;
      if (!outdated && fates[i] != callout::Fate::kReached) continue;
      auto& actor = actors[theirs[i].first];
      auto& delivery = actor.tried[theirs[i].second];
      delivery.state = outdated ? DeliveryState::kSuperseded : DeliveryState::kCancelled;
      delivery.ended_at = now;
      if (!outdated) {
        concerned.push_back(theirs[i].first);
      } else if (callout::is_climbing(actor.alert.state)) {
        actor.alert.state = model::AlertState::kWithdrawn;
        actor.alert.reason = model::Reason::kNewerNews;
        actor.alert.look_again_at.reset();
        note_rest(actor);
      }
    }
  }
  return concerned;
}

std::vector<Place> Stage::hand_over() {
  std::vector<Place> reached;
  for (auto& [channel, waiting] : queued_) {
    const auto link = links.find(channel);
    if (link == links.end() || !link->second.up) continue;
    const auto not_said = drop_the_past(waiting);
    reached.insert(reached.end(), not_said.begin(), not_said.end());
    for (const auto& [alert, index] : waiting) {
      auto& delivery = actors[alert].tried[index];
      if (delivery.state != DeliveryState::kQueued) continue;
      delivery.state = DeliveryState::kAccepted;
      delivery.handed_over_at = now;
      reached.push_back(alert);
    }
    waiting.clear();
  }
  return in_order(std::move(reached));
}

void Stage::end_queued(Actor& actor, DeliveryState state) {
  for (auto& delivery : actor.tried) {
    if (delivery.state != DeliveryState::kQueued) continue;
    delivery.state = state;
    delivery.ended_at = now;
  }
}

void Stage::close_call_lines(Actor& actor) {
  for (auto& delivery : actor.tried) {
    if (delivery.state != DeliveryState::kAccepted || model::is_carried(delivery.channel)) continue;
    delivery.state = DeliveryState::kCancelled;
    delivery.ended_at = now;
  }
}

std::vector<Place> Stage::stall(model::Channel channel) {
  std::vector<Place> concerned;
  for (const auto& [alert, index] : queued_[channel]) {
    auto& delivery = actors[alert].tried[index];
    if (delivery.state != DeliveryState::kQueued || delivery.stalled) continue;
    delivery.stalled = true;
    concerned.push_back(alert);
  }
  return in_order(std::move(concerned));
}

void Stage::unstall(model::Channel channel) {
  for (const auto& [alert, index] : queued_[channel]) actors[alert].tried[index].stalled = false;
}

void Stage::happened(HappenedWhat what, std::string who) {
  Happened event;
  event.after = elapsed();
  event.what = what;
  event.who = std::move(who);
  event.level_id = incident.level_id;
  event.clause = incident.clause;
  out.course.push_back(std::move(event));
}

std::string Stage::in_language(const base::Said& words) const {
  const auto& language = options.language.empty() ? plan.default_language() : options.language;
  return language.compare(0, 2, "zh") == 0 ? words.zh : words.en;
}

std::string Stage::code_of(model::PersonId person) const {
  const auto* card = roster.person(person);
  return card == nullptr ? std::string() : card->code;
}

}  // namespace tocsin::rehearse
