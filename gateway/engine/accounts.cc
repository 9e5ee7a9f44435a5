// Accounts and tokens: made, reset and taken away by the administrator.
#include <algorithm>

#include "gateway/engine/identity.h"

namespace tocsin::engine {
namespace {

using model::RecordKind;

constexpr std::size_t kLongestName = 40, kLongestTokenName = 64;

base::Error not_the_administrator() {
  return {base::ErrorCode::kForbidden, "only the administrator may", ""};
}

bool is_account_name(const std::string& name) {
  return !name.empty() && name.size() <= kLongestName && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

bool signs_in(model::Role role) {
  return role != model::Role::kSystem;
}

base::Result<model::Account> account_in_force(Core& core, const std::string& name) {
  auto account = core.store.account(name);
  if (!account || account->disabled_at) {
    return base::Error{base::ErrorCode::kNotFound, "no account in force has that name", "name"};
  }
  return std::move(*account);
}

void end_sessions(Core& core, model::AccountId account, const model::Principal& by) {
  for (const auto id : core.store.revoke_sessions(account, core.now)) {
    core.record(RecordKind::kSessionRevoked, {}, id.value, 0, 0, Core::who(by));
  }
}

}  // namespace

model::CommandResult add_account(Core& core, const model::AddAccount& c) {
  if (c.by.role != model::Role::kAdmin) return not_the_administrator();
  if (!is_account_name(c.account.name)) {
    return base::invalid("an account's name has 1 to 40 characters of a-z, 0-9, '.', '_' and '-'", "name");
  }
  if (!signs_in(c.account.role)) return base::invalid("no account has that role", "role");
  if (c.account.role == model::Role::kCommander && !c.account.person) {
    return base::invalid("a commander is one person of the directory", "person");
  }
  if (core.store.account(c.account.name)) {
    return base::Error{base::ErrorCode::kConflict, "an account of that name exists, or did", "name"};
  }
  auto account = c.account;
  account.id = core.ids.next_id<model::AccountId>(core.now);
  account.made_at = core.now;
  account.totp_step = 0;
  account.disabled_at.reset();
  core.store.insert(account);
  core.store.put_recovery_codes(account.id, c.recovery);
  core.record(RecordKind::kAccountAdded, {}, account.id.value, static_cast<int>(account.role), 0, Core::who(c.by));
  return model::Reply{base::Done{}};
}

model::CommandResult reset_account(Core& core, const model::ResetAccount& c) {
  if (c.by.role != model::Role::kAdmin) return not_the_administrator();
  auto found = account_in_force(core, c.name);
  if (!found) return found.error();
  auto& account = *found;
  account.password = c.password;
  account.totp = c.totp;
  account.totp_step = 0;
  core.store.update(account);
  core.store.put_recovery_codes(account.id, c.recovery);
  core.record(RecordKind::kAccountReset, {}, account.id.value, 0, 0, Core::who(c.by));
  end_sessions(core, account.id, c.by);
  return model::Reply{base::Done{}};
}

model::CommandResult disable_account(Core& core, const model::DisableAccount& c) {
  if (c.by.role != model::Role::kAdmin) return not_the_administrator();
  auto found = account_in_force(core, c.name);
  if (!found) return found.error();
  found->disabled_at = core.now;
  core.store.update(*found);
  core.record(RecordKind::kAccountDisabled, {}, found->id.value, 0, 0, Core::who(c.by));
  end_sessions(core, found->id, c.by);
  return model::Reply{base::Done{}};
}

model::CommandResult add_token(Core& core, const model::AddToken& c) {
  if (c.by.role != model::Role::kAdmin) return not_the_administrator();
  if (c.name.empty() || c.name.size() > kLongestTokenName) {
    return base::invalid("a token's name has 1 to 64 bytes", "name");
  }
  if (!signs_in(c.role)) return base::invalid("no token has that role", "role");
  if (c.role == model::Role::kCommander && !c.person) {
    return base::invalid("a commander's token is one person's", "person");
  }
  if (!core.store.insert_token(c.name, c.role, c.person, c.hash, core.now)) {
    return base::Error{base::ErrorCode::kConflict, "a token of that name exists, or did", "name"};
  }
  core.record(RecordKind::kTokenAdded, {}, 0, static_cast<int>(c.role), c.person.value,
              Core::who(c.by) + " name:" + core.store.text_digest(c.name));
  return model::Reply{base::Done{}};
}

model::CommandResult revoke_token(Core& core, const model::RevokeToken& c) {
  if (c.by.role != model::Role::kAdmin) return not_the_administrator();
  if (!core.store.revoke_token(c.name, core.now)) {
    return base::Error{base::ErrorCode::kNotFound, "no token of that name is in force", "name"};
  }
  core.record(RecordKind::kTokenRevoked, {}, 0, 0, 0, Core::who(c.by) + " name:" + core.store.text_digest(c.name));
  return model::Reply{base::Done{}};
}

}  // namespace tocsin::engine
