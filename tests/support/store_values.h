// Values to put into a store, with defaults for everything the test is not about.
#pragma once

#include <string>

#include "gateway/ports/store.h"
#include "tests/support/moments.h"

namespace tocsin::support {

inline model::Incident an_incident(std::int64_t id, int code) {
  model::Incident i;
  i.id = {id};
  i.code = code;
  i.kind = model::HazardKind::kFire;
  i.level = 1;
  i.level_id = "III";
  i.opened_at = i.last_report_at = noon;
  return i;
}

inline model::Alert an_alert_of(std::int64_t id, model::MatterId matter, std::int64_t incident, std::int64_t person) {
  model::Alert a;
  a.id = {id};
  a.matter = matter;
  a.incident = {incident};
  a.person = {person};
  a.ladder = 0;
  a.needs = model::AnswerKind::kReceived;
  return a;
}

inline model::Delivery a_queued_sms(std::int64_t id, std::int64_t alert, std::int64_t incident,
                                    model::LinkIndex link = 0) {
  model::Delivery d;
  d.id = {id};
  d.alert = {alert};
  d.incident = {incident};
  d.message = {7};
  d.link = link;
  d.contact = {1};
  d.address = "+8614400000017";
  d.turn = id;
  return d;
}

inline model::Delivery a_call_line(std::int64_t id, std::int64_t alert, std::int64_t incident) {
  model::Delivery d = a_queued_sms(id, alert, incident, -1);
  d.channel = model::Channel::kDeskCall;
  d.state = model::DeliveryState::kAccepted;
  d.handed_over_at = noon;
  return d;
}

inline model::RecordEntry an_entry(model::RecordKind kind, std::int64_t incident, std::int64_t subject,
                                   std::string detail = {}) {
  model::RecordEntry e;
  e.at = noon;
  e.kind = kind;
  e.incident = {incident};
  e.subject = subject;
  e.detail = std::move(detail);
  return e;
}

}  // namespace tocsin::support
