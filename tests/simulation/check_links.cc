// What the settings let a link carry: its caps.
#include "tests/simulation/promises.h"

#include <algorithm>
#include <map>

namespace tocsin::simulation {
namespace {

constexpr std::int64_t kMinute = 60'000'000;

struct Load {
  std::int64_t minute = 0;
  Id delivery = 0;
  int parts = 0;
};

// Each message finds room beside what went before it, within so many minutes; or it is alone there.
void check_window(Evidence& e, const std::string& link, const std::vector<Load>& went, int cap, int minutes) {
  if (cap <= 0) return;
  std::size_t first = 0;
  int before = 0;  // parts of [first, i)
  for (std::size_t i = 0; i < went.size(); ++i) {
    for (; went[first].minute <= went[i].minute - minutes; ++first) before -= went[first].parts;
    if (before > 0 && before + went[i].parts > cap)
      e.say("caps: " + link + " may carry " + n(cap) + " in " + n(minutes) + " minutes, had carried " + n(before) +
            ", and was handed " + n(went[i].parts) + " more by delivery " + n(went[i].delivery));
    before += went[i].parts;
  }
}

}  // namespace

// No link is handed more than its settings allow in any hour or day, by the office's own time; but for one message that
// is longer than the whole cap, which goes alone.  What a carrier gave back at once was not carried.
void links_keep_within_their_caps(Evidence& e) {
  if (e.journal.caps.empty()) return;
  std::map<Id, std::vector<std::int64_t>> handed_at;  // by delivery: when, each time
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kHandedOver)) handed_at[r.subject].push_back(r.at);
  }
  std::map<Id, std::size_t> seen;
  std::map<std::string, std::vector<Load>> went;
  for (const auto& h : e.journal.handed_over) {
    const auto& times = handed_at[h.delivery];
    const auto nth = seen[h.delivery]++;
    if (h.kept && nth < times.size() && e.journal.caps.count(h.link) != 0)
      went[h.link].push_back({times[nth] / kMinute, h.delivery, h.parts});
  }
  for (auto& [link, loads] : went) {
    std::stable_sort(loads.begin(), loads.end(), [](const Load& a, const Load& b) { return a.minute < b.minute; });
    const auto& cap = e.journal.caps.at(link);
    check_window(e, link, loads, cap.per_hour, 60);
    check_window(e, link, loads, cap.per_day, 24 * 60);
  }
}

}  // namespace tocsin::simulation
