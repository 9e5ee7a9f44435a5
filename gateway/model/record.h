// The record: timeline and audit trail in one, append-only.
//
// An entry holds ids, small numbers and words of closed lists; text, names and phone numbers live
// elsewhere and appear here only as a salted digest, so that purging them leaves the chain whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/ids.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class RecordKind : std::uint16_t {
  kStarted = 1,       // the daemon, with its epoch in `a`
  kClockStepped = 2,  // a = microseconds
  kPlanInForce = 3,   // a = plan version, b = warnings accepted, detail = by and its digest; once at each start too
  kDirectoryImported = 4,  // a = version of the directory, b = rows that differ, detail = by and digest of the reason
  kLinkUp = 5,
  kLinkDown = 6,       // a = link
  kLinkDoubted = 8,    // subject = link, a = receipts missing, b = of so many, detail = why: receipts, probe, falls
  kLinkTrusted = 9,    // subject = link: it confirms again
  kLinkDegraded = 66,  // subject = link, detail = why: some of its connections are away, the rest goes on
  kLinkWhole = 67,     // subject = link: all of them are back
  kPlanWarningAccepted = 7,  // a = plan version, detail = by, code of the finding, digests of its place and the reason
  kReportAccepted = 10,      // subject = report
  kReportRepeated = 11,
  kIncidentOpened = 12,  // a = code, b = kind
  kReportJoined = 13,    // subject = report
  kAssessed = 14,        // a = level, detail = clause
  kQuestionAsked = 15,   // b = 1 when the desk is asked, detail = attribute
  kSeen = 16,
  kLevelRaised = 17,
  kLevelLowered = 18,  // a = from, b = to, detail = by and reason digest
  kMerged = 19,
  kSplit = 20,  // a = other code
  kStoodDown = 21,
  kClassified = 22,
  kSumNeedsLook = 23,
  kAttached = 24,  // subject = report, a = bytes, detail = by and the beginning of the file's hash
  kDeskHandedOver =
      25,  // subject = handover, a = entry up to which its sheet was read, b = person; detail = by, digest of the name
  kCallOutStarted = 30,  // subject = call-out, a = level
  kCallOutEnded = 31,
  kStepStarted = 32,
  kStepSatisfied = 33,
  kStepShort = 34,
  kStepClosed = 35,  // subject = step, a = index
  kTaskOpened = 36,
  kTaskDone = 37,
  kTaskOverdue = 38,
  kApprovalAsked = 80,     // subject = call-out, a = revision, b = 1 when the default starts it; detail = who may
  kApprovalDecided = 81,   // subject = call-out, a = state, b = person; detail = by, or why without anybody
  kApprovalRefused = 82,   // subject = call-out, a = person; detail = by and why: wrong_code, not_named
  kConditionsTicked = 83,  // subject = incident, a = whose word it was; detail = names of the conditions
  kAlertRaised = 40,       // subject = alert, a = person, b = step index, detail = selector
  kNotTold = 41,           // a = person, b = reason, detail = selector
  kAlertUpdated = 42,      // subject = alert, a = state, b = reason
  kHandedOver = 50,        // subject = delivery, a = alert, b = rung<<8|attempt: claimed, about to be sent
  kAccepted = 51,
  kDelivered = 52,
  kUndelivered = 53,
  kSendRefused = 54,
  kEndUnknown = 55,
  kRetryLater = 56,
  kDeliveryCancelled = 57,
  kDeliverySuperseded = 58,
  kReceiptUnknown = 59,  // a receipt for an id nobody knows
  kQueued = 60,          // subject = delivery, a = alert (of a probe its link), b = cause
  kStalled = 61,         // subject = link, a = alerts, detail = why: down, full
  kOnItsWay = 62,        // subject = delivery, a = alert, detail = the carrier's code
  kToldTogether = 63,    // subject = delivery, a = alert, b = delivery of the summary it travels in
  kComposedAnew = 64,    // subject = delivery, a = alert, b = message whose words it had before
  kMoved = 65,           // subject = delivery, a = from link, b = to link, detail = why
  kAnswered = 70,        // subject = alert, a = answer, b = via
  kAnswerLate = 71,
  kAnswerUnplaced = 72,
  kStrangerWrote = 73,  // a = link, b = 0: kept; else how many were left out since the last such entry
  kAutoReply = 74,
  kCallOutcome = 75,
  kReplyLookedAt = 76,  // subject = alert, a = how many replies; detail = by
  kAlertSeen = 77,      // subject = alert, a = person: its page was opened
  kMessageOpened = 78,  // subject = message of the inbox; detail = by
  kInboxRung = 79,      // a = messages nobody opened in time, b = people told
  kStorageFull = 90,
  kStorageBack = 91,
  kPurged = 92,         // a = how many, detail = of what
  kAccountAdded = 100,  // subject = account, a = role; detail = by
  kAccountReset = 101,
  kAccountDisabled = 102,
  kTokenAdded = 103,    // a = role, b = person, detail = by and digest of its name
  kTokenRevoked = 104,  // detail = by and digest of its name
  kCodeAsked = 105,     // subject = request, a = person (0: nobody has that number), b = purpose
  kSignedIn = 106,      // subject = session, a = person, b = method
  kSignInFailed = 107,  // subject = account or request, a = method, b = failures in a row; detail = client's digest
  kSignedOut = 108,     // subject = session
  kSessionRevoked = 109,
  kAccessRefused = 110,    // a = status, b = how often within a minute; detail = who and route
  kListRead = 111,         // b = how often within a minute; detail = who and route
  kUnmasked = 112,         // subject = line or person; detail = who and digest of the reason
  kDirectoryEdited = 113,  // as kDirectoryImported
  kDirectoryUndone = 114,  // as kDirectoryImported
  kPersonErased = 115,     // as kDirectoryImported; subject = person
  kFeedRenewed = 116,      // a = person: addresses of their calendar from before open nothing any more
  kCheckBegan = 120,       // subject = round of the contact check, a = how it began; detail = by
  kCheckPaused = 121,      // subject = round: the day is not calm
  kCheckResumed = 122,     // subject = round; detail = by, when somebody took its stop back
  kCheckStopped = 123,     // subject = round, detail = by: nobody more is asked
  kCheckEnded = 124,       // subject = round, a = asked, b = answered; detail = silent=, failed=, not_sent=
};
[[nodiscard]] std::string_view name_of(RecordKind kind);

struct RecordEntry {
  std::int64_t seq = 0;  // given by the store, without gaps
  base::UtcTime at{};
  RecordKind kind = RecordKind::kStarted;
  IncidentId incident;       // 0 = none
  std::int64_t subject = 0;  // the row it is about, by kind
  std::int64_t a = 0, b = 0;
  std::string detail;  // words of closed lists, codes, digests; at most 200 bytes
};

// Whose alert, or who, an entry is about: of neither, one, or (never) both.
struct Whose {
  AlertId alert;
  PersonId person;
};
[[nodiscard]] Whose whose(const RecordEntry& entry);
// The alerts those entries are about.
[[nodiscard]] std::vector<AlertId> alerts_of(const std::vector<RecordEntry>& entries);

// A chain hash (hex) short enough to be noted down by hand: its first 12 digits in groups of four, "3f2a 90bc 11d7".
[[nodiscard]] std::string short_head(std::string_view head);

}  // namespace tocsin::model
