// What the desk, the API and the CLI read: values made by the store's read side.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/alert.h"
#include "gateway/model/attachment.h"
#include "gateway/model/incident.h"
#include "gateway/model/note.h"
#include "gateway/model/recipient.h"
#include "gateway/model/record.h"
#include "gateway/model/report.h"
#include "gateway/model/version.h"

namespace tocsin::model {

// Part of a list that goes on: `next` is the position to ask behind for the rest, 0 = that was all.  A position is an
// id (or a sequence number), so what is added meanwhile moves nothing.
template <typename T>
struct Page {
  std::vector<T> rows;
  std::int64_t next = 0;
};

struct IncidentsWanted {
  std::optional<bool> open;  // only open ones, only ended ones (merged ones count as ended), or both
  PersonId told;             // only those this person has an alert of; 0 = all
  IncidentId before;         // only older ones; 0 = from the newest
  int limit = 100;
};

// A page of the alerts of one incident, oldest first.
struct AlertsWanted {
  AlertId after;  // only those behind that one; 0 = from the first
  int limit = 200;
  bool waiting = false;  // only those whose answer is awaited still: none came, or words; and not withdrawn
  bool asking = false;   // only alerts and requests for approval: not the updates, stand-downs and replies
};

struct ChangesWanted {
  std::int64_t since = 0;  // sequence number of the last entry known
  Principal by;
  bool desk = false;   // sees every incident; others those they were told of
  int entries = 4000;  // of the record, looked at in one answer
  int most = 40000;    // behind by more than this: everything must be read anew
};

// What happened behind an entry of the record: which incidents to look at again.
struct Changes {
  std::int64_t cursor = 0;          // all up to here is told
  bool full = false;                // too far behind, or from another store: read the lists anew
  bool more = false;                // ask again at once
  std::vector<Incident> incidents;  // as they stand now, oldest first; merged ones with `merged_into`
  std::vector<Alert> alerts;        // of the asker, in those incidents
  std::vector<ReportId> reports;    // of the asker, in those incidents
  bool call_sheet = false, tasks = false, inbox = false;  // may have changed; never true but for the desk
};

struct AlertView {
  Alert alert;
  std::vector<Delivery> deliveries;    // oldest first
  std::vector<int> steps;              // indexes of the steps this person counts for
  std::vector<std::string> selectors;  // one per step: which selector found them
};

// What an incident waits for from people: whose word, and how many have replied in words that nobody looked at yet.
struct Awaiting {
  std::optional<Approval> approval;
  int replied = 0;
};

struct ReportView {
  Report report;
  std::vector<Attachment> attachments;  // oldest first
};

struct NotToldView {
  PersonId person;
  int step = 0;
  std::string selector, what;
  Reason reason = Reason::kNone;
};

struct IncidentView {
  Incident incident;
  std::vector<int> aliases;         // codes of incidents merged into it
  Facts facts;                      // combined
  std::vector<Report> reports;      // oldest first; at most 1,000
  std::vector<CallOut> callouts;    // oldest first
  std::vector<Approval> approvals;  // of those that needed one, oldest first
  std::vector<Step> steps;          // by call-out, then index
  std::vector<Task> tasks;
  std::vector<AlertView> alerts;  // by id; at most `limit`
  std::vector<NotToldView> not_told;
  std::vector<Note> notes;                       // the newest 500, oldest first
  std::map<StepId, int> replied;                 // persons who replied in words that nobody looked at yet
  bool alerts_cut = false, reports_cut = false;  // there are more: ports::Queries::alerts_of, reports_of
  std::vector<Attachment> attachments;           // by report, oldest first
  std::string head;                              // of the record when this was read: chain hash of the last commit, hex
};

// One line of the call sheet: one person, whatever they must be phoned about.
struct CallLine {
  DeliveryId line;  // of the most urgent open line
  PersonId person;
  std::vector<int> incident_codes;       // most urgent first
  Channel channel = Channel::kDeskCall;  // or kKnock
  Urgency urgency = 0;
  base::UtcTime since{};
  bool decision = false;  // an approval waits for them: such lines come first, drills behind
  std::string script;     // what to say: the message as composed
  Version version;        // of all the open lines of that person
};

// What an alert's link shows.
struct AlertPage {
  Alert alert;
  Incident incident;
  std::string text;  // the words last written for it, in the person's language; empty when there are none
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
