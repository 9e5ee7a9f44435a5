// Resolves the `then` lists of one response and refuses circles.
#include "gateway/plan/reading.h"

#include <algorithm>
#include <map>

namespace tocsin::plan {
namespace {

using base::said, base::Said;

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

void resolve_names(Response& response, const std::vector<ThenNames>& then, const Said& what, Reading& reading) {
  std::multimap<std::string_view, int> named;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < then.size(); ++i) {
    named.emplace(then[i].written, static_cast<int>(i));
    if (names.empty() || names.back() != then[i].written) names.push_back(then[i].written);
  }
  for (std::size_t i = 0; i < response.steps.size(); ++i) {
    auto& step = response.steps[i];
    for (const auto& name : then[i].names) {
      const auto [from, to] = named.equal_range(name.first);
      if (from == to) {
        reading.findings.error(
            name.second, "unknown-step",
            said("step {0} goes on to {1}, which {2} does not have", "步骤{0}接着要做{1}，但{2}没有那个步骤",
                 in_quotes(then[i].written), in_quotes(name.first), what),
            suggested(name.first, names));
      }
      for (auto it = from; it != to; ++it) {
        if (std::find(step.then.begin(), step.then.end(), it->second) == step.then.end())
          step.then.push_back(it->second);
      }
    }
  }
}

void settle_starts(Response& response, const std::vector<ThenNames>& then, const Said& what, Reading& reading) {
  std::vector<bool> named(response.steps.size(), false);
  for (const auto& step : response.steps) {
    for (const int next : step.then) named[static_cast<std::size_t>(next)] = true;
  }
  for (std::size_t i = 0; i < response.steps.size(); ++i) {
    auto& step = response.steps[i];
    const auto subject = said("step {0} of {1}", "{1}的步骤{0}", in_quotes(step.name), what);
    if (named[i] && then[i].start_given && step.start != StepStart::kThen) {
      reading.findings.error(then[i].start_at, "start-contradicts-then",
                             said("{0} stands in a \"then\" list and says it starts otherwise",
                                  "{0}已列在某个\"then\"里，却写了别的开始方式", subject),
                             said("leave out start, or write start = \"then\"", "去掉start，或写 start = \"then\""));
    }
    if (!named[i] && step.start == StepStart::kThen) {
      reading.findings.error(then[i].start_at, "never-starts",
                             said("{0} waits for a \"then\" that does not name it",
                                  "{0}等着被\"then\"叫到，但没有一个\"then\"写了它", subject));
    }
    if (named[i]) step.start = StepStart::kThen;
  }
}

}  // namespace

void link_steps(Response& response, const std::vector<ThenNames>& then, const base::Said& what, Reading& reading) {
  resolve_names(response, then, what, reading);
  const auto circle = CircleSearch(response.steps).find();
  if (!circle.path.empty()) {
    reading.findings.error(
        then[circle.first].at, "then-circle",
        said("\"then\" of {0} goes round in a circle: {1}", "{0}的\"then\"成了循环：{1}", what, circle.path));
    return;
  }
  settle_starts(response, then, what, reading);
  const auto begins = [](const PlanStep& step) { return step.start == StepStart::kAtOnce; };
  if (!response.steps.empty() && std::none_of(response.steps.begin(), response.steps.end(), begins)) {
    reading.findings.error(then.front().at, "nothing-at-once",
                           said("no step of {0} starts at once", "{0}没有一个步骤立即开始", what));
  }
}

}  // namespace tocsin::plan
