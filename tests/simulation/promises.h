// The promises, one function each: every broken one is said to the evidence.
#pragma once

#include "tests/simulation/evidence.h"

namespace tocsin::simulation {

void no_report_lost(Evidence& e);
void no_alert_forgotten(Evidence& e);
void nobody_told_twice(Evidence& e);
void carriers_agree_with_record(Evidence& e);
void told_together_alike(Evidence& e);
void summaries_name_what_they_tell(Evidence& e);
void carried_by_the_link_recorded(Evidence& e);
void links_keep_within_their_caps(Evidence& e);
void contact_checks_stand_back(Evidence& e);
void nothing_after_the_end(Evidence& e);
void everything_explained(Evidence& e);
void levels_fall_by_people_only(Evidence& e);
void record_in_order(Evidence& e);
void counters_true(Evidence& e);
void told_of_the_end(Evidence& e);
void photographs_kept_as_long_as_promised(Evidence& e);
void codes_count_once(Evidence& e);
void machines_answer_within_their_share(Evidence& e);
void nothing_begins_without_its_word(Evidence& e);
void decided_once_and_by_those_named(Evidence& e);
void ended_with_every_condition_ticked(Evidence& e);
void incidents_keep_their_plan(Evidence& e);
void unopened_messages_ring(Evidence& e);
void inbox_rings_once_an_hour(Evidence& e);

}  // namespace tocsin::simulation
