#include "gateway/rehearse/doc.h"
#include "gateway/callout/authority.h"

#include "gateway/plan/clause_words.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/doc_responses.h"
#include "gateway/rehearse/paper_style.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

constexpr std::string_view kStyle = R"css(
.overview th:nth-child(1) { width: 34%; }
.criteria th:nth-child(1) { width: 11%; }
.criteria th:nth-child(3) { width: 13%; }
.sources th:nth-child(3) { width: 34%; }
.sources th:nth-child(4) { width: 13%; }
.response col:nth-child(1) { width: 15%; }
.response col:nth-child(2) { width: 16%; }
.response col:nth-child(4) { width: 14%; }
.response col:nth-child(5) { width: 22%; }
.people th:nth-child(1) { width: 26%; }
.people th:nth-child(2) { width: 26%; }
.ladders th:nth-child(1) { width: 20%; }
.ladders th:nth-child(2) { width: 26%; }
.like { margin: .5mm 0; break-after: avoid; }
.rungs { padding-left: 5mm; margin: 0; }
.clauses { padding-left: 5mm; margin: 0; columns: 2; column-gap: 8mm; }
.clauses li { break-inside: avoid; }
.phones { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1.5mm; }
.phone { border: .8pt solid #777; border-radius: 2.5mm; padding: 1mm 2mm; white-space: pre-line; break-inside: avoid;
         font-size: 8.8pt; overflow-wrap: anywhere; }
.phone b { display: block; font-size: 8pt; color: #555; font-weight: 400; margin-bottom: .5mm; }
.sign { break-inside: avoid; margin-top: 8mm; }
.sign td { height: 17mm; width: 25%; }
.sign td:first-child { width: 22%; font-weight: 600; }
.digest { font-family: "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
)css";

void write_head(Sheet& sheet) {
  const auto& plan = sheet.plan();
  sheet.raw("<header><div class=of>" + sheet.text(plan.name) + "</div><h1>");
  sheet.raw(sheet.text({"Alarm plan: levels, people, messages", "应急响应预案：分级、通知与消息"}));
  sheet.raw("</h1><dl>");
  sheet.pair({"Version", "版本"}, sheet.text(plan.version));
  sheet.pair({"Digest of the file", "文件摘要"}, "<span class=digest>" + sheet.text(plan.digest) + "</span>");
  sheet.pair({"Office time", "时区"}, sheet.text(plan.time_zone));
  sheet.pair({"The desk opens an incident within", "值班室须在此时限内打开事件"},
             sheet.text(plan::in_words(plan.open_within)));
  if (!plan.inbox_unopened.empty()) {
    sheet.pair({"Told when the inbox is not opened in that time", "收件箱超过此时限无人打开时通知"},
               sheet.text(callout::in_words(plan.inbox_unopened)));
  }
  sheet.pair({"Reports older than this ring the desk alone", "早于此时限的迟报只通知值班室"},
             sheet.text(plan::in_words(plan.stale_after)));
  sheet.raw("</dl></header>\n");
}

void write_levels(Sheet& sheet) {
  const auto& levels = sheet.plan().levels;
  sheet.heading(2, Said{"Levels", "级别"});
  sheet.raw("<p>");
  for (std::size_t i = levels.size(); i-- > 0;) {
    const auto index = static_cast<model::LevelIndex>(i);
    sheet.raw(sheet.chip(index) + " " + sheet.text(plan::name_of_level(sheet.plan(), index)) + " &emsp; ");
  }
  sheet.raw("</p>\n");
}

void write_signatures(Sheet& sheet) {
  sheet.raw("<section class=sign>");
  sheet.heading(2, Said{"Signatures", "签署"});
  sheet.raw("<table>");
  sheet.head_row({{"", ""}, {"Name and post", "姓名、职务"}, {"Signature", "签名（盖章）"}, {"Date", "日期"}});
  for (const Said& role : {Said{"Drawn up by", "拟定"}, Said{"Checked by", "审核"}, Said{"Approved by", "批准"}}) {
    sheet.row({sheet.text(role), "", "", ""});
  }
  sheet.raw("</table><p class=small>" +
            sheet.text(said("What is signed is version {0} of the plan of {1}, whose file has the digest",
                            "所签署的是{1}预案{0}版，其文件摘要为", sheet.plan().version, sheet.plan().name)) +
            " <span class=digest>" + sheet.text(sheet.plan().digest) + "</span></p></section>\n");
}

}  // namespace

std::string Sheet::text(const Said& words) const {
  return base::escaped_markup(chinese_ ? words.zh : words.en);
}

std::string Sheet::who(const model::Selector& selector) const {
  const auto named = text(plan::in_words(selector));
  if (options_.roster == nullptr) return named;
  if (const auto known = names_.find(selector); known != names_.end()) return known->second;
  return names_[selector] = resolved(selector, named);
}

std::string Sheet::resolved(const model::Selector& selector, const std::string& named) const {
  const std::vector<model::Selector> one{selector};
  const auto found = options_.roster->resolve(one, {}, options_.at);
  if (found.recipients.empty()) return named;
  const auto& name = found.recipients.front().post_name;
  return name.empty() || name == selector.name ? named : text(name);
}

std::string Sheet::who(const std::vector<model::Selector>& selectors) const {
  std::string all;
  for (const auto& selector : selectors) all += (all.empty() ? "" : (chinese_ ? "；" : "; ")) + who(selector);
  return all;
}

std::string Sheet::ladder(const plan::Ladder& ladder) const {
  const auto title = text(plan::title_of(plan_, ladder));
  const bool of_a_step = !ladder.title.empty() && ladder.name.find('@') != std::string::npos;
  return of_a_step ? title + " <span class=small>" + text(ladder.name) + "</span>" : title;
}

std::string Sheet::chip(model::LevelIndex level) const {
  const auto& known = plan_.levels[static_cast<std::size_t>(level)];
  return "<span class=level style=\"border-left-color:" + std::string(shade_of(known.colour)) + "\">" + text(known.id) +
         "</span>";
}

void Sheet::heading(int depth, const Said& words) {
  heading(depth, text(words));
}

void Sheet::heading(int depth, const std::string& markup) {
  const auto tag = "h" + std::to_string(depth) + ">";
  out_ += "<" + tag + markup + "</" + tag + "\n";
}

void Sheet::row(const std::vector<std::string>& cells) {
  out_ += "<tr>";
  for (const auto& cell : cells) out_ += "<td>" + cell + "</td>";
  out_ += "</tr>\n";
}

void Sheet::head_row(const std::vector<Said>& titles) {
  out_ += "<thead><tr>";
  for (const auto& title : titles) out_ += "<th>" + text(title) + "</th>";
  out_ += "</tr></thead>\n";
}

void Sheet::pair(const Said& label, const std::string& markup) {
  out_ += "<dt>" + text(label) + "</dt><dd>" + markup + "</dd>";
}

std::string to_html(const plan::Plan& plan, const DocOptions& options) {
  Sheet sheet(plan, options);
  sheet.raw("<!DOCTYPE html>\n<html lang=");
  sheet.raw(sheet.chinese() ? "zh-CN" : "en");
  sheet.raw("><head><meta charset=utf-8><title>" + sheet.text(plan.name) + " " + sheet.text(plan.version) +
            "</title><style>");
  sheet.raw(paper_style());
  sheet.raw(kStyle);
  sheet.raw("</style></head><body>\n");
  write_head(sheet);
  write_levels(sheet);
  const ResponseBook book(sheet);
  write_overview(sheet, book);
  write_hazards(sheet, book);
  book.write(sheet);
  write_ladders(sheet);
  write_people(sheet);
  write_messages(sheet);
  write_signatures(sheet);
  sheet.raw("</body></html>\n");
  return sheet.take();
}

}  // namespace tocsin::rehearse
