// [[response]]: who is told about which hazards at which levels, and what happens when too few answer.
#include <algorithm>

#include "gateway/model/kinds.h"
#include "gateway/plan/read_inheritance.h"
#include "gateway/plan/reading.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

// One [[response]] table and what it is for.
struct Written {
  const Node* node = nullptr;
  std::vector<ResponseKey> keys;
  bool known = false;  // all its hazards and levels could be read
};

// "fire", or ["fire", "explosion"].
std::vector<const Node*> one_or_list(TableReader& table, std::string_view key, std::size_t limit) {
  const Node* node = table.node().find(key);
  if (node == nullptr || node->kind == NodeKind::kArray) return table.list(key, limit, NodeKind::kText);
  if (!table.text(key)) return {};
  return {node};
}

class HeadReader {
 public:
  HeadReader(Reading& reading, Inheritance& inheritance) : reading_(reading), inheritance_(inheritance) {
    for (const auto& hazard : reading.plan.hazards) kinds_.emplace_back(model::name_of(hazard.first));
    kinds_.emplace_back("unclassified");
  }

  Written read(const Node& node) {
    TableReader table(reading_, node, Table::kResponse, base::same("[[response]]"));
    Written written{&node, {}, false};
    const auto kinds = read_kinds(table);
    const auto levels = read_levels(table, kinds);
    table.text("as");
    if (table.node().find("as") == nullptr) {
      table.not_applicable(
          "without", said("it inherits nothing; \"as\" would say from where", "它没有继承什么；从哪里继承要写\"as\""));
      table.require("step");
    } else {
      (void)table.list("without", kMaxSteps, NodeKind::kText);
    }
    (void)table.list("step", kMaxSteps, NodeKind::kTable);
    (void)table.find("approval");
    (void)table.find("stand_down");
    table.finish();
    written.known = !kinds.empty() && !levels.empty();
    for (const auto kind : kinds) {
      for (const auto level : levels) add({kind, level}, written);
    }
    return written;
  }

 private:
  void add(const ResponseKey& key, Written& written) {
    const auto name = key_name(key, reading_.plan);
    if (inheritance_.add(key, *written.node)) {
      written.keys.push_back(key);
      reading_.place("response/" + name, written.node->at);
      return;
    }
    reading_.findings.error(written.node->at, "duplicate-response",
                            said("response {0} stands twice in the plan", "响应{0}在预案里出现两次", name),
                            said("the other is at {0}", "另一处在{0}", reading_.where(inheritance_.written(key)->at)));
  }

  std::vector<model::HazardKind> read_kinds(TableReader& table) {
    table.require("hazard");
    std::vector<model::HazardKind> kinds;
    const auto nodes = one_or_list(table, "hazard", kinds_.size());
    for (const Node* node : nodes) {
      if (std::find(kinds_.begin(), kinds_.end(), node->text) == kinds_.end()) {
        reading_.findings.error(node->at, "unknown-hazard",
                                said("the plan has no hazard {0}", "预案没有灾种{0}", in_quotes(node->text)),
                                suggested(node->text, kinds_));
        return {};
      }
      if (node->text == "unclassified" && nodes.size() > 1) {
        reading_.findings.error(node->at, "not-applicable",
                                said("\"unclassified\" shares no response with a hazard: it has no level",
                                     "\"unclassified\"没有级别，不能与灾种共用一个响应"),
                                said("give it a [[response]] of its own", "请为它单写一个[[response]]"));
        return {};
      }
      const auto kind =
          node->text == "unclassified" ? model::HazardKind::kUnclassified : *model::kind_named(node->text);
      if (named_twice(kinds, kind, *node)) continue;
      kinds.push_back(kind);
    }
    return kinds;
  }

  // Empty when they cannot be told.
  std::vector<model::LevelIndex> read_levels(TableReader& table, const std::vector<model::HazardKind>& kinds) {
    if (kinds.empty()) {  // whether it needs a level cannot be said
      table.find("level");
      return {};
    }
    if (kinds.front() == model::HazardKind::kUnclassified) {
      table.not_applicable("level", said("what nothing understood has no level", "未能识别的报告没有级别"));
      return {model::kNoLevel};
    }
    table.require("level");
    const auto ids = level_ids(reading_.plan);
    std::vector<model::LevelIndex> levels;
    for (const Node* node : one_or_list(table, "level", kMaxLevels)) {
      const auto level = reading_.plan.level_named(node->text);
      if (!level) {
        reading_.findings.error(
            node->at, "unknown-word",
            said("{0} cannot be {1}", "{0}不能是{1}", table.subject("level"), in_quotes(node->text)),
            suggested(node->text, ids));
        return {};
      }
      if (!named_twice(levels, *level, *node)) levels.push_back(*level);
    }
    return levels;
  }

  template <typename T>
  bool named_twice(const std::vector<T>& all, T one, const Node& node) {
    if (std::find(all.begin(), all.end(), one) == all.end()) return false;
    reading_.findings.error(
        node.at, "duplicate-name",
        said("{0} stands twice in [[response]]", "{0}在[[response]]里出现两次", in_quotes(node.text)));
    return true;
  }

  Reading& reading_;
  Inheritance& inheritance_;
  std::vector<std::string> kinds_;
};

// Of "rescue", told to two units: "rescue@unit:fire-station" and "rescue@unit:police".
void add_one_per_selector(const StepRead& read, const std::string& place, Response& response,
                          std::vector<ThenNames>& then, Reading& reading) {
  for (const auto& selector : read.step.to) {
    auto step = read.step;
    step.to = {selector};
    step.name += "@" + to_text(selector);
    reading.place(place + "/" + step.name, read.then.at);
    response.steps.push_back(std::move(step));
    then.push_back(read.then);
  }
}

void read_steps(const WholeResponse& whole, Response& response, const std::string& place, const Said& what,
                Reading& reading) {
  std::vector<ThenNames> then;
  for (const auto& whole_step : whole.steps) {
    const auto node = step_node(whole_step, whole);
    auto read = read_step(node, place, what, reading);
    if (read.each) {
      add_one_per_selector(read, place, response, then, reading);
    } else {
      response.steps.push_back(std::move(read.step));
      then.push_back(std::move(read.then));
    }
    if (response.steps.size() <= kMaxSteps) continue;
    reading.findings.error(
        node.at, "too-many",
        said("{0} has more than {1} steps, inherited ones included", "{0}连同继承来的步骤超过{1}个", what, kMaxSteps));
    break;
  }
  link_steps(response, then, what, reading);
}

void read_whole(const WholeResponse& whole, Response& response, Reading& reading) {
  const auto name = key_name({response.kind, response.level}, reading.plan);
  const auto place = "response/" + name;
  const auto what = said("response {0}", "响应{0}", name);
  read_steps(whole, response, place, what, reading);
  if (whole.approval != nullptr) read_approval(*whole.approval, response, place, what, reading);
  if (whole.stand_down != nullptr) read_stand_down(*whole.stand_down, response, place, what, reading);
}

// Nobody would be told at such a level: that is an error, not a matter of taste.
void check_every_level_is_answered(Reading& reading) {
  auto& plan = reading.plan;
  for (const auto& [kind, hazard] : plan.hazards) {
    auto lowest = hazard.default_level;
    for (const auto& criteria : hazard.criteria) lowest = std::min(lowest, criteria.level);
    if (plan.response(kind, lowest) != nullptr) continue;
    reading.findings.error(
        reading.hazard_at[kind], "level-without-response",
        said("{0} at level {1} has no response: nobody would be told", "{0}的{1}级没有响应：谁也不会得到通知",
             model::name_of(kind), in_quotes(plan.level_id(lowest))),
        said("add a [[response]] for that level or a lower one", "请为该级别或更低的级别写一个[[response]]"));
  }
}

}  // namespace

void read_responses(TableReader& root, Reading& reading) {
  const Node* node = root.require("response");
  Inheritance inheritance(reading);
  HeadReader heads(reading, inheritance);
  std::vector<Written> all;
  for (const Node* response : root.list("response", kMaxResponses, NodeKind::kTable)) {
    all.push_back(heads.read(*response));
  }
  for (const auto& written : all) {
    if (!written.known) {
      Response nobodys;
      read_whole(inheritance.alone(*written.node, base::same("[[response]]")), nobodys, reading);
    }
    for (const auto& key : written.keys) {
      if (reading.findings.full()) return;
      const auto mark = reading.findings.mark();
      Response response;
      response.kind = key.first;
      response.level = key.second;
      const auto& whole = inheritance.whole(key);
      if (!whole.broken) read_whole(whole, response, reading);
      reading.findings.forget_repeated(mark);
      reading.plan.responses.push_back(std::move(response));
    }
  }
  auto& responses = reading.plan.responses;
  std::stable_sort(responses.begin(), responses.end(), [](const Response& a, const Response& b) {
    return std::pair(a.kind, a.level) < std::pair(b.kind, b.level);
  });
  if (node == nullptr) return;
  if (reading.plan.response(model::HazardKind::kUnclassified, model::kNoLevel) == nullptr) {
    reading.findings.error(
        node->at, "missing-unclassified",
        said("no [[response]] for \"unclassified\": a report that nothing understands would ring nobody",
             "没有\"unclassified\"的[[response]]：未能识别的报告谁也叫不到"),
        said("hazard = \"unclassified\", without a level, to duty:desk",
             "写 hazard = \"unclassified\"，不写级别，通知 duty:desk"));
  }
  check_every_level_is_answered(reading);
}

}  // namespace tocsin::plan
