// Signing in: the slow and the secret are dealt with here, the decision is the core's.
#include <algorithm>

#include "adapters/https/enrolment.h"
#include "adapters/https/handlers.h"
#include "adapters/https/json_identity.h"
#include "adapters/https/json_in.h"
#include "adapters/https/rate_limiter.h"
#include "gateway/base/digest.h"
#include "gateway/base/ids.h"
#include "gateway/base/password.h"
#include "gateway/base/random.h"
#include "gateway/base/totp.h"

namespace tocsin::https {
namespace {

using model::IdentityOutcome;
using model::IdentityReply;

struct Wishes {
  std::string device;
  bool bearer = false;  // the token in the answer instead of a cookie
};

Wishes read_wishes(Fields& fields) {
  Wishes wishes;
  wishes.device = fields.text("device", {.max_characters = 80});
  wishes.bearer = fields.flag("bearer");
  return wishes;
}

std::string hex_hash(const std::string& secret) {
  return base::to_hex(base::digest(secret));
}

base::Result<IdentityReply> ask(const Call& call, model::IdentityCommand command) {
  const auto reply = run(call, std::move(command));
  if (!reply.ok()) return reply.error();
  return std::get<IdentityReply>(*reply);
}

// One problem for a wrong name, password, factor, code or link, and for a lock, which only adds how long.
HttpResponse refused(const Call& call, const IdentityReply& reply) {
  auto response = problem_response(Problem::kSignInFailed, {}, {}, call.language);
  if (reply.outcome == IdentityOutcome::kLocked) {
    response.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds(reply.retry_after)));
  }
  return response;
}

base::Result<HttpResponse> signed_in(const Call& call, const base::Result<IdentityReply>& reply,
                                     const std::string& token, const Wishes& wishes) {
  if (!reply.ok()) return reply.error();
  if (reply->outcome != IdentityOutcome::kDone) return refused(call, *reply);
  const auto roster = call.door.roster();
  auto response = json_response(200, signed_in_json(reply->session, *roster, wishes.bearer ? token : ""));
  if (!wishes.bearer) {
    response.headers.emplace_back("Set-Cookie",
                                  session_cookie(token, reply->session.expires_at - reply->session.made_at));
  }
  return response;
}

std::string mobile_of(const model::PersonCard& card) {
  for (const auto& contact : card.contacts) {
    if (contact.kind == model::ContactKind::kMobile) return contact.address;
  }
  return {};
}

// The stage's own way in: the door of an account or a person without what they know or carry.
base::Result<HttpResponse> enter_as_account(const Call& call, const std::string& name) {
  const auto account = call.door.queries().account(name);
  if (!account.ok()) return account.error();
  if (!account->has_value()) return base::invalid("no such account", "account");
  const auto now = call.door.now();
  const auto& secret = (*account)->totp;
  // Twice within half a minute is once more, not a replay.
  const auto step =
      std::max(base::totp_step(secret, base::totp_code(secret, now), now).value_or(1), (*account)->totp_step + 1);
  const auto token = base::new_token();
  model::PasswordSignIn command{name, call.request.client, true,   (*account)->password, step,
                                {},   hex_hash(token),     "stage"};
  return signed_in(call, ask(call, std::move(command)), token, {});
}

base::Result<HttpResponse> enter_as_person(const Call& call, const std::string& person) {
  const auto roster = call.door.roster();
  const auto* card = roster->person_coded(person);
  const auto phone = card == nullptr ? std::string() : mobile_of(*card);
  if (phone.empty()) return base::invalid("nobody of that code has a mobile", "person");
  const auto token = base::new_token();
  model::AskCode code;
  code.number = phone;
  code.person_code = person;
  code.request = secret_request();
  code.client = call.request.client;
  code.code = six_digits();
  code.link_token = base::new_token();
  model::CodeSignIn entry{code.request, code.code, call.request.client, hex_hash(token), "stage"};
  const auto asked = ask(call, std::move(code));
  if (!asked.ok()) return asked.error();
  return signed_in(call, ask(call, std::move(entry)), token, {});
}

}  // namespace

std::string six_digits() {
  std::string digits = std::to_string(base::secret_number(1'000'000));
  return std::string(6 - digits.size(), '0') + digits;
}

model::SignInId secret_request() {
  return model::SignInId{static_cast<std::int64_t>(base::secret_number(std::uint64_t{1} << 62U)) + 1};
}

base::Result<HttpResponse> post_password_sign_in(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::PasswordSignIn command;
  command.name = fields.text("name", {.required = true, .max_characters = 40});
  const auto password = fields.text("password", {.required = true, .max_characters = 256});
  const auto totp = fields.text("totp", {.max_characters = 6});
  const auto recovery = fields.text("recovery_code", {.max_characters = 40});
  const auto wishes = read_wishes(fields);
  if (auto status = fields.finish(); !status.ok()) return status.error();

  const auto account = call.door.queries().account(command.name);
  if (!account.ok()) return account.error();
  const bool usable = account->has_value() && !(*account)->disabled_at;
  {
    const Turns::Turn turn(call.doorway.passwords, call.request.client);
    if (!turn) return problem_response(Problem::kOverloaded, {}, {}, call.language);
    // Somebody nobody knows costs as much as somebody known.
    command.verified = usable ? (*account)->password : base::dummy_password_hash();
    command.password_ok = base::password_matches(password, command.verified) && usable;
  }
  if (usable) command.totp_step = base::totp_step((*account)->totp, totp, call.door.now()).value_or(0);
  if (!recovery.empty()) command.recovery = recovery_hash(recovery);
  const auto token = base::new_token();
  command.client = call.request.client;
  command.session_hash = hex_hash(token);
  command.device = wishes.device;
  return signed_in(call, ask(call, std::move(command)), token, wishes);
}

// Whoever stands before a demo may be anybody in it; everywhere else this is 404.
base::Result<HttpResponse> post_stage_enter(const Call& call) {
  if (call.doorway.web.stage == nullptr) return base::Error{base::ErrorCode::kNotFound, {}, {}};
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto account = fields.text("account", {.max_characters = 40});
  const auto person = fields.text("person", {.max_characters = 64});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  return account.empty() ? enter_as_person(call, person) : enter_as_account(call, account);
}

base::Result<HttpResponse> post_ask_code(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::AskCode command;
  command.number = fields.text("number", {.required = true, .max_characters = 30});
  command.person_code = fields.text("person", {.max_characters = 64});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  command.request = secret_request();
  command.client = call.request.client;
  command.code = six_digits();
  command.link_token = base::new_token();
  const auto reply = ask(call, std::move(command));
  if (!reply.ok()) return reply.error();
  if (reply->outcome == IdentityOutcome::kLocked) {
    auto wait = problem_response(Problem::kTooManyRequests, "a code was asked for a moment ago", {}, call.language);
    wait.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds(reply->retry_after)));
    return wait;
  }
  return json_response(202, code_asked_json(reply->request, reply->expires_at));
}

base::Result<HttpResponse> post_code_sign_in(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto request = base::from_base32(fields.text("request", {.required = true, .max_characters = 13}));
  model::CodeSignIn command;
  command.code = fields.text("code", {.required = true, .max_characters = 6});
  const auto wishes = read_wishes(fields);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  command.request = model::SignInId{request.value_or(0)};
  const auto token = base::new_token();
  command.client = call.request.client;
  command.session_hash = hex_hash(token);
  command.device = wishes.device;
  return signed_in(call, ask(call, std::move(command)), token, wishes);
}

base::Result<HttpResponse> post_link_sign_in(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto link = fields.text("token", {.required = true, .max_characters = 64});
  const auto wishes = read_wishes(fields);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto token = base::new_token();
  model::LinkSignIn command{hex_hash(link), call.request.client, hex_hash(token), wishes.device};
  return signed_in(call, ask(call, std::move(command)), token, wishes);
}

}  // namespace tocsin::https
