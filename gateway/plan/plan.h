// The plan: the office's own rules, immutable once read and checked.
//
// `read_plan` (read_plan.h) is the only maker.  Everything here is a plain value; a
// `shared_ptr<const Plan>` is read from any thread.  No later code sees TOML keys or line numbers.
// docs/plan.md is the reference of the file format.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"
#include "gateway/model/answer.h"
#include "gateway/model/facts.h"
#include "gateway/model/kinds.h"
#include "gateway/model/selector.h"

namespace tocsin::plan {

// A word or sentence per language ("zh", "en").
using Words = std::map<std::string, std::string, std::less<>>;
using WordLists = std::map<std::string, std::vector<std::string>, std::less<>>;

// `words` in `language`, else in the plan's first language, else any; empty only when `words` is.
[[nodiscard]] const std::string& say(const Words& words, const std::string& language, const std::string& fallback);

struct Level {
  std::string id;  // "IV"
  Words name;
  std::string colour;  // "blue"
};

enum class AttributeType { kCount, kMeasure, kFlag, kChoice };
enum class Worse { kHigher, kLower };
enum class Combine { kMax, kSumByPlace, kLatest };

struct Attribute {
  std::string name;
  AttributeType type = AttributeType::kFlag;
  Words label;
  Words unit;          // of a measure
  WordLists keywords;  // what an SMS calls it: "重伤", "injured"
  Words ask;           // the question for a reporter
  Worse worse = Worse::kHigher;
  Combine combine = Combine::kMax;   // for flags: max = once yes, yes; choices: always latest
  std::vector<std::string> choices;  // identifiers, mildest first
  std::map<std::string, Words, std::less<>> choice_labels;
  std::map<std::string, WordLists, std::less<>> choice_keywords;
};

// Half-open: from <= value < to; an absent end is open.
struct Range {
  std::optional<model::Quantity> from, to;
  [[nodiscard]] bool contains(model::Quantity q) const { return (!from || q >= *from) && (!to || q < *to); }
};
using AnyChoice = std::vector<std::string>;

struct Condition {
  std::string attribute;
  std::variant<Range, bool, AnyChoice> wanted;
  std::string text;  // as the plan writes it: "serious = 1..3"
};

struct Clause {      // all of
  std::string name;  // "fire/III/2"
  std::vector<Condition> all;
};

struct Criteria {  // any of
  model::LevelIndex level = 0;
  std::vector<Clause> any;
};

struct Rung {
  model::Channel channel = model::Channel::kSms;
  base::Duration wait{};               // after hand-over, before the next rung
  std::optional<model::Selector> who;  // knock: who goes to the door
};

struct Ladder {
  std::string name;
  std::vector<Rung> rungs;        // at least one
  int cycles = 1;                 // 1 = no repeat
  base::Duration repeat_after{};  // pause before the next cycle
};

enum class StepStart { kAtOnce, kNotOpened, kThen };  // kThen: only when another step's `then` names it

struct DeskTask {
  Words text;
  base::Duration clock{};  // due this long after the step starts
};

struct PlanStep {
  std::string name;  // unique within its response
  StepStart start = StepStart::kAtOnce;
  std::vector<model::Selector> to;
  int ladder = -1;                                         // index into Plan::ladders; -1 for a pure desk task
  model::AnswerKind needs = model::AnswerKind::kReceived;  // kNone: only informs, or a pure desk task
  bool enough_all = false;                                 // every recipient
  int enough = 0;                                          // 0 = informs only; never short
  base::Duration wait{};                                   // after the last first rung was handed over
  base::Duration at_most{};                                // after the step began, whatever happened
  std::vector<int> then;                                   // steps begun when this one is short, in order
  std::string text;                                        // template name; "alert" unless the step says otherwise
  std::optional<DeskTask> task;
};

struct Response {
  model::HazardKind kind = model::HazardKind::kUnclassified;
  model::LevelIndex level = model::kNoLevel;  // serves this level; kNoLevel for unclassified
  std::vector<PlanStep> steps;
};

struct Hazard {
  model::HazardKind kind = model::HazardKind::kFire;
  Words name;
  WordLists keywords;
  std::vector<std::string> attributes;  // what may be said about it, in the order to ask
  model::LevelIndex default_level = 0;  // when no clause matches
  std::vector<Criteria> criteria;       // highest level first
  base::Duration merge_window{};
  double merge_distance_m = 0;  // between centres of areas; 0: same area or its parent or child only
};

// Mustache, without HTML escaping.  Fields: docs/plan.md, "Templates".
struct Template {
  std::string name;  // "alert", "update", "stand_down", "receipt", ...
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>
      text;  // language -> channel ("sms", "default") -> text
};

struct Plan {
  std::string name;
  std::string version;  // as written in the file
  std::string digest;   // hex BLAKE2b of the source
  std::string time_zone = "Asia/Shanghai";
  std::vector<std::string> languages;  // first = default
  base::Duration stale_after{};        // older reports ring the desk only
  base::Duration open_within{};        // the desk must open an incident within this
  std::vector<Level> levels;           // lowest first
  std::map<std::string, Attribute, std::less<>> attributes;
  std::map<model::HazardKind, Hazard> hazards;
  std::vector<Ladder> ladders;
  std::vector<Response> responses;  // by kind, then level
  std::map<std::string, Template, std::less<>> templates;

  [[nodiscard]] const Hazard* hazard(model::HazardKind kind) const;
  [[nodiscard]] const Attribute* attribute(std::string_view attribute_name) const;
  // The response for that level, or the nearest lower level that has one; null when none.
  // `kUnclassified` has one always (read_plan insists).
  [[nodiscard]] const Response* response(model::HazardKind kind, model::LevelIndex level) const;
  [[nodiscard]] std::optional<model::LevelIndex> level_named(std::string_view id) const;
  [[nodiscard]] std::string level_id(model::LevelIndex level) const;  // "" for kNoLevel
  [[nodiscard]] const std::string& default_language() const { return languages.front(); }
};

using PlanPtr = std::shared_ptr<const Plan>;

}  // namespace tocsin::plan
