// The drawn timeline: people as rows grouped by step, time from left to right, on A4 in portrait.
#include <algorithm>
#include <set>

#include "gateway/base/local_time.h"
#include "gateway/base/markup.h"
#include "gateway/rehearse/show.h"
#include "gateway/rehearse/svg_canvas.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

// In tenths of a millimetre of the page.
constexpr double kPage = 2100, kMargin = 120, kNames = 560, kRow = 58, kText = 30, kSmall = 24;
constexpr double kAxisFrom = kMargin + kNames, kAxisTo = kPage - kMargin;
constexpr std::size_t kMostRows = 400;

struct Mark {
  const char* colour;
  const char* letters_zh;
  const char* letters_en;
};
Mark mark_of(model::Channel channel) {
  using model::Channel;
  switch (channel) {
    case Channel::kSms: return {"#1f6fb2", "短", "S"};
    case Channel::kVoice: return {"#6a3d9a", "语", "V"};
    case Channel::kEmail: return {"#5b7f95", "邮", "E"};
    case Channel::kPush: return {"#2a8f8f", "推", "P"};
    case Channel::kConsole: return {"#555555", "台", "C"};
    case Channel::kWebhook: return {"#777777", "网", "W"};
    case Channel::kDeskCall: return {"#c25b00", "电", "D"};
    case Channel::kDeputy: return {"#7a5c2e", "副", "N"};
    case Channel::kKnock: return {"#8c1c3c", "门", "K"};
  }
  return {"#000000", "?", "?"};
}

const char* colour_of(model::AnswerKind kind) {
  return kind == model::AnswerKind::kCannot ? "#b00020" : kind == model::AnswerKind::kReceived ? "#7a8f00" : "#1b7f3b";
}

class Drawing {
 public:
  Drawing(const Rehearsal& r, bool chinese) : r_(r), chinese_(chinese), end_(last_moment()) {}

  std::string draw() {
    head();
    legend();
    const double rows_from = y_ + 90;
    y_ = rows_from;
    for (std::size_t i = 0; i < r_.callouts.size(); ++i) callout(static_cast<int>(i));
    not_told();
    const double rows_to = y_;
    foot();
    const double height = std::max(2970.0, y_ + kMargin);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"" + svg_number(height / 10) +
                      "mm\" viewBox=\"0 0 2100 " + svg_number(height) + "\" lang=\"" + (chinese_ ? "zh" : "en") +
                      "\" font-family=\"'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei',"
                      "'PingFang SC','Noto Sans','DejaVu Sans',sans-serif\">\n<title>" +
                      base::escaped_markup(r_.hazard_name + " " + r_.level_name) + "</title>\n" +
                      "<rect width=\"2100\" height=\"" + svg_number(height) + "\" fill=\"#ffffff\"/>\n";
    return svg + axis(rows_from, rows_to) + page_.markup() + "</svg>\n";
  }

 private:
  std::string word(const Phrase& phrase) const { return say(phrase, chinese_); }

  // The axis ends after the last thing that happens, with room for the words behind it.
  base::Duration last_moment() const {
    base::Duration last = std::chrono::minutes(5);
    const auto reach = [&](base::Duration d) { last = std::max(last, d); };
    for (const auto& told : r_.people) {
      for (const auto& one : told.tries) reach(one.after + one.wait);
      for (const auto& given : told.answers) reach(given.after);
    }
    for (const auto& happened : r_.course) reach(happened.after);
    for (const auto& callout : r_.callouts) {
      if (callout.approval) reach(callout.approval->due_after);
    }
    return last + last / 8;
  }
  double x(base::Duration d) const {
    const auto share = static_cast<double>(d.count()) / static_cast<double>(end_.count());
    return kAxisFrom + (kAxisTo - kAxisFrom) * std::clamp(share, 0.0, 1.0);
  }

  void head() {
    y_ = kMargin + 40;
    const auto& a = r_.assessment;
    page_.text(kMargin, y_, r_.hazard_name + (r_.level_name.empty() ? "" : "  " + r_.level_name), 58,
               "font-weight=\"700\" fill=\"#111111\"");
    page_.text(kAxisTo, y_, cut_to(r_.plan_name, 40) + "  " + word({"版本 ", "version "}) + cut_to(r_.plan_version, 40),
               kText, "text-anchor=\"end\" fill=\"#444444\"");
    y_ += 22;
    const auto row = [&](const Phrase& label, const std::string& value) {
      if (value.empty()) return;
      y_ += 42;
      page_.text(kMargin, y_, word(label), kText, "fill=\"#666666\"");
      page_.text(kMargin + 190, y_, cut_to(value, 108), kText, "fill=\"#111111\"");
    };
    row({"起始时间", "begins"}, r_.at_local);
    row({"地点", "place"},
        (r_.area.empty() ? word({"不明", "unknown"}) : r_.area) + (r_.place.empty() ? "" : "  " + r_.place));
    row({"已知", "known"}, r_.facts_text);
    row({"依据", "because"}, a.clause + (a.clause_text.empty() ? "" : ": " + a.clause_text));
    for (const auto& callout : r_.callouts) {
      if (!callout.approval) continue;
      std::string by;
      for (const auto& name : callout.approval->by_names) by += (by.empty() ? "" : ", ") + name;
      row({"批准", "approval"}, by + "  " + in_words(callout.approval->state, chinese_) + " " +
                                    (callout.approval->decided_after ? clock(*callout.approval->decided_after) : "") +
                                    " " + callout.approval->decided_by);
    }
    row({"说明", "note"}, word({"推演，未发送任何消息", "a rehearsal: nothing was sent"}));
    y_ += 30;
  }

  void legend() {
    std::set<model::Channel> used;
    for (const auto& told : r_.people) {
      for (const auto& one : told.tries) used.insert(one.channel);
    }
    y_ += 34;
    double at = kMargin;
    const auto label = [&](const std::string& words) {
      page_.text(at, y_ + 9, words, kSmall, "fill=\"#333333\"");
      at += 13.0 * static_cast<double>(columns(words)) + 34;
    };
    for (const auto channel : used) {
      if (at > kAxisTo - 330) {
        at = kMargin;
        y_ += 46;
      }
      mark(at + 17, y_, channel, true);
      at += 44;
      label(in_words(channel, chinese_));
    }
    const std::pair<std::string, Phrase> more[] = {
        {"wait", {"等待", "wait"}},
        {"answer", {"答复", "answer"}},
        {"open", {"未发出", "not sent"}},
    };
    for (const auto& [kind, words] : more) {
      if (at > kAxisTo - 200) {
        at = kMargin;
        y_ += 46;
      }
      if (kind == "wait") page_.rect(at, y_ - 7, 40, 14, "fill=\"#dfe7ee\"");
      if (kind == "answer") answer_mark(at + 17, y_, model::AnswerKind::kComing);
      if (kind == "open") mark(at + 17, y_, model::Channel::kSms, false);
      at += 50;
      label(word(words));
    }
    y_ += 24;
  }

  std::string clock(base::Duration d) const {
    return base::local_text(r_.at + d, r_.time_zone, "%H:%M").value_or(after(d));
  }

  std::string axis(double from, double to) const {
    const double minutes = std::chrono::duration<double>(end_).count() / 60;
    double step = 1440;
    for (const double candidate : {1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0}) {
      if (minutes / candidate <= 10) {
        step = candidate;
        break;
      }
    }
    SvgCanvas lines;
    for (double m = 0; m <= minutes; m += step) {
      const auto at = std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(m * 60));
      lines.line(x(at), from - 30, x(at), to, "stroke=\"#e3e3e3\" stroke-width=\"2\"");
      lines.text(x(at), from - 38, clock(at), kSmall, "text-anchor=\"middle\" fill=\"#555555\"");
    }
    for (const auto& happened : r_.course) {
      if (happened.what == HappenedWhat::kAnswer || happened.after == base::Duration{}) continue;
      const bool turns = happened.what == HappenedWhat::kRaised || happened.what == HappenedWhat::kStandDown;
      lines.line(x(happened.after), from - 20, x(happened.after), to,
                 std::string("stroke=\"") + (turns ? "#b00020" : "#9a7fb0") +
                     "\" stroke-width=\"3\" stroke-dasharray=\"10 8\"");
    }
    return lines.markup();
  }

  // ---- rows ----

  void callout(int index) {
    const auto& shown = r_.callouts[static_cast<std::size_t>(index)];
    if (r_.callouts.size() > 1) {
      y_ += 16;
      page_.rect(kMargin, y_, kAxisTo - kMargin, 48, "fill=\"#2b3a4a\"");
      const auto name = shown.level_name.empty() ? shown.response : shown.level_name + "  " + shown.response;
      page_.text(kMargin + 16, y_ + 34, clock(shown.began_after) + "  " + cut_to(name + "  " + shown.clause, 90), kText,
                 "font-weight=\"700\" fill=\"#ffffff\"");
      y_ += 52;
    }
    for (const auto& step : r_.steps) {
      if (step.callout == index) step_band(step);
    }
    mailed(index);
  }

  void step_band(const StepOutcome& step) {
    if (!step.began_after && step.state != model::StepState::kClosed && step.start != plan::StepStart::kAtOnce) {
      y_ += 10;  // never begun: a line is enough
    }
    y_ += 10;
    page_.rect(kMargin, y_, kAxisTo - kMargin, 44, "fill=\"#eef2f5\"");
    auto title = step.title + "  " + (step.began_after ? clock(*step.began_after) : word({"未启动", "not begun"}));
    if (step.began_after && step.needed > 0) {
      title += "  " + word({"需 ", "needs "}) + std::to_string(step.needed) + " × " + in_words(step.needs, chinese_);
    }
    if (step.ended_after) title += "  " + in_words(step.state, chinese_) + " " + clock(*step.ended_after);
    if (step.state == model::StepState::kShort) {
      for (const auto& next : step.then) title += " → " + title_of(next, step.callout);
    }
    page_.text(kMargin + 16, y_ + 31, cut_to(title, 108), kText - 2, "font-weight=\"600\" fill=\"#223344\"");
    y_ += 48;
    for (const auto& task : r_.tasks) {
      if (task.step == step.index) task_row(task);
    }
    for (const auto& told : r_.people) {
      if (told.step == step.index) person(told);
    }
  }

  std::string title_of(const std::string& name, int callout) const {
    for (const auto& step : r_.steps) {
      if (step.callout == callout && step.name == name) return step.title;
    }
    return name;
  }

  void task_row(const TaskDue& task) {
    page_.text(kMargin + 16, y_ + 36, "☐ " + cut_to(task.text, 34), kSmall + 2, "fill=\"#333333\"");
    const double at = x(task.due_after);
    page_.shape(at - 14, y_ + 12, "h28 l-14 30 z", "fill=\"#e0a800\"");
    const bool left = at > kAxisTo - 260;
    page_.text(at + (left ? -24 : 24), y_ + 36, word({"限 ", "due "}) + clock(task.due_after), kSmall,
               std::string("fill=\"#555555\"") + (left ? " text-anchor=\"end\"" : ""));
    y_ += kRow;
  }

  void person(const Told& told) {
    if (++rows_ > kMostRows) {
      if (rows_ == kMostRows + 1) {
        page_.text(kMargin + 16, y_ + 36, word({"其余人员从略", "the rest are left out here"}), kSmall,
                   "fill=\"#b00020\"");
        y_ += kRow;
      }
      return;
    }
    const double middle = y_ + kRow / 2;
    auto why = told.post_name.empty() ? told.selector : told.post_name;
    if (!told.stands_in_for.empty()) why += word({" 代 ", " for "}) + told.stands_in_for;
    page_.text(kMargin + 16, y_ + 26, cut_to(told.name + "  " + told.code, 36), kText - 3, "fill=\"#111111\"");
    page_.text(kMargin + 16, y_ + 50, cut_to(why, 42), kSmall - 4, "fill=\"#777777\"");
    for (const auto& one : told.tries) wait_bar(told, one, middle);
    for (const auto& one : told.tries) mark(x(one.after), middle, one.channel, one.handed_over.has_value());
    for (const auto& given : told.answers) {
      answer_mark(x(given.after), middle, given.kind);
      page_.text(x(given.after) + 22, middle + 8, in_words(given.kind, chinese_), kSmall - 4,
                 std::string("fill=\"") + colour_of(given.kind) + "\"");
    }
    if (told.end == model::AlertState::kExhausted && told.ended_after)
      page_.text(x(*told.ended_after) + 20, middle + 8, word({"值班员跟进", "with the desk"}), kSmall - 4,
                 "fill=\"#c25b00\"");
    y_ += kRow;
    page_.line(kMargin, y_, kAxisTo, y_, "stroke=\"#eeeeee\" stroke-width=\"2\"");
  }

  // From the handing over to the end of the wait, or of the alert when that came first.
  void wait_bar(const Told& told, const Try& one, double middle) {
    if (!one.handed_over || one.channel == model::Channel::kDeputy) return;
    auto until = *one.handed_over + one.wait;
    if (told.ended_after) until = std::min(until, *told.ended_after);
    if (until <= *one.handed_over) return;
    page_.rect(x(*one.handed_over), middle - 8, x(until) - x(*one.handed_over), 16, "fill=\"#dfe7ee\"");
  }

  void mark(double at, double middle, model::Channel channel, bool sent) {
    const auto m = mark_of(channel);
    page_.circle(at, middle, 17,
                 std::string("fill=\"") + (sent ? m.colour : "#ffffff") + "\" stroke=\"" + m.colour +
                     "\" stroke-width=\"3\"" + (sent ? "" : " stroke-dasharray=\"6 4\""));
    page_.text(
        at, middle + 8, chinese_ ? m.letters_zh : m.letters_en, kSmall - 2,
        std::string("text-anchor=\"middle\" font-weight=\"700\" fill=\"") + (sent ? "#ffffff" : m.colour) + "\"");
  }

  void answer_mark(double at, double middle, model::AnswerKind kind) {
    page_.shape(at, middle - 17, "l17 17 l-17 17 l-17 -17 z", std::string("fill=\"") + colour_of(kind) + "\"");
  }

  // What those told before read of a raise, or of the end: one row for all of them.
  void mailed(int callout_index) {
    for (const auto matter : {model::MatterKind::kUpdate, model::MatterKind::kDecided, model::MatterKind::kStandDown}) {
      std::string people;
      const Told* first = nullptr;
      int count = 0;
      for (const auto& told : r_.people) {
        if (told.step >= 0 || told.callout != callout_index || told.matter != matter) continue;
        if (first == nullptr) first = &told;
        if (++count <= 12) people += (people.empty() ? "" : " ") + told.name;
      }
      if (first == nullptr) continue;
      const auto words = matter == model::MatterKind::kUpdate    ? word({"更新通知", "update to"})
                         : matter == model::MatterKind::kDecided ? word({"决定通知", "decision told to"})
                                                                 : word({"终止通知", "stand-down to"});
      page_.text(kMargin + 16, y_ + 26, words + " " + std::to_string(count) + word({" 人", " people"}), kText - 3,
                 "fill=\"#111111\"");
      page_.text(kMargin + 16, y_ + 50, cut_to(people, 46), kSmall - 4, "fill=\"#777777\"");
      if (!first->tries.empty())
        mark(x(first->tries.front().after), y_ + kRow / 2, first->tries.front().channel,
             first->tries.front().handed_over.has_value());
      y_ += kRow;
    }
  }

  void not_told() {
    if (r_.not_told.empty()) return;
    y_ += 10;
    page_.rect(kMargin, y_, kAxisTo - kMargin, 44, "fill=\"#eef2f5\"");
    page_.text(kMargin + 16, y_ + 31, word({"未通知", "not told"}), kText - 2, "font-weight=\"600\" fill=\"#223344\"");
    y_ += 48;
    for (std::size_t i = 0; i < std::min<std::size_t>(r_.not_told.size(), 60); ++i) {
      const auto& who = r_.not_told[i];
      page_.text(kMargin + 16, y_ + 28, cut_to(who.code.empty() ? who.what : who.name + "  " + who.code, 40),
                 kSmall + 1, "fill=\"#333333\"");
      page_.text(kAxisFrom, y_ + 28, cut_to(who.selector + "  " + in_words(who.reason, chinese_), 80), kSmall + 1,
                 "fill=\"#666666\"");
      y_ += 40;
    }
  }

  void foot() {
    y_ += 40;
    int shown = 0;
    for (const auto& happened : r_.course) {
      if (happened.what == HappenedWhat::kAnswer || (happened.after == base::Duration{} && r_.course.size() == 1))
        continue;
      if (++shown > 40) break;
      y_ += 36;
      page_.text(kMargin, y_, clock(happened.after), kSmall, "fill=\"#555555\"");
      page_.text(kMargin + 100, y_, cut_to(in_words(happened, chinese_), 120), kSmall, "fill=\"#333333\"");
    }
    if (!r_.complete) {
      y_ += 44;
      page_.text(kMargin, y_, word({"到模拟时限仍未结束", "still going on when the rehearsal stopped"}), kSmall,
                 "fill=\"#b00020\"");
    }
    y_ = std::max(y_ + 150, 2970 - kMargin - 60);
    const auto sign = [&](double at, const Phrase& label) {
      page_.line(at, y_, at + 540, y_, "stroke=\"#333333\" stroke-width=\"2\"");
      page_.text(at, y_ + 36, word(label), kSmall, "fill=\"#555555\"");
    };
    sign(kMargin, {"审核人签名", "checked by (signature)"});
    sign(kMargin + 660, {"批准人签名", "approved by (signature)"});
    sign(kMargin + 1320, {"日期", "date"});
    y_ += 40;
  }

  const Rehearsal& r_;
  const bool chinese_;
  const base::Duration end_;
  SvgCanvas page_;
  double y_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace

std::string to_svg(const Rehearsal& rehearsal, const std::string& language) {
  return Drawing(rehearsal, language.compare(0, 2, "zh") == 0).draw();
}

}  // namespace tocsin::rehearse
