#include "gateway/engine/sms_decision.h"

#include <algorithm>
#include <vector>

#include "gateway/base/digest.h"
#include "gateway/engine/approval.h"
#include "gateway/engine/auto_reply.h"

namespace tocsin::engine {
namespace {

using What = model::InboundResult::What;

constexpr int kAlertsLooked = 20;

// One decision somebody was asked for.
struct Asked {
  model::PersonId person;
  int code = 0;  // of the incident
  model::CallOutId callout;
};

std::vector<Asked> decisions_asked(Core& core, std::span<const model::PersonId> people) {
  std::vector<Asked> all;
  for (const auto person : people) {
    for (const auto& alert : core.store.alerts_of_person(person, kAlertsLooked)) {
      if (alert.matter_kind != model::MatterKind::kApproval) continue;
      const auto approval = core.store.approval(alert.callout);
      const auto* incident = core.incident(alert.incident);
      if (!approval || approval->state != model::ApprovalState::kPending || incident == nullptr ||
          incident->state != model::IncidentState::kOpen) {
        continue;
      }
      all.push_back({person, incident->code, alert.callout});
    }
  }
  return all;
}

std::string codes_of(std::vector<Asked> asked) {
  std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) { return a.code < b.code; });
  std::string text;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (i > 0 && asked[i].code == asked[i - 1].code) continue;
    text += (text.empty() ? "" : " / ") + std::to_string(asked[i].code);
  }
  return text;
}

bool is_one_incident(const std::vector<Asked>& asked) {
  return std::all_of(asked.begin(), asked.end(), [&](const Asked& a) { return a.code == asked.front().code; });
}

model::Principal who_wrote(Core& core, model::PersonId person) {
  model::Principal by;
  by.role = model::Role::kCommander;
  by.name = "sms:" + core.code_of(person);
  by.person = person;
  return by;
}

// Nobody outside can guess them: digests under this office's key, of what happens once only.
void make_secrets(Core& core, model::AskApprovalCode& ask) {
  const auto fresh = core.ids.next_id<model::SignInId>(core.now).value;
  const auto secret = base::digest("decision by sms:" + std::to_string(fresh), core.store.secret_key());
  std::uint64_t request = 0, code = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    request = request << 8U | secret[i];
    code = code << 8U | secret[8 + i];
  }
  ask.request = model::SignInId{static_cast<std::int64_t>(request >> 1U | 1U)};
  const auto digits = std::to_string(code % 1'000'000);
  ask.one_time_code = std::string(6 - digits.size(), '0') + digits;
}

model::Reply send_code(Core& core, const model::InboundMessage& m, const Asked& asked, const std::string& language) {
  // The limits of codes hold besides: one a minute, five an hour (one_time_codes.cc).
  if (!may_answer(core, m)) return model::InboundResult{What::kNothing, asked.code};
  model::AskApprovalCode ask;
  ask.by = who_wrote(core, asked.person);
  ask.code = asked.code;
  ask.client = "sms:" + m.from;
  make_secrets(core, ask);
  const auto sent = ask_approval_code(core, ask);
  const auto* reply = sent ? std::get_if<model::ApprovalReply>(&*sent) : nullptr;
  const bool refused = reply == nullptr || reply->outcome == model::ApprovalOutcome::kNotNamed;
  if (refused) {
    const auto incident = core.store.incident_by_code(asked.code);
    auto_reply(core, m, incident ? &*incident : nullptr, language, "not_decided");
  }
  return model::InboundResult{What::kQuestionAsked, asked.code};
}

}  // namespace

std::optional<model::Reply> decide_by_sms(Core& core, const model::InboundMessage& m,
                                          std::span<const model::PersonId> people, const std::string& language,
                                          const triage::Decision& said) {
  auto asked = decisions_asked(core, people);
  if (said.incident) std::erase_if(asked, [&](const Asked& a) { return a.code != *said.incident; });
  if (asked.empty()) return std::nullopt;
  if (!is_one_incident(asked)) {
    auto_reply(core, m, nullptr, language, "which_decision", codes_of(asked));
    return model::Reply{model::InboundResult{What::kQuestionAsked, 0}};
  }
  if (said.one_time_code.empty()) return send_code(core, m, asked.front(), language);
  bool done = false;
  for (const auto& one : asked) {  // several only where people share a number
    const auto request = core.store.open_code_of(one.person, model::CodePurpose::kApprove, one.callout.value, core.now);
    if (!request || done) continue;
    model::Approve approve_it;
    approve_it.by = who_wrote(core, one.person);
    approve_it.code = one.code;
    approve_it.approved = said.approved;
    approve_it.request = request->id;
    approve_it.one_time_code = said.one_time_code;
    const auto result = approve(core, approve_it);
    const auto* reply = result ? std::get_if<model::ApprovalReply>(&*result) : nullptr;
    done = reply != nullptr && reply->outcome == model::ApprovalOutcome::kDone;
  }
  const auto incident = core.store.incident_by_code(asked.front().code);
  auto_reply(core, m, incident ? &*incident : nullptr, language,
             !done           ? "not_decided"
             : said.approved ? "approved_by_sms"
                             : "declined_by_sms");
  return model::Reply{model::InboundResult{What::kAnswer, asked.front().code}};
}

}  // namespace tocsin::engine
