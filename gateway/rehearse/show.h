// A rehearsal on paper: for a leader to read, and for a program.
#pragma once

#include <string>

#include "gateway/rehearse/simulate.h"

namespace tocsin::rehearse {

// Aligned text for a terminal, in Chinese ("zh") or English (anything else).  Ends with a newline.
[[nodiscard]] std::string to_text(const Rehearsal& rehearsal, const std::string& language);

// One JSON object, indented, UTF-8, with these keys (stable; new ones may be added):
//   at          RFC 3339            hazard       kind or "unclassified"    hazard_name  in words
//   level       id, null for none   level_name   in words                  area         path, "" unknown
//   clause      "fire/III/2"        clause_text  what matched              facts        text form, facts_text in words
//   message     as the first step's people read it
//   segments    [{template, language, link, segments, unicode, hazard}] of each text of its steps over each link of
//               --config, at the longest; segments null: that link cannot carry it
//   complete    false: something was still to come at the horizon
//   plan, plan_version   grade  id, null for none; grade_clause   needs_look  a sum alone would raise the level
//   stood_down           unknown  names of the course that the directory does not have
//   questions   [{attribute, text, could_reach, of_desk}]
//   course      [{after_s, what, who, answer, approved, channel, level, clause, facts_text}] what happened, in order
//   callouts    [{began_after_s, level, level_name, clause, clause_text, response, approval, ended_after_s}], one for
//               each level; approval null or {by, due_after_s, state, decided_after_s, decided_by}
//   recipients  [{person, name, language, matter, callout, step, further_steps, selector, post, post_name,
//   stands_in_for, contact, channel,
//                 first_after_s, needs, answers, end, end_reason, ended_after_s, timeline}] in the order they are told;
//                 contact, channel and
//               first_after_s are of the first try (null when none)
//               step null: told by no step (an update, a stand-down); answers [{after_s, answer}]
//     timeline  [{after_s, channel, contact, deputy, cycle, rung, reason, handed_over_after_s, state}]; cycle and rung
//               from 1; handed_over_after_s null: it never was
//   steps       [{index, name, callout, start, life_safety, began_after_s, state, reason, ended_after_s, needs, needed,
//   people, then}];
//               index from 0, as `step` everywhere; began_after_s null: never within the horizon
//   tasks       [{step, text, due_after_s, state}]
//   not_told    [{step, person, name, what, selector, reason}]
// Times are seconds since the report was accepted.  Words of closed lists are those of the record and the API.
[[nodiscard]] std::string to_json(const Rehearsal& rehearsal);

// A timeline to print and sign: one SVG drawing, as many A4 pages high as it takes, without scripts or anything from
// outside; every text escaped.  In Chinese ("zh") or English (anything else).
[[nodiscard]] std::string to_svg(const Rehearsal& rehearsal, const std::string& language);

}  // namespace tocsin::rehearse
