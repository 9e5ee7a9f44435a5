// Resolves the `then` lists of one response and refuses circles.
#include "gateway/plan/reading.h"

#include <algorithm>

namespace tocsin::plan {
namespace {

struct Circle {
  std::size_t first = 0;  // a step on it
  std::string path;       // "a -> b -> a"; empty when there is none
};

// Depth first over `then`; the first circle found is enough.
class CircleSearch {
 public:
  explicit CircleSearch(const std::vector<PlanStep>& steps) : steps_(steps), state_(steps.size(), kNew) {}

  Circle find() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (state_[i] == kNew && visit(i)) break;
    }
    return circle_;
  }

 private:
  enum State { kNew, kOnPath, kDone };

  bool visit(std::size_t i) {  // at most kMaxSteps deep
    state_[i] = kOnPath;
    path_.push_back(i);
    for (const int next : steps_[i].then) {
      const auto n = static_cast<std::size_t>(next);
      if (state_[n] == kOnPath) {
        const auto from = std::find(path_.begin(), path_.end(), n);
        circle_.first = n;
        for (auto it = from; it != path_.end(); ++it) circle_.path += steps_[*it].name + " -> ";
        circle_.path += steps_[n].name;
        return true;
      }
      if (state_[n] == kNew && visit(n)) return true;
    }
    path_.pop_back();
    state_[i] = kDone;
    return false;
  }

  const std::vector<PlanStep>& steps_;
  std::vector<State> state_;
  std::vector<std::size_t> path_;
  Circle circle_;
};

void resolve_names(Response& response, const std::vector<ThenNames>& then, const std::string& what, Reading& reading) {
  std::vector<std::string> names;
  for (const auto& step : response.steps) names.push_back(step.name);
  for (std::size_t i = 0; i < response.steps.size(); ++i) {
    auto& step = response.steps[i];
    for (const auto& name : then[i].names) {
      const auto it = std::find(names.begin(), names.end(), name.first);
      if (it == names.end()) {
        reading.findings.error(
            name.second, "unknown-step",
            "step " + quoted(step.name) + " goes on to " + quoted(name.first) + ", which " + what + " does not have",
            suggestion(name.first, names));
        continue;
      }
      const int index = static_cast<int>(it - names.begin());
      if (std::find(step.then.begin(), step.then.end(), index) == step.then.end()) step.then.push_back(index);
    }
  }
}

void settle_starts(Response& response, const std::vector<ThenNames>& then, const std::string& what, Reading& reading) {
  std::vector<bool> named(response.steps.size(), false);
  for (const auto& step : response.steps) {
    for (const int next : step.then) named[static_cast<std::size_t>(next)] = true;
  }
  for (std::size_t i = 0; i < response.steps.size(); ++i) {
    auto& step = response.steps[i];
    const auto subject = "step " + quoted(step.name) + " of " + what;
    if (named[i] && then[i].start_given && step.start != StepStart::kThen) {
      reading.findings.error(then[i].start_at, "start-contradicts-then",
                             subject + " stands in a \"then\" list and says it starts otherwise",
                             "leave out start, or write start = \"then\"");
    }
    if (!named[i] && step.start == StepStart::kThen) {
      reading.findings.error(then[i].start_at, "never-starts", subject + " waits for a \"then\" that does not name it");
    }
    if (named[i]) step.start = StepStart::kThen;
  }
}

}  // namespace

void link_steps(Response& response, const std::vector<ThenNames>& then, const std::string& what, Reading& reading) {
  resolve_names(response, then, what, reading);
  const auto circle = CircleSearch(response.steps).find();
  if (!circle.path.empty()) {
    reading.findings.error(then[circle.first].at, "then-circle",
                           "\"then\" of " + what + " goes round in a circle: " + circle.path);
    return;
  }
  settle_starts(response, then, what, reading);
  const auto begins = [](const PlanStep& step) { return step.start == StepStart::kAtOnce; };
  if (!response.steps.empty() && std::none_of(response.steps.begin(), response.steps.end(), begins)) {
    reading.findings.error(then.front().at, "nothing-at-once", "no step of " + what + " starts at once");
  }
}

}  // namespace tocsin::plan
