// Which file belongs to which report.
#include <algorithm>

#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

std::optional<model::Report> SqliteStore::report(model::ReportId id) {
  return read_one(sql("select " TOCSIN_REPORT_COLUMNS " from report where id = ?1").run(id), read_report);
}

void SqliteStore::insert_attachment(const model::Attachment& a) {
  sql("insert into attachment (" TOCSIN_ATTACHMENT_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .exec(a.report, a.hash, a.type, a.bytes, a.width, a.height, a.at);
}

std::vector<model::Attachment> SqliteStore::attachments_of(model::ReportId report) {
  return read_all(
      sql("select " TOCSIN_ATTACHMENT_COLUMNS " from attachment where report = ?1 order by at, hash").run(report),
      read_attachment);
}

// Over all that lie there, which are only those of the last weeks: what is past is gone.
std::vector<model::Attachment> SqliteStore::attachments_past(base::UtcTime ended, int limit) {
  return read_all(sql("select x.report, x.hash, x.type, x.bytes, x.width, x.height, x.at "
                      "from attachment x cross join report r cross join incident i where r.id = x.report "
                      "and i.id = r.incident and i.state <> 1 and i.ended_at <= ?1 limit ?2")
                      .run(ended, limit),
                  read_attachment);
}

void SqliteStore::delete_attachments(std::span<const model::Attachment> attachments) {
  for (const auto& a : attachments)
    sql("delete from attachment where report = ?1 and hash = ?2").exec(a.report, a.hash);
}

std::vector<std::string> SqliteStore::unnamed_files(std::span<const std::string> hashes) {
  std::vector<std::string> unnamed;
  for (const auto& hash : hashes) {
    auto rows = sql("select 1 from attachment where hash = ?1 limit 1").run(std::string_view(hash));
    if (!rows.next() && std::find(unnamed.begin(), unnamed.end(), hash) == unnamed.end()) unnamed.push_back(hash);
  }
  // After an error nothing can be said: what is not known to be unnamed stays.
  if (!status().ok()) unnamed.clear();
  return unnamed;
}

}  // namespace tocsin::store
