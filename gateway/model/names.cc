// The words of the closed lists: one table per enum, read in both directions.
#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "gateway/model/alert.h"
#include "gateway/model/answer.h"
#include "gateway/model/approval.h"
#include "gateway/model/desk_view.h"
#include "gateway/model/directory_change.h"
#include "gateway/model/identity.h"
#include "gateway/model/incident.h"
#include "gateway/model/note.h"
#include "gateway/model/plan_version.h"
#include "gateway/model/recipient.h"
#include "gateway/model/record.h"
#include "gateway/model/report.h"

namespace tocsin::model {
namespace {

template <typename Enum>
struct Named {
  Enum value;
  std::string_view name;
};

template <typename Table, typename Enum>
std::string_view find_name(const Table& table, Enum value) {
  const auto* it =
      std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.value == value; });
  return it == std::end(table) ? std::string_view("?") : it->name;
}

template <typename Enum, typename Table>
std::optional<Enum> find_value(const Table& table, std::string_view name) {
  const auto* it = std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.name == name; });
  if (it == std::end(table)) return std::nullopt;
  return it->value;
}

constexpr Named<MatterKind> kMatterKindNames[] = {
    {MatterKind::kAlert, "alert"},     {MatterKind::kUpdate, "update"},     {MatterKind::kStandDown, "stand_down"},
    {MatterKind::kReply, "reply"},     {MatterKind::kApproval, "approval"}, {MatterKind::kDecided, "decided"},
    {MatterKind::kSummary, "summary"},
};

constexpr Named<Channel> kChannelNames[] = {
    {Channel::kConsole, "console"},    {Channel::kSms, "sms"},         {Channel::kVoice, "voice"},
    {Channel::kEmail, "email"},        {Channel::kWebhook, "webhook"}, {Channel::kPush, "push"},
    {Channel::kDeskCall, "desk_call"}, {Channel::kDeputy, "deputy"},   {Channel::kKnock, "knock"},
};

constexpr Named<DueWhat> kDueWhatNames[] = {
    {DueWhat::kOpen, "open"}, {DueWhat::kApproval, "approval"}, {DueWhat::kTask, "task"}, {DueWhat::kStep, "step"}};

constexpr Named<DangerKind> kDangerKindNames[] = {
    {DangerKind::kStorage, "storage"}, {DangerKind::kDisk, "disk"},
    {DangerKind::kClock, "clock"},     {DangerKind::kLink, "link"},
    {DangerKind::kPlan, "plan"},       {DangerKind::kNobodyOnDuty, "nobody_on_duty"},
    {DangerKind::kOther, "other"},     {DangerKind::kCertificate, "certificate"}};

constexpr Named<LinkState> kLinkStateNames[] = {{LinkState::kUp, "up"},
                                                {LinkState::kDown, "down"},
                                                {LinkState::kDoubtful, "doubtful"},
                                                {LinkState::kStarting, "starting"}};

constexpr Named<AlertState> kAlertStateNames[] = {
    {AlertState::kTelling, "telling"},     {AlertState::kTold, "told"},           {AlertState::kAnswered, "answered"},
    {AlertState::kExhausted, "exhausted"}, {AlertState::kWithdrawn, "withdrawn"},
};

constexpr Named<Reason> kReasonNames[] = {
    {Reason::kNone, "none"},
    {Reason::kFirstRung, "first_rung"},
    {Reason::kNoAnswer, "no_answer"},
    {Reason::kOnlyReceived, "only_received"},
    {Reason::kCannotCome, "cannot_come"},
    {Reason::kRefused, "refused"},
    {Reason::kUndelivered, "undelivered"},
    {Reason::kEndUnknown, "end_unknown"},
    {Reason::kLinkStalled, "link_stalled"},
    {Reason::kNoContactPoint, "no_contact_point"},
    {Reason::kNoLink, "no_link"},
    {Reason::kNoDeputy, "no_deputy"},
    {Reason::kRepeat, "repeat"},
    {Reason::kAwaitingHandOver, "awaiting_hand_over"},
    {Reason::kAwaitingAnswer, "awaiting_answer"},
    {Reason::kPausedByReceived, "paused_by_received"},
    {Reason::kPausedByQuestion, "paused_by_question"},
    {Reason::kSettled, "settled"},
    {Reason::kLadderEnded, "ladder_ended"},
    {Reason::kStandDown, "stand_down"},
    {Reason::kRaised, "raised"},
    {Reason::kMerged, "merged"},
    {Reason::kAlreadyTold, "already_told"},
    {Reason::kOnLeave, "on_leave"},
    {Reason::kPostEmpty, "post_empty"},
    {Reason::kNotAgreed, "not_agreed"},
    {Reason::kStandsIn, "stands_in"},
    {Reason::kCallerBusy, "caller_busy"},
    {Reason::kReachedMeanwhile, "reached_meanwhile"},
    {Reason::kNewerNews, "newer_news"},
    {Reason::kOneUpdateAMinute, "one_update_a_minute"},
    {Reason::kProbe, "probe"},
    {Reason::kNotAtNight, "not_at_night"},
    {Reason::kOnlyOneAtNight, "only_one_at_night"},
    {Reason::kContactCheck, "contact_check"},
};

constexpr Named<DeliveryState> kDeliveryStateNames[] = {
    {DeliveryState::kQueued, "queued"},           {DeliveryState::kClaimed, "claimed"},
    {DeliveryState::kAccepted, "accepted"},       {DeliveryState::kDelivered, "delivered"},
    {DeliveryState::kUndelivered, "undelivered"}, {DeliveryState::kRefused, "refused"},
    {DeliveryState::kUnknown, "unknown"},         {DeliveryState::kCancelled, "cancelled"},
    {DeliveryState::kSuperseded, "superseded"},
};

constexpr Named<NoteKind> kNoteKindNames[] = {
    {NoteKind::kReason, "reason"}, {NoteKind::kReplied, "replied"}, {NoteKind::kWithAnswer, "with_answer"}};
constexpr Named<AnswerKind> kAnswerKindNames[] = {
    {AnswerKind::kNone, "none"},         {AnswerKind::kReceived, "received"}, {AnswerKind::kComing, "coming"},
    {AnswerKind::kArrived, "arrived"},   {AnswerKind::kCannot, "cannot"},     {AnswerKind::kReplied, "replied"},
    {AnswerKind::kDecision, "decision"},
};

constexpr Named<AnswerVia> kAnswerViaNames[] = {
    {AnswerVia::kSms, "sms"},   {AnswerVia::kWeb, "web"}, {AnswerVia::kVoice, "voice"},
    {AnswerVia::kDesk, "desk"}, {AnswerVia::kApi, "api"},
};

constexpr Named<ApprovalState> kApprovalStateNames[] = {
    {ApprovalState::kPending, "pending"},
    {ApprovalState::kApproved, "approved"},
    {ApprovalState::kDeclined, "declined"},
    {ApprovalState::kStartedByDefault, "started_by_default"},
    {ApprovalState::kLeftByDefault, "left_by_default"},
    {ApprovalState::kMoot, "moot"},
};

constexpr Named<IncidentState> kIncidentStateNames[] = {
    {IncidentState::kOpen, "open"},
    {IncidentState::kEnded, "ended"},
    {IncidentState::kMerged, "merged"},
};

constexpr Named<StepState> kStepStateNames[] = {
    {StepState::kWaiting, "waiting"},     {StepState::kEntering, "entering"}, {StepState::kRunning, "running"},
    {StepState::kSatisfied, "satisfied"}, {StepState::kShort, "short"},       {StepState::kClosed, "closed"},
};

constexpr Named<TaskState> kTaskStateNames[] = {
    {TaskState::kOpen, "open"},
    {TaskState::kDone, "done"},
    {TaskState::kOverdue, "overdue"},
    {TaskState::kClosed, "closed"},
};

constexpr Named<ReportVia> kReportViaNames[] = {
    {ReportVia::kApi, "api"},   {ReportVia::kWeb, "web"}, {ReportVia::kSms, "sms"},
    {ReportVia::kDesk, "desk"}, {ReportVia::kCap, "cap"},
};

constexpr Named<Role> kRoleNames[] = {
    {Role::kReporter, "reporter"}, {Role::kCommander, "commander"}, {Role::kDuty, "duty"},
    {Role::kAdmin, "admin"},       {Role::kAuditor, "auditor"},     {Role::kSystem, "system"},
};

constexpr Named<ContactKind> kContactKindNames[] = {
    {ContactKind::kMobile, "mobile"},   {ContactKind::kLandline, "landline"}, {ContactKind::kEmail, "email"},
    {ContactKind::kWebhook, "webhook"}, {ContactKind::kConsole, "console"},
};

constexpr Named<SignInMethod> kSignInMethodNames[] = {
    {SignInMethod::kPassword, "password"}, {SignInMethod::kCode, "code"}, {SignInMethod::kLink, "link"}};

constexpr Named<DirectoryHow> kDirectoryHowNames[] = {{DirectoryHow::kImport, "import"},
                                                      {DirectoryHow::kEdit, "edit"},
                                                      {DirectoryHow::kUndo, "undo"},
                                                      {DirectoryHow::kErase, "erase"}};

constexpr Named<PlanVia> kPlanViaNames[] = {{PlanVia::kStart, "start"},
                                            {PlanVia::kReload, "reload"},
                                            {PlanVia::kApi, "api"},
                                            {PlanVia::kCommandLine, "command_line"}};

constexpr Named<RecordKind> kRecordKindNames[] = {
    {RecordKind::kStarted, "started"},
    {RecordKind::kClockStepped, "clock_stepped"},
    {RecordKind::kPlanInForce, "plan_in_force"},
    {RecordKind::kDirectoryImported, "directory_imported"},
    {RecordKind::kLinkUp, "link_up"},
    {RecordKind::kLinkDoubted, "link_doubted"},
    {RecordKind::kLinkDegraded, "link_degraded"},
    {RecordKind::kLinkWhole, "link_whole"},
    {RecordKind::kLinkTrusted, "link_trusted"},
    {RecordKind::kLinkDown, "link_down"},
    {RecordKind::kPlanWarningAccepted, "plan_warning_accepted"},
    {RecordKind::kReportAccepted, "report_accepted"},
    {RecordKind::kReportRepeated, "report_repeated"},
    {RecordKind::kIncidentOpened, "incident_opened"},
    {RecordKind::kReportJoined, "report_joined"},
    {RecordKind::kAssessed, "assessed"},
    {RecordKind::kQuestionAsked, "question_asked"},
    {RecordKind::kSeen, "seen"},
    {RecordKind::kLevelRaised, "level_raised"},
    {RecordKind::kLevelLowered, "level_lowered"},
    {RecordKind::kMerged, "merged"},
    {RecordKind::kSplit, "split"},
    {RecordKind::kStoodDown, "stood_down"},
    {RecordKind::kClassified, "classified"},
    {RecordKind::kSumNeedsLook, "sum_needs_look"},
    {RecordKind::kAttached, "attached"},
    {RecordKind::kDeskHandedOver, "desk_handed_over"},
    {RecordKind::kCallOutStarted, "call_out_started"},
    {RecordKind::kCallOutEnded, "call_out_ended"},
    {RecordKind::kStepStarted, "step_started"},
    {RecordKind::kStepSatisfied, "step_satisfied"},
    {RecordKind::kStepShort, "step_short"},
    {RecordKind::kStepClosed, "step_closed"},
    {RecordKind::kTaskOpened, "task_opened"},
    {RecordKind::kTaskDone, "task_done"},
    {RecordKind::kTaskOverdue, "task_overdue"},
    {RecordKind::kApprovalAsked, "approval_asked"},
    {RecordKind::kApprovalDecided, "approval_decided"},
    {RecordKind::kApprovalRefused, "approval_refused"},
    {RecordKind::kConditionsTicked, "conditions_ticked"},
    {RecordKind::kAlertRaised, "alert_raised"},
    {RecordKind::kNotTold, "not_told"},
    {RecordKind::kAlertUpdated, "alert_updated"},
    {RecordKind::kHandedOver, "handed_over"},
    {RecordKind::kAccepted, "accepted"},
    {RecordKind::kDelivered, "delivered"},
    {RecordKind::kUndelivered, "undelivered"},
    {RecordKind::kSendRefused, "send_refused"},
    {RecordKind::kEndUnknown, "end_unknown"},
    {RecordKind::kRetryLater, "retry_later"},
    {RecordKind::kDeliveryCancelled, "delivery_cancelled"},
    {RecordKind::kDeliverySuperseded, "delivery_superseded"},
    {RecordKind::kReceiptUnknown, "receipt_unknown"},
    {RecordKind::kQueued, "queued"},
    {RecordKind::kStalled, "stalled"},
    {RecordKind::kOnItsWay, "on_its_way"},
    {RecordKind::kToldTogether, "told_together"},
    {RecordKind::kComposedAnew, "composed_anew"},
    {RecordKind::kMoved, "moved"},
    {RecordKind::kAnswered, "answered"},
    {RecordKind::kAnswerLate, "answer_late"},
    {RecordKind::kReplyLookedAt, "reply_looked_at"},
    {RecordKind::kAnswerUnplaced, "answer_unplaced"},
    {RecordKind::kStrangerWrote, "stranger_wrote"},
    {RecordKind::kAutoReply, "auto_reply"},
    {RecordKind::kCallOutcome, "call_outcome"},
    {RecordKind::kAlertSeen, "alert_seen"},
    {RecordKind::kMessageOpened, "message_opened"},
    {RecordKind::kInboxRung, "inbox_rung"},
    {RecordKind::kStorageFull, "storage_full"},
    {RecordKind::kStorageBack, "storage_back"},
    {RecordKind::kPurged, "purged"},
    {RecordKind::kAccountAdded, "account_added"},
    {RecordKind::kAccountReset, "account_reset"},
    {RecordKind::kAccountDisabled, "account_disabled"},
    {RecordKind::kTokenAdded, "token_added"},
    {RecordKind::kTokenRevoked, "token_revoked"},
    {RecordKind::kCodeAsked, "code_asked"},
    {RecordKind::kSignedIn, "signed_in"},
    {RecordKind::kSignInFailed, "sign_in_failed"},
    {RecordKind::kSignedOut, "signed_out"},
    {RecordKind::kSessionRevoked, "session_revoked"},
    {RecordKind::kAccessRefused, "access_refused"},
    {RecordKind::kListRead, "list_read"},
    {RecordKind::kUnmasked, "unmasked"},
    {RecordKind::kDirectoryEdited, "directory_edited"},
    {RecordKind::kDirectoryUndone, "directory_undone"},
    {RecordKind::kPersonErased, "person_erased"},
    {RecordKind::kFeedRenewed, "feed_renewed"},
    {RecordKind::kCheckBegan, "contact_check_began"},
    {RecordKind::kCheckPaused, "contact_check_paused"},
    {RecordKind::kCheckResumed, "contact_check_resumed"},
    {RecordKind::kCheckStopped, "contact_check_stopped"},
    {RecordKind::kCheckEnded, "contact_check_ended"},
};

}  // namespace

std::string_view name_of(MatterKind value) {
  return find_name(kMatterKindNames, value);
}

std::string_view name_of(Channel value) {
  return find_name(kChannelNames, value);
}

std::optional<Channel> channel_named(std::string_view name) {
  return find_value<Channel>(kChannelNames, name);
}

std::string_view name_of(DueWhat value) {
  return find_name(kDueWhatNames, value);
}
std::string_view name_of(DangerKind value) {
  return find_name(kDangerKindNames, value);
}
std::string_view name_of(LinkState value) {
  return find_name(kLinkStateNames, value);
}
std::string_view name_of(AlertState value) {
  return find_name(kAlertStateNames, value);
}

std::string_view name_of(Reason value) {
  return find_name(kReasonNames, value);
}

std::string_view name_of(DeliveryState value) {
  return find_name(kDeliveryStateNames, value);
}

std::string_view name_of(NoteKind value) {
  return find_name(kNoteKindNames, value);
}

std::string_view name_of(AnswerKind value) {
  return find_name(kAnswerKindNames, value);
}

std::optional<AnswerKind> answer_named(std::string_view name) {
  const auto found = find_value<AnswerKind>(kAnswerKindNames, name);
  return found == AnswerKind::kDecision ? std::nullopt : found;  // needed, never given
}

std::string_view name_of(AnswerVia value) {
  return find_name(kAnswerViaNames, value);
}

std::string_view name_of(ApprovalState value) {
  return find_name(kApprovalStateNames, value);
}

std::string_view name_of(IncidentState value) {
  return find_name(kIncidentStateNames, value);
}

std::string_view name_of(StepState value) {
  return find_name(kStepStateNames, value);
}

std::string_view name_of(TaskState value) {
  return find_name(kTaskStateNames, value);
}

std::string_view name_of(ReportVia value) {
  return find_name(kReportViaNames, value);
}

std::string_view name_of(Role value) {
  return find_name(kRoleNames, value);
}

std::optional<Role> role_named(std::string_view name) {
  return find_value<Role>(kRoleNames, name);
}

std::string_view name_of(ContactKind value) {
  return find_name(kContactKindNames, value);
}

std::optional<ContactKind> contact_kind_named(std::string_view name) {
  return find_value<ContactKind>(kContactKindNames, name);
}

std::string_view name_of(SignInMethod value) {
  return find_name(kSignInMethodNames, value);
}

std::string_view name_of(DirectoryHow value) {
  return find_name(kDirectoryHowNames, value);
}

std::string_view name_of(PlanVia value) {
  return find_name(kPlanViaNames, value);
}

std::string_view name_of(RecordKind value) {
  return find_name(kRecordKindNames, value);
}

bool can_carry(Channel channel, ContactKind kind) {
  switch (channel) {
    case Channel::kConsole: return true;
    case Channel::kSms: return kind == ContactKind::kMobile;
    case Channel::kVoice:
    case Channel::kDeskCall: return kind == ContactKind::kMobile || kind == ContactKind::kLandline;
    case Channel::kEmail: return kind == ContactKind::kEmail;
    case Channel::kWebhook: return kind == ContactKind::kWebhook;
    case Channel::kPush:
    case Channel::kDeputy:
    case Channel::kKnock: return false;  // they go to a person, not to a contact point
  }
  return false;
}

}  // namespace tocsin::model
