// What is forgotten in time: numbers, and people's own words.  A mark in `meta` says how far each has come, so that an
// hour's purge costs what became old in that hour.
#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/store/hot_statements.h"
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

Forgotten SqliteStore::forget_words(base::UtcTime before, int limit) {
  const auto reports = forget_behind(
      "report_words_forgotten",
      "select max(id), count(*) from (select id from report where id > ?1 and id < ?2 order by id limit ?3)",
      "update report set body = '' where id > ?1 and id <= ?2 and body <> ''", base::first_id_at(before), limit);
  const auto notes = forget_behind(
      "notes_forgotten",
      "select max(id), count(*) from (select id, at from note where id > ?1 order by id limit ?3) where at < ?2",
      "update note set body = '' where id > ?1 and id <= ?2 and body <> ''", base::to_micros(before), limit);
  return {reports.rows + notes.rows, reports.more || notes.more};
}

}  // namespace tocsin::store
