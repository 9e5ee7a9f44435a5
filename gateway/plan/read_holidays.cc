// The file of [plan] holidays: days of rest, and weekends worked instead.
#include <algorithm>

#include "gateway/plan/hours.h"
#include "gateway/plan/plan_files.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

constexpr std::int32_t kLongestHoliday = 60;  // days; a longer one is a slip of the year

std::optional<std::int32_t> read_day(TableReader& table, std::string_view key, Reading& reading) {
  const auto hint = said("write \"2026-10-01\", in quotes", "写成 \"2026-10-01\"，加引号");
  const Node* node = table.find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind != NodeKind::kText) {
    wrong_type(reading, *node, table.subject(key), said("a date in quotes", "加引号的日期"), hint);
    return std::nullopt;
  }
  const auto day = parse_day(node->text);
  if (!day) {
    reading.findings.error(node->at, "bad-date",
                           said("{0} is no date: {1}", "{0}不是日期：{1}", table.subject(key), in_quotes(node->text)),
                           hint);
  }
  return day;
}

void read_holiday(const Node& node, Calendar& calendar, Reading& reading) {
  TableReader table(reading, node, Table::kHoliday, base::same("[[holiday]]"));
  if (const auto name = table.text("name")) table.call_it(said("holiday {0}", "节假日{0}", in_quotes(*name)));
  table.require("from");
  const auto from = read_day(table, "from", reading);
  const bool one_day = node.find("to") == nullptr;
  const auto to = one_day ? from : read_day(table, "to", reading);
  table.finish();
  if (!from || !to) return;
  if (*to < *from || *to - *from >= kLongestHoliday) {
    reading.findings.error(table.at("to"), "out-of-range",
                           said("{0} is expected to last 1 to {1} days, its last day included",
                                "{0}应为1到{1}天，含最后一天", table.what(), kLongestHoliday));
    return;
  }
  for (auto day = *from; day <= *to; ++day) calendar.rest.push_back(day);
}

void read_workday(const Node& node, Calendar& calendar, Reading& reading) {
  TableReader table(reading, node, Table::kWorkday, base::same("[[workday]]"));
  table.require("date");
  const auto day = read_day(table, "date", reading);
  table.text("name");
  table.finish();
  if (!day) return;
  if (std::find(calendar.rest.begin(), calendar.rest.end(), *day) != calendar.rest.end()) {
    reading.findings.error(table.at("date"), "rest-and-workday",
                           said("{0} is a holiday and a working day at once", "{0}既是节假日又是上班日",
                                in_quotes(node.find("date")->text)));
    return;
  }
  calendar.working.push_back(*day);
}

void sort_days(std::vector<std::int32_t>& days) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
}

}  // namespace

void read_holidays(TableReader& head, PlanFiles& files, Reading& reading) {
  const Node* path = head.find("holidays", NodeKind::kText);
  if (path == nullptr) return;
  const auto tree = files.open(*path);
  if (!tree) return;
  TableReader table(reading, *tree, Table::kHolidays, said("the file of holidays", "节假日文件"));
  Calendar calendar;
  for (const Node* node : table.list("holiday", kMaxHolidays, NodeKind::kTable)) read_holiday(*node, calendar, reading);
  for (const Node* node : table.list("workday", kMaxHolidays, NodeKind::kTable)) read_workday(*node, calendar, reading);
  table.finish();
  sort_days(calendar.rest);
  sort_days(calendar.working);
  reading.plan.calendar = std::move(calendar);
}

}  // namespace tocsin::plan
