#include <algorithm>
#include <set>

#include "gateway/rehearse/show.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

class Page {
 public:
  Page(const Rehearsal& rehearsal, bool chinese) : r_(rehearsal), chinese_(chinese) {}

  std::string write() {
    head();
    write_course();
    for (std::size_t i = 0; i < r_.callouts.size(); ++i) {
      if (r_.callouts.size() > 1) write_callout(r_.callouts[i]);
      write_approval(r_.callouts[i]);
      for (const auto& step : r_.steps) {
        if (step.callout == static_cast<int>(i)) write_step(step);
      }
      write_mailed(static_cast<int>(i));
    }
    write_not_told();
    if (!r_.texts.empty()) out_ += "\n" + to_text(r_.texts, chinese_);
    foot();
    return std::move(out_);
  }

 private:
  std::string word(const Phrase& phrase) const { return say(phrase, chinese_); }
  void line(const std::string& text) { out_ += text + "\n"; }
  void row(const Phrase& label, const std::string& value) {
    constexpr std::size_t kLabel = 12;
    if (!value.empty()) line(padded(word(label), kLabel) + value);
  }

  void head() {
    const auto& a = r_.assessment;
    const auto level =
        r_.level_name.empty() || r_.level_name == a.level_id ? a.level_id : r_.level_name + " (" + a.level_id + ")";
    line(r_.hazard_name + (level.empty() ? "" : "  " + level));
    row({"时间", "time"}, r_.at_local);
    row({"地点", "place"}, r_.area.empty() ? word({"不明", "unknown"}) : r_.area);
    row({"已知", "known"}, r_.facts_text);
    row({"依据", "because"}, a.clause + (a.clause_text.empty() ? "" : ": " + a.clause_text));
    for (const auto& question : a.questions) {
      row({"须追问", "to ask"}, question.text + (chinese_ ? "（可升至 " : " (could reach ") + question.could_reach_id +
                                    (chinese_ ? "）" : ")"));
    }
    if (!a.grade_id.empty()) row({"定级", "grade"}, a.grade_id + "  " + a.grade_clause);
    if (r_.needs_look) {
      row({"须核实", "to check"},
          word({"各处合计可能更高，请值班员核实", "summed over places it could be higher: for the desk to see"}));
    }
    row({"消息", "message"}, one_line(r_.message));
  }

  // A single report says nothing that the head does not.
  void write_course() {
    if (r_.course.size() > 1) line("");
    for (const auto& happened : r_.course) {
      if (r_.course.size() > 1) line(padded(after(happened.after), kTime) + in_words(happened, chinese_));
    }
    for (const auto& name : r_.unknown) line(word({"通讯录中没有：", "the directory does not have: "}) + name);
  }

  void write_callout(const CallOutOutcome& callout) {
    line("");
    line("== " + after(callout.began_after) + "  " +
         (callout.level_name.empty() ? callout.response : callout.level_name + " (" + callout.response + ")") + "  " +
         callout.clause + (callout.ended_after ? word({"  止于 ", "  until "}) + after(*callout.ended_after) : ""));
  }

  void write_approval(const CallOutOutcome& callout) {
    if (!callout.approval) return;
    const auto& asked = *callout.approval;
    std::string by;
    for (const auto& selector : asked.by) by += (by.empty() ? "" : ", ") + selector;
    line("");
    line(word({"批准 ", "approval "}) + by + word({"  限 ", "  due "}) + after(asked.due_after) + "  " +
         in_words(asked.state, chinese_) + (asked.decided_after ? " " + after(*asked.decided_after) : "") +
         (asked.decided_by.empty() ? "" : " " + asked.decided_by));
  }

  // Told by no step: what those told before read of a raise or of the end.
  void write_mailed(int callout) {
    for (const auto matter : {model::MatterKind::kUpdate, model::MatterKind::kDecided, model::MatterKind::kStandDown}) {
      std::string people;
      base::Duration first{};
      int count = 0;
      for (const auto& person : r_.people) {
        if (person.step >= 0 || person.callout != callout || person.matter != matter) continue;
        if (count == 0) first = person.began_after;
        if (++count <= 20) people += (people.empty() ? "" : " ") + person.code;
      }
      if (count == 0) continue;
      line("");
      line((matter == model::MatterKind::kUpdate    ? word({"更新 ", "update "})
            : matter == model::MatterKind::kDecided ? word({"决定通知 ", "decision told "})
                                                    : word({"终止通知 ", "stand-down "})) +
           after(first) + "  " + std::to_string(count) + word({" 人：", " people: "}) + people +
           (count > 20 ? " …" : ""));
    }
  }

  static std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }

  // "step 2 commanders  +5m  needs: coming x1, people 3; then: deputies"
  void write_step(const StepOutcome& step) {
    line("");
    auto title = word({"步骤 ", "step "}) + std::to_string(step.index + 1) + " " + step.title +
                 (step.title == step.name ? "" : " (" + step.name + ")") + "  ";
    title += step.began_after ? after(*step.began_after) : word({"不启动", "does not begin"});
    if (step.began_after && !step.people.empty()) title += "  " + asks(step);
    if (step.state == model::StepState::kShort && step.ended_after) {
      title += "  " + word({"不足 ", "short "}) + after(*step.ended_after);
      for (const auto& next : step.then) title += " → " + next;
    }
    line(title);
    for (const auto& task : r_.tasks) {
      if (task.step == step.index) {
        line("  ☐ " + task.text + "  " + word({"限 ", "due "}) + after(task.due_after));
      }
    }
    for (const auto& person : r_.people) write_person(person, step.index);
  }

  std::string asks(const StepOutcome& step) const {
    if (step.needed == 0) return word({"仅告知", "informs only"});
    const auto count = std::to_string(step.needed) + "/" + std::to_string(step.people.size());
    return word({"需 ", "needs "}) + count + " " + in_words(step.needs, chinese_);
  }

  void write_person(const Told& person, int step) {
    const auto& hats = person.further_steps;
    if (std::find(hats.begin(), hats.end(), step) != hats.end()) {
      line("  " + name_column(person) + word({"同一人，已列于步骤 ", "the same person, listed at step "}) +
           std::to_string(person.step + 1));
      return;
    }
    if (person.step != step) return;
    auto why = (person.post_name.empty() ? person.post : person.post_name) + "  " + person.selector;
    if (person.matter == model::MatterKind::kUpdate) why += word({"  更新", "  update"});
    if (!person.stands_in_for.empty()) why += word({"  代 ", "  for "}) + person.stands_in_for;
    line("  " + name_column(person) + why);
    auto given = person.answers.begin();
    for (const auto& one : person.tries) {
      for (; given != person.answers.end() && given->after < one.after; ++given) write_answer(*given);
      write_try(one);
    }
    for (; given != person.answers.end(); ++given) write_answer(*given);
    if (person.end == model::AlertState::kExhausted && person.ended_after) {
      line("      " + padded(after(*person.ended_after), kTime) + word({"交由值班员跟进", "left with the desk"}));
    }
  }

  std::string name_column(const Told& person) const { return padded(person.name + " " + person.code, 28) + " "; }

  void write_try(const Try& one) {
    const auto to = one.deputy.empty() ? one.contact : one.deputy;
    line("      " + padded(after(one.after), kTime) + padded(in_words(one.channel, chinese_), 18) + padded(to, 18) +
         in_words(one.reason, chinese_) + (one.handed_over ? late(one) : word({"  未发出", "  never sent"})));
  }
  std::string late(const Try& one) const {
    return *one.handed_over == one.after ? "" : word({"  实发 ", "  left "}) + after(*one.handed_over);
  }
  void write_answer(const Given& given) {
    line("      " + padded(after(given.after), kTime) + word({"答复 ", "answers "}) + in_words(given.kind, chinese_));
  }

  void write_not_told() {
    if (r_.not_told.empty()) return;
    line("");
    line(word({"未通知", "not told"}));
    for (const auto& who : r_.not_told) {
      const auto name = who.code.empty() ? who.what : who.name + " " + who.code;
      line("  " + padded(name, 28) + " " + padded(who.selector, 24) + in_words(who.reason, chinese_));
    }
  }

  void foot() {
    line("");
    std::set<std::string> people;
    bool answered = false;
    for (const auto& person : r_.people) {
      people.insert(person.code);
      answered = answered || !person.answers.empty();
    }
    const auto silence = word({"（假设始终无人答复）", " (if nobody ever answers)"});
    line(word({"共通知 ", "told: "}) + std::to_string(people.size()) + word({" 人", " people"}) +
         (answered ? "" : silence));
    if (!r_.complete) line(word({"到模拟时限仍未结束", "still going on when the rehearsal stopped"}));
  }

  static constexpr std::size_t kTime = 10;
  const Rehearsal& r_;
  const bool chinese_;
  std::string out_;
};

}  // namespace

std::string to_text(const Rehearsal& rehearsal, const std::string& language) {
  return Page(rehearsal, language.compare(0, 2, "zh") == 0).write();
}

}  // namespace tocsin::rehearse
