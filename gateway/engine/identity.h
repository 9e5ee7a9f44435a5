// Accounts, sessions and one-time codes: what the commands of model/identity.h do.  Engine thread only.
#pragma once

#include <optional>
#include <string>

#include "gateway/engine/core.h"
#include "gateway/model/identity.h"

namespace tocsin::engine {

[[nodiscard]] model::CommandResult handle_identity(Core& core, const model::IdentityCommand& command);

// ---- accounts.cc ----
[[nodiscard]] model::CommandResult add_account(Core& core, const model::AddAccount& command);
[[nodiscard]] model::CommandResult reset_account(Core& core, const model::ResetAccount& command);
[[nodiscard]] model::CommandResult disable_account(Core& core, const model::DisableAccount& command);
[[nodiscard]] model::CommandResult add_token(Core& core, const model::AddToken& command);
[[nodiscard]] model::CommandResult revoke_token(Core& core, const model::RevokeToken& command);

// ---- sign_in.cc ----
[[nodiscard]] model::CommandResult password_sign_in(Core& core, const model::PasswordSignIn& command);
[[nodiscard]] model::CommandResult code_sign_in(Core& core, const model::CodeSignIn& command);
[[nodiscard]] model::CommandResult link_sign_in(Core& core, const model::LinkSignIn& command);
[[nodiscard]] model::CommandResult renew_session(Core& core, const model::RenewSession& command);
[[nodiscard]] model::CommandResult sign_out(Core& core, const model::SignOut& command);
[[nodiscard]] model::CommandResult revoke_session(Core& core, const model::RevokeSession& command);

// ---- one_time_codes.cc ----
[[nodiscard]] model::CommandResult ask_code(Core& core, const model::AskCode& command);
// The request whose unused code that is, of that purpose and subject; it is used from now on.  A wrong code counts: the
// fifth ends the request.  Empty for every kind of no.
[[nodiscard]] std::optional<model::SignInRequest> spend_code(Core& core, model::SignInId request,
                                                             const std::string& code, model::CodePurpose purpose,
                                                             std::int64_t subject);
// The same by the one-time link.
[[nodiscard]] std::optional<model::SignInRequest> spend_link(Core& core, const std::string& link_hash);
// The words of codes whose time is over are taken away.  True: there are more.
bool expire_codes(Core& core);

}  // namespace tocsin::engine
