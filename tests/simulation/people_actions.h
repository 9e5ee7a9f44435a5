// What people do: they report, photograph, text and answer; and the helpers that other actions share.
#pragma once

#include <string>

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

void web_report(Driver& d);
// Puts a file, and mostly names it: behind a report of one's own, of somebody else's, or of nobody's.
void photograph(Driver& d);
void sms_report(Driver& d);
void sms_answer(Driver& d);
void api_answer(Driver& d);

// ---- shared ----
[[nodiscard]] model::Principal as(Driver& d, model::Role role, const std::string& name, const std::string& person = "");
[[nodiscard]] model::Principal desk(Driver& d);
// "ok", or what was wrong.
[[nodiscard]] std::string word_of(const model::CommandResult& result);
[[nodiscard]] model::Facts some_facts(Driver& d, const std::string& hazard);
// Of an incident that is there, mostly.
[[nodiscard]] int some_code(Driver& d);

}  // namespace tocsin::simulation
