// What the desk, the API and the CLI read: values made by the store's read side.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/model/recipient.h"
#include "gateway/model/record.h"
#include "gateway/model/report.h"

namespace tocsin::model {

struct AlertView {
  Alert alert;
  std::vector<Delivery> deliveries;    // oldest first
  std::vector<int> steps;              // indexes of the steps this person counts for
  std::vector<std::string> selectors;  // one per step: which selector found them
};

struct NotToldView {
  PersonId person;
  int step = 0;
  std::string selector, what;
  Reason reason = Reason::kNone;
};

struct IncidentView {
  Incident incident;
  std::vector<int> aliases;       // codes of incidents merged into it
  Facts facts;                    // combined
  std::vector<Report> reports;    // oldest first
  std::vector<CallOut> callouts;  // oldest first
  std::vector<Step> steps;        // by call-out, then index
  std::vector<Task> tasks;
  std::vector<AlertView> alerts;  // by id; at most `limit`
  std::vector<NotToldView> not_told;
  bool alerts_cut = false;
  std::string head;  // of the record when this was read: chain hash of the last commit, hex
};

// One line of the call sheet: one person, whatever they must be phoned about.
struct CallLine {
  DeliveryId line;  // of the most urgent open line
  PersonId person;
  std::vector<int> incident_codes;       // most urgent first
  Channel channel = Channel::kDeskCall;  // or kKnock
  Urgency urgency = 0;
  base::UtcTime since{};
  std::string script;  // what to say: the message as composed
};

struct StoreStatus {
  std::int64_t schema = 0, last_seq = 0;
  std::string head;                           // chain hash of the last commit, hex
  std::int64_t open_incidents = 0, owed = 0;  // owed: deliveries queued or claimed
  std::int64_t oldest_owed_us = 0;            // UTC micros of the oldest queued delivery, 0 = none
};

struct TokenRow {
  std::int64_t id = 0;
  std::string name;
  Role role = Role::kReporter;
  PersonId person;
  base::UtcTime made_at{};
  std::optional<base::UtcTime> revoked_at;
};

}  // namespace tocsin::model
