// A comparison as text for a terminal.  Its JSON: papers_json.cc.
#include <algorithm>
#include <array>

#include "gateway/base/text.h"
#include "gateway/rehearse/diff.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

struct Heading {
  const char* what;
  Said words;
};

const std::array<Heading, 21>& headings() {
  static const std::array<Heading, 21> all{
      {{"office", {"The office", "单位"}},
       {"levels", {"Levels", "级别"}},
       {"hazard", {"Hazards", "事件种类"}},
       {"attribute", {"What may be reported", "可报告的内容"}},
       {"level", {"Reports that get another level", "级别不同的报告"}},
       {"grade", {"Reports that get another published grade", "上报等级不同的报告"}},
       {"question", {"Questions asked differently", "追问不同"}},
       {"understood", {"Texts understood differently", "短信理解不同"}},
       {"merge", {"Reports that join one incident", "报告合并"}},
       {"step", {"Steps", "步骤"}},
       {"answer", {"Answers needed", "需要的答复"}},
       {"task", {"Tasks of the desk", "值班室任务"}},
       {"approval", {"Approval", "批准"}},
       {"stand_down", {"Stand-down", "终止"}},
       {"more", {"People told who were not", "新增通知的人"}},
       {"fewer", {"People no longer told", "不再通知的人"}},
       {"later", {"People told later", "通知推迟的人"}},
       {"sooner", {"People told sooner", "通知提前的人"}},
       {"channel", {"People told over other channels", "通知渠道不同的人"}},
       {"course", {"People called again otherwise", "后续通知不同的人"}},
       {"text", {"Texts that read differently", "消息文字不同"}}}};
  return all;
}

const std::string& in(const Said& words, bool chinese) {
  return chinese ? words.zh : words.en;
}

constexpr std::size_t kWidth = 150;  // columns of a terminal
constexpr std::size_t kNamed = 5;    // responses named one by one

// Several lines under one mark stand below each other.
std::string indented(const std::string& text) {
  std::string out;
  for (const auto& line : base::split(text, '\n')) out += (out.empty() ? "" : "\n          ") + line;
  return out;
}

// "fire/III, fire/II"; of many "26 kinds, 97 responses: cold_wave, crowd_crush, ... (--json has all)".
Said about_text(const std::vector<std::string>& about) {
  if (about.size() <= kNamed) return base::listed(about);
  std::vector<std::string> kinds;
  for (const auto& name : about) {
    const auto kind = name.substr(0, name.find('/'));
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  const auto number = kinds.size();
  if (number == 1) {
    std::vector<std::string> levels;
    for (const auto& name : about) levels.push_back(name.substr(name.find('/') + 1));
    return said("{0}: {1}", "{0}：{1}", kinds.front(), base::listed(levels));
  }
  const bool more = number > kNamed;
  if (more) kinds.resize(kNamed);
  const auto count =
      said("{0} kinds, {1} responses: {2}", "{0}个灾种、{1}个响应：{2}", number, about.size(), base::listed(kinds));
  return more ? said("{0} and others", "{0}等", count) : count;
}

class Page {
 public:
  Page(const PlanDiff& diff, bool chinese) : diff_(diff), chinese_(chinese) {}

  std::string write() {
    line(word({"before", "前"}) + ": " + diff_.before + ", " + diff_.before_version);
    line(word({"after ", "后"}) + ": " + diff_.after + ", " + diff_.after_version);
    line("");
    if (diff_.same()) line(word({"No difference in effect.", "效果上没有差别。"}));
    const Change* last = nullptr;
    for (const auto& change : diff_.changes) {
      if (last == nullptr || last->what != change.what) heading(change.what, last != nullptr);
      write_change(change);
      last = &change;
    }
    foot();
    return std::move(out_);
  }

 private:
  std::string word(const Said& words) const { return in(words, chinese_); }
  void line(const std::string& text) { out_ += text + "\n"; }
  void long_line(const std::string& text, const char* hang) { line(wrapped(text, kWidth, hang)); }

  void heading(const std::string& what, bool gap) {
    if (gap) line("");
    for (const auto& one : headings()) {
      if (what == one.what) line(word(one.words));
    }
  }

  void write_change(const Change& change) {
    const auto about = word(about_text(change.about));
    const auto when = word(change.when);
    long_line("  " + word(change.subject) + (about.empty() ? "" : "  [" + about + "]") +
                  (when.empty() ? "" : "  (" + when + ")"),
              "      ");
    if (!change.before.empty()) long_line(word({"    was   ", "    原为  "}) + indented(word(change.before)), kHang);
    if (!change.after.empty()) long_line(word({"    now   ", "    现为  "}) + indented(word(change.after)), kHang);
  }

  void foot() {
    line("");
    for (const auto& left : diff_.left_out) line(word({"not tried: ", "未试："}) + word(left));
    line(word(said("{0} reports, {1} texts and {2} call-outs tried under both",
                   "两份预案下试过{0}份报告、{1}条短信、{2}次响应", diff_.reports, diff_.texts, diff_.call_outs)));
  }

  static constexpr const char* kHang = "            ";  // behind what several lines under one mark have
  const PlanDiff& diff_;
  const bool chinese_;
  std::string out_;
};

}  // namespace

std::string to_text(const PlanDiff& diff, const std::string& language) {
  return Page(diff, language.compare(0, 2, "zh") == 0).write();
}

}  // namespace tocsin::rehearse
