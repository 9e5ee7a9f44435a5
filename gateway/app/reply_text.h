// The API's JSON as a person reads it on a terminal.
//
// Made from the JSON, so that what came over HTTPS and what was read from the database are shown by the same words.
// Text that is not the expected JSON is shown as it is.
#pragma once

#include <string>

namespace tocsin::app {

[[nodiscard]] std::string incidents_text(const std::string& json);
[[nodiscard]] std::string incident_text(const std::string& json);
[[nodiscard]] std::string submitted_text(const std::string& json);
// "the field facts.serious: ... (422 invalid-field)".
[[nodiscard]] std::string problem_text(int status, const std::string& json);

}  // namespace tocsin::app
