#include "gateway/store/inbox.h"

#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "gateway/base/ids.h"
#include "gateway/store/rows.h"

namespace tocsin::store {
namespace {

// What was taken of it: by the keys of reports made since the oldest of them; an id holds the millisecond it was made
// in.
void find_taken(db::Session& session, std::vector<model::InboxEntry>& entries) {
  std::map<std::string, std::pair<int, model::ReportId>> taken;
  const std::int64_t first = base::IdSource(0).next(entries.back().at);
  auto rows = session
                  .statement(
                      "select r.reporter_key, i.code, r.id from report r join incident i on i.id = r.incident "
                      "where r.id >= ?1 and r.reporter_key like 'inbox-%'")
                  .run(first);
  while (rows.next()) taken.emplace(rows.string(0), std::pair(rows.integer(1), model::ReportId{rows.int64(2)}));
  for (auto& entry : entries) {
    if (const auto found = taken.find(entry.key()); found != taken.end()) {
      std::tie(entry.taken_as, entry.taken_by) = found->second;
    }
  }
}

}  // namespace

model::Inbox read_inbox(db::Session& session, const model::InboxWanted& wanted) {
  model::Inbox inbox;
  const std::int64_t behind = wanted.before == 0 ? std::numeric_limits<std::int64_t>::max() : wanted.before;
  inbox.entries = read_all(session
                               .statement("select id, at, sender, body from stranger where at >= ?1 and id < ?2 "
                                          "and (?3 = 0 or id = ?3) order by id desc limit ?4")
                               .run(wanted.since, behind, wanted.only, wanted.limit + 1),
                           [](const db::Rows& row) {
                             return model::InboxEntry{row.int64(0), row.time(1), row.string(2), row.string(3), 0, {}};
                           });
  if (static_cast<int>(inbox.entries.size()) > wanted.limit) {
    inbox.entries.resize(static_cast<std::size_t>(wanted.limit));
    inbox.next = inbox.entries.back().id;
  }
  auto counted = session.statement("select coalesce(sum(messages), 0) from stranger_left_out").run();
  if (counted.next()) inbox.left_out = counted.int64(0);
  if (!inbox.entries.empty()) find_taken(session, inbox.entries);
  return inbox;
}

}  // namespace tocsin::store
