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
//   complete    false: something was still to come at the horizon
//   questions   [{attribute, text, could_reach}]
//   recipients  [{person, name, language, step, further_steps, selector, post, post_name, stands_in_for, contact,
//   channel,
//                 first_after_s, end, ended_after_s, timeline}] in the order they are told; contact, channel and
//               first_after_s are of the first try (null when none)
//     timeline  [{after_s, channel, contact, deputy, cycle, rung, reason}]; cycle and rung from 1
//   steps       [{index, name, start, began_after_s, state, reason, ended_after_s, needs, needed, people, then}];
//               index from 0, as `step` everywhere; began_after_s null: never within the horizon
//   tasks       [{step, text, due_after_s}]
//   not_told    [{step, person, name, what, selector, reason}]
// Times are seconds since the report was accepted.  Words of closed lists are those of the record and the API.
[[nodiscard]] std::string to_json(const Rehearsal& rehearsal);

}  // namespace tocsin::rehearse
