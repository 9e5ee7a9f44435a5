// API tokens: only their BLAKE2b hash is kept, so a stolen database opens no door.
//
// Each function is one transaction of its own on the given session (so not inside the engine's).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/db/session.h"
#include "gateway/model/views.h"

namespace tocsin::store {

// The token itself goes to its owner once and is forgotten.  `name` is a label, unique for ever; kConflict when taken.
[[nodiscard]] base::Result<std::int64_t> insert_token(db::Session& session, std::string_view name, model::Role role,
                                                      model::PersonId person, std::string_view token,
                                                      base::UtcTime now);

// Revoked ones too, oldest first.
[[nodiscard]] base::Result<std::vector<model::TokenRow>> list_tokens(db::Session& session);

// kNotFound when no unrevoked token has that name.  It stays in the list.
[[nodiscard]] base::Status revoke_token(db::Session& session, std::string_view name, base::UtcTime now);

// The unrevoked token whose hash (32 bytes, base::digest of the token) is that.
[[nodiscard]] base::Result<std::optional<model::TokenRow>> find_token(db::Session& session, std::string_view hash);

}  // namespace tocsin::store
