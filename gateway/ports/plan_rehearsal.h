// What would happen under a plan, and what differs between two: asked by the desk, answered on paper.  Plain values
// between adapters and the core; nothing of it changes anything.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/facts.h"
#include "gateway/ports/plan_offer.h"

namespace tocsin::ports {

// A plan's text, a version that the store keeps, or neither: the one in force.
struct PlanWanted {
  std::string text;  // TOML, one file or a bundle of several
  int version = 0;
};

struct RehearsalWish {
  PlanWanted plan;
  std::string hazard;  // kind; empty: read from the text
  model::Facts facts;
  std::string area;  // code, name or alias
  std::string place, text;
  std::optional<base::UtcTime> at;    // none: now
  std::vector<std::string> on_leave;  // codes of persons taken to be on leave
  bool all_answer = false;            // everybody gives what is asked of them; else nobody answers
  std::string language;               // of questions and the message: "zh" or "en"
  bool drawing = false;               // the timeline as a drawing too
};

struct ComparisonWish {
  PlanWanted before, after;
};

struct PlanLookedAt {
  bool readable = true;  // false: `refused` says why
  PlanJudged refused;    // the findings of the text that could not be read
  std::string json;      // the keys of `tocsin plan simulate --json`, of `tocsin plan diff --json`
  std::string svg;       // the drawing that was asked for
};

}  // namespace tocsin::ports
