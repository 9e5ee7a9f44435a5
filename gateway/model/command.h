// Commands: every change of the store is one of these plain values, taken by the engine in order.
//
// Each has a reply; what a handler refuses comes back as an Error and has changed nothing.
// `by` says who asked; the adapter that checked the token fills it in.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/model/alert.h"
#include "gateway/model/answer.h"
#include "gateway/model/attachment.h"
#include "gateway/model/contact_check.h"
#include "gateway/model/desk_view.h"
#include "gateway/model/directory_change.h"
#include "gateway/model/identity.h"
#include "gateway/model/incident.h"
#include "gateway/model/plan_version.h"
#include "gateway/model/report.h"
#include "gateway/model/version.h"

namespace tocsin::model {

// ---- from reporters ----
struct SubmitReport {
  Principal by;
  ReportVia via = ReportVia::kApi;
  std::string key;     // idempotency key, 8..64 characters of [A-Za-z0-9_-]
  std::string hazard;  // a kind's name; empty or "unsure": read from the text, else unclassified
  Facts facts;         // as typed; attributes and types are checked against the plan
  std::string area;    // code, name or alias of an area; may be empty
  std::string place;   // free words
  std::string text;    // free words
  bool drill = false;
  std::optional<base::UtcTime> occurred_at;
  ReportId follows;            // an earlier one of the same reporter: it joins that one's incident; 0 = none
  bool takes_message = false;  // of the inbox, by InboxEntry::key(): kConflict when somebody else took it
};

struct SubmittedReport {
  ReportId report;
  int incident_code = 0;
  bool opened = false;           // false: joined an incident that was there
  bool repeated = false;         // this key was seen before: the first reply again
  bool numbers_removed = false;  // the desk will call the sender
  Assessment assessment;         // of the incident after this report
};

// ---- from recipients ----
struct AnswerAlert {
  Principal by;
  AlertId alert;
  AnswerKind kind = AnswerKind::kReceived;
  AnswerVia via = AnswerVia::kApi;
  std::string note;
  Expected expected;
};

// This person opened the page of their alert.  A GET never says so: previews of links make those.
struct SeeAlert {
  Principal by;  // the person of the alert; nobody else sees it for them
  AlertId alert;
};

// The desk has read what the person of this alert replied in words: it needs a look no more.
struct LookAtReply {
  Principal by;
  AlertId alert;
};

// A message that came in over a link.  The adapter acknowledges it only after the future is done.
struct InboundMessage {
  LinkIndex link = -1;
  std::string from, to;  // E.164 where it is a phone number, as sent otherwise
  std::string text;      // UTF-8, whole (segments joined by the adapter)
  std::string udh;       // raw user data header, for recognising a repeat; may be empty
};

struct InboundResult {
  enum class What { kAnswer, kReport, kQuestionAsked, kStranger, kRepeat, kNothing, kCheck } what = What::kNothing;
  int incident_code = 0;
};

// ---- from links ----
enum class SendOutcome : std::uint8_t { kAccepted, kRetry, kRefused, kUnknown };

struct SendEnd {
  DeliveryId delivery;
  int part = 1, parts = 1;  // each part ends exactly once per handover
  SendOutcome outcome = SendOutcome::kUnknown;
  std::string carrier_id;        // with kAccepted
  std::string error;             // the raw code, of any outcome ("ESME_RTHROTTLED", "ESME_ROK"), or our words for it
  base::Duration retry_after{};  // with kRetry: not before this long from now
  Meaning meaning = Meaning::kNone;
};
struct SendsEnded {
  LinkIndex link = -1;
  std::vector<SendEnd> ends;
};

enum class ReceiptState : std::uint8_t { kOnItsWay, kDelivered, kUndelivered };
struct Receipt {
  std::string carrier_id;
  ReceiptState state = ReceiptState::kOnItsWay;
  std::string error;  // raw state and code, of any state ("UNDELIV err:001", "DELIVRD err:000")
  Meaning meaning = Meaning::kNone;
};
struct ReceiptsIn {
  LinkIndex link = -1;
  std::vector<Receipt> receipts;
};

struct LinkChanged {
  LinkIndex link = -1;
  bool up = false;
  std::string reason;
  bool degraded = false;  // up, while some of its connections have been away for minutes
};

// ---- from the desk ----
// `expected`: what the desk saw; kChanged, and nothing done, when another version stands by now.
struct OpenIncident {
  Principal by;
  int code = 0;
  Expected expected;
};                         // "the desk has seen it"
struct ClassifyIncident {  // gives an unclassified incident its kind; facts are added like a report's
  Principal by;
  int code = 0;
  std::string hazard;
  Facts facts;
  std::string area;
  Expected expected;
};
struct SetLevel {  // raise, or lower (a reason is then required)
  Principal by;
  int code = 0;
  std::string level;
  std::string reason;
  Expected expected;
};
struct MergeIncidents {
  Principal by;
  int code = 0, into = 0;
  Expected expected;  // of `code`
};                    // the older stays whichever is named
struct SplitIncident {
  Principal by;
  int code = 0;
  std::vector<ReportId> reports;
  std::string area;
  std::string place;
  Expected expected;
};
struct StandDown {
  Principal by;
  int code = 0;
  std::string reason;
  Expected expected;
  std::vector<std::string> conditions;  // names of those of the plan that are true
  std::string ordered_by;               // code of the person on whose word the desk ends it; empty: one's own
};

enum class CallOutcome : std::uint8_t {
  kReceived = 1,
  kComing = 2,
  kArrived = 3,
  kCannot = 4,
  kNoAnswer = 5,
  kWrongNumber = 6
};
struct RecordCall {  // outcome of one line of the call sheet
  Principal by;
  DeliveryId line;
  CallOutcome outcome = CallOutcome::kNoAnswer;
  std::string note;
  Expected expected;  // of all the open lines of that person
};
struct OpenMessage {  // of the inbox: the desk has read it
  Principal by;
  std::int64_t message = 0;
};
struct HandOver {  // somebody takes over the desk
  Principal by;
  Handover sheet;  // but for its id, its time and whose session it is
};
struct CompleteTask {
  Principal by;
  TaskId task;
  std::string note;
  Expected expected;
};

// ---- from those the plan names to start a response ----
struct AskApprovalCode {  // sends a one-time code to the person's own agreed phone
  Principal by;
  int code = 0;      // of the incident
  SignInId request;  // a random number
  std::string client;
  std::string one_time_code;  // six digits
};
struct Approve {
  Principal by;
  int code = 0;
  bool approved = true;  // false: it is not to begin
  SignInId request;
  std::string one_time_code;
  Expected expected;
};

enum class ApprovalOutcome : std::uint8_t {
  kDone,
  kNotNamed,   // the plan names others, and nobody asked this person as their deputy
  kWrongCode,  // or too old, used up, or sent to somebody else
  kTooMany,    // codes asked for: again after `retry_after`
};
struct ApprovalReply {
  ApprovalOutcome outcome = ApprovalOutcome::kDone;
  int incident_code = 0;
  ApprovalState state = ApprovalState::kPending;
  SignInId request;            // AskApprovalCode
  base::UtcTime expires_at{};  // AskApprovalCode
  base::Duration retry_after{};
};

struct IncidentReply {
  int code = 0;
  LevelIndex level = kNoLevel;
  int revision = 0;
};

// One fixed text over one link to an agreed contact point of whoever asks, an administrator: does it come?
struct ProbeLink {
  Principal by;
  std::string link;  // name
};
struct ProbeSent {
  DeliveryId delivery;
};

// ---- from the machine ----
struct ClockStepped {
  base::Duration by{};
};                   // UTC moved against steady time by more than 2 s
struct TimerDue {};  // look at what has fallen due

using Command = std::variant<SubmitReport, AnswerAlert, SeeAlert, LookAtReply, InboundMessage, SendsEnded, ReceiptsIn,
                             LinkChanged, OpenIncident, ClassifyIncident, SetLevel, MergeIncidents, SplitIncident,
                             StandDown, RecordCall, CompleteTask, OpenMessage, HandOver, AskApprovalCode, Approve,
                             AttachFile, IdentityCommand, PutPlanInForce, ChangeDirectory, StartContactCheck,
                             StopContactCheck, ProbeLink, ClockStepped, TimerDue>;
using Reply = std::variant<base::Done, SubmittedReport, InboundResult, IncidentReply, AttachedFile, IdentityReply,
                           ApprovalReply, PlanTaken, DirectoryChanged, Handover, ProbeSent>;
using CommandResult = base::Result<Reply>;

}  // namespace tocsin::model
