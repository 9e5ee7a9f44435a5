// What the steps count is what there is to count.
#include "tests/simulation/promises.h"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::simulation {
namespace {

void count(Evidence& e, Id alert_id, std::vector<Id>& steps, std::map<Id, StepRow>& counted) {
  const auto* a = e.alert(alert_id);
  if (a == nullptr) return;
  std::sort(steps.begin(), steps.end(), [&](Id x, Id y) { return e.t.steps.at(x).index < e.t.steps.at(y).index; });
  Id quota = steps.front();
  for (const auto id : steps) {
    const int needs = e.t.steps.at(id).needs;
    if (needs == kComing || needs == kArrived) {
      quota = id;
      break;
    }
  }
  for (const auto id : steps) {
    auto& c = counted[id];
    ++c.recipients;
    if (!a->first_rung_done) ++c.first_pending;
    if ((a->state == kTelling || a->state == kTold) && a->reason != kReasonSettled) ++c.open;
    const bool goes = a->answer == kComing || a->answer == kArrived;
    const int as = goes && id != quota ? int{kReceived} : a->answer;
    if (as == kReceived) ++c.received;
    if (as == kComing) ++c.coming;
    if (as == kArrived) ++c.arrived;
    if (as == kCannot) ++c.cannot;
  }
}

void compare(Evidence& e, const StepRow& s, const StepRow& c) {
  const auto differ = [&](const char* what, int kept, int found) {
    if (kept != found)
      e.say("counters: step " + n(s.id) + " of incident " + n(s.incident) + " counts " + n(kept) + " " + what +
            ", there are " + n(found));
  };
  differ("recipients", s.recipients, c.recipients);
  differ("received", s.received, c.received);
  differ("coming", s.coming, c.coming);
  differ("arrived", s.arrived, c.arrived);
  differ("cannot", s.cannot, c.cannot);
  const auto callout = e.t.callout_states.find(s.callout);
  if (s.state == kStepClosed || (callout != e.t.callout_states.end() && callout->second == kCallOutEnded)) return;
  differ("first rungs to come", s.first_pending, c.first_pending);
  differ("still climbing", s.open, c.open);
}

}  // namespace

// 8. What the steps count is what there is to count.
void counters_true(Evidence& e) {
  std::map<Id, std::vector<Id>> steps_of;  // alert -> steps
  for (const auto& [id, a] : e.t.alerts) {
    if (a.step != 0) steps_of[id].push_back(a.step);
  }
  for (const auto& m : e.t.memberships) steps_of[m.alert].push_back(m.step);
  std::map<Id, StepRow> counted;
  for (auto& [alert_id, steps] : steps_of) count(e, alert_id, steps, counted);
  for (const auto& [id, s] : e.t.steps) compare(e, s, counted[id]);
}

}  // namespace tocsin::simulation
