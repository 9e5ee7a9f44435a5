// Who may ask, and what is their own.
#include <algorithm>
#include <cstdint>
#include <limits>

#include "gateway/base/digest.h"
#include "gateway/store/identity_rows.h"
#include "gateway/store/one_picture.h"
#include "gateway/store/rows.h"
#include "gateway/store/tokens.h"

namespace tocsin::store {

namespace {

std::string hex_of(std::string_view hash) {
  base::Digest bytes{};
  if (hash.size() != bytes.size()) return {};
  std::copy(hash.begin(), hash.end(), bytes.begin());
  return base::to_hex(bytes);
}

}  // namespace

base::Result<std::optional<model::TokenRow>> SqliteQueries::token(std::string_view hash) const {
  return in_one_picture([&](db::Session& db) {
    auto token = find_token(db, hash);
    return token.ok() ? *token : std::nullopt;
  });
}

base::Result<std::vector<model::TokenRow>> SqliteQueries::tokens() const {
  return in_one_picture([&](db::Session& db) {
    auto tokens = list_tokens(db);
    return tokens.ok() ? std::move(*tokens) : std::vector<model::TokenRow>{};
  });
}

base::Result<std::optional<model::Session>> SqliteQueries::session(std::string_view hash) const {
  const auto hex = hex_of(hash);
  return in_one_picture([&](db::Session& db) {
    return read_one(
        db.statement("select " TOCSIN_SESSION_COLUMNS " from session where hash = ?1 and revoked_at is null").run(hex),
        read_session);
  });
}

base::Result<std::vector<model::Session>> SqliteQueries::sessions(model::AccountId account, model::PersonId person,
                                                                  base::UtcTime now, int limit) const {
  return in_one_picture([&](db::Session& db) {
    return read_all(
        db.statement("select " TOCSIN_SESSION_COLUMNS " from session where revoked_at is null and expires_at > ?3 and "
                     "((?1 = 0 and ?2 = 0) or (account = ?1 and ?1 <> 0) or (person = ?2 and ?2 <> 0)) "
                     "order by id desc limit ?4")
            .run(account, person, now, capped(limit)),
        read_session);
  });
}

base::Result<std::optional<model::Account>> SqliteQueries::account(std::string_view name) const {
  return in_one_picture([&](db::Session& db) {
    return read_one(db.statement("select " TOCSIN_ACCOUNT_COLUMNS " from account where name = ?1").run(name),
                    read_account);
  });
}

base::Result<std::vector<model::Account>> SqliteQueries::accounts() const {
  return in_one_picture([&](db::Session& db) {
    return read_all(db.statement("select " TOCSIN_ACCOUNT_COLUMNS " from account order by name").run(), read_account);
  });
}

base::Result<model::Page<model::Report>> SqliteQueries::reports_by(model::PersonId person, std::string_view name,
                                                                   model::ReportId before, int limit) const {
  const auto bound = before ? before.value : std::numeric_limits<std::int64_t>::max();
  const int most = capped(limit);
  return in_one_picture([&](db::Session& db) {
    model::Page<model::Report> page;
    page.rows = person ? read_all(db.statement("select " TOCSIN_REPORT_COLUMNS
                                               " from report where reporter_person = ?1 and reporter_person <> 0 and "
                                               "id < ?2 order by id desc limit ?3")
                                      .run(person, bound, most + 1),
                                  read_report)
                       : read_all(db.statement("select " TOCSIN_REPORT_COLUMNS
                                               " from report where reporter = ?1 and id < ?2 order by id desc limit ?3")
                                      .run(name, bound, most + 1),
                                  read_report);
    if (static_cast<int>(page.rows.size()) > most) {
      page.rows.resize(static_cast<std::size_t>(most));
      page.next = page.rows.empty() ? 0 : page.rows.back().id.value;
    }
    return page;
  });
}

base::Result<std::optional<model::AlertPage>> SqliteQueries::alert_page(model::AlertId id) const {
  return in_one_picture([&](db::Session& db) {
    std::optional<model::AlertPage> page;
    const auto alert =
        read_one(db.statement("select " TOCSIN_ALERT_COLUMNS " from alert where id = ?1").run(id), read_alert);
    if (!alert) return page;
    const auto incident =
        read_one(db.statement("select " TOCSIN_INCIDENT_COLUMNS " from incident where id = ?1").run(alert->incident),
                 read_incident);
    if (!incident) return page;
    page.emplace();
    page->alert = *alert;
    page->incident = *incident;
    auto rows = db.statement(
                      "select m.body from delivery d cross join message m where d.alert = ?1 and d.alert <> 0 "
                      "and m.id = d.message order by d.id desc limit 1")
                    .run(id);
    if (rows.next()) page->text = rows.string(0);
    return page;
  });
}

base::Result<std::uint32_t> SqliteQueries::feed_number(model::PersonId person) const {
  return in_one_picture([&](db::Session& db) {
    auto rows = db.statement("select number from feed where person = ?1").run(person);
    return rows.next() ? static_cast<std::uint32_t>(rows.int64(0)) : 0U;
  });
}

base::Result<std::map<std::string, std::string, std::less<>>> SqliteQueries::reasons_said(
    std::span<const std::string> digests) const {
  std::map<std::string, std::string, std::less<>> said;
  if (digests.empty()) return said;
  return in_one_picture([&](db::Session& db) {
    for (const auto& digest : digests) {
      if (said.count(digest) != 0) continue;
      auto rows = db.statement("select words from reason_said where digest = ?1").run(digest);
      if (rows.next()) said.emplace(digest, rows.string(0));
    }
    return said;
  });
}

}  // namespace tocsin::store
