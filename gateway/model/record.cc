#include "gateway/model/record.h"

#include "gateway/model/alert.h"

namespace tocsin::model {

Whose whose(const RecordEntry& entry) {
  switch (entry.kind) {
    case RecordKind::kAlertRaised:
    case RecordKind::kAlertUpdated:
    case RecordKind::kAlertSeen:
    case RecordKind::kAnswered:
    case RecordKind::kAnswerLate:
    case RecordKind::kReplyLookedAt: return {AlertId{entry.subject}, {}};
    case RecordKind::kQueued:
      if (entry.b == static_cast<std::int64_t>(Reason::kProbe)) return {};
      [[fallthrough]];
    case RecordKind::kHandedOver:
    case RecordKind::kAccepted:
    case RecordKind::kOnItsWay:
    case RecordKind::kDelivered:
    case RecordKind::kUndelivered:
    case RecordKind::kSendRefused:
    case RecordKind::kEndUnknown:
    case RecordKind::kRetryLater:
    case RecordKind::kDeliveryCancelled:
    case RecordKind::kDeliverySuperseded:
    case RecordKind::kToldTogether:
    case RecordKind::kComposedAnew:
    case RecordKind::kCallOutcome: return {AlertId{entry.a}, {}};
    case RecordKind::kNotTold:
    case RecordKind::kConditionsTicked: return {{}, PersonId{entry.a}};
    case RecordKind::kApprovalDecided: return {{}, PersonId{entry.b}};
    default: return {};
  }
}

std::vector<AlertId> alerts_of(const std::vector<RecordEntry>& entries) {
  std::vector<AlertId> alerts;
  for (const auto& entry : entries) {
    if (const auto alert = whose(entry).alert) alerts.push_back(alert);
  }
  return alerts;
}

std::string short_head(std::string_view head) {
  constexpr std::size_t kShown = 12, kGroup = 4;
  std::string shown;
  for (std::size_t i = 0; i < kShown && i < head.size(); ++i) {
    if (i > 0 && i % kGroup == 0) shown += ' ';
    shown += head[i];
  }
  return shown;
}

}  // namespace tocsin::model
