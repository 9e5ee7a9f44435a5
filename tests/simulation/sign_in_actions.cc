#include "tests/simulation/sign_in_actions.h"

#include "gateway/base/digest.h"

namespace tocsin::simulation {
namespace {

constexpr const char* kNumbers[] = {"14400000001", "14400000004", "14400000007",
                                    "14400000012", "14400000013", "14400000099"};

void ask_for_code(Driver& d) {
  model::AskCode ask;
  ask.request = model::SignInId{static_cast<std::int64_t>(d.below(1'000'000'000)) * 1000 + ++d.serial};
  ask.number = d.any_of(kNumbers);
  ask.client = "phone-" + std::to_string(d.below(40));
  ask.code = std::to_string(900'000 + d.below(100'000));
  d.note("a code for ..." + ask.number.substr(9));
  // Kept before the answer: the code may be on its way although the process dies before it says so.
  d.journal.codes.push_back({ask.request.value, ask.code, 0});
  d.submit(model::IdentityCommand(ask), [&d](const model::CommandResult& result) {
    if (!result) d.note("  code: " + std::string(base::to_string(result.error().code)));
  });
}

void enter(Driver& d, std::size_t which, const std::string& code) {
  auto& asked = d.journal.codes[which];
  model::CodeSignIn sign_in;
  sign_in.request = model::SignInId{asked.request};
  sign_in.code = code;
  sign_in.client = "phone-" + std::to_string(d.below(40));
  sign_in.session_hash = base::to_hex(base::digest("session-" + std::to_string(++d.serial)));
  d.submit(model::IdentityCommand(sign_in), [&d, which](const model::CommandResult& result) {
    const auto* reply = result ? std::get_if<model::IdentityReply>(&*result) : nullptr;
    if (reply == nullptr || reply->outcome != model::IdentityOutcome::kDone) return;
    ++d.journal.codes[which].signed_in;
    d.journal.sessions.push_back(reply->session.id.value);
  });
}

}  // namespace

void sign_in_action(Driver& d) {
  if (d.journal.codes.empty() || d.one_in(2)) return ask_for_code(d);
  const std::size_t newest = d.journal.codes.size() - 1;
  const std::size_t which = d.one_in(4) ? static_cast<std::size_t>(d.below(newest + 1)) : newest;
  const std::string code = d.journal.codes[which].code;
  if (d.one_in(4)) {
    d.note("a wrong code");
    return enter(d, which, "000000");
  }
  d.note("a code is entered");
  enter(d, which, code);
  if (d.one_in(2)) enter(d, which, code);  // and from a second phone at the same moment
}

}  // namespace tocsin::simulation
