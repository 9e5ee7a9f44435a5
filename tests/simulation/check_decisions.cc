// What people decide: approvals, conditions of the end, the plan an incident keeps.
#include "tests/simulation/promises.h"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::simulation {
namespace {

Id callout_before(const Evidence& e, Id callout) {
  const Id incident = e.t.callouts.at(callout);
  Id before = 0;
  for (const auto& [id, of] : e.t.callouts) {
    if (of == incident && id < callout) before = id;
  }
  return before;
}

}  // namespace

// Whatever plan is put in force: an incident stays with the one it was opened under (what is split off, with its
// parent's), and no swap is forgotten.
void incidents_keep_their_plan(Evidence& e) {
  std::int64_t in_force = 0;
  std::map<std::int64_t, std::int64_t> opened_under;
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kPlanInForce)) in_force = r.a;
    if (is(r, Kind::kSplit)) opened_under[r.subject] = opened_under[r.incident];
    if (!is(r, Kind::kIncidentOpened)) continue;
    const auto under = opened_under.emplace(r.incident, in_force).first->second;
    const auto incident = e.t.incidents.find(r.incident);
    if (incident != e.t.incidents.end() && incident->second.plan_version != under)
      e.say("plan: incident " + n(r.incident) + " was opened under version " + n(under) + " and has version " +
            n(incident->second.plan_version));
  }
  for (const auto& swap : e.journal.plans) {
    const auto row = e.t.plan_swaps.find(swap.number);
    if (row == e.t.plan_swaps.end() || row->second != swap.version)
      e.say("plan: swap " + n(swap.number) + " to version " + n(swap.version) + " was acknowledged and is gone");
  }
  if (!e.t.plan_swaps.empty() && e.t.plan_swaps.rbegin()->second != in_force)
    e.say("plan: version " + n(e.t.plan_swaps.rbegin()->second) + " should be in force, the record says " +
          n(in_force));
}

// Until somebody approves, or the plan's default starts it, only what saves lives begins, and what the call-out
// before had begun; after a no, nothing else ever does.
void nothing_begins_without_its_word(Evidence& e) {
  static const std::set<std::string> kSavesLives{"call-119", "evacuate", "approval"};
  std::map<Id, std::int64_t> started_from;  // call-out -> the record that let it begin
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kApprovalDecided) && (r.a == kApproved || r.a == kStartedByDefault))
      started_from[r.subject] = r.seq;
  }
  std::map<Id, std::set<std::string>> begun;  // call-out -> names of its steps that began
  for (const auto& r : e.t.record) {
    const auto step = is(r, Kind::kStepStarted) ? e.t.steps.find(r.subject) : e.t.steps.end();
    if (step != e.t.steps.end()) begun[step->second.callout].insert(step->second.name);
  }
  for (const auto& r : e.t.record) {
    const auto step = is(r, Kind::kStepStarted) ? e.t.steps.find(r.subject) : e.t.steps.end();
    if (step == e.t.steps.end() || e.t.approvals.count(step->second.callout) == 0) continue;
    const auto& name = step->second.name;
    const Id callout = step->second.callout;
    if (kSavesLives.count(name) != 0) continue;
    const auto from = started_from.find(callout);
    if (from != started_from.end() && r.seq > from->second) continue;
    const Id before = callout_before(e, callout);
    if (before != 0 && begun[before].count(name) != 0) continue;
    e.say("approval: step " + name + " of call-out " + n(callout) + " began at record " + n(r.seq) +
          (from == started_from.end() ? " and nobody ever approved" : " before it was approved"));
  }
}

// One decision a call-out; by a person only if the plan names them or they are a deputy of the one it names; what was
// answered "done" stands.
void decided_once_and_by_those_named(Evidence& e) {
  std::map<Id, int> decided;
  std::set<std::pair<Id, bool>> by_person;  // (person, approved)
  for (const auto& r : e.t.record) {
    if (!is(r, Kind::kApprovalDecided)) continue;
    if (++decided[r.subject] > 1) e.say("approval: call-out " + n(r.subject) + " was decided twice");
    if (r.a == kApproved || r.a == kDeclined) by_person.insert({r.b, r.a == kApproved});
  }
  for (const auto& [callout, a] : e.t.approvals) {
    if (a.state == kPending && e.state_of_incident(a.incident) == kOpen)
      e.say("approval: call-out " + n(callout) + " still waits, hours after its time");
    if ((a.state == kPending) != (decided[callout] == 0))
      e.say("approval: call-out " + n(callout) + " and the record disagree whether it was decided");
    const bool by_somebody = a.state == kApproved || a.state == kDeclined;
    if (by_somebody != (a.person != 0)) e.say("approval: call-out " + n(callout) + " was decided by nobody");
    const auto may = e.journal.may_decide.find(a.by);
    if (by_somebody && (may == e.journal.may_decide.end() || may->second.count(a.person) == 0))
      e.say("approval: person " + n(a.person) + " decided call-out " + n(callout) + ", which is for " + a.by);
  }
  for (const auto& d : e.journal.decisions) {
    if (by_person.count({d.person, d.approved}) == 0)
      e.say("approval: what person " + n(d.person) + " was told is done is not in the record");
  }
}

void ended_with_every_condition_ticked(Evidence& e) {
  std::map<Id, std::string> ticked;  // incident -> names
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kConditionsTicked)) ticked[r.incident] = " " + r.detail + " ";
    if (!is(r, Kind::kStoodDown)) continue;
    Id last = 0;
    for (const auto& [id, of] : e.t.callouts) {
      if (of == r.incident) last = id;
    }
    const auto wanted = e.t.conditions.find(last);
    if (wanted == e.t.conditions.end()) continue;
    for (const char* name : {"fire-out", "counted"}) {
      if (ticked[r.incident].find(std::string(" ") + name + " ") == std::string::npos)
        e.say("stand-down: incident " + n(r.incident) + " ended although nobody ticked " + name);
    }
  }
}

}  // namespace tocsin::simulation
