// What every promise is checked by: the closed tables, what the actors were told, and the sentences about what is
// broken.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/model/record.h"
#include "tests/simulation/journal.h"
#include "tests/simulation/tables.h"

namespace tocsin::simulation {

using Kind = model::RecordKind;

// The words of the tables, said again here on purpose (gateway/model freezes the numbers).
enum AlertState { kTelling = 1, kTold = 2, kAnsweredState = 3, kExhausted = 4, kWithdrawn = 5 };
enum DeliveryState {
  kQueuedState = 1,
  kClaimed = 2,
  kAcceptedState = 3,
  kDeliveredState = 4,
  kUndeliveredState = 5,
  kUnknown = 7
};
enum IncidentState { kOpen = 1, kEnded = 2, kMergedAway = 3 };
enum Answer { kNoAnswer = 0, kReceived = 1, kComing = 2, kArrived = 3, kCannot = 4 };
enum MatterKind { kAlertMatter = 1, kUpdateMatter = 2, kStandDownMatter = 3, kApprovalMatter = 5 };
enum Channel { kDeskCall = 20, kKnock = 22 };
constexpr int kReasonSettled = 17;
constexpr int kSmsReport = 3;
constexpr int kStepSatisfied = 4, kStepClosed = 6;
constexpr int kCallOutEnded = 3;
constexpr int kPending = 1, kApproved = 2, kDeclined = 3, kStartedByDefault = 4;

inline bool is(const RecordRow& r, Kind kind) {
  return r.kind == static_cast<int>(kind);
}
inline bool left_us(int state) {
  return state == kAcceptedState || state == kDeliveredState || state == kUndeliveredState || state == kUnknown;
}
inline bool by_people(int channel) {
  return channel == kDeskCall || channel == kKnock;
}
// arrived > coming > received; cannot and free words settle nothing.
inline bool enough(int given, int needed) {
  if (needed == kNoAnswer) return true;
  return given >= kReceived && given <= kArrived && given >= needed;
}
inline std::string n(std::int64_t id) {
  return std::to_string(id);
}

struct Evidence {
  Evidence(const Tables& tables, const Journal& told) : t(tables), journal(told) {
    for (const auto& [id, d] : t.deliveries) tried_[d.alert].push_back(&d);
  }

  void say(const std::string& sentence) { broken.push_back(sentence); }
  [[nodiscard]] const AlertRow* alert(Id id) const {
    const auto it = t.alerts.find(id);
    return it == t.alerts.end() ? nullptr : &it->second;
  }
  [[nodiscard]] const std::vector<const DeliveryRow*>& tried(Id alert_id) const {
    static const std::vector<const DeliveryRow*> none;
    const auto it = tried_.find(alert_id);
    return it == tried_.end() ? none : it->second;
  }
  [[nodiscard]] int state_of_incident(Id id) const {
    const auto it = t.incidents.find(id);
    return it == t.incidents.end() ? 0 : it->second.state;
  }
  [[nodiscard]] bool speaks_of_a_code(const std::string& text) const {
    // One that an SMS brought is made by the office itself: only its words are known.
    if (text.find("批准验证码") != std::string::npos || text.find("Approval code") != std::string::npos) return true;
    return std::any_of(journal.codes.begin(), journal.codes.end(),
                       [&](const AskedCode& asked) { return text.find(asked.code) != std::string::npos; });
  }

  const Tables& t;
  const Journal& journal;
  std::vector<std::string> broken;  // one sentence per broken promise

 private:
  std::map<Id, std::vector<const DeliveryRow*>> tried_;
};

}  // namespace tocsin::simulation
