#include "gateway/engine/identity.h"

#include "gateway/base/masking.h"
#include "gateway/model/reason_mark.h"

#include <type_traits>

namespace tocsin::engine {
namespace {

model::RecordKind kind_of(model::AccessKind kind) {
  switch (kind) {
    case model::AccessKind::kRefused: return model::RecordKind::kAccessRefused;
    case model::AccessKind::kListRead: return model::RecordKind::kListRead;
    case model::AccessKind::kUnmasked: break;
  }
  return model::RecordKind::kUnmasked;
}

model::CommandResult note_access(Core& core, const model::NoteAccess& c) {
  auto detail = c.by ? Core::who(*c.by) : "client:" + core.store.text_digest(c.client);
  detail += " " + c.route;
  if (!c.reason.empty()) {
    const auto digest = core.store.text_digest(c.reason);
    detail += std::string(" ") + std::string(model::kReasonMark) + digest;
    core.store.keep_reason(digest, base::mask_numbers(c.reason).text, core.now);
  }
  core.record(kind_of(c.kind), {}, c.subject, c.status, c.count, detail.substr(0, 200));
  return model::Reply{base::Done{}};
}

model::CommandResult renew_feed(Core& core, const model::RenewFeed& c) {
  if (!c.by.person) return base::Error{base::ErrorCode::kForbidden, "only a person has a calendar", ""};
  core.store.renew_feed(c.by.person);
  core.record(model::RecordKind::kFeedRenewed, {}, 0, c.by.person.value, 0, Core::who(c.by));
  return model::Reply{base::Done{}};
}

}  // namespace

model::CommandResult handle_identity(Core& core, const model::IdentityCommand& command) {
  return std::visit(
      [&](const auto& c) -> model::CommandResult {
        using T = std::decay_t<decltype(c)>;
        if constexpr (std::is_same_v<T, model::AddAccount>) return add_account(core, c);
        if constexpr (std::is_same_v<T, model::ResetAccount>) return reset_account(core, c);
        if constexpr (std::is_same_v<T, model::DisableAccount>) return disable_account(core, c);
        if constexpr (std::is_same_v<T, model::AddToken>) return add_token(core, c);
        if constexpr (std::is_same_v<T, model::RevokeToken>) return revoke_token(core, c);
        if constexpr (std::is_same_v<T, model::PasswordSignIn>) return password_sign_in(core, c);
        if constexpr (std::is_same_v<T, model::AskCode>) return ask_code(core, c);
        if constexpr (std::is_same_v<T, model::CodeSignIn>) return code_sign_in(core, c);
        if constexpr (std::is_same_v<T, model::LinkSignIn>) return link_sign_in(core, c);
        if constexpr (std::is_same_v<T, model::RenewSession>) return renew_session(core, c);
        if constexpr (std::is_same_v<T, model::SignOut>) return sign_out(core, c);
        if constexpr (std::is_same_v<T, model::RevokeSession>) return revoke_session(core, c);
        if constexpr (std::is_same_v<T, model::NoteAccess>) return note_access(core, c);
        if constexpr (std::is_same_v<T, model::RenewFeed>) return renew_feed(core, c);
      },
      command);
}

}  // namespace tocsin::engine
