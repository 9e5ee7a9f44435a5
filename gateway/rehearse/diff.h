// Two plans compared by what they do, not by what they say.
//
// Levels, grades and questions: reports are generated for each hazard of either plan, at every edge of every range, for
// each choice, flag and unknown, over the attributes that clauses found in one plan alone speak of, and classified
// under both plans; reports with the same outcome are put together into regions.  Clauses that both plans have cannot
// make a difference by themselves, so nothing is lost by leaving the attributes that only they name unknown: what is
// told of a region holds unless such a clause says more.
// Words: every keyword of either plan is read as an SMS under both.
// Call-outs: for each hazard and level whose response differs in effect, both are rehearsed (simulate.h) with nobody
// answering, at every hour at which a ladder or the calendar changes, on working days and days of rest, in one area of
// each kind.  Without a directory each selector stands for one person (stand_in_roster.h).
// Names of ladders, order of tables, comments, layout, cases and accepted warnings are no difference.
//
// Pure: no IO, no clock; equal inputs give equal results in the same order.  Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/base/time.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin::rehearse {

struct DiffOptions {
  const ports::Roster* roster = nullptr;  // of both plans; null: selectors stand for people
  base::UtcTime at{};                     // call-outs are rehearsed on the 14 days that begin here
  unsigned links_for = kEveryLink;
  std::size_t most_reports = 20'000;  // generated for one hazard's group of attributes that stand together
};

// One difference.  What is empty in `before` or `after` was not there, or is no longer.
struct Change {
  // From a closed list, in the order of the result:
  //   office, levels, hazard, attribute, level, grade, question, understood, merge,
  //   step, answer, task, approval, stand_down, more, fewer, later, sooner, channel, course, text
  std::string what;
  // Names: "fire", "fire/III", "unclassified", "attribute/serious", "level/III", "template/alert"; empty: the office.
  std::vector<std::string> about;
  base::Said subject;               // which reports, which people, which step
  base::Said before, after;         // in words
  std::string was, now;             // of level and grade: ids; "" for none
  base::Said when;                  // hours and places; empty: always and everywhere
  std::vector<std::string> people;  // codes, of more, fewer, later, sooner, channel, course
  bool operator==(const Change&) const = default;
};

struct PlanDiff {
  std::string before, before_version, before_digest, after, after_version, after_digest;
  std::vector<Change> changes;
  std::vector<base::Said> left_out;  // what was not tried, and why
  std::int64_t reports = 0;          // classified under both
  std::int64_t texts = 0;            // read under both
  std::int64_t call_outs = 0;        // rehearsed under both
  [[nodiscard]] bool same() const { return changes.empty(); }
};

[[nodiscard]] PlanDiff diff(const plan::Plan& before, const plan::Plan& after, const DiffOptions& options = {});

// For a terminal, "zh" or English; and one JSON object (keys: docs/cli.md).  Both end with a newline.
[[nodiscard]] std::string to_text(const PlanDiff& diff, const std::string& language);
[[nodiscard]] std::string to_json(const PlanDiff& diff);

}  // namespace tocsin::rehearse
