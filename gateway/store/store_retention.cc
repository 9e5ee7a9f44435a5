// What is forgotten in time: numbers, and people's own words.  A mark in `meta` says how far each has come, so that an
// hour's purge costs what became old in that hour.
#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/store/hot_statements.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {
namespace {

using Forgotten = ports::RetentionStore::Forgotten;

struct Sweep {
  std::int64_t from = 0, to = 0;  // rows with from < id <= to
  bool more = false;
  [[nodiscard]] bool empty() const { return to <= from; }
};

}  // namespace

std::int64_t SqliteStore::mark_of(std::string_view name) {
  auto rows = sql("select number from meta where name = ?1").run(name);
  return rows.next() ? rows.int64(0) : 0;
}

void SqliteStore::put_mark(std::string_view name, std::int64_t id) {
  sql("insert into meta (name, number) values (?1, ?2) on conflict (name) do update set number = excluded.number")
      .exec(name, id);
}

Forgotten SqliteStore::forget_numbers(base::UtcTime before, int limit) {
  Sweep sweep;
  sweep.from = mark_of("numbers_forgotten");
  std::int64_t end = base::first_id_at(before);
  {
    auto open = sql("select min(id) from delivery where state in (1, 2)").run();
    if (open.next() && !open.is_null(0)) end = std::min(end, open.int64(0));
  }
  {
    auto rows = sql("select max(id), count(*) from (select id from delivery where id > ?1 and id < ?2 order by id "
                    "limit ?3)")
                    .run(sweep.from, end, limit);
    if (rows.next() && !rows.is_null(0)) sweep = {sweep.from, rows.int64(0), rows.integer(1) >= limit};
  }
  if (sweep.empty()) return {};
  // Of a deputy or a knock the address is people's codes, which are no numbers.
  sql("update delivery set address = '' where id > ?1 and id <= ?2 and channel <= 20 and address <> ''")
      .exec(sweep.from, sweep.to);
  const int rows = session_->failed() ? 0 : static_cast<int>(session_->changes());
  put_mark("numbers_forgotten", sweep.to);
  return {rows, sweep.more};
}

Forgotten SqliteStore::forget_words(base::UtcTime before, int limit) {
  Forgotten all;
  Sweep reports;
  reports.from = mark_of("report_words_forgotten");
  {
    auto rows = sql("select max(id), count(*) from (select id from report where id > ?1 and id < ?2 order by id "
                    "limit ?3)")
                    .run(reports.from, base::first_id_at(before), limit);
    if (rows.next() && !rows.is_null(0)) reports = {reports.from, rows.int64(0), rows.integer(1) >= limit};
  }
  if (!reports.empty()) {
    sql("update report set body = '' where id > ?1 and id <= ?2 and body <> ''").exec(reports.from, reports.to);
    all.rows += session_->failed() ? 0 : static_cast<int>(session_->changes());
    put_mark("report_words_forgotten", reports.to);
  }
  Sweep notes;
  notes.from = mark_of("notes_forgotten");
  {
    auto rows = sql("select max(id), count(*) from (select id, at from note where id > ?1 order by id limit ?2) "
                    "where at < ?3")
                    .run(notes.from, limit, before);
    if (rows.next() && !rows.is_null(0)) notes = {notes.from, rows.int64(0), rows.integer(1) >= limit};
  }
  if (!notes.empty()) {
    sql("update note set body = '' where id > ?1 and id <= ?2 and body <> ''").exec(notes.from, notes.to);
    all.rows += session_->failed() ? 0 : static_cast<int>(session_->changes());
    put_mark("notes_forgotten", notes.to);
  }
  all.more = reports.more || notes.more;
  return all;
}

}  // namespace tocsin::store
