// "As III, plus ...": which steps, approval and stand-down a response has when some are written elsewhere.
//
// Internal to gateway/plan.  Works on the tree, so that a wrong key is found where it is written; what comes out points
// into the tree and is read like any other response.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/plan/reading.h"

namespace tocsin::plan {

// The response it is for.
using ResponseKey = std::pair<model::HazardKind, model::LevelIndex>;
// "fire/III"; "unclassified".
[[nodiscard]] std::string key_name(const ResponseKey& key, const Plan& plan);
// "response fire/III", for findings.
[[nodiscard]] base::Said response_named(const ResponseKey& key, const Plan& plan);

// One step, key by key: a key may come from another response than the next.
struct WholeStep {
  std::string name;  // empty when it has none to be found by
  Position at;       // where it was changed last
  std::vector<const Entry*> entries;
};

struct WholeResponse {
  std::vector<WholeStep> steps;
  const Node* approval = nullptr;
  const Node* stand_down = nullptr;
  // Names in inherited `then` lists whose steps were left out: they mean nothing any more.
  std::set<std::pair<const Entry*, std::string>> dropped;
  bool broken = false;  // what it begins with cannot be found: nothing more can be said of it
};

// The step as one table, without the names that were dropped from its `then`.
[[nodiscard]] Node step_node(const WholeStep& step, const WholeResponse& whole);

class Inheritance {
 public:
  explicit Inheritance(Reading& reading) : reading_(reading) {}

  // False when the key is taken; the first stays.
  bool add(const ResponseKey& key, const Node& node);
  [[nodiscard]] const Node* written(const ResponseKey& key) const;
  // With all it takes over.  Reports a base that does not exist, circles, and names of steps that are not there.
  // The key must have been added.
  const WholeResponse& whole(const ResponseKey& key);
  // A response by itself, for one whose key cannot be told.
  WholeResponse alone(const Node& node, const base::Said& what);

 private:
  std::optional<ResponseKey> base_of(const ResponseKey& key, const Node& as);
  bool in_circle(const ResponseKey& key, const Node& as);
  WholeResponse build(const ResponseKey& key);
  void leave_out(WholeResponse& whole, const Node& node, const base::Said& what);
  void take_steps(WholeResponse& whole, const Node& node, const base::Said& what, bool derived);
  void place_step(WholeResponse& whole, WholeStep step, const Node* before, const base::Said& what);
  void unknown_step(const Node& node, const WholeResponse& whole, const base::Said& message);

  Reading& reading_;
  std::map<ResponseKey, const Node*> written_;
  std::map<ResponseKey, WholeResponse> whole_;
  std::vector<ResponseKey> path_;  // being built
};

}  // namespace tocsin::plan
