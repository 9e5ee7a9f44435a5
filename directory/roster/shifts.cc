#include "directory/roster/shifts.h"

#include <algorithm>
#include <set>

#include "gateway/base/local_time.h"

namespace tocsin::roster {
namespace {

constexpr int kMinutesOfDay = 24 * 60;
constexpr int kMostDays = 3660;  // between two handovers

bool sound(const Rotation& rotation) {
  return !rotation.turns.empty() && rotation.every_days >= 1 && rotation.every_days <= kMostDays &&
         rotation.handover_minute >= 0 && rotation.handover_minute < kMinutesOfDay &&
         (!rotation.end_day || *rotation.end_day > rotation.first_day);
}

std::int64_t local_day(base::UtcTime at, const std::string& zone) {
  const auto local = base::to_local(at, zone);
  if (!local) return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
  const std::chrono::year_month_day day{std::chrono::year{local->year},
                                        std::chrono::month{static_cast<unsigned>(local->month)},
                                        std::chrono::day{static_cast<unsigned>(local->day)}};
  return std::chrono::sys_days{day}.time_since_epoch().count();
}

base::UtcTime at_clock(std::int64_t day, int minute, const std::string& zone) {
  const std::chrono::sys_days date{std::chrono::days{day}};
  const std::chrono::year_month_day ymd{date};
  const base::LocalTime local{static_cast<int>(ymd.year()),
                              static_cast<int>(static_cast<unsigned>(ymd.month())),
                              static_cast<int>(static_cast<unsigned>(ymd.day())),
                              minute / 60,
                              minute % 60,
                              0};
  return base::from_local(local, zone).value_or(date + std::chrono::minutes{minute});
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && a < 0 ? 1 : 0);
}

}  // namespace

std::string_view name_of(Layer layer) {
  switch (layer) {
    case Layer::kRotation: return "rotation";
    case Layer::kShift: return "shift";
    case Layer::kOverride: break;
  }
  return "override";
}

Shifts::Shifts(Rows rows, const std::string& zone) {
  for (Rotation& rotation : rows.rotations) {
    if (!sound(rotation)) continue;
    if (rotation.zone.empty()) rotation.zone = zone;
    if (!base::zone_exists(rotation.zone)) rotation.zone = "UTC";
    auto& duty = duties_[rotation.duty];
    duty.rotations.push_back(std::move(rotation));
  }
  std::size_t row = 0;
  for (Shift& shift : rows.shifts) add(duties_[shift.duty].shifts, row++, shift.span, std::move(shift.who));
  for (Override& over : rows.overrides) {
    auto& duty = duties_[over.duty];
    auto& kept = over.instead_of.empty() ? duty.overrides : duty.swaps;
    add(kept, row++, over.span, std::move(over.who), std::move(over.instead_of));
  }
  for (Leave& leave : rows.leave) {
    const std::string who = leave.who;
    add(leave_[who], row++, leave.span, std::move(leave.who));
  }
  for (auto& named : duties_) {
    order(named.second.shifts);
    order(named.second.overrides);
    order(named.second.swaps);
  }
  for (auto& named : leave_) order(named.second);
}

void Shifts::add(Entries& entries, std::size_t row, const Span& span, std::string who, std::string instead_of) {
  if (span.empty() || who.empty()) return;  // nobody is named: what lies below stands
  entries.push_back({span, std::move(who), std::move(instead_of), row, {}});
}

void Shifts::order(Entries& entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.span.from < b.span.from; });
  base::UtcTime latest = base::UtcTime::min();
  for (Entry& entry : entries) entry.latest_end = latest = std::max(latest, entry.span.to);
}

// In the rows' order.
std::vector<const Shifts::Entry*> Shifts::holding(const Entries& entries, base::UtcTime at) {
  std::vector<const Entry*> found;
  auto behind = std::upper_bound(entries.begin(), entries.end(), at,
                                 [](base::UtcTime t, const Entry& entry) { return t < entry.span.from; });
  while (behind != entries.begin() && std::prev(behind)->latest_end > at) {
    --behind;
    if (behind->span.contains(at)) found.push_back(&*behind);
  }
  std::sort(found.begin(), found.end(), [](const Entry* a, const Entry* b) { return a->row < b->row; });
  return found;
}

base::UtcTime Shifts::handover(const Rotation& rotation, std::int64_t turn) {
  return at_clock(rotation.first_day + turn * rotation.every_days, rotation.handover_minute, rotation.zone);
}

std::optional<std::int64_t> Shifts::turn_at(const Rotation& rotation, base::UtcTime at) {
  if (rotation.end_day && at >= at_clock(*rotation.end_day, rotation.handover_minute, rotation.zone))
    return std::nullopt;
  auto turn = floor_divide(local_day(at, rotation.zone) - rotation.first_day, rotation.every_days);
  // The day's handover may be still to come; where the clock skips midnight it may be over a day early.
  while (handover(rotation, turn) > at) --turn;
  while (handover(rotation, turn + 1) <= at) ++turn;
  return turn;
}

bool Shifts::present(std::string_view who, base::UtcTime at) const {
  const auto rows = leave_.find(who);
  return rows == leave_.end() || holding(rows->second, at).empty();
}

// Adds those of `named` who are present, or who is there in their place.  True when there is anybody.
bool Shifts::take(Answer& answer, const Duty& duty, const std::vector<std::string_view>& named, Layer layer,
                  base::UtcTime at) const {
  const auto swaps = layer == Layer::kOverride ? std::vector<const Entry*>{} : holding(duty.swaps, at);
  const auto tell = [&](OnDuty on) {
    const auto same = [&](const OnDuty& other) { return other.who == on.who; };
    if (std::none_of(answer.on.begin(), answer.on.end(), same)) answer.on.push_back(std::move(on));
  };
  for (const std::string_view who : named) {
    const auto swap = std::find_if(swaps.rbegin(), swaps.rend(), [&](const Entry* entry) {
      return entry->instead_of == who && present(entry->who, at);
    });
    if (swap != swaps.rend()) {
      tell({(*swap)->who, Layer::kOverride, std::string(who)});
    } else if (present(who, at)) {
      tell({std::string(who), layer, {}});
    } else {
      answer.away.push_back({std::string(who), layer});
    }
  }
  answer.layer = layer;
  return !answer.on.empty();
}

Answer Shifts::who_is_on(std::string_view duty_name, base::UtcTime at) const {
  Answer answer;
  const auto found = duties_.find(duty_name);
  if (found == duties_.end()) return answer;
  const Duty& duty = found->second;
  std::vector<std::string_view> named;
  for (const Entry* entry : holding(duty.overrides, at)) named.push_back(entry->who);
  if (take(answer, duty, named, Layer::kOverride, at)) return answer;
  named.clear();
  for (const Entry* entry : holding(duty.shifts, at)) named.push_back(entry->who);
  if (take(answer, duty, named, Layer::kShift, at)) return answer;
  named.clear();
  for (const Rotation& rotation : duty.rotations) {
    const auto turn = turn_at(rotation, at);
    if (!turn || *turn < 0) continue;
    const auto& who = rotation.turns[static_cast<std::size_t>(*turn) % rotation.turns.size()];
    if (!who.empty()) named.push_back(who);
  }
  (void)take(answer, duty, named, Layer::kRotation, at);
  return answer;
}

// Where the answer may change, strictly within.
std::vector<base::UtcTime> Shifts::edges(const Duty& duty, base::UtcTime from, base::UtcTime to) const {
  std::vector<base::UtcTime> all;
  std::set<std::string_view> people;
  const auto add_edge = [&](base::UtcTime at) {
    if (at > from && at < to) all.push_back(at);
  };
  const auto add_entries = [&](const Entries& entries) {
    for (const Entry& entry : entries) {
      if (entry.span.from >= to) break;
      if (entry.span.to <= from) continue;
      people.insert(entry.who);
      if (!entry.instead_of.empty()) people.insert(entry.instead_of);
      add_edge(entry.span.from);
      add_edge(entry.span.to);
    }
  };
  add_entries(duty.overrides);
  add_entries(duty.swaps);
  add_entries(duty.shifts);
  for (const Rotation& rotation : duty.rotations) {
    for (const auto& who : rotation.turns) people.insert(who);
    if (rotation.end_day) add_edge(at_clock(*rotation.end_day, rotation.handover_minute, rotation.zone));
    for (auto turn = std::max<std::int64_t>(turn_at(rotation, from).value_or(0), 0);; ++turn) {
      if (rotation.end_day && rotation.first_day + turn * rotation.every_days >= *rotation.end_day) break;
      const auto at = handover(rotation, turn);
      if (at >= to) break;
      add_edge(at);
    }
  }
  for (const std::string_view who : people) {
    const auto rows = leave_.find(who);
    if (rows == leave_.end()) continue;
    for (const Entry& entry : rows->second) {
      add_edge(entry.span.from);
      add_edge(entry.span.to);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<Stretch> Shifts::stretches(std::string_view duty, base::UtcTime from, base::UtcTime to) const {
  std::vector<Stretch> found;
  if (to <= from) return found;
  found.push_back({{from, to}, who_is_on(duty, from)});
  const auto rows = duties_.find(duty);
  if (rows == duties_.end()) return found;
  for (const base::UtcTime at : edges(rows->second, from, to)) {
    auto answer = who_is_on(duty, at);
    if (answer == found.back().answer) continue;
    found.back().span.to = at;
    found.push_back({{at, to}, std::move(answer)});
  }
  return found;
}

std::vector<base::UtcTime> Shifts::changes(std::string_view duty, base::UtcTime from, base::UtcTime to) const {
  std::vector<base::UtcTime> moments;
  if (to <= from) return moments;
  for (const Stretch& stretch : stretches(duty, from - base::Duration{1}, to)) {
    if (stretch.span.from >= from) moments.push_back(stretch.span.from);
  }
  return moments;
}

}  // namespace tocsin::roster
