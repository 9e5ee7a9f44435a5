#include "adapters/https/json_identity.h"

#include "adapters/https/json_text.h"
#include "gateway/base/ids.h"

namespace tocsin::https {
namespace {

std::string id_or_nothing(std::int64_t id) {
  return id == 0 ? "" : base::to_base32(id);
}

std::string time_or_nothing(const std::optional<base::UtcTime>& time) {
  return time ? base::to_rfc3339(*time) : "";
}

std::string person(const model::PersonCard& card) {
  return ObjectText().text("code", card.code).text("name", card.name).done();
}

std::string person(model::PersonId id, const ports::Roster& roster) {
  const auto* card = id ? roster.person(id) : nullptr;
  return card == nullptr ? "null" : person(*card);
}

ObjectText session(const model::Session& s, const ports::Roster& roster) {
  return ObjectText()
      .text("session", base::to_base32(s.id.value))
      .text("role", model::name_of(s.role))
      .text("name", s.name)
      .raw("person", person(s.person, roster))
      .text("method", model::name_of(s.method))
      .text("device", s.device)
      .text("made_at", base::to_rfc3339(s.made_at))
      .text("expires_at", base::to_rfc3339(s.expires_at));
}

template <typename Range, typename ToJson>
std::string list(std::string_view key, const Range& values, ToJson to_json) {
  return ObjectText().raw(key, list_json(values, to_json)).done();
}

}  // namespace

std::string signed_in_json(const model::Session& s, const ports::Roster& roster, const std::string& token) {
  auto json = session(s, roster);
  if (!token.empty()) json.text("token", token);
  return json.done();
}

std::string code_asked_json(model::SignInId request, base::UtcTime expires_at) {
  return ObjectText()
      .text("request", base::to_base32(request.value))
      .text("expires_at", base::to_rfc3339(expires_at))
      .done();
}

std::string decided_json(const model::ApprovalReply& reply) {
  return ObjectText().number("incident", reply.incident_code).text("state", model::name_of(reply.state)).done();
}

std::string who_json(const Access& access, const ports::Roster& roster) {
  return ObjectText()
      .text("role", model::name_of(access.by.role))
      .text("name", access.by.name)
      .raw("person", person(access.by.person, roster))
      .null_or_text("session", id_or_nothing(access.session.value))
      .done();
}

std::string sessions_json(const std::vector<model::Session>& sessions, model::SessionId current,
                          const ports::Roster& roster) {
  return list("sessions", sessions,
              [&](const model::Session& s) { return session(s, roster).flag("current", s.id == current).done(); });
}

std::string revoked_json() {
  return ObjectText().flag("revoked", true).done();
}

std::string disabled_json(const std::string& name) {
  return ObjectText().text("name", name).flag("disabled", true).done();
}

std::string users_json(const std::vector<model::Account>& accounts, const ports::Roster& roster) {
  return list("users", accounts, [&](const model::Account& a) {
    return ObjectText()
        .text("name", a.name)
        .text("role", model::name_of(a.role))
        .raw("person", person(a.person, roster))
        .text("made_at", base::to_rfc3339(a.made_at))
        .null_or_text("disabled_at", time_or_nothing(a.disabled_at))
        .done();
  });
}

std::string enrolment_json(const std::string& name, const std::string& otpauth,
                           const std::vector<std::string>& recovery_codes) {
  std::vector<std::string> codes;
  for (const auto& code : recovery_codes) codes.push_back(quoted_json(code));
  return ObjectText().text("name", name).text("otpauth", otpauth).raw("recovery_codes", list_json(codes)).done();
}

std::string tokens_json(const std::vector<model::TokenRow>& tokens, const ports::Roster& roster) {
  return list("tokens", tokens, [&](const model::TokenRow& t) {
    return ObjectText()
        .text("name", t.name)
        .text("role", model::name_of(t.role))
        .raw("person", person(t.person, roster))
        .text("made_at", base::to_rfc3339(t.made_at))
        .null_or_text("revoked_at", time_or_nothing(t.revoked_at))
        .done();
  });
}

std::string token_made_json(const std::string& name, const std::string& role, const std::string& person_code,
                            const std::string& token) {
  return ObjectText()
      .text("name", name)
      .text("role", role)
      .null_or_text("person", person_code)
      .text("token", token)
      .done();
}

std::string phones_json(const model::PersonCard& card) {
  std::vector<std::string> phones;
  for (const auto& contact : card.contacts) {
    const bool phone = contact.kind == model::ContactKind::kMobile || contact.kind == model::ContactKind::kLandline;
    if (!phone || !contact.agreed) continue;
    phones.push_back(ObjectText()
                         .text("kind", model::name_of(contact.kind))
                         .text("number", contact.address)
                         .null_or_text("extension", contact.extension)
                         .done());
  }
  return ObjectText().raw("person", person(card)).raw("phones", list_json(phones)).done();
}

}  // namespace tocsin::https
