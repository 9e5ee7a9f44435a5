// Accounts, tokens, sessions, one-time codes, and failures in a row.
#include <optional>

#include "gateway/base/encoding.h"
#include "gateway/store/hot_statements.h"
#include "gateway/store/identity_rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

namespace {

constexpr base::Duration kCodesKept = std::chrono::hours(24);  // longer than any of their limits looks back
constexpr base::Duration kThrottlesKept = std::chrono::hours(24);
constexpr base::Duration kSessionsKept = std::chrono::hours(24 * 30);  // after their end

std::optional<std::string_view> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

int number_in(db::Rows rows) {
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace

// ---- accounts ----

std::optional<model::Account> SqliteStore::account(std::string_view name) {
  return read_one(sql("select " TOCSIN_ACCOUNT_COLUMNS " from account where name = ?1").run(name), read_account);
}

std::optional<model::Account> SqliteStore::account(model::AccountId id) {
  return read_one(sql("select " TOCSIN_ACCOUNT_COLUMNS " from account where id = ?1").run(id), read_account);
}

void SqliteStore::insert(const model::Account& a) {
  sql("insert into account (" TOCSIN_ACCOUNT_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
      .exec(a.id, a.name, a.role, a.person, a.password, base::to_base64url(a.totp), a.totp_step, a.made_at,
            a.disabled_at);
}

void SqliteStore::update(const model::Account& a) {
  sql("update account set password = ?2, totp = ?3, totp_step = ?4, disabled_at = ?5 where id = ?1")
      .exec(a.id, a.password, base::to_base64url(a.totp), a.totp_step, a.disabled_at);
}

void SqliteStore::put_recovery_codes(model::AccountId account, std::span<const std::string> hashes) {
  sql("delete from recovery where account = ?1").exec(account);
  for (const std::string& hash : hashes)
    sql("insert into recovery (account, hash) values (?1, ?2)").exec(account, hash);
}

bool SqliteStore::use_recovery_code(model::AccountId account, std::string_view hash, base::UtcTime now) {
  const bool done = sql("update recovery set used_at = ?3 where account = ?1 and hash = ?2 and used_at is null")
                        .exec(account, hash, now);
  return done && session_->changes() > 0;
}

// ---- tokens ----

bool SqliteStore::insert_token(std::string_view name, model::Role role, model::PersonId person, std::string_view hash,
                               base::UtcTime now) {
  const bool done = sql("insert into token (name, hash, role, person, made_at) values (?1, ?2, ?3, ?4, ?5) "
                        "on conflict (name) do nothing")
                        .exec(name, hash, role, person, now);
  return done && session_->changes() > 0;
}

bool SqliteStore::revoke_token(std::string_view name, base::UtcTime now) {
  const bool done = sql("update token set revoked_at = ?2 where name = ?1 and revoked_at is null").exec(name, now);
  return done && session_->changes() > 0;
}

// ---- sessions ----

void SqliteStore::insert(const model::Session& s, std::string_view hash) {
  sql("insert into session (" TOCSIN_SESSION_COLUMNS
      ", hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
      .exec(s.id, s.account, s.person, s.role, s.name, s.method, s.device, s.client, s.made_at, s.renewed_at,
            s.expires_at, s.revoked_at, hash);
}

void SqliteStore::update(const model::Session& s) {
  sql("update session set renewed_at = ?2, expires_at = ?3, revoked_at = ?4 where id = ?1")
      .exec(s.id, s.renewed_at, s.expires_at, s.revoked_at);
}

std::optional<model::Session> SqliteStore::session(model::SessionId id) {
  return read_one(sql("select " TOCSIN_SESSION_COLUMNS " from session where id = ?1").run(id), read_session);
}

std::vector<model::SessionId> SqliteStore::revoke_sessions(model::AccountId account, base::UtcTime now) {
  return read_all(sql("update session set revoked_at = ?2 where account = ?1 and account <> 0 and revoked_at is null "
                      "returning id")
                      .run(account, now),
                  [](const db::Rows& row) { return row.id<model::SessionId>(0); });
}

bool SqliteStore::signed_in_from(model::AccountId account, std::string_view client, base::UtcTime since) {
  return number_in(sql("select count(*) from session where account = ?1 and account <> 0 and client = ?2 "
                       "and made_at > ?3")
                       .run(account, client, since)) > 0;
}

// ---- one-time codes ----

void SqliteStore::insert(const model::SignInRequest& r) {
  sql("insert into sign_in (" TOCSIN_SIGN_IN_COLUMNS
      ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")
      .exec(r.id, r.purpose, r.subject, r.person, r.number, r.client, r.code_hash, or_null(r.link_hash), r.tries,
            r.made_at, r.expires_at, r.used_at, r.message, r.delivery);
}

void SqliteStore::update(const model::SignInRequest& r) {
  sql("update sign_in set tries = ?2, used_at = ?3, message = ?4 where id = ?1")
      .exec(r.id, r.tries, r.used_at, r.message);
}

std::optional<model::SignInRequest> SqliteStore::sign_in_request(model::SignInId id) {
  return read_one(sql("select " TOCSIN_SIGN_IN_COLUMNS " from sign_in where id = ?1").run(id), read_sign_in);
}

std::optional<model::SignInRequest> SqliteStore::sign_in_request_by_link(std::string_view link_hash) {
  return read_one(sql("select " TOCSIN_SIGN_IN_COLUMNS " from sign_in where link_hash = ?1").run(link_hash),
                  read_sign_in);
}

std::optional<model::SignInRequest> SqliteStore::open_code_of(model::PersonId person, model::CodePurpose purpose,
                                                              std::int64_t subject, base::UtcTime now) {
  return read_one(sql("select " TOCSIN_SIGN_IN_COLUMNS
                      " from sign_in where person = ?1 and person <> 0 and purpose = ?2 and subject = ?3 "
                      "and used_at is null and expires_at > ?4 order by made_at desc, id desc limit 1")
                      .run(person, purpose, subject, now),
                  read_sign_in);
}

int SqliteStore::codes_for_number(std::string_view number, base::UtcTime since) {
  return number_in(sql("select count(*) from sign_in where number = ?1 and made_at > ?2").run(number, since));
}

int SqliteStore::codes_by_client(std::string_view client, base::UtcTime since) {
  return number_in(sql("select count(*) from sign_in where client = ?1 and made_at > ?2").run(client, since));
}

int SqliteStore::codes_sent(base::UtcTime since) {
  return number_in(sql("select count(*) from sign_in where person <> 0 and made_at > ?1").run(since));
}

std::vector<model::SignInRequest> SqliteStore::expired_codes(base::UtcTime now, int limit) {
  return read_all(sql("select " TOCSIN_SIGN_IN_COLUMNS
                      " from sign_in where message <> 0 and expires_at <= ?1 order by expires_at limit ?2")
                      .run(now, limit),
                  read_sign_in);
}

void SqliteStore::blank_message(model::MessageId message, model::DeliveryId delivery, base::UtcTime now) {
  sql("update message set body = '', made_of = '' where id = ?1").exec(message);
  sql("update delivery set state = 8, ended_at = ?2 where id = ?1 and state = 1").exec(delivery, now);
}

// ---- failures in a row ----

model::Throttle SqliteStore::throttle(std::string_view key) {
  return read_one(sql("select failures, last_at, until_at from throttle where name = ?1").run(key),
                  [](const db::Rows& row) {
                    return model::Throttle{row.integer(0), row.time(1), row.time(2)};
                  })
      .value_or(model::Throttle{});
}

void SqliteStore::put_throttle(std::string_view key, const model::Throttle& t) {
  sql("insert into throttle (name, failures, last_at, until_at) values (?1, ?2, ?3, ?4) "
      "on conflict (name) do update set failures = excluded.failures, last_at = excluded.last_at, "
      "until_at = excluded.until_at")
      .exec(key, t.failures, t.last, t.until);
}

void SqliteStore::purge_identity(base::UtcTime now) {
  sql("delete from sign_in where made_at < ?1 and message = 0").exec(now - kCodesKept);
  sql("delete from throttle where last_at < ?1").exec(now - kThrottlesKept);
  sql("delete from session where expires_at < ?1 or revoked_at < ?1").exec(now - kSessionsKept);
}

void SqliteStore::renew_feed(model::PersonId person) {
  sql("insert into feed (person, number) values (?1, 1) on conflict (person) do update set number = number + 1")
      .exec(person);
}

void SqliteStore::keep_reason(std::string_view digest, std::string_view words, base::UtcTime at) {
  sql("insert into reason_said (digest, words, at) values (?1, ?2, ?3) "
      "on conflict (digest) do update set words = excluded.words, at = excluded.at")
      .exec(digest, words, at);
}

}  // namespace tocsin::store
