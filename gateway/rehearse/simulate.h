// What would happen: one report walked through the daemon's own rules, with nothing sent and nobody answering.
//
// Classification, selectors, ladders and steps are the very functions the engine calls; only the carriers are left
// out: every message is taken at once and never confirmed, every line of the call sheet is listed and never worked,
// the desk does not open the incident.  So the result is the longest road a report can take.
// Pure: no IO, no clock.  Equal inputs give equal results.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/model/recipient.h"
#include "gateway/model/report.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

// The report.  What is not given is read from `text`, as at intake; what is given wins.
struct Case {
  model::HazardKind hazard = model::HazardKind::kUnclassified;
  model::Facts facts;  // checked with triage::check_facts by the caller
  model::AreaId area;
  std::string place, text;
};

// A bit (1 << channel) for each carried channel.
inline constexpr unsigned kEveryLink = 0x7E;

struct Options {
  unsigned links_for = kEveryLink;                 // the channels some link serves
  base::Duration horizon = std::chrono::hours(4);  // nothing later is looked at
  std::string language;                            // of questions and message; empty: the plan's first
  bool show_numbers = false;                       // false: addresses are masked
};

// One rung taken for one person.
struct Try {
  base::Duration after{};  // since the report was accepted
  model::Channel channel = model::Channel::kSms;
  std::string contact;                          // where to: an address (masked unless asked for); empty for a knock
  std::string deputy;                           // of a deputy rung: the code of the person told
  int cycle = 1, rung = 0;                      // rung from 0
  model::Reason reason = model::Reason::kNone;  // why this rung, now
};

// One person told, once, whatever number of hats.
struct Told {
  model::PersonId person;
  std::string code, name, language;
  int step = 0;                    // index of the step that found them
  std::vector<int> further_steps;  // other hats
  std::string selector;            // "post:commander"
  std::string post, post_name;     // why they are in it
  std::string stands_in_for;       // code; empty: on their own account
  std::vector<Try> tries;          // in order of time
  model::AlertState end =
      model::AlertState::kTelling;  // exhausted, or told (informs only), or still climbing at the horizon
  std::optional<base::Duration> ended_after;
};

struct StepOutcome {
  std::string name;
  int index = 0;
  plan::StepStart start = plan::StepStart::kAtOnce;
  std::optional<base::Duration> began_after;  // empty: never, within the horizon
  model::StepState state = model::StepState::kWaiting;
  model::Reason reason = model::Reason::kNone;
  std::optional<base::Duration> ended_after;  // satisfied or short
  model::AnswerKind needs = model::AnswerKind::kReceived;
  int needed = 0;                   // answers that would satisfy it; 0 = informs only
  std::vector<std::string> people;  // codes, in the order they are told
  std::vector<std::string> then;    // names of the steps begun when it is short
};

struct TaskDue {
  int step = 0;
  std::string text;
  base::Duration due_after{};
};

struct LeftOut {
  int step = 0;
  std::string code, name;  // empty when nobody fills the post
  std::string what;        // "post commander"
  std::string selector;
  model::Reason reason = model::Reason::kNone;
};

struct Rehearsal {
  base::UtcTime at{};
  std::string at_local;  // office time
  model::HazardKind hazard = model::HazardKind::kUnclassified;
  std::string hazard_name;       // in the language asked for
  model::Assessment assessment;  // level, clause, questions
  std::string level_name;
  model::Facts facts;
  std::string facts_text;          // in words
  std::string area;                // path; empty: not known
  std::string message;             // what the first step's people would read
  std::vector<StepOutcome> steps;  // in plan order
  std::vector<Told> people;        // in the order they are told
  std::vector<TaskDue> tasks;
  std::vector<LeftOut> not_told;
  bool complete = true;  // false: something was still to come at the horizon
};

[[nodiscard]] Rehearsal rehearse(const plan::Plan& plan, const ports::Roster& roster, const Case& report,
                                 base::UtcTime at, const Options& options = {});

}  // namespace tocsin::rehearse
