#include "tests/simulation/authority_actions.h"

namespace tocsin::simulation {
namespace {

constexpr const char* kDeciders[] = {"commander", "commander", "commander", "director", "director",
                                     "deputy-a",  "deputy-b",  "leader",    "lake-head"};

model::Principal commander(Driver& d, const std::string& person) {
  return {model::Role::kCommander, "session-of-" + person, d.world.id_of(person)};
}

// The code of an open incident that waits for a word; 0 when none does.
int one_that_waits(Driver& d) {
  model::IncidentsWanted wanted;
  wanted.open = true;
  wanted.limit = 20;
  const auto some = d.ask().incidents(wanted);
  if (!some) return 0;
  std::vector<int> waiting;
  for (const auto& incident : some->rows) {
    const auto view = d.ask().incident(incident.code, 0);
    if (view && !view->approvals.empty() && view->approvals.back().state == model::ApprovalState::kPending)
      waiting.push_back(incident.code);
  }
  return waiting.empty() ? 0 : d.any_of(waiting);
}

void ask(Driver& d, int code, const std::string& person) {
  model::AskApprovalCode ask;
  ask.by = commander(d, person);
  ask.code = code;
  ask.request = model::SignInId{static_cast<std::int64_t>(d.below(1'000'000'000)) * 1000 + ++d.serial};
  ask.client = "phone-" + std::to_string(d.below(40));
  ask.one_time_code = std::to_string(900'000 + d.below(100'000));
  d.note(person + " asks for a code to decide " + std::to_string(code));
  d.journal.codes.push_back({ask.request.value, ask.one_time_code, 0});
  d.submit(ask, [&d, person, code, request = ask.request.value, words = ask.one_time_code](const auto& result) {
    const auto* reply = result ? std::get_if<model::ApprovalReply>(&*result) : nullptr;
    if (reply == nullptr || reply->outcome != model::ApprovalOutcome::kDone) return;
    d.journal.approval_codes.push_back({person, code, request, words});
  });
}

void decide(Driver& d, const DecisionCode& with, const std::string& person) {
  model::Approve decision;
  decision.by = commander(d, person);
  decision.code = with.incident;
  decision.approved = !d.one_in(3);
  decision.request = model::SignInId{with.request};
  decision.one_time_code = d.one_in(4) ? "000000" : with.code;
  d.note(person + (decision.approved ? " approves " : " declines ") + std::to_string(with.incident));
  const auto send = [&] {
    d.submit(decision, [&d, decision](const model::CommandResult& result) {
      const auto* reply = result ? std::get_if<model::ApprovalReply>(&*result) : nullptr;
      if (reply == nullptr) return d.note("  decision: " + std::string(base::to_string(result.error().code)));
      d.note("  decision: outcome " + std::to_string(static_cast<int>(reply->outcome)));
      if (reply->outcome != model::ApprovalOutcome::kDone) return;
      d.journal.decisions.push_back({decision.by.person.value, reply->incident_code, decision.approved});
    });
  };
  send();
  if (d.one_in(3)) {  // and changes their mind in the same moment
    decision.approved = !decision.approved;
    send();
  }
}

}  // namespace

void authority_action(Driver& d) {
  const int waiting = one_that_waits(d);
  if (d.journal.approval_codes.empty() || d.one_in(2)) {
    if (waiting != 0) ask(d, waiting, d.any_of(kDeciders));
    return;
  }
  const auto newest = d.journal.approval_codes.size() - 1;
  const auto with = d.journal.approval_codes[d.one_in(4) ? static_cast<std::size_t>(d.below(newest + 1)) : newest];
  decide(d, with, d.one_in(6) ? d.any_of(kDeciders) : with.person);
}

model::StandDown some_end(Driver& d, int code) {
  model::StandDown end{{}, code, "over", {}, {}, {}};
  end.by = d.one_in(4) ? commander(d, d.any_of(kDeciders)) : model::Principal{model::Role::kDuty, "desk", {}};
  if (!d.one_in(4)) end.conditions = {"fire-out", "counted"};
  if (d.one_in(6)) end.conditions = {"counted"};
  if (!d.one_in(4)) end.ordered_by = d.one_in(5) ? "director" : "commander";
  return end;
}

}  // namespace tocsin::simulation
