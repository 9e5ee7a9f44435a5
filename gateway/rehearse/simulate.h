// What would happen: a report, or a written course of events, walked through the daemon's own rules with nothing sent.
//
// Classification, selectors, ladders, steps and answers are the very functions the engine calls; only store and
// carriers are left out.  Every message is taken at once and confirmed, unless its link is down; every line of the
// call sheet is listed and never worked; the desk opens the incident only where the course says so; nobody answers but
// whom the course or `Options::silent` lets answer.  tests/simulation/equality_test.cc holds it to the engine.
//
// Pure: no IO, no clock; any thread.  Equal inputs give equal results.  The cost is that of the events themselves: a
// queue of what falls due, never a walk over everybody.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/model/alert.h"
#include "gateway/model/approval.h"
#include "gateway/model/incident.h"
#include "gateway/model/recipient.h"
#include "gateway/model/report.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"
#include "gateway/rehearse/text_parts.h"

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
  unsigned links_down = 0;                         // of those, the ones down from the beginning
  base::Duration horizon = std::chrono::hours(4);  // nothing later is looked at; course events neither
  std::string language;                            // of questions and message; empty: the plan's first
  bool show_numbers = false;                       // false: addresses are masked
  // Codes of persons who never answer.  Not given: nobody answers but as the course says.  Given: everybody else gives
  // each alert the answer it asks for, `answer_after` its first message was handed over or the desk was to phone them.
  std::optional<std::vector<std::string>> silent;
  base::Duration answer_after = std::chrono::minutes(1);
  std::vector<std::string> unknown_people;  // codes asked for beside the course that the directory does not have
  // The engine's measures (engine/options.h), to be the same here.
  base::Duration link_patience = std::chrono::seconds(30);  // down this long: ladders go on without the link
  base::Duration summary_after = std::chrono::minutes(10);  // owed this long: composed from the present
  int slice = 200;                                          // recipients entered at a time
};

// One rung taken for one person.
struct Try {
  base::Duration after{};  // since the report was accepted: when the rung was taken
  model::Channel channel = model::Channel::kSms;
  std::string contact;      // where to: an address (masked unless asked for); of a knock: codes of who goes
  std::string deputy;       // of a deputy rung: the code of the person told
  int cycle = 1, rung = 0;  // rung from 0
  model::Reason reason = model::Reason::kNone;  // why this rung, now
  base::Duration wait{};                        // of this rung, from its handing over
  std::optional<base::Duration> handed_over;    // empty: it never was (the link stayed down, or it was taken back)
  model::DeliveryState state = model::DeliveryState::kQueued;  // as it stood in the end
};

// An answer somebody gave, by themselves or because the course says so.
struct Given {
  base::Duration after{};
  model::AnswerKind kind = model::AnswerKind::kNone;
};

// One person told one thing, once, whatever number of hats: the alert of a call-out, the update of a raise or of the
// stand-down.  Without a course there is one for each person.
struct Told {
  model::PersonId person;
  std::string code, name, language;
  model::MatterKind matter = model::MatterKind::kAlert;
  int callout = 0;                 // index into Rehearsal::callouts
  int step = 0;                    // index into Rehearsal::steps of the step that found them; -1: told by no step
  std::vector<int> further_steps;  // other hats
  std::string selector;            // "post:commander"; empty without a step
  std::string post, post_name;     // why they are in it
  std::string stands_in_for;       // code; empty: on their own account
  base::Duration began_after{};
  std::vector<Try> tries;  // in order of time
  std::vector<Given> answers;
  model::AnswerKind needs = model::AnswerKind::kNone;   // what their steps ask of them in the end
  model::AlertState end = model::AlertState::kTelling;  // as it stood in the end
  model::Reason end_reason = model::Reason::kNone;      // why it ended so
  std::optional<base::Duration> ended_after;            // when it came to rest; empty: still climbing
};

struct StepOutcome {
  std::string name;
  std::string text;   // name of its template; empty: a task of the desk
  std::string title;  // in the language asked for; the name when the plan gives none
  int index = 0;      // place in Rehearsal::steps
  int callout = 0;    // index into Rehearsal::callouts
  plan::StepStart start = plan::StepStart::kAtOnce;
  bool life_safety = false;
  std::optional<base::Duration> began_after;  // empty: never, within the horizon
  model::StepState state = model::StepState::kWaiting;
  model::Reason reason = model::Reason::kNone;
  std::optional<base::Duration> ended_after;  // satisfied, short or closed
  model::AnswerKind needs = model::AnswerKind::kReceived;
  int needed = 0;                   // answers that would satisfy it; 0 = informs only
  std::vector<std::string> people;  // codes, in the order they are told
  std::vector<std::string> then;    // names of the steps begun when it is short
};

// What an approval came to.
struct ApprovalOutcome {
  std::vector<std::string> by;        // selectors
  std::vector<std::string> by_names;  // of the posts, where the directory has them; in the same order
  base::Duration due_after{};
  model::ApprovalState state = model::ApprovalState::kPending;  // kMoot: a raise or the stand-down came first
  std::optional<base::Duration> decided_after;
  std::string decided_by;  // code; empty when nobody did
};

// A response begun: the first, and one for each raise.
struct CallOutOutcome {
  base::Duration began_after{};
  std::string level_id, level_name;  // "" of the unclassified
  std::string clause, clause_text;   // that brought it
  std::string response;              // "fire/III": the response of the plan that serves it
  std::optional<ApprovalOutcome> approval;
  std::optional<base::Duration> ended_after;  // replaced by a higher one, or stood down
};

struct TaskDue {
  int step = 0;
  std::string text;
  base::Duration due_after{};
  model::TaskState state = model::TaskState::kOpen;  // overdue, or closed by what followed; nobody ever does it
};

struct LeftOut {
  int step = 0;
  std::string code, name;  // empty when nobody fills the post
  std::string what;        // "post commander"
  std::string selector;
  model::Reason reason = model::Reason::kNone;
};

// What happened, in order of time: the events of the course as they came out, and what time brought.
enum class HappenedWhat {
  kReport,     // accepted; the first begins everything
  kElsewhere,  // a report that belongs to another incident: not followed here
  kRaised,     // the level rose: see the call-out begun
  kAnswer,
  kDecision,  // on an approval
  kNobody,    // an answer or a decision of somebody who was not told, or may not decide: it changes nothing
  kOpened,
  kNotOpened,  // the desk did not open it in time
  kLinkDown,
  kStalled,  // the link was down too long: ladders go on without it
  kLinkUp,
  kDefault,  // nobody decided in time
  kStandDown,
};
[[nodiscard]] std::string_view name_of(HappenedWhat what);  // "report", "elsewhere", "raised", ...
struct Happened {
  base::Duration after{};
  HappenedWhat what = HappenedWhat::kReport;
  std::string who;                                      // code of a person; what the course named, of kNobody
  model::AnswerKind answer = model::AnswerKind::kNone;  // kAnswer
  int told = -1;                                        // kAnswer: index into Rehearsal::people
  bool approved = false;                                // kDecision, kDefault
  std::optional<model::Channel> channel;                // of links
  std::string level_id, clause;                         // kReport, kRaised: as they stand then
  std::string facts;                                    // kReport: what it said, in words
};

struct Rehearsal {
  std::string plan_name, plan_version, time_zone;
  base::UtcTime at{};
  std::string at_local;  // office time
  model::HazardKind hazard = model::HazardKind::kUnclassified;
  std::string hazard_name;       // in the language asked for
  model::Assessment assessment;  // level, clause, questions, grade: in the end
  std::string level_name;
  model::Facts facts;            // combined, in the end
  std::string facts_text;        // in words
  std::string area;              // path; empty: not known
  std::string place;             // free words
  std::vector<TextParts> texts;  // filled by whoever knows the links: each text of its steps over each of them
  std::string message;           // what the first step's people would read
  std::vector<Happened> course;
  std::vector<CallOutOutcome> callouts;
  std::vector<StepOutcome> steps;  // by call-out, in plan order
  std::vector<Told> people;        // in the order they are told
  std::vector<TaskDue> tasks;
  std::vector<LeftOut> not_told;
  std::vector<std::string> unknown;  // names of the course the directory does not have: "area donghuu", "person wnag"
  bool needs_look = false;           // a sum over places alone would raise the level: the desk is asked
  bool stood_down = false;
  base::Duration until{};  // the last moment looked at, at most the horizon
  bool complete = true;    // false: something was still to come at the horizon
};

[[nodiscard]] Rehearsal rehearse(const plan::Plan& plan, const ports::Roster& roster, const Case& report,
                                 base::UtcTime at, const Options& options = {});

// A course of events that begins at `at` with a report (else nothing happens); `course` in order of time, as [[case]]
// gives it.  At one moment what fell due comes before what the course says.  A report that does not belong to the
// incident opens another, which is not followed.  An answer goes to the newest alert of whoever was told by that
// selector, or of that person.  Facts that do not fit the hazard are left out, as those of a text are.
[[nodiscard]] Rehearsal rehearse_course(const plan::Plan& plan, const ports::Roster& roster,
                                        std::span<const plan::CaseEvent> course, base::UtcTime at,
                                        const Options& options = {});

}  // namespace tocsin::rehearse
