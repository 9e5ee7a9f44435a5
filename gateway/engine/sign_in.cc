// Signing in and out: who is let in, how failures slow the next try down, and how long a session lives.
#include <algorithm>

#include "gateway/base/text.h"
#include "gateway/engine/identity.h"

namespace tocsin::engine {
namespace {

using model::IdentityOutcome;
using model::IdentityReply;
using model::RecordKind;
using model::SignInMethod;

constexpr int kFreeFailures = 5;
constexpr base::Duration kFirstPause = std::chrono::seconds(1), kLongestPause = std::chrono::minutes(15);
constexpr base::Duration kFailuresForgotten = std::chrono::hours(1);
constexpr base::Duration kKnownPlace = std::chrono::hours(24 * 30);
constexpr base::Duration kSlideAfter = std::chrono::hours(24);
constexpr std::size_t kMaxDevice = 80;

// Nobody waits after the first four failures; the fifth costs a second, and each further one twice as much.
base::Duration pause_after(int failures) {
  if (failures < kFreeFailures) return {};
  const int doublings = std::min(failures - kFreeFailures, 10);
  return std::min<base::Duration>(kFirstPause * (1 << doublings), kLongestPause);
}

base::Duration still_locked(Core& core, const std::string& key) {
  return std::max<base::Duration>(core.store.throttle(key).until - core.now, base::Duration{0});
}

int count_failure(Core& core, const std::string& key) {
  auto throttle = core.store.throttle(key);
  if (core.now - throttle.last > kFailuresForgotten) throttle = {};
  ++throttle.failures;
  throttle.last = core.now;
  throttle.until = core.now + pause_after(throttle.failures);
  core.store.put_throttle(key, throttle);
  return throttle.failures;
}

std::string client_key(Core& core, const std::string& client) {
  return "client:" + core.store.text_digest(client);
}

// Under a name's key whether or not an account has it: a lock tells nothing.
std::string name_key(Core& core, const std::string& name) {
  return "name:" + core.store.text_digest(name);
}

model::Reply wrong(Core& core, SignInMethod method, std::int64_t subject, const std::string& client, int failures) {
  core.record(RecordKind::kSignInFailed, {}, subject, static_cast<int>(method), failures,
              "client:" + core.store.text_digest(client));
  IdentityReply reply;
  reply.outcome = IdentityOutcome::kWrong;
  return reply;
}

model::Reply locked(base::Duration wait) {
  IdentityReply reply;
  reply.outcome = IdentityOutcome::kLocked;
  reply.retry_after = wait;
  return reply;
}

bool is_field(model::Role role) {
  return role == model::Role::kReporter || role == model::Role::kCommander;
}

model::Reply begin_session(Core& core, model::Session session, const std::string& hash, const std::string& client,
                           const std::string& device) {
  session.id = core.ids.next_id<model::SessionId>(core.now);
  session.device = base::cut(base::without_controls(device), kMaxDevice);
  session.client = core.store.text_digest(client);
  session.made_at = session.renewed_at = core.now;
  session.expires_at = core.now + (is_field(session.role) ? core.options.field_session : core.options.desk_session);
  core.store.insert(session, hash);
  core.record(RecordKind::kSignedIn, {}, session.id.value, session.person.value, static_cast<int>(session.method));
  IdentityReply reply;
  reply.session = std::move(session);
  return reply;
}

// The step of a code counts once; a recovery code counts once.
bool second_factor(Core& core, model::Account& account, const model::PasswordSignIn& c) {
  if (c.totp_step > account.totp_step) {
    account.totp_step = c.totp_step;
    core.store.update(account);
    return true;
  }
  return c.totp_step == 0 && !c.recovery.empty() && core.store.use_recovery_code(account.id, c.recovery, core.now);
}

// By a code or a link sent to the person's own phone.
model::CommandResult person_session(Core& core, const model::SignInRequest& request, SignInMethod method,
                                    const std::string& hash, const std::string& client, const std::string& device) {
  const auto* card = core.roster().person(request.person);
  if (card == nullptr) return wrong(core, method, 0, client, 0);  // gone from the directory since
  model::Session session;
  session.person = request.person;
  session.role = core.roster().commands(request.person) ? model::Role::kCommander : model::Role::kReporter;
  session.name = "person:" + std::to_string(request.person.value);
  session.method = method;
  return begin_session(core, std::move(session), hash, client, device);
}

}  // namespace

model::CommandResult password_sign_in(Core& core, const model::PasswordSignIn& c) {
  auto account = core.store.account(c.name);
  if (account && account->disabled_at) account.reset();
  const auto by_client = client_key(core, c.client), by_name = name_key(core, c.name);
  auto wait = still_locked(core, by_client);
  // Strangers who try a desk's name must not lock out the desk itself: where it signed in before, only its own
  // failures count.
  const bool known_place =
      account && core.store.signed_in_from(account->id, core.store.text_digest(c.client), core.now - kKnownPlace);
  if (!known_place) wait = std::max(wait, still_locked(core, by_name));
  if (wait > base::Duration{0}) return locked(wait);
  const bool right = account && c.password_ok && c.verified == account->password && second_factor(core, *account, c);
  if (!right) {
    const int failures = std::max(count_failure(core, by_client), count_failure(core, by_name));
    return wrong(core, SignInMethod::kPassword, account ? account->id.value : 0, c.client, failures);
  }
  core.store.put_throttle(by_name, {});
  model::Session session;
  session.account = account->id;
  session.person = account->person;
  session.role = account->role;
  session.name = account->name;
  session.method = SignInMethod::kPassword;
  return begin_session(core, std::move(session), c.session_hash, c.client, c.device);
}

model::CommandResult code_sign_in(Core& core, const model::CodeSignIn& c) {
  const auto key = client_key(core, c.client);
  if (const auto wait = still_locked(core, key); wait > base::Duration{0}) return locked(wait);
  const auto request = spend_code(core, c.request, c.code, model::CodePurpose::kSignIn, 0);
  if (!request) return wrong(core, SignInMethod::kCode, c.request.value, c.client, count_failure(core, key));
  return person_session(core, *request, SignInMethod::kCode, c.session_hash, c.client, c.device);
}

model::CommandResult link_sign_in(Core& core, const model::LinkSignIn& c) {
  const auto key = client_key(core, c.client);
  if (const auto wait = still_locked(core, key); wait > base::Duration{0}) return locked(wait);
  const auto request = spend_link(core, c.link_hash);
  if (!request) return wrong(core, SignInMethod::kLink, 0, c.client, count_failure(core, key));
  return person_session(core, *request, SignInMethod::kLink, c.session_hash, c.client, c.device);
}

model::CommandResult renew_session(Core& core, const model::RenewSession& c) {
  auto session = core.store.session(c.session);
  const bool slides = session && !session->revoked_at && session->expires_at > core.now && is_field(session->role) &&
                      core.now - session->renewed_at >= kSlideAfter;
  if (!slides) return model::Reply{base::Done{}};
  session->renewed_at = core.now;
  session->expires_at = core.now + core.options.field_session;
  core.store.update(*session);
  return model::Reply{base::Done{}};
}

model::CommandResult sign_out(Core& core, const model::SignOut& c) {
  auto session = core.store.session(c.session);
  if (!session || session->revoked_at) return model::Reply{base::Done{}};
  session->revoked_at = core.now;
  core.store.update(*session);
  core.record(RecordKind::kSignedOut, {}, session->id.value, session->person.value);
  return model::Reply{base::Done{}};
}

model::CommandResult revoke_session(Core& core, const model::RevokeSession& c) {
  auto session = core.store.session(c.session);
  const bool own = session && ((session->account && session->account == c.by_account) ||
                               (session->person && session->person == c.by.person));
  if (!session || session->revoked_at || (!own && c.by.role != model::Role::kAdmin)) {
    return base::Error{base::ErrorCode::kNotFound, "no session in force has that id", ""};
  }
  session->revoked_at = core.now;
  core.store.update(*session);
  core.record(RecordKind::kSessionRevoked, {}, session->id.value, session->person.value, 0, Core::who(c.by));
  return model::Reply{base::Done{}};
}

}  // namespace tocsin::engine
