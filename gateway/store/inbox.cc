#include "gateway/store/inbox.h"

#include <algorithm>
#include <map>

#include "gateway/base/ids.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

std::string InboxEntry::key() const {
  return "inbox-" + std::to_string(id) + "-" + std::to_string(base::to_micros(at));
}

Inbox read_inbox(db::Session& session, int limit) {
  Inbox inbox;
  inbox.entries = read_all(
      session.statement("select id, at, sender, body from stranger order by at desc, id desc limit ?1").run(limit),
      [](const db::Rows& row) {
        return InboxEntry{row.int64(0), row.time(1), row.string(2), row.string(3), 0};
      });
  auto counted = session.statement("select coalesce(sum(messages), 0) from stranger_left_out").run();
  if (counted.next()) inbox.left_out = counted.int64(0);
  if (inbox.entries.empty()) return inbox;
  // Reports made since the oldest of them: an id holds the millisecond it was made in.
  const std::int64_t first = base::IdSource(0).next(inbox.entries.back().at);
  std::map<std::string, int> taken;
  auto rows = session
                  .statement(
                      "select r.reporter_key, i.code from report r join incident i on i.id = r.incident "
                      "where r.id >= ?1 and r.reporter_key like 'inbox-%'")
                  .run(first);
  while (rows.next()) taken[rows.string(0)] = rows.integer(1);
  for (auto& entry : inbox.entries) {
    if (const auto found = taken.find(entry.key()); found != taken.end()) entry.taken_as = found->second;
  }
  return inbox;
}

}  // namespace tocsin::store
