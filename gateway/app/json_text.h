// What the commands print as JSON, and the body of a report.  Keys are stable; docs/cli.md lists them.
// The JSON library stays in json_text.cc.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/https/authority.h"
#include "directory/directory_store.h"
#include "gateway/app/commands.h"
#include "gateway/app/directory_by_office.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/result.h"
#include "gateway/model/facts.h"
#include "gateway/model/plan_version.h"
#include "gateway/model/views.h"
#include "gateway/plan/read_plan.h"
#include "gateway/ports/roster.h"
#include "gateway/rehearse/text_parts.h"
#include "gateway/store/verify_record.h"

namespace tocsin::app {

[[nodiscard]] std::string plan_check_json(const std::string& file, const base::Diagnostics& findings,
                                          const std::vector<base::Said>& skipped,
                                          const std::vector<rehearse::TextParts>& texts, bool refused);
[[nodiscard]] std::string import_json(const directory::ImportOutcome& outcome, bool dry_run,
                                      const base::Diagnostics& findings);
[[nodiscard]] std::string refused_import_json(const base::Diagnostics& findings);
// Persons by code where the directory still has them; `roster` may be null.
[[nodiscard]] std::string tokens_json(const std::vector<model::TokenRow>& tokens, const ports::Roster* roster);
[[nodiscard]] std::string record_check_json(const store::RecordCheck& check, bool asked_for_head);
[[nodiscard]] std::string certificates_json(const https::MadeCertificates& made);
[[nodiscard]] std::string version_json();

// The body of POST /api/v1/reports.
[[nodiscard]] std::string report_body(const ReportOptions& report, const model::Facts& facts, const std::string& key,
                                      const std::string& occurred_at);

// The body of POST /api/v1/plans.
[[nodiscard]] std::string plan_body(const plan::ReadPlan& read, const std::string& name,
                                    const std::vector<model::PlanOverride>& accept, const std::string& note,
                                    bool dry_run);

// Any JSON indented; as it is when it is none.
[[nodiscard]] std::string indented(const std::string& json);

// Of POST /api/v1/directory/import and /undo.
[[nodiscard]] std::string import_body(const std::vector<directory::Sheet>& sheets, const ImportAs& as,
                                      std::int64_t base_version);
[[nodiscard]] std::string undo_body(const std::string& reason, bool dry_run, std::int64_t base_version);
// An object of those members whose value is not empty, for a request.
[[nodiscard]] std::string object_of(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace tocsin::app
