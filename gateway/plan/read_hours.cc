// [[ladder.NAME.hours]]: what is climbed instead at some hours of some days; and the ladders that steps repeat so.
#include "gateway/plan/hours.h"

#include <algorithm>

#include "gateway/plan/reading.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

const std::vector<std::string>& day_names() {
  // In the order of the bits of Hours::days.
  static const std::vector<std::string> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "workday", "restday"};
  return names;
}

unsigned read_days(TableReader& table, Reading& reading) {
  const auto nodes = table.list("days", day_names().size(), NodeKind::kText);
  if (nodes.empty()) return Hours{}.days;
  unsigned days = 0;
  for (const Node* node : nodes) {
    const auto it = std::find(day_names().begin(), day_names().end(), node->text);
    if (it == day_names().end()) {
      reading.findings.error(node->at, "unknown-word",
                             said("{0} cannot hold {1}", "{0}不能有{1}", table.subject("days"), in_quotes(node->text)),
                             suggested(node->text, day_names()));
      continue;
    }
    days |= 1U << static_cast<unsigned>(it - day_names().begin());
  }
  return days;
}

Hours read_when(TableReader& table, Reading& reading) {
  // Written together or not at all: half a time is a slip.
  const bool from = table.node().find("from") != nullptr, to = table.node().find("to") != nullptr;
  if (from != to) table.require(from ? "to" : "from");
  Hours hours;
  hours.from_minute = read_clock(table, "from", reading).value_or(0);
  hours.to_minute = read_clock(table, "to", reading).value_or(0);
  hours.days = read_days(table, reading);
  if (!from && !to && table.node().find("days") == nullptr) {
    reading.findings.error(table.node().at, "missing-key",
                           said("{0} does not say when: no \"from\" and \"to\", no \"days\"",
                                "{0}没有写时段：缺少\"from\"和\"to\"，也没有\"days\"", table.what()));
  }
  return hours;
}

// "commander@2": a ladder made from `base`, named by the next number that is free.
int derive(Ladder ladder, const std::string& base, Position at, Reading& reading) {
  auto& ladders = reading.plan.ladders;
  if (ladders.size() >= kMaxLadders + kMaxDerivedLadders) {
    reading.findings.error(at, "too-many",
                           said("hours and repeats of steps make more than {0} further ladders",
                                "按时段和按步骤重复的呼叫阶梯超过{0}个", kMaxDerivedLadders));
    return -1;
  }
  ladder.name = base + "@" + std::to_string(++reading.derived_of.emplace(base, 1).first->second);
  reading.place("ladder/" + ladder.name, at);
  ladders.push_back(std::move(ladder));
  return static_cast<int>(ladders.size()) - 1;
}

}  // namespace

std::optional<int> read_clock(TableReader& table, std::string_view key, Reading& reading) {
  const auto text = table.text(key);
  if (!text) return std::nullopt;
  const auto minute = parse_minute(*text);
  if (!minute) {
    reading.findings.error(table.at(key), "bad-time-of-day",
                           said("{0} is no time of day: {1}", "{0}不是钟点：{1}", table.subject(key), in_quotes(*text)),
                           said("write \"07:00\" or \"22:30\", \"00:00\" to \"24:00\"",
                                "写成 \"07:00\" 或 \"22:30\"，从 \"00:00\" 到 \"24:00\""));
  }
  return minute;
}

void read_hours(const LadderHoursAt& at, Reading& reading) {
  const auto index = static_cast<std::size_t>(at.ladder);
  const Ladder base = reading.plan.ladders[index];
  TableReader table(reading, *at.node, Table::kHours,
                    said("hours {0} of [ladder.{1}]", "[ladder.{1}]的第{0}个时段", base.hours.size() + 1, base.name));
  LadderHours hours;
  hours.hours = read_when(table, reading);
  Ladder instead;
  instead.title = base.title;
  instead.cycles = base.cycles;
  instead.repeat_after = base.repeat_after;
  hours.ladder = derive(instead, base.name, at.node->at, reading);
  const auto name = hours.ladder < 0 ? base.name : reading.plan.ladders[static_cast<std::size_t>(hours.ladder)].name;
  instead.name = name;
  instead.rungs = read_rungs(table, name, reading);
  if (const auto cycles = table.whole("cycles", 1, kMaxCycles)) instead.cycles = *cycles;
  if (const auto after = table.duration("repeat_after")) instead.repeat_after = *after;
  table.finish();
  if (hours.ladder < 0) return;
  reading.plan.ladders[static_cast<std::size_t>(hours.ladder)] = std::move(instead);
  reading.plan.ladders[index].hours.push_back(hours);
}

int repeated_ladder(int ladder, std::optional<int> cycles, std::optional<base::Duration> after, Position at,
                    Reading& reading) {
  if (ladder < 0 || (!cycles && !after)) return ladder;
  const Reading::Repeat key{ladder, cycles.value_or(0), after ? after->count() : -1};
  if (const auto it = reading.repeats.find(key); it != reading.repeats.end()) return it->second;
  Ladder copy = reading.plan.ladders[static_cast<std::size_t>(ladder)];
  const auto base = copy.name.substr(0, copy.name.find('@'));
  if (cycles) copy.cycles = *cycles;
  if (after) copy.repeat_after = *after;
  for (auto& hours : copy.hours) hours.ladder = repeated_ladder(hours.ladder, cycles, after, at, reading);
  const int made = derive(std::move(copy), base, at, reading);
  reading.repeats.emplace(key, made);
  return made;
}

}  // namespace tocsin::plan
