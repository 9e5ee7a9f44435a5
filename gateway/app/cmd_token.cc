#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/base/random.h"
#include "gateway/store/tokens.h"

namespace tocsin::app {
namespace {

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text + "  ";
}

base::Result<model::PersonId> find_person(db::Session& session, const std::string& code) {
  if (code.empty()) return model::PersonId{};
  const auto roster = directory::load_snapshot(session);
  if (!roster) return roster.error();
  if (const auto* card = (*roster)->person_coded(code)) return card->id;
  std::vector<std::string> codes;
  for (const auto* card : (*roster)->people()) codes.push_back(card->code);
  const auto near = base::nearest_name(code, codes);
  return base::invalid("the directory has no person \"" + code + "\"" +
                       (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
}

}  // namespace

int run_token_add(const TokenOptions& options) {
  const auto role = model::role_named(options.role);
  if (!role || *role == model::Role::kSystem || *role == model::Role::kAuditor) {
    return fail(base::invalid("--role: expected reporter, commander, duty or admin, not \"" + options.role + "\""),
                kExitUsage);
  }
  auto opened = open_to_write(options.database);
  if (!opened) return fail_to_open(opened.error());
  const auto person = find_person(*opened->session, options.person);
  if (!person) return fail(person.error(), kExitRefused);
  if (*role == model::Role::kCommander && !*person) {
    return fail(base::invalid("a commander's token is one person's: give --person with a code of the directory"),
                kExitUsage);
  }
  const auto token = base::new_token();
  const auto added =
      store::insert_token(*opened->session, options.name, *role, *person, token, base::SystemClock().utc_now());
  if (!added) return fail(added.error(), kExitRefused);
  if (options.json) {
    std::fputs(token_json(options.name, options.role, options.person, token).c_str(), stdout);
  } else {
    std::printf("%s\n", token.c_str());
    std::fputs("This is the only time it is shown; the database keeps its hash alone.\n", stderr);
  }
  return kExitDone;
}

int run_token_list(const TokenOptions& options) {
  auto session = open_to_read(options.database);
  if (!session) return fail_to_open(session.error());
  const auto tokens = store::list_tokens(**session);
  if (!tokens) return fail(tokens.error(), kExitRefused);
  const auto loaded = load_directory(options.database, {});
  const auto* roster = loaded ? loaded->roster.get() : nullptr;
  if (options.json) {
    std::fputs(tokens_json(*tokens, roster).c_str(), stdout);
    return kExitDone;
  }
  for (const auto& token : *tokens) {
    const auto* card = roster == nullptr ? nullptr : roster->person(token.person);
    std::printf("%s%s%smade %s%s\n", padded(token.name, 20).c_str(),
                padded(std::string(model::name_of(token.role)), 9).c_str(),
                padded(card == nullptr ? "-" : card->code, 20).c_str(), base::to_rfc3339(token.made_at).c_str(),
                token.revoked_at ? ("  revoked " + base::to_rfc3339(*token.revoked_at)).c_str() : "");
  }
  return kExitDone;
}

int run_token_revoke(const TokenOptions& options) {
  if (!is_database(options.database)) {
    return fail(base::invalid("cannot open the database " + options.database), kExitUsage);
  }
  auto opened = open_to_write(options.database);
  if (!opened) return fail_to_open(opened.error());
  const auto done = store::revoke_token(*opened->session, options.name, base::SystemClock().utc_now());
  if (!done) return fail(done.error(), kExitRefused);
  std::fputs("revoked\n", stdout);
  return kExitDone;
}

}  // namespace tocsin::app
