#include "gateway/rehearse/call_list.h"

#include <map>
#include <set>

#include "gateway/base/local_time.h"
#include "gateway/rehearse/call_list_people.h"
#include "gateway/rehearse/doc_responses.h"
#include "gateway/rehearse/paper_style.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using Kind = CallLine::Kind;

// Boxes for what is written by hand; a response begins a page.
constexpr std::string_view kStyle = R"css(
@page { margin: 10mm 12mm; }
.page { break-before: page; }
.page h2 { margin-top: 2mm; }
.top { font-size: 8pt; color: #333; border-bottom: .5pt solid #999; padding-bottom: .8mm; }
.top b { color: #111; }
.calls { margin-bottom: 2mm; font-size: 8.4pt; line-height: 1.22; }
.calls td, .calls th { border: .5pt solid #999; padding: .35mm 1.2mm; }
.calls col:nth-child(1) { width: 19%; }
.calls col:nth-child(2) { width: 25%; }
.calls col:nth-child(3) { width: 29%; }
.calls col:nth-child(4) { width: 9%; }
.calls tr.deputy td:first-child { padding-left: 5mm; color: #333; }
.calls tr.step td { background: #f2f2f2; font-weight: 600; border-top: 1.2pt solid #111; break-after: avoid; }
.calls tr.step { break-after: avoid; }
.calls tr.step span { font-weight: 400; }
.name { font-weight: 600; }
.tel { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.gap { font-weight: 600; border: 1.2pt solid #111; padding: 0 1.2mm; }
.lock { border: 1.2pt solid #111; padding: 1.5mm 2.5mm; font-weight: 600; }
.toc { columns: 2; column-gap: 8mm; padding-left: 0; list-style: none; }
.toc li { break-inside: avoid; margin-bottom: .8mm; }
)css";

class Writer {
 public:
  Writer(const plan::Plan& plan, const DocOptions& doc, const CallListOptions& options)
      : options_(options), sheet_(plan, doc), book_(sheet_), lines_(sheet_, options) {}

  std::string run() {
    begin();
    for (std::size_t i = 0; i < book_.size(); ++i) write_response(i);
    write_areas();
    write_bodies({"Units and groups", "单位和队伍"}, {&options_.units, &options_.groups});
    write_bodies({"Upper offices", "上级单位"}, {&options_.offices});
    sheet_.raw("</body></html>\n");
    return sheet_.take();
  }

 private:
  [[nodiscard]] std::string printed_at() const {
    return base::local_text(options_.at, sheet_.plan().time_zone, "%Y-%m-%d %H:%M").value_or("");
  }
  [[nodiscard]] Said versions() const {
    return said("plan {0}, directory {1}, printed {2}", "预案{0}版，通讯录第{1}版，打印于{2}", sheet_.plan().version,
                options_.roster->version(), printed_at());
  }

  void begin() {
    sheet_.raw("<!DOCTYPE html>\n<html lang=");
    sheet_.raw(sheet_.chinese() ? "zh-CN" : "en");
    sheet_.raw("><head><meta charset=utf-8><title>" + sheet_.text({"Call list", "应急呼叫表"}) + " " +
               sheet_.text(sheet_.plan().name) + "</title><style>");
    sheet_.raw(paper_style());
    sheet_.raw(kStyle);
    sheet_.raw("</style></head><body>\n<header><div class=of>" + sheet_.text(sheet_.plan().name) + "</div><h1>" +
               sheet_.text({"Call list", "应急呼叫表"}) + "</h1><p>" + sheet_.text(versions()) + "</p></header>\n");
    sheet_.raw(
        "<p class=lock>" +
        sheet_.text({"Contains personal numbers: keep under lock. Destroy it when a newer one is printed.",
                     "含个人电话号码：请上锁保管；打印新版后请销毁旧版。"}) +
        "</p>\n<p>" +
        sheet_.text(
            {"For the hours in which nothing of the system runs. Find the response by what happened and how grave "
             "it is, call step by step, each person by the first number, then the next; write down when, and "
             "what was answered. Whoever was called in one step is not called again in the next.",
             "用于系统完全不可用之时。按事件类别和级别找到响应，逐步呼叫；每人先拨第一个号码，不通再拨下一个；"
             "记下呼叫时间和结果。前面步骤已呼叫的人不必再呼叫。"}) +
        "</p>\n<ol class=toc>");
    for (std::size_t i = 0; i < book_.size(); ++i) {
      sheet_.raw("<li><a href=\"#r" + std::to_string(i + 1) + "\">" + book_.heading_of(sheet_, i) + "</a></li>");
    }
    sheet_.raw("</ol>\n");
  }

  void begin_page(const std::string& heading, const std::string& id) {
    sheet_.raw("<section class=page><div class=top>" + sheet_.text(sheet_.plan().name) + " · " +
               sheet_.text(versions()) + " · <b>" +
               sheet_.text({"personal numbers: keep under lock", "含个人电话号码，请上锁保管"}) + "</b></div><h2" +
               (id.empty() ? "" : " id=" + id) + ">" + heading + "</h2>\n");
  }

  void write_response(std::size_t place) {
    begin_page(book_.heading_of(sheet_, place), "r" + std::to_string(place + 1));
    const auto authority = book_.authority(place);
    if (!authority.empty()) sheet_.raw("<p class=authority>" + authority + "</p>\n");
    std::map<model::PersonId, std::size_t> shown;  // and in which step
    const auto& rows = book_.rows(place);
    begin_table();
    for (std::size_t step = 0; step < rows.size(); ++step) {
      const auto& row = rows[step];
      write_step(std::to_string(step + 1) + ". " + row.title,
                 row.cells.front() + (row.cells.back().empty() ? "" : " · " + row.cells.back()));
      if (!row.task.empty()) write_word(row.task, false);
      std::string again, unwritten;  // of repeated people; the post whose holder is one of them
      for (const auto& selector : row.to) {
        for (auto line : lines_.of(selector)) {
          const bool person = line.kind == Kind::kPerson || line.kind == Kind::kDeputy;
          const auto before = shown.find(line.person);
          if (line.kind == Kind::kPerson) unwritten = before == shown.end() ? std::string() : line.what;
          if (line.kind == Kind::kDeputy && !unwritten.empty()) line.what = unwritten + " " + line.what;
          if (!person || before == shown.end()) {
            write_line(line);
            if (person) shown.emplace(line.person, step);
          } else {
            again += (again.empty() ? "" : sheet_.text({"; ", "；"})) + shown_before(line, before->second, step);
          }
        }
      }
      if (!again.empty()) write_word(again, false);
    }
    sheet_.raw("</table></section>\n");
  }

  // One line for all whose numbers stand above: the page stays short, and nobody is called twice.
  [[nodiscard]] std::string shown_before(const CallLine& line, std::size_t in_step, std::size_t step) const {
    const auto where = in_step == step ? Said{"above", "见上"} : said("step {0}", "见第{0}步", in_step + 1);
    return line.what + " " + lines_.plain_name(line.person) + " <span class=small>(" + sheet_.text(where) + ")</span>";
  }

  void begin_table() {
    sheet_.raw("<table class=calls><colgroup><col><col><col><col><col></colgroup>");
    sheet_.head_row({{"Post or unit", "岗位、单位"},
                     {"Name, door", "姓名、住处"},
                     {"Numbers, in order", "号码（依次拨打）"},
                     {"Called at", "时间"},
                     {"Outcome", "结果"}});
  }

  void write_step(const std::string& title, const std::string& more) {
    sheet_.raw("<tr class=step><td colspan=5>" + title +
               (more.empty() ? "" : " <span class=small>" + more + "</span>") + "</td></tr>\n");
  }

  void write_word(const std::string& markup, bool gap) {
    sheet_.raw("<tr><td colspan=5>" + (gap ? "<span class=gap>" + markup + "</span>" : markup) + "</td></tr>\n");
  }

  void write_line(const CallLine& line) {
    if (line.kind == Kind::kWord || line.kind == Kind::kGap) return write_word(line.what, line.kind == Kind::kGap);
    sheet_.raw(line.kind == Kind::kDeputy ? "<tr class=deputy><td>" : "<tr><td>");
    sheet_.raw(line.what + "</td><td>" + lines_.name_of(line) + "</td><td>" + lines_.numbers_of(line.person) +
               "</td><td></td><td></td></tr>\n");
  }

  // Of the roles that some step names, at every area.
  void write_areas() {
    std::set<std::string> roles;
    for (const auto& response : sheet_.plan().responses) {
      for (const auto& step : response.steps) add_roles(step.to, roles);
    }
    if (roles.empty() || options_.roster->areas().empty()) return;
    begin_page(sheet_.text({"Areas", "区域"}), "areas");
    begin_table();
    for (const auto& area : options_.roster->areas()) {
      std::vector<CallLine> all;
      for (const auto& role : roles) {
        for (auto& line : lines_.of_area(area, role)) all.push_back(std::move(line));
      }
      if (all.empty()) continue;
      write_step(sheet_.text(options_.roster->area_path(area.id)),
                 area.assembly_point.empty()
                     ? ""
                     : sheet_.text(said("assembly point: {0}", "集合点：{0}", area.assembly_point)));
      for (const auto& line : all) write_line(line);
    }
    sheet_.raw("</table></section>\n");
  }

  static void add_roles(const std::vector<model::Selector>& selectors, std::set<std::string>& roles) {
    for (const auto& one : selectors) {
      if (one.kind == model::SelectorKind::kAreaRole || one.kind == model::SelectorKind::kAreaUpRole) {
        roles.insert(one.name);
      }
    }
  }

  void write_bodies(const Said& title, const std::vector<const std::vector<CallListBody>*>& lists) {
    bool begun = false;
    for (const auto* list : lists) {
      for (const auto& body : *list) {
        if (!begun) {
          begin_page(sheet_.text(title), "");
          begin_table();
        }
        begun = true;
        write_step(sheet_.text(body.name), sheet_.text(body.area));
        for (const auto& line : lines_.of_body(body)) write_line(line);
      }
    }
    if (begun) sheet_.raw("</table></section>\n");
  }

  const CallListOptions& options_;
  Sheet sheet_;
  const ResponseBook book_;
  const CallLines lines_;
};

}  // namespace

std::string call_list(const plan::Plan& plan, const CallListOptions& options) {
  DocOptions doc;
  doc.language = options.language;
  doc.roster = options.roster;
  doc.at = options.at;
  return Writer(plan, doc, options).run();
}

}  // namespace tocsin::rehearse
