#include "gateway/store/inbox.h"

#include <limits>

#include "gateway/store/rows.h"

namespace tocsin::store {
model::Inbox read_inbox(db::Session& session, const model::InboxWanted& wanted) {
  model::Inbox inbox;
  const std::int64_t behind = wanted.before == 0 ? std::numeric_limits<std::int64_t>::max() : wanted.before;
  inbox.entries = read_all(
      session
          .statement("select s.id, s.at, s.sender, s.body, coalesce(i.code, 0), s.report, s.opened_at, s.open_by from "
                     "stranger s left join report r on r.id = s.report left join incident i on i.id = r.incident "
                     "where s.at >= ?1 and s.id < ?2 and (?3 = 0 or s.id = ?3) order by s.id desc limit ?4")
          .run(wanted.since, behind, wanted.only, wanted.limit + 1),
      [](const db::Rows& row) {
        return model::InboxEntry{row.int64(0),      row.time(1),      row.string(2),
                                 row.string(3),     row.integer(4),   row.id<model::ReportId>(5),
                                 row.maybe_time(6), row.maybe_time(7)};
      });
  if (static_cast<int>(inbox.entries.size()) > wanted.limit) {
    inbox.entries.resize(static_cast<std::size_t>(wanted.limit));
    inbox.next = inbox.entries.back().id;
  }
  auto counted = session.statement("select coalesce(sum(messages), 0) from stranger_left_out").run();
  if (counted.next()) inbox.left_out = counted.int64(0);
  return inbox;
}

}  // namespace tocsin::store
