// [[response.step]]: whom it tells, over which ladder, and what is enough.
#include "gateway/plan/reading.h"

#include <algorithm>

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using base::said, base::Said;

Said selector_hint(const std::string& text) {
  const auto colon = text.find(':');
  const auto near = base::nearest_name(text.substr(0, colon), {"post", "unit", "group", "area", "area+up", "duty"});
  if (colon != std::string::npos && !near.empty() && model::parse_selector(near + text.substr(colon))) {
    return said("did you mean {0}?", "是不是想写{0}？", in_quotes(near + text.substr(colon)));
  }
  return said("post:, unit:, group:, area:, area+up: or duty: and a name of small letters, digits, - and _",
              "写 post:、unit:、group:、area:、area+up: 或 duty:，后接小写字母、数字、-、_ 组成的名字");
}

class StepReader {
 public:
  StepReader(Reading& reading, const Node& node, const std::string& place, const Said& response)
      : reading_(reading),
        table_(reading, node, Table::kStep, said("a step of {0}", "{0}的一个步骤", response)),
        place_(place),
        response_(response) {}

  StepRead read() {
    auto& then = read_.then;
    then.at = table_.node().at;
    read_name();
    then.written = step_.name;
    step_.title = table_.words("title", false);
    read_recipients();
    read_task();
    read_ladder();
    read_answers();
    read_text();
    read_start(then);
    read_then(then);
    step_.life_safety = table_.flag("life_safety").value_or(false);
    table_.not_applicable("before",
                          said("only among inherited steps is a place asked for: write the step where it belongs",
                               "只有在继承来的步骤之间才要指明位置；请把步骤直接写在该在的地方"));
    table_.finish();
    return std::move(read_);
  }

 private:
  void read_name() {
    const auto name = table_.required_text("name");
    if (!name) return;
    step_.name = *name;
    table_.call_it(subject());
    place_ += "/" + *name;
    reading_.place(place_, table_.node().at);
    if (is_slug(*name)) return;
    reading_.findings.error(table_.at("name"), "bad-name",
                            said("{0} cannot name a step", "{0}不能作步骤的名字", in_quotes(*name)), slug_hint());
  }

  [[nodiscard]] Said subject() const {
    return said("step {0} of {1}", "{1}的步骤{0}", in_quotes(step_.name), response_);
  }

  void read_recipients() {
    table_.require("to");
    step_.to = read_selectors(table_, "to", place_ + "/to", reading_);
  }

  void read_task() {
    const Node* node = table_.find("task");
    if (node == nullptr) return;
    TableReader table(reading_, *node, Table::kTask, said("the task of {0}", "{0}的任务", subject()));
    DeskTask task;
    task.text = table.words("text", true, kMaxSentenceCharacters);
    table.require("clock");
    task.clock = table.duration("clock").value_or(base::Duration{});
    table.finish();
    step_.task = std::move(task);
  }

  void read_ladder() {
    if (!step_.task) table_.require("ladder");
    const bool given = table_.node().find("ladder") != nullptr;
    if (!given && step_.task) {
      for (const char* key : {"cycles", "repeat_after"})
        table_.not_applicable(key, said("there is no ladder to repeat", "没有可重复的呼叫阶梯"));
      return;
    }
    const auto ladder = read_ladder_name(table_, reading_);
    const auto cycles = table_.whole("cycles", 1, kMaxCycles);
    const auto after = table_.duration("repeat_after");
    if (ladder)
      step_.ladder = repeated_ladder(*ladder, cycles, after, table_.at(cycles ? "cycles" : "repeat_after"), reading_);
  }

  void read_answers() {
    if (step_.task && table_.node().find("ladder") == nullptr) {
      for (const char* key : {"needs", "enough", "enough_each", "wait", "at_most", "text"}) {
        table_.not_applicable(key, said("a task without a ladder tells nobody", "没有呼叫阶梯的任务不通知任何人"));
      }
      step_.needs = model::AnswerKind::kNone;
      return;
    }
    static const std::vector<std::string> answers{"received", "coming", "arrived"};
    const auto needs = table_.one_of("needs", answers);
    read_enough();
    const bool informs = !step_.enough_all && step_.enough == 0;
    if (needs)
      step_.needs = model::AnswerKind(*needs + 1);
    else if (informs)
      step_.needs = model::AnswerKind::kNone;
    step_.wait = table_.duration("wait").value_or(5min);
    const auto at_most = table_.duration("at_most");
    step_.at_most = at_most.value_or(std::max<base::Duration>(30min, step_.wait));
    if (at_most && *at_most < step_.wait) {
      reading_.findings.error(
          table_.at("at_most"), "at-most-below-wait",
          said("{0}: at_most {1} is shorter than its wait {2}", "{0}的at_most（{1}）比wait（{2}）短", subject(),
               base::to_string(*at_most), base::to_string(step_.wait)));
    }
  }

  void read_enough() {
    if (table_.node().find("enough_each") != nullptr) {
      table_.not_applicable("enough", said("\"enough_each\" says how many", "人数已由\"enough_each\"规定"));
      if (step_.task) {
        table_.not_applicable("enough_each", said("it makes several steps; give the task a step of its own",
                                                  "它会变成几个步骤；请为任务单写一个步骤"));
      }
      read_.each = true;
      step_.enough = table_.whole("enough_each", 1, 10'000).value_or(1);
      return;
    }
    step_.enough_all = true;
    const Node* node = table_.find("enough");
    if (node == nullptr || (node->kind == NodeKind::kText && node->text == "all")) return;
    step_.enough_all = false;
    if (node->kind == NodeKind::kWhole && node->whole >= 0 && node->whole <= 10'000) {
      step_.enough = static_cast<int>(node->whole);
      return;
    }
    reading_.findings.error(node->at, "bad-enough",
                            said("{0} is not a number of people", "{0}不是人数", table_.subject("enough")),
                            said("\"all\", or a whole number from 0 (only inform) to 10000",
                                 "写\"all\"（全部），或0（只告知）到10000的整数"));
  }

  void read_text() {
    step_.text = "alert";
    if (step_.ladder < 0) return;
    const auto name = table_.text("text");
    if (!name) return;
    if (reading_.plan.templates.count(*name) == 0) {
      std::vector<std::string> names;
      for (const auto& text : reading_.plan.templates) names.push_back(text.first);
      reading_.findings.error(table_.at("text"), "unknown-template",
                              said("{0} sends template {1}, which the plan does not have",
                                   "{0}用的文本模板{1}在预案里没有", subject(), in_quotes(*name)),
                              suggested(*name, names));
      return;
    }
    step_.text = *name;
  }

  void read_start(ThenNames& then) {
    static const std::vector<std::string> starts{"at_once", "not_opened", "then"};
    then.start_given = table_.node().find("start") != nullptr;
    then.start_at = table_.at("start");
    if (const auto start = table_.one_of("start", starts)) step_.start = StepStart(*start);
  }

  void read_then(ThenNames& then) {
    if (table_.find("then", NodeKind::kArray) == nullptr) return;
    for (const Node* node : table_.list("then", kMaxSteps, NodeKind::kText))
      then.names.emplace_back(node->text, node->at);
  }

  Reading& reading_;
  TableReader table_;
  std::string place_;
  Said response_;
  StepRead read_;
  PlanStep& step_ = read_.step;
};

}  // namespace

std::vector<model::Selector> read_selectors(TableReader& table, std::string_view key, const std::string& place,
                                            Reading& reading) {
  std::vector<model::Selector> selectors;
  int number = 0;
  for (const Node* node : table.list(key, kMaxSelectors, NodeKind::kText)) {
    reading.place(place + "/" + std::to_string(++number), node->at);
    if (auto selector = model::parse_selector(node->text)) {
      selectors.push_back(std::move(*selector));
      continue;
    }
    reading.findings.error(
        node->at, "bad-selector",
        said("{0}: {1} is not a selector", "{0}：{1}不是人员选择", table.what(), in_quotes(node->text)),
        selector_hint(node->text));
  }
  return selectors;
}

StepRead read_step(const Node& node, const std::string& place, const base::Said& response, Reading& reading) {
  return StepReader(reading, node, place, response).read();
}

}  // namespace tocsin::plan
