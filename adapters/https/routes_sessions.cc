// Who am I, who is signed in, and signing out.
#include "adapters/https/handlers.h"
#include "adapters/https/json_identity.h"
#include "adapters/https/json_in.h"

namespace tocsin::https {
namespace {

constexpr int kMaxSessions = 1000;

base::Status no_fields(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  return fields.finish();
}

}  // namespace

base::Result<HttpResponse> get_session(const Call& call) {
  const auto roster = call.door.roster();
  return json_response(200, who_json(call.access, *roster));
}

base::Result<HttpResponse> get_sessions(const Call& call) {
  const bool all = call.by.role == model::Role::kAdmin;
  std::vector<model::Session> sessions;
  if (all || call.access.account || call.by.person) {
    const auto account = all ? model::AccountId{} : call.access.account;
    const auto person = all ? model::PersonId{} : call.by.person;
    auto found = call.door.queries().sessions(account, person, call.door.now(), kMaxSessions);
    if (!found.ok()) return found.error();
    sessions = std::move(*found);
    if (all) call.doorway.audit.read_list(call.by, "GET /api/v1/sessions");
  }
  const auto roster = call.door.roster();
  return json_response(200, sessions_json(sessions, call.access.session, *roster));
}

base::Result<HttpResponse> post_sign_out(const Call& call) {
  if (auto status = no_fields(call); !status.ok()) return status.error();
  if (!call.access.session) {
    return base::Error{base::ErrorCode::kRefused, "this is a token, not a session: the administrator revokes it", {}};
  }
  const auto done = run(call, model::IdentityCommand(model::SignOut{call.access.session}));
  if (!done.ok()) return done.error();
  auto response = json_response(200, R"({"signed_out":true})");
  if (call.access.by_cookie) response.headers.emplace_back("Set-Cookie", no_session_cookie());
  return response;
}

base::Result<HttpResponse> post_revoke_session(const Call& call) {
  const auto id = id_argument(call);
  if (!id.ok()) return id.error();
  if (auto status = no_fields(call); !status.ok()) return status.error();
  const auto done =
      run(call, model::IdentityCommand(model::RevokeSession{call.by, call.access.account, model::SessionId{*id}}));
  if (!done.ok()) return done.error();
  return json_response(200, revoked_json());
}

}  // namespace tocsin::https
