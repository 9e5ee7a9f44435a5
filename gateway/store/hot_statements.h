// The statements run for every message, kept ready as members; the others are found by their text.
#pragma once

#include "gateway/db/session.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

struct HotStatements {
  explicit HotStatements(db::Session& s)
      : insert_alert(
            s, "insert into alert (" TOCSIN_ALERT_COLUMNS
               ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
               "?21, ?22, ?23, ?24, ?25) on conflict (matter, person) do nothing"),
        update_alert(s,
                     "update alert set callout = ?2, step = ?3, selector = ?4, more_hats = ?5, stands_in_for = ?6, "
                     "ladder = ?7, needs = ?8, urgency = ?9, state = ?10, reason = ?11, cycle = ?12, rung = ?13, "
                     "told = ?14, first_rung_done = ?15, answer = ?16, answered_at = ?17, paused_until = ?18, "
                     "look_again_at = ?19 where id = ?1"),
        alert(s, "select " TOCSIN_ALERT_COLUMNS " from alert where id = ?1"),
        insert_delivery(s,
                        "insert into delivery (" TOCSIN_DELIVERY_COLUMNS
                        ", epoch) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
                        "?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)"),
        update_delivery(
            s,
            "update delivery set link = ?2, attempt = ?3, urgency = ?4, state = ?5, turn = ?6, stalled = ?7, "
            "parts = ?8, carrier_id = ?9, code = ?10, handed_over_at = ?11, ended_at = ?12, "
            "not_before = ?13, receipt_due_at = ?14, meaning = ?15, on_its_way_at = ?16, summary = ?17, message = ?18 "
            "where id = ?1"),
        delivery(s, "select " TOCSIN_DELIVERY_COLUMNS " from delivery where id = ?1"),
        deliveries_of_alert(
            s, "select " TOCSIN_DELIVERY_COLUMNS " from delivery where alert = ?1 and alert <> 0 order by id"),
        delivery_by_carrier(s, "select " TOCSIN_DELIVERY_COLUMNS
                               " from delivery where link = ?1 and carrier_id = ?2 and state in (3, 7) "
                               "order by id desc limit 1"),
        part_by_carrier(
            s,
            "select p.delivery, p.part from part p where p.carrier_id = ?2 and p.state in (3, 7) and exists "
            "(select 1 from delivery d where d.id = p.delivery and d.link = ?1) "
            "order by p.delivery desc limit 1"),
        insert_entry(
            s, "insert into record (" TOCSIN_RECORD_COLUMNS ", commit_no) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
        insert_incident_commit(s, "insert into incident_commit (incident, commit_no) values (?1, ?2)"),
        insert_chain(s,
                     "insert into chain (commit_no, first_seq, last_seq, at, hash, leaves) "
                     "values (?1, ?2, ?3, ?4, ?5, ?6)") {}

  db::Statement insert_alert, update_alert, alert;
  db::Statement insert_delivery, update_delivery, delivery, deliveries_of_alert;
  db::Statement delivery_by_carrier, part_by_carrier;
  db::Statement insert_entry, insert_incident_commit, insert_chain;
};

}  // namespace tocsin::store
