#include "gateway/plan/read_inheritance.h"

#include <algorithm>

#include "gateway/model/kinds.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

std::string step_name(const Node& step) {
  const Node* name = step.find("name");
  return name != nullptr && name->kind == NodeKind::kText ? name->text : std::string();
}

std::vector<WholeStep>::iterator find_step(std::vector<WholeStep>& steps, std::string_view name) {
  return std::find_if(steps.begin(), steps.end(), [&](const WholeStep& s) { return !name.empty() && s.name == name; });
}

// Of these two a step has one: writing one takes the other away.
std::string_view instead_of(std::string_view key) {
  if (key == "enough") return "enough_each";
  if (key == "enough_each") return "enough";
  return {};
}

void change(WholeStep& step, const Node& node) {
  step.at = node.at;
  for (const auto& entry : node.entries) {
    if (entry.key == "before") continue;
    auto other = instead_of(entry.key);
    if (node.find(other) != nullptr) other = {};  // both written here: a mistake to be found when it is read
    step.entries.erase(std::remove_if(step.entries.begin(), step.entries.end(),
                                      [&](const Entry* e) { return e->key == entry.key || e->key == other; }),
                       step.entries.end());
    step.entries.push_back(&entry);
  }
}

WholeStep as_written(const Node& node) {
  WholeStep step{step_name(node), node.at, {}};
  for (const auto& entry : node.entries) step.entries.push_back(&entry);
  return step;
}

}  // namespace

std::string key_name(const ResponseKey& key, const Plan& plan) {
  const auto level = plan.level_id(key.second);
  return std::string(model::name_of(key.first)) + (level.empty() ? "" : "/" + level);
}

base::Said response_named(const ResponseKey& key, const Plan& plan) {
  return said("response {0}", "响应{0}", key_name(key, plan));
}

Node step_node(const WholeStep& step, const WholeResponse& whole) {
  Node node;
  node.at = step.at;
  for (const Entry* entry : step.entries) {
    node.entries.push_back(*entry);
    auto& items = node.entries.back().value.items;
    if (entry->key != "then" || items.empty()) continue;
    items.erase(std::remove_if(items.begin(), items.end(),
                               [&](const Node& name) {
                                 return whole.dropped.count({entry, name.text}) != 0;
                               }),
                items.end());
    if (items.empty()) node.entries.pop_back();
  }
  return node;
}

bool Inheritance::add(const ResponseKey& key, const Node& node) {
  return written_.emplace(key, &node).second;
}

const Node* Inheritance::written(const ResponseKey& key) const {
  const auto it = written_.find(key);
  return it == written_.end() ? nullptr : it->second;
}

const WholeResponse& Inheritance::whole(const ResponseKey& key) {
  if (const auto it = whole_.find(key); it != whole_.end()) return it->second;
  auto made = build(key);
  return whole_.insert_or_assign(key, std::move(made)).first->second;
}

WholeResponse Inheritance::alone(const Node& node, const Said& what) {
  WholeResponse whole;
  whole.approval = node.find("approval");
  whole.stand_down = node.find("stand_down");
  take_steps(whole, node, what, false);
  return whole;
}

// "III" is the same hazard's, "fire/III" any other's.
std::optional<ResponseKey> Inheritance::base_of(const ResponseKey& key, const Node& as) {
  const auto& plan = reading_.plan;
  if (as.kind != NodeKind::kText) return std::nullopt;  // reported where the key is read
  const auto slash = as.text.find('/');
  std::optional<ResponseKey> base;
  if (as.text == "unclassified") {
    base = {model::HazardKind::kUnclassified, model::kNoLevel};
  } else {
    const auto level = plan.level_named(slash == std::string::npos ? as.text : as.text.substr(slash + 1));
    const auto kind = slash == std::string::npos ? key.first : model::kind_named(as.text.substr(0, slash));
    if (level && kind) base = {*kind, *level};
  }
  if (base && written_.count(*base) != 0) return base;
  std::vector<std::string> known;
  for (const auto& response : written_) {
    if (response.first == key) continue;
    const bool same = slash == std::string::npos && response.first.first == key.first;
    known.push_back(same ? plan.level_id(response.first.second) : key_name(response.first, plan));
  }
  reading_.findings.error(as.at, "unknown-response",
                          said("{0} is as {1}, which the plan does not have", "{0}照{1}办，但预案没有那个响应",
                               response_named(key, plan), in_quotes(as.text)),
                          suggested(as.text, known));
  return std::nullopt;
}

bool Inheritance::in_circle(const ResponseKey& key, const Node& as) {
  const auto from = std::find(path_.begin(), path_.end(), key);
  if (from == path_.end()) return false;
  std::string circle;
  for (auto it = from; it != path_.end(); ++it) circle += key_name(*it, reading_.plan) + " -> ";
  circle += key_name(key, reading_.plan);
  reading_.findings.error(as.at, "as-circle",
                          said("\"as\" goes round in a circle: {0}", "\"as\"互相照抄，成了循环：{0}", circle),
                          said("write the steps in one of them", "请在其中一个响应里写出步骤"));
  return true;
}

WholeResponse Inheritance::build(const ResponseKey& key) {
  const Node& node = *written_.at(key);
  const auto what = response_named(key, reading_.plan);
  const Node* as = node.find("as");
  if (as == nullptr) return alone(node, what);
  path_.push_back(key);
  WholeResponse whole;
  const auto base = base_of(key, *as);
  if (!base || in_circle(*base, *as)) {
    whole.broken = true;
  } else {
    whole = this->whole(*base);
  }
  path_.pop_back();
  if (whole.broken) return whole;
  leave_out(whole, node, what);
  if (const Node* approval = node.find("approval")) whole.approval = approval;
  if (const Node* stand_down = node.find("stand_down")) whole.stand_down = stand_down;
  take_steps(whole, node, what, true);
  return whole;
}

void Inheritance::unknown_step(const Node& node, const WholeResponse& whole, const Said& message) {
  std::vector<std::string> names;
  for (const auto& step : whole.steps) names.push_back(step.name);
  reading_.findings.error(node.at, "unknown-step", message, suggested(node.text, names));
}

void Inheritance::leave_out(WholeResponse& whole, const Node& node, const Said& what) {
  const Node* without = node.find("without");
  if (without == nullptr || without->kind != NodeKind::kArray) return;
  for (const auto& item : without->items) {
    if (item.kind != NodeKind::kText) continue;
    if (item.text == "approval" && whole.approval != nullptr) {
      whole.approval = nullptr;
      continue;
    }
    const auto it = find_step(whole.steps, item.text);
    if (it == whole.steps.end()) {
      unknown_step(item, whole,
                   said("{0} leaves out step {1}, which it does not inherit", "{0}去掉的步骤{1}并没有继承来", what,
                        in_quotes(item.text)));
      continue;
    }
    whole.steps.erase(it);
    for (const auto& step : whole.steps) {
      for (const Entry* entry : step.entries) {
        if (entry->key == "then") whole.dropped.emplace(entry, item.text);
      }
    }
  }
}

void Inheritance::take_steps(WholeResponse& whole, const Node& node, const Said& what, bool derived) {
  const Node* steps = node.find("step");
  if (steps == nullptr || steps->kind != NodeKind::kArray) return;
  std::set<std::string> seen;
  for (const auto& item : steps->items) {
    if (item.kind != NodeKind::kTable) continue;
    const auto name = step_name(item);
    if (!name.empty() && !seen.insert(name).second) {
      reading_.findings.error(item.find("name")->at, "duplicate-name",
                              said("step {0} stands twice in {1}", "步骤{0}在{1}里出现两次", in_quotes(name), what));
      continue;
    }
    if (!derived) {
      whole.steps.push_back(as_written(item));
      continue;
    }
    const auto inherited = find_step(whole.steps, name);
    WholeStep step{name, item.at, {}};
    if (inherited != whole.steps.end()) step = *inherited;
    change(step, item);
    const Node* before = item.find("before");
    if (inherited != whole.steps.end() && before == nullptr) {
      *inherited = std::move(step);
      continue;
    }
    if (inherited != whole.steps.end()) whole.steps.erase(inherited);
    place_step(whole, std::move(step), before, what);
  }
}

void Inheritance::place_step(WholeResponse& whole, WholeStep step, const Node* before, const Said& what) {
  auto to = whole.steps.end();
  if (before != nullptr) {
    if (before->kind == NodeKind::kText) to = find_step(whole.steps, before->text);
    if (to == whole.steps.end()) {
      unknown_step(
          *before, whole,
          said("step {0} of {1} stands before {2}, which is not there", "{1}的步骤{0}要排在{2}之前，但没有那个步骤",
               in_quotes(step.name), what, in_quotes(before->text)));
    }
  }
  whole.steps.insert(to, std::move(step));
}

}  // namespace tocsin::plan
