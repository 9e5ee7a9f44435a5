// The API's JSON as a person reads it on a terminal.
//
// Made from the JSON, so that what came over HTTPS and what was read from the database are shown by the same words.
// Text that is not the expected JSON is shown as it is.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gateway/plan/read_plan.h"

namespace tocsin::app {

[[nodiscard]] std::string incidents_text(const std::string& json);
[[nodiscard]] std::string incident_text(const std::string& json);
[[nodiscard]] std::string submitted_text(const std::string& json);
// "the field facts.serious: ... (422 invalid-field)".
[[nodiscard]] std::string problem_text(int status, const std::string& json);

[[nodiscard]] std::string users_text(const std::string& json);
[[nodiscard]] std::string sessions_text(const std::string& json);
// The second factor and the recovery codes, with a QR code when `qr`.
[[nodiscard]] std::string enrolment_text(const std::string& json, bool qr);
// What was offered as a plan: all findings, each with its source line and who answers for it; then what became of it.
// `read` has the texts; findings are in Chinese where they have it and `chinese` asks for it.
[[nodiscard]] std::string plan_reply_text(int status, const std::string& json, const plan::ReadPlan& read,
                                          bool chinese = false);
// The versions of GET /api/v1/plans.
[[nodiscard]] std::string plans_text(const std::string& json);
// The versions of GET /api/v1/directory/changes, one a line.
[[nodiscard]] std::string directory_changes_text(const std::string& json);
// The contact check of GET /api/v1/directory/check: how it stands, and who was silent.
[[nodiscard]] std::string contact_check_text(const std::string& json);
// What is said of a change of the directory, made or refused: a line each.
[[nodiscard]] std::string directory_findings_text(const std::string& json);
// "3 rows added, 1 changed, 0 gone; version 8" of an answer that changed the directory.
[[nodiscard]] std::string directory_changed_text(const std::string& json);
// What person_data() gives, in numbers: how many rows of which table.
[[nodiscard]] std::string person_data_text(const std::string& json);
// The entries of GET /api/v1/record, one a line, and below it why whole numbers were read.
[[nodiscard]] std::string record_text(const std::string& json);
// The sheets of GET /api/v1/directory/export: name and text.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> sheets_in(const std::string& json);
// The number at that key of an object; 0 when it is not there.
[[nodiscard]] std::int64_t number_at(const std::string& json, const std::string& key);
// The value of that key of an object; empty when it is not there.
[[nodiscard]] std::string text_at(const std::string& json, const std::string& key);

}  // namespace tocsin::app
