// Whom it is about: nobody owed is forgotten, everybody told hears of the end.
#include "tests/simulation/promises.h"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::simulation {
namespace {

// Whoever was asked for an approval is left in peace by somebody's decision, and by nothing they answer.
bool is_decided(const Evidence& e, Id callout) {
  const auto approval = e.t.approvals.find(callout);
  return approval != e.t.approvals.end() && approval->second.state != kPending;
}

// Somebody told who stays silent is left in peace once others have answered enough.
bool others_answered(const Evidence& e, const AlertRow& a) {
  std::vector<Id> steps{a.step};
  for (const auto& m : e.t.memberships) {
    if (m.alert == a.id) steps.push_back(m.step);
  }
  return std::all_of(steps.begin(), steps.end(), [&](Id id) {
    const auto s = e.t.steps.find(id);
    return s != e.t.steps.end() && (s->second.state == kStepSatisfied || s->second.needed == 0);
  });
}

void check_end_of(Evidence& e, const AlertRow& a) {
  const auto& all = e.tried(a.id);
  const bool sent = std::any_of(all.begin(), all.end(), [](const auto* d) { return left_us(d->state); });
  const bool line = std::any_of(all.begin(), all.end(), [](const auto* d) { return by_people(d->channel); });
  const auto who = "alert " + n(a.id) + " of person " + n(a.person) + " in incident " + n(a.incident);
  switch (a.state) {
    case kAnsweredState:
      if (a.matter_kind == kApprovalMatter ? !is_decided(e, a.callout) : a.answer == kNoAnswer)
        e.say("no alert forgotten: " + who + " is settled without an answer");
      return;
    case kWithdrawn: return;
    case kExhausted:
      if (a.ladder >= 0 && !line) e.say("a ladder ends at a human: " + who + " is exhausted and nobody phones");
      return;
    case kTelling:
    case kTold: break;
    default: e.say("no alert forgotten: " + who + " is in no state at all"); return;
  }
  if (a.look_again_at) {
    if (*a.look_again_at < e.journal.ended_at_us)
      e.say("no alert forgotten: " + who + " was to be looked at again at a time that is past");
    return;
  }
  const bool informs = a.ladder < 0 || a.needs == kNoAnswer;
  if (informs && (sent || a.answer != kNoAnswer || line)) return;
  if (!informs && enough(a.answer, a.needs)) return;
  if (sent && others_answered(e, a)) return;
  e.say("no alert forgotten: " + who + " is stuck: state " + n(a.state) + ", reason " + n(a.reason) + ", needs " +
        n(a.needs) + ", answer " + n(a.answer) + ", " + n(static_cast<std::int64_t>(all.size())) + " deliveries");
}

}  // namespace

// 2. No alert owed is forgotten.
void no_alert_forgotten(Evidence& e) {
  if (e.t.pending_work > 0) e.say("no alert forgotten: " + n(e.t.pending_work) + " pieces of work were never finished");
  for (const auto& [id, d] : e.t.deliveries) {
    if (d.state == kQueuedState || d.state == kClaimed)
      e.say("no alert forgotten: delivery " + n(id) + " of alert " + n(d.alert) + " is still " +
            (d.state == kQueuedState ? "queued" : "claimed"));
  }
  for (const auto& [id, a] : e.t.alerts) {
    if (e.state_of_incident(a.incident) != kOpen && a.matter_kind != kStandDownMatter) {
      if (a.state == kTelling && e.tried(id).empty() == false && a.look_again_at)
        e.say("no alert forgotten: alert " + n(id) + " still climbs in an incident that is over");
      continue;
    }
    check_end_of(e, a);
  }
}

// 9. A stand-down reaches all who were told, and a change of level does while the incident goes on.
void told_of_the_end(Evidence& e) {
  struct Change {
    std::int64_t seq = 0;
    bool end = false;
  };
  std::map<Id, Change> last;  // incident -> its last change
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kStoodDown)) last[r.incident] = {r.seq, true};
    if (is(r, Kind::kLevelRaised) || is(r, Kind::kLevelLowered)) last[r.incident] = {r.seq, false};
  }
  std::map<Id, Id> home;  // incident -> the one it was merged into at last
  for (const auto& [id, i] : e.t.incidents) {
    Id at = id;
    for (int hops = 0; hops < 50 && e.state_of_incident(at) == kMergedAway; ++hops)
      at = e.t.incidents.at(at).merged_into;
    home[id] = at;
  }
  std::map<std::pair<Id, Id>, std::int64_t> told;    // (incident, person) -> first record of it
  std::map<std::pair<Id, Id>, std::int64_t> raised;  // (incident, person) -> last alert raised
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kAlertRaised)) raised[{r.incident, r.a}] = r.seq;
    if (!is(r, Kind::kHandedOver)) continue;
    const auto* a = e.alert(r.a);
    const auto d = e.t.deliveries.find(r.subject);
    if (a == nullptr || a->matter_kind == kStandDownMatter || d == e.t.deliveries.end() || !left_us(d->second.state))
      continue;
    told.try_emplace({home[a->incident], a->person}, r.seq);
  }
  for (const auto& [who, seq] : told) {
    const auto change = last.find(who.first);
    if (change == last.end() || seq > change->second.seq) continue;
    const bool open = e.state_of_incident(who.first) == kOpen;
    if (!change->second.end && !open) continue;
    if (raised[{who.first, who.second}] < change->second.seq)
      e.say(std::string(change->second.end ? "stand-down" : "change of level") + " tells all who were told: person " +
            n(who.second) + " of incident " + n(who.first) + " was told at record " + n(seq) +
            " and not of what happened at " + n(change->second.seq));
  }
}

}  // namespace tocsin::simulation
