// Accounts, sessions and tokens as JSON (docs/api/openapi.yaml lists the keys).  Rules as in json_out.h.
#pragma once

#include <string>
#include <vector>

#include "adapters/https/auth.h"
#include "gateway/model/command.h"
#include "gateway/model/identity.h"
#include "gateway/model/views.h"
#include "gateway/ports/roster.h"

namespace tocsin::https {

// `token`: shown when the client asked for it instead of a cookie; empty otherwise.
[[nodiscard]] std::string signed_in_json(const model::Session& session, const ports::Roster& roster,
                                         const std::string& token);
[[nodiscard]] std::string code_asked_json(model::SignInId request, base::UtcTime expires_at);
[[nodiscard]] std::string decided_json(const model::ApprovalReply& reply);
[[nodiscard]] std::string who_json(const Access& access, const ports::Roster& roster);
[[nodiscard]] std::string sessions_json(const std::vector<model::Session>& sessions, model::SessionId current,
                                        const ports::Roster& roster);
[[nodiscard]] std::string revoked_json();
[[nodiscard]] std::string disabled_json(const std::string& name);
[[nodiscard]] std::string users_json(const std::vector<model::Account>& accounts, const ports::Roster& roster);
[[nodiscard]] std::string enrolment_json(const std::string& name, const std::string& otpauth,
                                         const std::vector<std::string>& recovery_codes);
[[nodiscard]] std::string tokens_json(const std::vector<model::TokenRow>& tokens, const ports::Roster& roster);
[[nodiscard]] std::string token_made_json(const std::string& name, const std::string& role, const std::string& person,
                                          const std::string& token);
// Whole numbers of one person's agreed phones.
[[nodiscard]] std::string phones_json(const model::PersonCard& card);

}  // namespace tocsin::https
