// Accounts and tokens, for the administrator.
#include "adapters/https/enrolment.h"
#include "adapters/https/handlers.h"
#include "adapters/https/json_identity.h"
#include "adapters/https/json_in.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/digest.h"
#include "gateway/base/ids.h"
#include "gateway/base/random.h"

namespace tocsin::https {
namespace {

const std::vector<std::string> kRoleNames = {"reporter", "commander", "duty", "admin", "auditor"};

base::Result<model::PersonId> person_coded(const Call& call, const std::string& code) {
  if (code.empty()) return model::PersonId{};
  const auto roster = call.door.roster();
  if (const auto* card = roster->person_coded(code)) return card->id;
  std::vector<std::string> codes;
  for (const auto* card : roster->people()) codes.push_back(card->code);
  const auto near = base::nearest_name(code, codes);
  return base::invalid(
      "person: the directory has no such code" + (near.empty() ? std::string() : " (did you mean \"" + near + "\"?)"),
      "person");
}

// By way of its turn: a password costs a core and 19 MiB for a moment.
base::Result<Enrolment> new_enrolment(const Call& call, const std::string& account, const std::string& password) {
  const Turns::Turn turn(call.doorway.passwords, call.request.client);
  if (!turn) return base::Error{base::ErrorCode::kRetryLater, "other passwords are being checked", {}};
  const auto office = call.door.plan_form(call.language).name;
  return enrol(account, password, office.empty() ? "tocsin" : office);
}

}  // namespace

base::Result<HttpResponse> get_users(const Call& call) {
  const auto accounts = call.door.queries().accounts();
  if (!accounts.ok()) return accounts.error();
  call.doorway.audit.read_list(call.by, "GET /api/v1/users");
  const auto roster = call.door.roster();
  return json_response(200, users_json(*accounts, *roster));
}

base::Result<HttpResponse> post_user(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::AddAccount command;
  command.by = call.by;
  command.account.name = fields.text("name", {.required = true, .max_characters = 40});
  const auto role = fields.word("role", kRoleNames, true);
  const auto person = fields.text("person", {.max_characters = 64});
  const auto password = fields.text("password", {.required = true, .max_characters = 256});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  command.account.role = model::role_named(role).value_or(model::Role::kReporter);
  const auto found = person_coded(call, person);
  if (!found.ok()) return found.error();
  command.account.person = *found;
  const auto made = new_enrolment(call, command.account.name, password);
  if (!made.ok()) return made.error();
  command.account.password = made->password_hash;
  command.account.totp = made->totp_secret;
  command.recovery = made->recovery_hashes;
  const auto name = command.account.name;
  const auto done = run(call, model::IdentityCommand(std::move(command)));
  if (!done.ok()) return done.error();
  return json_response(201, enrolment_json(name, made->otpauth, made->recovery_codes));
}

base::Result<HttpResponse> post_user_reset(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto password = fields.text("password", {.required = true, .max_characters = 256});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto& name = call.arguments.at(0);
  const auto made = new_enrolment(call, name, password);
  if (!made.ok()) return made.error();
  const auto done = run(call, model::IdentityCommand(model::ResetAccount{call.by, name, made->password_hash,
                                                                         made->totp_secret, made->recovery_hashes}));
  if (!done.ok()) return done.error();
  return json_response(200, enrolment_json(name, made->otpauth, made->recovery_codes));
}

base::Result<HttpResponse> post_user_disable(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto done = run(call, model::IdentityCommand(model::DisableAccount{call.by, call.arguments.at(0)}));
  if (!done.ok()) return done.error();
  return json_response(200, disabled_json(call.arguments.at(0)));
}

base::Result<HttpResponse> get_tokens(const Call& call) {
  const auto tokens = call.door.queries().tokens();
  if (!tokens.ok()) return tokens.error();
  call.doorway.audit.read_list(call.by, "GET /api/v1/tokens");
  const auto roster = call.door.roster();
  return json_response(200, tokens_json(*tokens, *roster));
}

base::Result<HttpResponse> post_token(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::AddToken command;
  command.by = call.by;
  command.name = fields.text("name", {.required = true, .max_characters = 64});
  const auto role = fields.word("role", kRoleNames, true);
  const auto person = fields.text("person", {.max_characters = 64});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  command.role = model::role_named(role).value_or(model::Role::kReporter);
  const auto found = person_coded(call, person);
  if (!found.ok()) return found.error();
  command.person = *found;
  const auto token = base::new_token();
  command.hash = base::to_hex(base::digest(token));
  const auto name = command.name;
  const auto done = run(call, model::IdentityCommand(std::move(command)));
  if (!done.ok()) return done.error();
  return json_response(201, token_made_json(name, role, person, token));
}

base::Result<HttpResponse> post_token_revoke(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto name = fields.text("name", {.required = true, .max_characters = 64});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto done = run(call, model::IdentityCommand(model::RevokeToken{call.by, name}));
  if (!done.ok()) return done.error();
  return json_response(200, revoked_json());
}

// Whole numbers for a reason, which the record keeps a digest of; written before they are shown.
base::Result<HttpResponse> post_unmask(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto line = fields.text("line", {.max_characters = 13});
  const auto code = fields.text("person", {.max_characters = 64});
  model::NoteAccess note;
  note.reason = fields.text("reason", {.required = true, .max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (line.empty() == code.empty()) return base::invalid("expected either line or person", "line");
  const auto roster = call.door.roster();
  const model::PersonCard* card = nullptr;
  if (!code.empty()) {
    card = roster->person_coded(code);
  } else {
    const auto sheet = call.door.queries().call_sheet(kMaxLines);
    if (!sheet.ok()) return sheet.error();
    const auto wanted = base::from_base32(line).value_or(0);
    for (const auto& open : *sheet) {
      if (open.line.value == wanted) card = roster->person(open.person);
    }
  }
  if (card == nullptr) return base::Error{base::ErrorCode::kNotFound, "nobody is behind that", {}};
  note.kind = model::AccessKind::kUnmasked;
  note.by = call.by;
  note.route = "POST /api/v1/unmask";
  note.subject = card->id.value;
  const auto done = run(call, model::IdentityCommand(std::move(note)));
  if (!done.ok()) return done.error();
  return json_response(200, phones_json(*card));
}

}  // namespace tocsin::https
