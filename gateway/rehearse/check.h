// What a plan promises that its directory and its links cannot keep.
//
// Who is found is looked at over the coming days: from one moment, wherever the directory changes (duty, leave, who
// holds a post), for every place a report can name.  Hours of ladders are looked at each for itself, so no hour of the
// day is left out.  Findings have `where` (plan::locate gives file and line); times in them are office time.
//
// With a directory:
//   selector-resolves-to-nobody  error: the directory has no such post, unit, group, duty or area role;
//                                warning: it has, but there is a time or a place at which nobody is found
//   enough-above-recipients      a step asks for more answers than it finds people
//   person-unreachable           somebody without an agreed contact point that any rung of a ladder can use
//   nobody-can-phone             the ladder relies on the desk's call, and the person has no agreed number
//   approval-by-nobody, stand-down-by-nobody   a time at which nobody may decide, or end it
//   deputies-in-a-circle         people who are each other's only deputies
//   case-area-unknown            error: a case names a place the directory does not have
// With links:
//   no-link-for-channel          a ladder climbs a channel no link serves
//   text-too-long, text-beyond-link   more short messages at the longest than kMostAlertSegments, or kMostSegments of
//                                what nobody is rung with; more than a link takes, or letters it does not have
//   template-not-registered, registration-of-nothing, registered-text-differs, registered-value-too-long
//                                of links whose provider takes registered templates alone
//   registration-unusable        error: no template, or fields that no plan has
//   answers-cannot-return        a step needs answers, and all its messages go over links that bring none
//   drain-too-slow               a step's messages are not handed over before its wait is over
// All but the named errors are warnings.  Each selector and each person is named once, at the first place
// concerned. Pure; any thread.  The cost is that of finding each list of selectors at each of its moments; a list that
// changes too often for its size is looked at less often, which `not_checked` says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/diagnostic.h"
#include "gateway/base/said.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"
#include "gateway/rehearse/simulate.h"
#include "gateway/rehearse/text_parts.h"

namespace tocsin::rehearse {

// More short messages than that for one text are a finding: of what somebody is rung with, and of others.
inline constexpr int kMostAlertSegments = 2, kMostSegments = 3;

struct CheckOptions {
  base::UtcTime at{};                            // from when on
  base::Duration ahead = std::chrono::days(30);  // how long
  std::optional<std::vector<LinkFacts>> links;  // not given: every channel is taken to be served, texts are not counted
};

struct Checked {
  base::Diagnostics findings;
  std::vector<base::Said> not_checked;  // what was left out, and why
  std::vector<TextParts> texts;         // of each text over each link that can say
};

// `roster` null: links alone.
[[nodiscard]] Checked check(const plan::Plan& plan, const ports::Roster* roster, const CheckOptions& options);

// The channels those links serve, a bit (1 << channel) each.
[[nodiscard]] unsigned channels_of(const std::vector<LinkFacts>& links);

}  // namespace tocsin::rehearse
