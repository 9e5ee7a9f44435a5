// The plan: the office's own rules, immutable once read and checked.
//
// `read_plan` (read_plan.h) is the only maker.  Everything here is a plain value; a
// `shared_ptr<const Plan>` is read from any thread.  No later code sees TOML keys or line numbers.
// docs/plan.md is the reference of the file format.
#pragma once

#include <cstdint>
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
enum class AskWhom { kReporter, kDesk };  // who is asked when the fact is unknown and could raise the level

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
  AskWhom ask_whom = AskWhom::kReporter;
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
  std::string source;  // instrument and article, for readers; may be empty
};

struct Rung {
  model::Channel channel = model::Channel::kSms;
  base::Duration wait{};               // after hand-over, before the next rung
  std::optional<model::Selector> who;  // knock: who goes to the door
};

// Hours of the office's day, half-open: `from` belongs to it, `to` does not.  From 22:00 to 07:00 runs over midnight
// and belongs to the day on which it began; equal ends are the whole day.
struct Hours {
  int from_minute = 0, to_minute = 0;  // 0 to 1439 since midnight, office time
  // Bit 0 Monday ... bit 6 Sunday, by the calendar; bit 7 working days, bit 8 days of rest, by the plan's holidays.
  // A day belongs when any of its bits is set here.
  unsigned days = 0x7F;
};

struct LadderHours {
  Hours hours;
  int ladder = -1;  // index into Plan::ladders: what is climbed instead, itself without hours
};

struct Ladder {
  std::string name;                // "commander"; of hours and of a step's own repeat "commander@2", for people to read
  Words title;                     // "Reaching the commander"; may be empty.  Those derived have their ladder's
  std::vector<Rung> rungs;         // at least one
  int cycles = 1;                  // 1 = no repeat
  base::Duration repeat_after{};   // pause before the next cycle
  std::vector<LadderHours> hours;  // the first that holds when the alert is made decides; none: this ladder itself
};

// Days that are not what their weekday says; days since 1970-01-01, office time.
struct Calendar {
  std::vector<std::int32_t> rest;     // holidays, ascending
  std::vector<std::int32_t> working;  // weekends worked instead, ascending
};

enum class StepStart { kAtOnce, kNotOpened, kThen };  // kThen: only when another step's `then` names it

struct DeskTask {
  Words text;
  base::Duration clock{};  // due this long after the step starts
};

struct PlanStep {
  std::string name;  // unique within its response
  Words title;       // "Rescue", what people read instead of the name; may be empty.  title_of() in subjects.h
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
  bool life_safety = false;  // begins at once even while an approval is awaited
};

// A response that waits for somebody's word.  Who is asked is told like everybody else, by a step that read_plan adds
// as the response's last, named "approval" (start kAtOnce, life_safety, text "approval", needs kDecision, enough 1);
// only the Approve command settles it, whatever is answered.  Being asked is a matter of its own: whoever another step
// finds too is told by that step besides, in its words and by its ladder.  Which steps begin when: callout/authority.h.
struct Approval {
  std::vector<model::Selector> by;  // any one of them, or whoever stands in or was told as their deputy
  int step = -1;                    // index of that step
  base::Duration at_most{};         // after the response began: then the default holds
  bool starts_by_default = true;    // nobody decided in time: started, or left alone
};

// Who may end what runs, and what must be true then.
struct StandDownCondition {
  std::string name;  // slug, unique in its response: "fire-out"
  Words text;        // "明火已灭？"
};
struct StandDownRule {
  std::vector<model::Selector> by;             // any one of them or their stand-in; empty: whoever may today
  std::vector<StandDownCondition> conditions;  // all ticked by whoever ends it
};

struct Response {
  model::HazardKind kind = model::HazardKind::kUnclassified;
  model::LevelIndex level = model::kNoLevel;  // serves this level; kNoLevel for unclassified
  std::vector<PlanStep> steps;                // inherited ones included
  std::optional<Approval> approval;
  std::optional<StandDownRule> stand_down;
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
  // A second table of criteria: the grade of the published instruments, owed in the written report.  It calls nobody.
  std::vector<Criteria> grades;  // highest first; clauses named "fire/grade/III/1"; no clause true: no grade
};

// Mustache, without HTML escaping.  Fields: docs/plan.md, "Templates".
struct Template {
  std::string name;  // "alert", "update", "stand_down", "receipt", ...
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>
      text;  // language -> channel ("sms", "default") -> text
};

// ---- [[case]]: the plan's own tests ----

struct CaseReport {
  model::HazardKind kind = model::HazardKind::kUnclassified;  // kUnclassified: read from `text`
  model::Facts facts;                                         // checked against the hazard when that is given
  std::string area;                                           // code, name or alias; only a directory knows it
  std::string place, text;
};
// "post:commander" (whoever is told by that selector), or "person:CODE".
struct CaseWhom {
  std::optional<model::Selector> selector;
  std::string person;
  bool operator==(const CaseWhom&) const = default;
};
struct CaseAnswer {
  CaseWhom who;
  model::AnswerKind kind = model::AnswerKind::kReceived;
};
struct CaseDecision {
  CaseWhom who;
  bool approved = true;
};
struct CaseOpened {};  // the desk opens the incident
struct CaseLink {      // every link of that channel
  model::Channel channel = model::Channel::kSms;
  bool up = false;
};
struct CaseStandDown {};
struct CaseEvent {
  base::Duration after{};  // since the case's beginning; never before the one above it
  std::variant<CaseReport, CaseAnswer, CaseDecision, CaseOpened, CaseLink, CaseStandDown> what;
};
struct CaseTold {
  CaseWhom who;
  std::optional<base::Duration> within;  // of the case's beginning: the first try at the latest
  std::optional<model::Channel> over;    // some try goes over it
};
// What is not given is not looked at.
struct CaseExpect {
  std::optional<std::string> level, clause, grade;    // at the end; level "none" for unclassified, grade "none"
  std::optional<std::vector<std::string>> questions;  // attributes, in order
  std::vector<CaseTold> told;
  std::vector<CaseWhom> not_told;             // neither by this step nor any other
  std::vector<std::string> steps, not_steps;  // names of steps that began, that did not
};
struct Case {
  std::string name;               // unique
  std::string at;                 // "2026-11-23 10:00", office time
  base::Duration until{};         // the case is looked at until then, since its beginning
  std::vector<CaseEvent> events;  // the first is a report
  CaseExpect expect;
};

// [[accept]]: a warning that somebody answers for.
struct Acceptance {
  std::string finding;  // code: "range-gap"
  std::string where;    // Diagnostic::where, or a prefix of it up to a slash; empty: everywhere
  std::string reason;
};

struct Plan {
  std::string name;
  std::string version;  // as written in the file
  std::string digest;   // hex BLAKE2b of the source
  std::string time_zone = "Asia/Shanghai";
  std::vector<std::string> languages;           // first = default
  base::Duration stale_after{};                 // older reports ring the desk only
  base::Duration open_within{};                 // the desk must open an incident within this
  std::vector<model::Selector> inbox_unopened;  // told when nobody opened a message of the inbox within that time
  Hours night{22 * 60, 6 * 60};                 // contact points that are "not at night" rest then
  std::vector<Level> levels;                    // lowest first
  std::map<std::string, Attribute, std::less<>> attributes;
  std::map<model::HazardKind, Hazard> hazards;
  std::vector<Ladder> ladders;
  std::vector<Response> responses;  // by kind, then level
  std::map<std::string, Template, std::less<>> templates;
  Calendar calendar;
  std::vector<Case> cases;
  std::vector<Acceptance> accepted;

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
