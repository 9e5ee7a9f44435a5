#include "tests/simulation/tables.h"

namespace tocsin::simulation {
namespace {

Micros maybe(const db::Rows& row, int column) {
  return row.is_null(column) ? std::nullopt : Micros(row.int64(column));
}

template <typename Read>
void each(db::Session& session, std::string_view sql, Read read) {
  auto rows = session.statement(sql).run();
  while (rows.next()) read(rows);
}

void read_events(db::Session& session, Tables& t) {
  each(session, "select id, code, kind, level, state, merged_into, ended_at, plan_version, drill from incident",
       [&](const db::Rows& r) {
         t.incidents[r.int64(0)] = {r.int64(0), r.integer(1), r.integer(2), r.integer(3), r.integer(4),
                                    r.int64(5), maybe(r, 6),  r.integer(7), r.flag(8)};
       });
  each(session, "select number, version from plan_swap",
       [&](const db::Rows& r) { t.plan_swaps[r.integer(0)] = r.integer(1); });
  each(session, "select code, incident from alias", [&](const db::Rows& r) { t.aliases[r.integer(0)] = r.int64(1); });
  each(session, "select id, incident, via, reporter, coalesce(reporter_key, '') from report", [&](const db::Rows& r) {
    t.reports[r.int64(0)] = {r.int64(0), r.int64(1), r.integer(2), r.string(3), r.string(4)};
  });
  each(session, "select id, state, incident, conditions from callout", [&](const db::Rows& r) {
    t.callout_states[r.int64(0)] = r.integer(1);
    t.callouts[r.int64(0)] = r.int64(2);
    if (!r.text(3).empty()) t.conditions[r.int64(0)] = r.string(3);
  });
  each(session, "select callout, incident, person, state, by_whom from approval", [&](const db::Rows& r) {
    t.approvals[r.int64(0)] = {r.int64(0), r.int64(1), r.int64(2), r.integer(3), r.string(4)};
  });
  each(
      session,
      "select id, callout, incident, idx, state, needed, needs, recipients, first_pending, climbing, received, coming, "
      "arrived, cannot, look_again_at, name from step",
      [&](const db::Rows& r) {
        t.steps[r.int64(0)] = {r.int64(0),    r.int64(1),    r.int64(2),   r.integer(3), r.integer(4),  r.integer(5),
                               r.integer(6),  r.integer(7),  r.integer(8), r.integer(9), r.integer(10), r.integer(11),
                               r.integer(12), r.integer(13), maybe(r, 14), r.string(15)};
      });
  each(session, "select report, hash from attachment", [&](const db::Rows& r) {
    t.attachments.push_back({r.int64(0), r.string(1)});
  });
  each(session, "select id, at, sender, body, opened_at from stranger order by id", [&](const db::Rows& r) {
    t.strangers.push_back({r.int64(0), r.int64(1), r.string(2), r.string(3), maybe(r, 4)});
  });
  each(session, "select count(*) from work", [&](const db::Rows& r) { t.pending_work = r.integer(0); });
}

void read_alerts(db::Session& session, Tables& t) {
  each(session,
       "select id, matter, incident, callout, step, person, matter_kind, ladder, needs, state, reason, answer, told, "
       "first_rung_done, look_again_at from alert",
       [&](const db::Rows& r) {
         t.alerts[r.int64(0)] = {r.int64(0),    r.int64(1),    r.int64(2),   r.int64(3),   r.int64(4),
                                 r.int64(5),    r.integer(6),  r.integer(7), r.integer(8), r.integer(9),
                                 r.integer(10), r.integer(11), r.flag(12),   r.flag(13),   maybe(r, 14)};
       });
  each(session, "select alert, step from membership", [&](const db::Rows& r) {
    t.memberships.push_back({r.int64(0), r.int64(1)});
  });
  each(session,
       "select id, alert, incident, message, channel, cycle, rung, state, address, summary, link from delivery",
       [&](const db::Rows& r) {
         t.deliveries[r.int64(0)] = {r.int64(0),   r.int64(1),   r.int64(2),  r.int64(3), r.integer(4), r.integer(5),
                                     r.integer(6), r.integer(7), r.string(8), r.int64(9), r.integer(10)};
       });
  each(session, "select id, body from message", [&](const db::Rows& r) { t.bodies[r.int64(0)] = r.string(1); });
  each(session, "select incident, person, reason from not_told", [&](const db::Rows& r) {
    t.not_told.push_back({r.int64(0), r.int64(1), r.integer(2)});
  });
}

}  // namespace

base::Result<Tables> read_tables(db::Session& session) {
  Tables t;
  read_events(session, t);
  read_alerts(session, t);
  each(session, "select seq, at, kind, incident, subject, a, b, detail from record order by seq",
       [&](const db::Rows& r) {
         t.record.push_back(
             {r.int64(0), r.int64(1), r.integer(2), r.int64(3), r.int64(4), r.int64(5), r.int64(6), r.string(7)});
       });
  if (auto status = session.status(); !status) return status.error();
  return t;
}

}  // namespace tocsin::simulation
