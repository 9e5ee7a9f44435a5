#include "gateway/store/tokens.h"

#include <algorithm>

#include "gateway/base/digest.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

namespace {

model::TokenRow read_token(const db::Rows& row) {
  model::TokenRow t;
  t.id = row.int64(0);
  t.name = row.string(1);
  t.role = row.as<model::Role>(2);
  t.person = row.id<model::PersonId>(3);
  t.made_at = row.time(4);
  t.revoked_at = row.maybe_time(5);
  return t;
}

}  // namespace

base::Result<std::int64_t> insert_token(db::Session& session, std::string_view name, model::Role role,
                                        model::PersonId person, std::string_view token, base::UtcTime now) {
  if (const auto begun = session.begin(); !begun.ok()) return begun.error();
  std::int64_t id = 0;
  {
    const std::string hash = base::to_hex(base::digest(token));
    auto rows =
        session
            .statement("insert into token (name, hash, role, person, made_at) values (?1, ?2, ?3, ?4, ?5) returning id")
            .run(name, hash, role, person, now);
    while (rows.next()) id = rows.int64(0);
  }
  const bool taken = session.failure() == db::Failure::kUnique;
  if (const auto done = session.commit(); !done.ok()) {
    if (!taken) return done.error();
    return base::Error{base::ErrorCode::kConflict, "a token named '" + std::string(name) + "' exists already", "name"};
  }
  return id;
}

base::Result<std::vector<model::TokenRow>> list_tokens(db::Session& session) {
  auto tokens = read_all(
      session.statement("select id, name, role, person, made_at, revoked_at from token order by id").run(), read_token);
  if (const auto status = session.status(); !status.ok()) return status.error();
  return tokens;
}

base::Status revoke_token(db::Session& session, std::string_view name, base::UtcTime now) {
  if (const auto begun = session.begin(); !begun.ok()) return begun.error();
  session.statement("update token set revoked_at = ?2 where name = ?1 and revoked_at is null").exec(name, now);
  const bool found = session.changes() > 0;
  if (const auto done = session.commit(); !done.ok()) return done.error();
  if (!found)
    return base::Error{base::ErrorCode::kNotFound, "no token named '" + std::string(name) + "' is in force", "name"};
  return base::Done{};
}

base::Result<std::optional<model::TokenRow>> find_token(db::Session& session, std::string_view hash) {
  base::Digest bytes{};
  if (hash.size() != bytes.size()) return std::optional<model::TokenRow>{};
  std::copy(hash.begin(), hash.end(), bytes.begin());
  const std::string hex = base::to_hex(bytes);
  auto found = read_one(session
                            .statement("select id, name, role, person, made_at, revoked_at from token "
                                       "where hash = ?1 and revoked_at is null")
                            .run(hex),
                        read_token);
  if (const auto status = session.status(); !status.ok()) return status.error();
  return found;
}

}  // namespace tocsin::store
