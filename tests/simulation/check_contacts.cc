// The contact check: by day, on calm days, each number once a round.
#include "tests/simulation/promises.h"

#include <map>
#include <optional>
#include <set>

namespace tocsin::simulation {
namespace {

constexpr int kReasonContactCheck = 40;
constexpr std::int64_t kMinute = 60'000'000, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::int64_t kEastOfGreenwich = 8 * kHour;  // the town's clocks, which never change

bool in_hours(std::int64_t at) {
  const auto local = at + kEastOfGreenwich;
  const auto day = local / kDay, hour = local % kDay / kHour;
  const auto weekday = (day + 3) % 7;  // 1970-01-01 was a Thursday; 0 = Monday
  return weekday < 5 && hour >= 9 && hour < 17;
}

// Whether a real incident is open, entry by entry.
class Calm {
 public:
  explicit Calm(const Evidence& e) : e_(e) {}
  void see(const RecordRow& r) {
    const auto i = e_.t.incidents.find(r.subject);
    if (is(r, Kind::kIncidentOpened) && i != e_.t.incidents.end() && !i->second.drill) open_.insert(r.subject);
    if (is(r, Kind::kStoodDown) || is(r, Kind::kMerged)) {
      if (open_.erase(r.subject) > 0) ended_ = r.at;
    }
  }
  [[nodiscard]] bool is_calm(std::int64_t at, std::int64_t for_long) const {
    return open_.empty() && (!ended_ || at - *ended_ >= for_long);
  }

 private:
  const Evidence& e_;
  std::set<Id> open_;
  std::optional<std::int64_t> ended_;
};

}  // namespace

void contact_checks_stand_back(Evidence& e) {
  std::set<Id> checks;                  // deliveries
  std::map<Id, std::int64_t> round_of;  // by delivery
  std::int64_t round = 0;
  Calm calm(e);
  for (const auto& r : e.t.record) {
    calm.see(r);
    if (is(r, Kind::kCheckBegan)) round = r.subject;
    if (is(r, Kind::kQueued) && r.b == kReasonContactCheck) checks.insert(r.subject), round_of[r.subject] = round;
    if (!is(r, Kind::kHandedOver) || checks.count(r.subject) == 0) continue;
    if (round == 0) e.say("contact check: delivery " + n(r.subject) + " belongs to no round");
    if (!calm.is_calm(r.at, e.journal.calm_us))
      e.say("contact check: delivery " + n(r.subject) + " was handed over on a day that was not calm, entry " +
            n(r.seq));
    if (!in_hours(r.at))
      e.say("contact check: delivery " + n(r.subject) + " was handed over at night or on a weekend, entry " + n(r.seq));
  }
  // What a carrier gave back was not asked.
  std::map<std::pair<std::int64_t, std::string>, Id> asked;
  for (const auto& h : e.journal.handed_over) {
    const auto of = round_of.find(h.delivery);
    if (of == round_of.end() || !h.kept) continue;
    const auto [first, is_new] = asked.emplace(std::pair(of->second, h.to), h.delivery);
    if (is_new) continue;
    e.say("contact check: a number was asked twice in round " + n(of->second) + ", by deliveries " + n(first->second) +
          " and " + n(h.delivery));
  }
}

}  // namespace tocsin::simulation
