#include "gateway/rehearse/doc.h"

#include <algorithm>
#include <array>

#include "gateway/plan/clause_words.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/doc_responses.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

// Ordinary paper: 9.5 points, rules instead of boxes, a level's colour only where it helps to find it.
constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 14mm 14mm 15mm; }
* { box-sizing: border-box; }
body { font: 9.5pt/1.4 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
       "Helvetica Neue", Arial, sans-serif; color: #111; margin: 0 auto; max-width: 182mm; -webkit-print-color-adjust: exact;
       print-color-adjust: exact; }
header { border-bottom: 2.2pt solid #111; padding-bottom: 4mm; margin-bottom: 5mm; }
h1 { font-size: 18pt; line-height: 1.25; margin: 0 0 1.5mm; }
.of { font-size: 12pt; color: #333; }
h2 { font-size: 13.5pt; margin: 7mm 0 2mm; padding-bottom: 1mm; border-bottom: 1pt solid #111; break-after: avoid; }
h3 { font-size: 11pt; margin: 3.5mm 0 .8mm; break-after: avoid; break-inside: avoid; }
h4 { font-size: 9pt; font-weight: 600; color: #333; margin: 1.5mm 0 .5mm; break-after: avoid; }
a { color: inherit; }
p { margin: .8mm 0 1.5mm; }
table { border-collapse: collapse; width: 100%; margin: .8mm 0 1.5mm; table-layout: fixed; }
th, td { border-top: .5pt solid #999; border-bottom: .5pt solid #999; padding: .6mm 1.4mm; text-align: left;
         vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; font-size: 8.5pt; color: #333; background: #f2f2f2; }
thead { display: table-header-group; break-after: avoid; }
tr { break-inside: avoid; }
td ul { margin: 0; padding-left: 4mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .4mm 4mm; margin: 1mm 0 2mm; break-inside: avoid; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
.level { display: inline-block; min-width: 8mm; text-align: center; font-weight: 700; font-size: 8.5pt; line-height: 1.3;
         padding: 0 1.2mm; border: .8pt solid #111; border-left-width: 2.4mm; white-space: nowrap; }
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
.small { font-size: 8.3pt; color: #555; }
.step { font-weight: 600; }
.number { display: inline-block; min-width: 9mm; text-align: center; background: #111; color: #fff; padding: 0 1.5mm; line-height: 1.15;
          break-inside: avoid; }
.serves { font-size: 9.5pt; font-weight: 400; white-space: nowrap; margin-right: 3mm; }
.like { margin: .5mm 0; break-after: avoid; }
.rungs { padding-left: 5mm; margin: 0; }
.clauses { padding-left: 5mm; margin: 0; columns: 2; column-gap: 8mm; }
.clauses li { break-inside: avoid; }
.authority { margin: .8mm 0 1.5mm; break-before: avoid; }
.authority b { font-weight: 400; color: #555; }
.authority span { margin-right: 4mm; }
.authority span span { display: inline-block; margin-right: 2mm; }
.phones { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1.5mm; }
.phone { border: .8pt solid #777; border-radius: 2.5mm; padding: 1mm 2mm; white-space: pre-line; break-inside: avoid;
         font-size: 8.8pt; overflow-wrap: anywhere; }
.phone b { display: block; font-size: 8pt; color: #555; font-weight: 400; margin-bottom: .5mm; }
.sign { break-inside: avoid; margin-top: 8mm; }
.sign td { height: 17mm; width: 25%; }
.sign td:first-child { width: 22%; font-weight: 600; }
.digest { font-family: "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
)css";

struct Colour {
  std::string_view name;
  std::string_view value;
};
// Colours of warnings, dark enough to be told apart on paper; any other is shown as a plain bar.
constexpr std::array<Colour, 6> kColours{{{"blue", "#1f5fbf"},
                                          {"yellow", "#e6b800"},
                                          {"orange", "#e67700"},
                                          {"red", "#c4161c"},
                                          {"green", "#2b8a3e"},
                                          {"purple", "#7b2d8e"}}};

std::string_view shade_of(const std::string& colour) {
  for (const auto& known : kColours) {
    if (known.name == colour) return known.value;
  }
  return "#111";
}

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
  return escaped(chinese_ ? words.zh : words.en);
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
