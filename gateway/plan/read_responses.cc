// [[response]] and its steps: who is told at which level, and what happens when too few answer.
#include "gateway/plan/reading.h"

#include <algorithm>

#include "gateway/model/kinds.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;

std::string in_finding(const Response& response, const Plan& plan) {
  std::string what(model::name_of(response.kind));
  const auto level = plan.level_id(response.level);
  return "response " + what + (level.empty() ? "" : "/" + level);
}

class StepReader {
 public:
  StepReader(Reading& reading, const Node& node, const std::string& response)
      : reading_(reading), table_(reading, node, "a step of " + response), response_(response) {}

  // `then` receives what link_steps needs.
  PlanStep read(ThenNames& then) {
    then.at = table_.node().at;
    read_name();
    read_recipients();
    read_task();
    read_ladder();
    read_answers();
    read_text();
    read_start(then);
    read_then(then);
    table_.finish();
    return std::move(step_);
  }

 private:
  void read_name() {
    const auto name = table_.required_text("name");
    if (!name) return;
    step_.name = *name;
    table_.call_it(base::same(subject()));
    if (is_slug(*name)) return;
    reading_.findings.error(table_.at("name"), "bad-name", quoted(*name) + " cannot name a step",
                            "small letters, digits, - and _, at most 40");
  }

  [[nodiscard]] std::string subject() const { return "step " + quoted(step_.name) + " of " + response_; }

  void read_recipients() {
    table_.require("to");
    for (const Node* node : table_.list("to", kMaxSelectors, NodeKind::kText)) {
      if (auto selector = model::parse_selector(node->text)) {
        step_.to.push_back(std::move(*selector));
        continue;
      }
      reading_.findings.error(node->at, "bad-selector", subject() + ": " + quoted(node->text) + " is not a selector",
                              selector_hint(node->text));
    }
  }

  static std::string selector_hint(const std::string& text) {
    const auto colon = text.find(':');
    const auto near = base::nearest_name(text.substr(0, colon), {"post", "unit", "group", "area", "area+up", "duty"});
    if (colon != std::string::npos && !near.empty() && model::parse_selector(near + text.substr(colon))) {
      return "did you mean " + quoted(near + text.substr(colon)) + "?";
    }
    return "post:, unit:, group:, area:, area+up: or duty: and a name of small letters, digits, - and _";
  }

  void read_task() {
    const Node* node = table_.find("task");
    if (node == nullptr) return;
    TableReader table(reading_, *node, "the task of " + subject());
    DeskTask task;
    task.text = table.words("text", true, kMaxSentenceCharacters);
    table.require("clock");
    task.clock = table.duration("clock").value_or(base::Duration{});
    table.finish();
    step_.task = std::move(task);
  }

  void read_ladder() {
    const bool needed = !step_.task.has_value();
    const auto name = needed ? table_.required_text("ladder") : table_.text("ladder");
    if (!name) return;
    std::vector<std::string> names;
    for (const auto& ladder : reading_.plan.ladders) names.push_back(ladder.name);
    const auto it = std::find(names.begin(), names.end(), *name);
    if (it == names.end()) {
      reading_.findings.error(table_.at("ladder"), "unknown-ladder",
                              subject() + " climbs ladder " + quoted(*name) + ", which the plan does not have",
                              suggestion(*name, names));
      return;
    }
    step_.ladder = static_cast<int>(it - names.begin());
  }

  void read_answers() {
    if (step_.task && table_.node().find("ladder") == nullptr) {
      for (const char* key : {"needs", "enough", "wait", "at_most", "text"}) {
        table_.not_applicable(key, "a task without a ladder tells nobody");
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
      reading_.findings.error(table_.at("at_most"), "at-most-below-wait",
                              subject() + ": at_most " + base::to_string(*at_most) + " is shorter than its wait " +
                                  base::to_string(step_.wait));
    }
  }

  void read_enough() {
    step_.enough_all = true;
    const Node* node = table_.find("enough");
    if (node == nullptr || (node->kind == NodeKind::kText && node->text == "all")) return;
    step_.enough_all = false;
    if (node->kind == NodeKind::kWhole && node->whole >= 0 && node->whole <= 10'000) {
      step_.enough = static_cast<int>(node->whole);
      return;
    }
    reading_.findings.error(node->at, "bad-enough", "\"enough\" of " + subject() + " is not a number of people",
                            "\"all\", or a whole number from 0 (only inform) to 10000");
  }

  void read_text() {
    step_.text = "alert";
    if (step_.ladder < 0) return;
    const auto name = table_.text("text");
    if (!name) return;
    std::vector<std::string> names;
    for (const auto& text : reading_.plan.templates) names.push_back(text.first);
    if (std::find(names.begin(), names.end(), *name) == names.end()) {
      reading_.findings.error(table_.at("text"), "unknown-template",
                              subject() + " sends template " + quoted(*name) + ", which the plan does not have",
                              suggestion(*name, names));
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
  std::string response_;
  PlanStep step_;
};

class ResponseReader {
 public:
  explicit ResponseReader(Reading& reading) : reading_(reading) {}

  void read(const Node& node) {
    TableReader table(reading_, node, "[[response]]");
    Response response;
    const bool known_hazard = read_hazard(table, response);
    const bool known = read_level(table, response, known_hazard) && known_hazard;
    read_steps(table, response);
    table.finish();
    if (!known) return;
    if (!seen_.insert({response.kind, response.level}).second) {
      reading_.findings.error(node.at, "duplicate-response",
                              in_finding(response, reading_.plan) + " stands twice in the plan");
      return;
    }
    reading_.plan.responses.push_back(std::move(response));
  }

 private:
  bool read_hazard(TableReader& table, Response& response) {
    const auto name = table.required_text("hazard");
    if (!name) return false;
    if (*name == "unclassified") return true;
    std::vector<std::string> known;
    for (const auto& hazard : reading_.plan.hazards) known.emplace_back(model::name_of(hazard.first));
    known.emplace_back("unclassified");
    if (std::find(known.begin(), known.end(), *name) == known.end()) {
      reading_.findings.error(table.at("hazard"), "unknown-hazard", "the plan has no hazard " + quoted(*name),
                              suggestion(*name, known));
      return false;
    }
    response.kind = *model::kind_named(*name);
    return true;
  }

  bool read_level(TableReader& table, Response& response, bool known_hazard) {
    if (!known_hazard) return table.find("level") != nullptr;  // whether it needs a level cannot be said
    if (response.kind == model::HazardKind::kUnclassified) {
      table.not_applicable("level", "what nothing understood has no level");
      return true;
    }
    table.require("level");
    const auto level = table.one_of("level", level_ids(reading_.plan));
    if (level) response.level = static_cast<model::LevelIndex>(*level);
    return level.has_value();
  }

  void read_steps(TableReader& table, Response& response) {
    const auto what = in_finding(response, reading_.plan);
    table.require("step");
    std::vector<ThenNames> then;
    for (const Node* node : table.list("step", kMaxSteps, NodeKind::kTable)) {
      then.emplace_back();
      auto step = StepReader(reading_, *node, what).read(then.back());
      const auto same = [&](const PlanStep& other) { return !step.name.empty() && other.name == step.name; };
      if (std::any_of(response.steps.begin(), response.steps.end(), same)) {
        const Node* name = node->find("name");
        reading_.findings.error(name == nullptr ? node->at : name->at, "duplicate-name",
                                "step " + quoted(step.name) + " stands twice in " + what);
      }
      response.steps.push_back(std::move(step));
    }
    link_steps(response, then, what, reading_);
  }

  Reading& reading_;
  std::set<std::pair<model::HazardKind, model::LevelIndex>> seen_;
};

// Nobody would be told at such a level: that is an error, not a matter of taste.
void check_every_level_is_answered(Reading& reading) {
  auto& plan = reading.plan;
  for (const auto& [kind, hazard] : plan.hazards) {
    auto lowest = hazard.default_level;
    for (const auto& criteria : hazard.criteria) lowest = std::min(lowest, criteria.level);
    if (plan.response(kind, lowest) != nullptr) continue;
    reading.findings.error(reading.hazard_at[kind], "level-without-response",
                           std::string(model::name_of(kind)) + " at level " + quoted(plan.level_id(lowest)) +
                               " has no response: nobody would be told",
                           "add a [[response]] for that level or a lower one");
  }
}

}  // namespace

void read_responses(TableReader& root, Reading& reading) {
  const Node* node = root.require("response");
  ResponseReader reader(reading);
  for (const Node* response : root.list("response", kMaxResponses, NodeKind::kTable)) {
    if (reading.findings.full()) return;
    reader.read(*response);
  }
  auto& responses = reading.plan.responses;
  std::stable_sort(responses.begin(), responses.end(), [](const Response& a, const Response& b) {
    return std::pair(a.kind, a.level) < std::pair(b.kind, b.level);
  });
  if (node == nullptr) return;
  if (reading.plan.response(model::HazardKind::kUnclassified, model::kNoLevel) == nullptr) {
    reading.findings.error(node->at, "missing-unclassified",
                           "no [[response]] for \"unclassified\": a report that nothing understands would ring nobody",
                           "hazard = \"unclassified\", without a level, to duty:desk");
  }
  check_every_level_is_answered(reading);
}

}  // namespace tocsin::plan
