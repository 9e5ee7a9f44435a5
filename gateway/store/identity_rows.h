// Rows <-> values of identity: for the store's write side and its queries.
#pragma once

#include "gateway/db/statement.h"
#include "gateway/model/identity.h"

#define TOCSIN_ACCOUNT_COLUMNS "id, name, role, person, password, totp, totp_step, made_at, disabled_at"
#define TOCSIN_SESSION_COLUMNS \
  "id, account, person, role, name, method, device, client, made_at, renewed_at, expires_at, revoked_at"
#define TOCSIN_SIGN_IN_COLUMNS                                                                                \
  "id, purpose, subject, person, number, client, code_hash, link_hash, tries, made_at, expires_at, used_at, " \
  "message, delivery"

namespace tocsin::store {

[[nodiscard]] model::Account read_account(const db::Rows& row);
[[nodiscard]] model::Session read_session(const db::Rows& row);
[[nodiscard]] model::SignInRequest read_sign_in(const db::Rows& row);

}  // namespace tocsin::store
