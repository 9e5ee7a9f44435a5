// Matters, messages and alerts.
#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/store/hot_statements.h"
#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

namespace {

model::Matter read_matter(const db::Rows& row) {
  return {row.id<model::MatterId>(0), row.id<model::IncidentId>(1), row.as<model::MatterKind>(2), row.integer(3)};
}

// The better of two answers of one person: what settles more, then any answer before none.
model::AnswerKind better(model::AnswerKind a, model::AnswerKind b) {
  const auto rank = [](model::AnswerKind k) {
    switch (k) {
      case model::AnswerKind::kNone: return 0;
      case model::AnswerKind::kReplied: return 1;
      case model::AnswerKind::kCannot: return 2;
      default: return 2 + static_cast<int>(k);
    }
  };
  return rank(a) >= rank(b) ? a : b;
}

}  // namespace

model::Matter SqliteStore::matter(model::IncidentId incident, model::MatterKind kind, int revision,
                                  model::MatterId fresh_id) {
  if (auto known = read_one(
          sql("select id, incident, kind, revision from matter where incident = ?1 and kind = ?2 and revision = ?3")
              .run(incident, kind, revision),
          read_matter)) {
    return *known;
  }
  sql("insert into matter (id, incident, kind, revision) values (?1, ?2, ?3, ?4)")
      .exec(fresh_id, incident, kind, revision);
  if (session_->failed()) return {};
  return {fresh_id, incident, kind, revision};
}

std::optional<model::Matter> SqliteStore::matter(model::MatterId id) {
  return read_one(sql("select id, incident, kind, revision from matter where id = ?1").run(id), read_matter);
}

std::optional<model::MessageId> SqliteStore::message(model::MatterId matter, std::string_view language,
                                                     model::Channel channel, std::string_view variant) {
  return read_one(sql("select id from message where matter = ?1 and language = ?2 and channel = ?3 and variant = ?4")
                      .run(matter, language, channel, variant),
                  [](const db::Rows& row) { return row.id<model::MessageId>(0); });
}

void SqliteStore::insert_message(model::MessageId id, model::MatterId matter, std::string_view language,
                                 model::Channel channel, std::string_view variant, const model::MessageText& text) {
  sql("insert into message (id, matter, language, channel, variant, body, made_of) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .exec(id, matter, language, channel, variant, text.body, to_words(text.made_of));
}

model::MessageText SqliteStore::message_text(model::MessageId id) {
  auto rows = sql("select body, made_of from message where id = ?1").run(id);
  return rows.next() ? model::MessageText{rows.string(0), from_words(rows.text(1))} : model::MessageText{};
}

std::vector<bool> SqliteStore::insert(std::span<const model::Alert> alerts) {
  std::vector<bool> is_new;
  is_new.reserve(alerts.size());
  for (const model::Alert& a : alerts) {
    if (!hot_->insert_alert.exec(a.id, a.matter, a.matter_kind, a.incident, a.callout, a.step, a.selector, a.more_hats,
                                 a.person, a.stands_in_for, a.ladder, a.needs, a.urgency, a.drill, a.state, a.reason,
                                 a.cycle, a.rung, a.told, a.first_rung_done, a.answer, a.answered_at, a.paused_until,
                                 a.look_again_at, a.seen_at)) {
      return {};
    }
    is_new.push_back(session_->changes() > 0);
  }
  return is_new;
}

void SqliteStore::insert(std::span<const model::Membership> memberships) {
  for (const model::Membership& m : memberships) {
    sql("insert into membership (alert, step, selector) values (?1, ?2, ?3) on conflict (alert, step) do nothing")
        .exec(m.alert, m.step, m.selector);
  }
}

std::vector<model::Membership> SqliteStore::memberships_of(model::AlertId alert) {
  return read_all(sql("select alert, step, selector from membership where alert = ?1 order by step").run(alert),
                  [](const db::Rows& row) {
                    return model::Membership{row.id<model::AlertId>(0), row.id<model::StepId>(1), row.integer(2)};
                  });
}

void SqliteStore::update(std::span<const model::Alert> alerts) {
  for (const model::Alert& a : alerts) {
    hot_->update_alert.exec(a.id, a.callout, a.step, a.selector, a.more_hats, a.stands_in_for, a.ladder, a.needs,
                            a.urgency, a.state, a.reason, a.cycle, a.rung, a.told, a.first_rung_done, a.answer,
                            a.answered_at, a.paused_until, a.look_again_at);
  }
}

bool SqliteStore::see(model::AlertId alert, base::UtcTime now) {
  sql("update alert set seen_at = ?2 where id = ?1 and seen_at is null").exec(alert, now);
  return session_->changes() > 0;
}

std::optional<model::Alert> SqliteStore::alert(model::AlertId id) {
  return read_one(hot_->alert.run(id), read_alert);
}

std::optional<model::Alert> SqliteStore::alert(model::MatterId matter, model::PersonId person) {
  return read_one(
      sql("select " TOCSIN_ALERT_COLUMNS " from alert where matter = ?1 and person = ?2").run(matter, person),
      read_alert);
}

std::vector<model::Alert> SqliteStore::alerts_of_matter(model::MatterId matter) {
  return read_all(sql("select " TOCSIN_ALERT_COLUMNS " from alert where matter = ?1 order by id").run(matter),
                  read_alert);
}

std::vector<model::Alert> SqliteStore::stand_ins_for(model::MatterId matter, model::PersonId holder) {
  return read_all(sql("select " TOCSIN_ALERT_COLUMNS
                      " from alert where matter = ?1 and stands_in_for = ?2 and stands_in_for <> 0 order by id")
                      .run(matter, holder),
                  read_alert);
}

ports::AlertWithDeliveries SqliteStore::with_deliveries(model::Alert alert) {
  const auto id = alert.id;
  return {std::move(alert), read_all(hot_->deliveries_of_alert.run(id), read_delivery)};
}

std::vector<ports::AlertWithDeliveries> SqliteStore::alerts_with_deliveries(std::span<const model::AlertId> ids) {
  std::vector<ports::AlertWithDeliveries> found;
  found.reserve(ids.size());
  for (const model::AlertId id : ids) {
    if (auto row = alert(id)) found.push_back(with_deliveries(std::move(*row)));
  }
  if (session_->failed()) found.clear();
  return found;
}

std::vector<model::Alert> SqliteStore::alerts_of_person(model::PersonId person, int limit) {
  // By way of the open incidents, which are few, and the newest ones, ended or not, for answers that come late: an
  // index by person would cost every alert ever made.
  return read_all(
      sql("select " TOCSIN_ALERT_COLUMNS
          " from alert where id in (select a.id from (select id from incident where state = 1 union select id from "
          "(select id from incident order by id desc limit 50)) i cross join matter m cross join alert a "
          "where m.incident = i.id and m.kind in (1, 2, 5) and a.matter = m.id and a.person = ?1) "
          "order by id desc limit ?2")
          .run(person, limit),
      read_alert);
}

std::vector<ports::ToldPerson> SqliteStore::told_people(model::IncidentId incident, bool with_merged, bool with_asked) {
  std::vector<ports::ToldPerson> people;
  auto rows =
      sql("select a.person, a.answer, case when m.kind = 2 then (select max(u.handed_over_at) from delivery u "
          "where u.alert = a.id and u.alert <> 0) end, case when m.kind = 2 then (select max(c.id) from delivery "
          "c where c.alert = a.id and c.alert <> 0 and c.state = 2) end "
          "from matter m cross join alert a where (m.incident = ?1 or m.incident in "
          "(select i.id from alias x cross join incident i where x.incident = ?1 and ?2 and i.code = x.code)) "
          "and (m.kind in (1, 2) or (m.kind in (5, 6) and ?3)) and a.matter = m.id and (a.told = 1 or exists "
          "(select 1 from delivery d where d.alert = a.id and d.alert <> 0 and d.state = 2)) order by a.person")
          .run(incident, with_merged, with_asked);
  while (rows.next()) {
    const auto person = rows.id<model::PersonId>(0);
    const auto answer = rows.as<model::AnswerKind>(1);
    auto updated_at = rows.maybe_time(2);
    // On its way out right now: it was made a moment ago, or was owed; either way nothing newer was heard.
    if (const auto claimed = rows.int64(3); claimed != 0)
      updated_at = std::max(updated_at.value_or(base::UtcTime{}), base::time_of_id(claimed));
    if (!people.empty() && people.back().person == person) {
      people.back().answer = better(people.back().answer, answer);
      people.back().updated_at = std::max(people.back().updated_at, updated_at);
    } else {
      people.push_back({person, answer, updated_at});
    }
  }
  if (session_->failed()) people.clear();
  return people;
}

std::vector<model::AlertId> SqliteStore::withdraw_alerts(model::IncidentId incident, model::Reason reason) {
  return read_all(sql("update alert set state = 5, reason = ?2, look_again_at = null, paused_until = null "
                      "where id in (select a.id from matter m cross join alert a "
                      "where m.incident = ?1 and a.matter = m.id and a.state in (1, 2)) returning id")
                      .run(incident, reason),
                  [](const db::Rows& row) { return row.id<model::AlertId>(0); });
}

std::vector<model::PersonId> SqliteStore::people_in_matter(model::MatterId matter,
                                                           std::span<const model::PersonId> among) {
  std::vector<model::PersonId> found;
  for (const model::PersonId person : among) {
    auto rows = sql("select 1 from alert where matter = ?1 and person = ?2").run(matter, person);
    if (rows.next()) found.push_back(person);
  }
  if (session_->failed()) found.clear();
  return found;
}

}  // namespace tocsin::store
