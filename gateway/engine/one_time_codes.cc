// One-time codes: six digits sent to a person's own agreed phone, good once, for ten minutes and five tries.
//
// Whoever asks learns nothing about a number: asking takes one row and gets the same answer whether or not anybody has
// it.  The code stands in plain in the row of its text alone, and not longer than it is good for.
#include <algorithm>

#include "gateway/base/digest.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/text.h"
#include "gateway/engine/identity.h"
#include "gateway/engine/words.h"

namespace tocsin::engine {
namespace {

using model::IdentityOutcome;
using model::IdentityReply;
using model::RecordKind;

constexpr base::Duration kCodeLives = std::chrono::minutes(10);
constexpr int kTries = 5;
constexpr base::Duration kMinute = std::chrono::minutes(1), kHour = std::chrono::hours(1);
constexpr int kPerNumberAndHour = 5, kPerClientAndHour = 10, kSentInAllPerHour = 600;

std::string hash_of_code(Core& core, model::SignInId request, const std::string& code) {
  return base::to_hex(base::digest(std::to_string(request.value) + ":" + code, core.store.secret_key()));
}

// How long until a code may be asked for again; zero when now.
base::Duration must_wait(Core& core, const std::string& number, const std::string& client) {
  auto& store = core.store;
  if (store.codes_for_number(number, core.now - kMinute) > 0) return kMinute;
  if (store.codes_for_number(number, core.now - kHour) >= kPerNumberAndHour) return kMinute * 10;
  if (store.codes_by_client(client, core.now - kHour) >= kPerClientAndHour) return kMinute * 10;
  if (store.codes_sent(core.now - kHour) >= kSentInAllPerHour) return kMinute * 10;
  return {};
}

bool agreed_there(const model::PersonCard& card, const std::string& address) {
  return std::any_of(card.contacts.begin(), card.contacts.end(), [&](const model::ContactPoint& contact) {
    return contact.agreed && contact.address == address && model::can_carry(model::Channel::kSms, contact.kind);
  });
}

// The one person who agreed to be called there; of several, the one with that code.
const model::PersonCard* owner_of(Core& core, const std::string& address, const std::string& code) {
  const model::PersonCard* found = nullptr;
  for (const auto id : core.roster().people_at(address)) {
    const auto* card = core.roster().person(id);
    if (card == nullptr || !agreed_there(*card, address) || (!code.empty() && card->code != code)) continue;
    if (found != nullptr) return nullptr;  // shared, and nothing says whose it is to be
    found = card;
  }
  return found;
}

void send_code(Core& core, const model::PersonCard& card, const std::string& address, const model::AskCode& c,
               model::SignInRequest& request) {
  const bool with_link =
      c.purpose == model::CodePurpose::kSignIn && !c.link_token.empty() && !core.options.link_base.empty();
  const auto sent = send_service_text(core, nullptr, address, card.language,
                                      c.purpose == model::CodePurpose::kSignIn ? "sign_in" : "approve", c.code,
                                      with_link ? core.options.link_base + "/s#" + c.link_token : "");
  request.message = sent.message;
  request.delivery = sent.delivery;
  if (with_link) request.link_hash = base::to_hex(base::digest(c.link_token));
}

void take_words_away(Core& core, model::SignInRequest& request) {
  if (!request.message) return;
  core.store.blank_message(request.message, request.delivery, core.now);
  core.texts.erase(request.message.value);
  request.message = {};
}

bool is_good(Core& core, const std::optional<model::SignInRequest>& request) {
  return request && request->person && !request->used_at && request->tries < kTries && core.now < request->expires_at;
}

void use(Core& core, model::SignInRequest& request) {
  request.used_at = core.now;
  take_words_away(core, request);
  core.store.update(request);
}

}  // namespace

model::CommandResult ask_code(Core& core, const model::AskCode& c) {
  const auto number = base::parse_phone_number(c.number, core.options.dialing);
  if (!number) return base::invalid("this is not a phone number", "number");
  model::SignInRequest request;
  request.id = c.request;
  request.purpose = c.purpose;
  request.subject = c.subject;
  request.number = core.store.text_digest(number->e164);
  request.client = core.store.text_digest(c.client);
  IdentityReply reply;
  if (const auto wait = must_wait(core, request.number, request.client); wait > base::Duration{0}) {
    reply.outcome = IdentityOutcome::kLocked;
    reply.retry_after = wait;
    return model::Reply{reply};
  }
  request.made_at = core.now;
  request.expires_at = core.now + kCodeLives;
  request.code_hash = hash_of_code(core, request.id, c.code);
  if (const auto* card = owner_of(core, number->e164, c.person_code)) {
    request.person = card->id;
    send_code(core, *card, number->e164, c, request);
  }
  core.store.insert(request);
  core.record(RecordKind::kCodeAsked, {}, request.id.value, request.person.value, static_cast<int>(c.purpose));
  reply.request = request.id;
  reply.expires_at = request.expires_at;
  return model::Reply{reply};
}

std::optional<model::SignInRequest> spend_code(Core& core, model::SignInId id, const std::string& code,
                                               model::CodePurpose purpose, std::int64_t subject) {
  auto request = core.store.sign_in_request(id);
  const auto given = hash_of_code(core, id, code);
  if (!is_good(core, request) || request->purpose != purpose || request->subject != subject) return std::nullopt;
  if (base::equal_secrets(given, request->code_hash)) {
    use(core, *request);
    return request;
  }
  if (++request->tries >= kTries) take_words_away(core, *request);
  core.store.update(*request);
  return std::nullopt;
}

std::optional<model::SignInRequest> spend_link(Core& core, const std::string& link_hash) {
  if (link_hash.empty()) return std::nullopt;
  auto request = core.store.sign_in_request_by_link(link_hash);
  if (!is_good(core, request)) return std::nullopt;
  use(core, *request);
  return request;
}

bool expire_codes(Core& core) {
  auto over = core.store.expired_codes(core.now, core.options.due_slice);
  for (auto& request : over) {
    take_words_away(core, request);
    core.store.update(request);
  }
  return static_cast<int>(over.size()) >= core.options.due_slice;
}

}  // namespace tocsin::engine
