// What is forgotten in time: numbers, and people's own words.  A mark in `meta` says how far each has come, so that an
// hour's purge costs what became old in that hour.
#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/store/hot_statements.h"
#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {
namespace {

using Forgotten = ports::RetentionStore::Forgotten;

}  // namespace

std::int64_t SqliteStore::mark_of(std::string_view name) {
  auto rows = sql("select number from meta where name = ?1").run(name);
  return rows.next() ? rows.int64(0) : 0;
}

void SqliteStore::put_mark(std::string_view name, std::int64_t id) {
  sql("insert into meta (name, number) values (?1, ?2) on conflict (name) do update set number = excluded.number")
      .exec(name, id);
}

Forgotten SqliteStore::forget_behind(std::string_view mark, std::string_view look, std::string_view update,
                                     std::int64_t end, int limit) {
  const auto from = mark_of(mark);
  std::int64_t to = 0;
  Forgotten forgotten;
  {
    auto rows = sql(look).run(from, end, limit);
    if (!rows.next() || rows.is_null(0)) return {};
    to = rows.int64(0);
    forgotten.more = rows.integer(1) >= limit;
  }
  sql(update).exec(from, to);
  forgotten.rows = session_->failed() ? 0 : static_cast<int>(session_->changes());
  put_mark(mark, to);
  return forgotten;
}

Forgotten SqliteStore::forget_numbers(base::UtcTime before, int limit) {
  std::int64_t end = base::first_id_at(before);
  {
    auto open = sql("select min(id) from delivery where state in (1, 2)").run();
    if (open.next() && !open.is_null(0)) end = std::min(end, open.int64(0));
  }
  // Of a deputy or a knock the address is people's codes, which are no numbers.
  return forget_behind(
      "numbers_forgotten",
      "select max(id), count(*) from (select id from delivery where id > ?1 and id < ?2 order by id limit ?3)",
      "update delivery set address = '' where id > ?1 and id <= ?2 and channel <= 20 and address <> ''", end, limit);
}

std::vector<model::DeliveryId> SqliteStore::end_forsaken(base::UtcTime before, base::UtcTime now, int limit) {
  // By the index of what is owed: by their ids it would walk over the past.
  return read_all(
      sql("update delivery set state = 8, ended_at = ?2, not_before = null, code = 'purged', meaning = 61 "
          "where id in (select id from delivery where state in (1, 2) and state = 1 and +id < ?1 order by +id "
          "limit ?3) returning id")
          .run(base::first_id_at(before), now, limit),
      [](const db::Rows& row) { return row.id<model::DeliveryId>(0); });
}

Forgotten SqliteStore::forget_words(base::UtcTime before, int limit) {
  Forgotten all;
  const auto add = [&all](const Forgotten& some) {
    all.rows += some.rows;
    all.more = all.more || some.more;
  };
  const auto end = base::first_id_at(before);
  add(forget_behind(
      "report_words_forgotten",
      "select max(id), count(*) from (select id from report where id > ?1 and id < ?2 order by id limit ?3)",
      "update report set body = '' where id > ?1 and id <= ?2 and body <> ''", end, limit));
  // Notes are numbered, not dated: up to the first that is younger, should the clock have been set back between them.
  add(forget_behind(
      "notes_forgotten",
      "select max(id), count(*) from (select id from note where id > ?1 and id < coalesce((select id from note "
      "where id > ?1 and at >= ?2 order by id limit 1), 9223372036854775807) order by id limit ?3)",
      "update note set body = '' where id > ?1 and id <= ?2 and body <> ''", base::to_micros(before), limit));
  add(forget_behind(
      "task_words_forgotten",
      "select max(id), count(*) from (select id from task where id > ?1 and id < ?2 order by id limit ?3)",
      "update task set note = '' where id > ?1 and id <= ?2 and note <> ''", end, limit));
  add(forget_behind(
      "handover_words_forgotten",
      "select max(id), count(*) from (select id from handover where id > ?1 and id < ?2 order by id limit ?3)",
      "update handover set by_whom = '', taken_over_by = '', words = '' where id > ?1 and id <= ?2 and taken_over_by "
      "<> "
      "''",
      end, limit));
  // What was said once in those words is composed anew, should it ever be said again.
  add(forget_behind(
      "message_words_forgotten",
      "select max(id), count(*) from (select id from message where id > ?1 and id < ?2 order by id limit ?3)",
      "update message set body = '', made_of = '', variant = 'forgotten ' || id where id > ?1 and id <= ?2 and body <> "
      "''",
      end, limit));
  sql("delete from reason_said where digest in (select digest from reason_said where at < ?1 order by at limit ?2)")
      .exec(before, limit);
  const int reasons = session_->failed() ? 0 : static_cast<int>(session_->changes());
  add({reasons, reasons >= limit});
  return all;
}

}  // namespace tocsin::store
