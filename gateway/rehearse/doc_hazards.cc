// Criteria and grades of each hazard, as tables, and which response serves which level.
#include <algorithm>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/doc_responses.h"

namespace tocsin::rehearse {
namespace {

using base::Said;

std::string last_part(const std::string& name) {
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

std::string clauses(const Sheet& sheet, const plan::Criteria& criteria) {
  std::string items;
  for (const auto& clause : criteria.any) {
    items += "<li value=\"" + sheet.text(last_part(clause.name)) + "\">" +
             sheet.text(plan::in_words(sheet.plan(), clause)) + "</li>";
  }
  return "<ol class=clauses>" + items + "</ol>";
}

// One source for all of them is said once, below.
bool one_source(const std::vector<plan::Criteria>& table) {
  return std::all_of(table.begin(), table.end(),
                     [&](const plan::Criteria& criteria) { return criteria.source == table.front().source; });
}

void write_table(Sheet& sheet, const std::vector<plan::Criteria>& table, const plan::Hazard& hazard,
                 const ResponseBook* book) {
  const bool together = one_source(table);
  std::vector<Said> heads{{"Level", "级别"}, {"When any of these is so", "符合下列任一条"}};
  if (!together) heads.push_back({"Source", "依据"});
  if (book != nullptr) heads.push_back({"Response", "响应"});
  sheet.raw(together ? "<table class=criteria>" : "<table class=\"criteria sources\">");
  sheet.head_row(heads);
  const auto row = [&](model::LevelIndex level, const std::string& when, const std::string& source) {
    std::vector<std::string> cells{sheet.chip(level), when};
    if (!together) cells.push_back("<span class=small>" + sheet.text(source) + "</span>");
    if (book != nullptr) cells.push_back(book->link_to(hazard.kind, level));
    sheet.row(cells);
  };
  for (const auto& criteria : table) row(criteria.level, clauses(sheet, criteria), criteria.source);
  if (book != nullptr) row(hazard.default_level, sheet.text({"in every other case", "其他情况"}), "");
  sheet.raw("</table>\n");
  if (together && !table.empty() && !table.front().source.empty()) {
    sheet.raw("<p class=small>" + sheet.text({"Source: ", "依据："}) + sheet.text(table.front().source) + "</p>\n");
  }
}

}  // namespace

void write_overview(Sheet& sheet, const ResponseBook& book) {
  const auto& plan = sheet.plan();
  sheet.heading(2, Said{"Overview: which response serves which level", "总表：各级别对应的响应"});
  sheet.raw("<table class=overview><thead><tr><th>" + sheet.text({"Hazard", "事件"}) + "</th>");
  for (std::size_t i = plan.levels.size(); i-- > 0;) {
    sheet.raw("<th>" + sheet.chip(static_cast<model::LevelIndex>(i)) + "</th>");
  }
  sheet.raw("</tr></thead>\n");
  for (const auto& [kind, hazard] : plan.hazards) {
    std::vector<std::string> cells{sheet.text(plan::name_of(plan, hazard))};
    for (std::size_t i = plan.levels.size(); i-- > 0;) {
      cells.push_back(book.link_to(kind, static_cast<model::LevelIndex>(i)));
    }
    sheet.row(cells);
  }
  sheet.raw("</table>\n<p>" + sheet.text({"Reports that nothing understood: response ", "未能识别的报告：响应"}) +
            book.link_to(model::HazardKind::kUnclassified, model::kNoLevel) + "</p>\n");
}

void write_hazards(Sheet& sheet, const ResponseBook& book) {
  const auto& plan = sheet.plan();
  sheet.heading(2, Said{"Criteria: how serious it is", "分级标准"});
  for (const auto& [kind, hazard] : plan.hazards) {
    sheet.heading(3, plan::name_of(plan, hazard));
    write_table(sheet, hazard.criteria, hazard, &book);
    if (hazard.grades.empty()) continue;
    sheet.heading(4, Said{"Grade owed in the written report (it calls nobody)", "书面上报的等级（不据此通知）"});
    write_table(sheet, hazard.grades, hazard, nullptr);
  }
}

}  // namespace tocsin::rehearse
