#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/own_office.h"
#include "gateway/app/reply_text.h"
#include "gateway/store/tokens.h"

namespace tocsin::app {
namespace {

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text + "  ";
}

int refused(const ApiReply& reply) {
  std::fprintf(stderr, "tocsin: %s\n", problem_text(reply.status, reply.body).c_str());
  return kExitRefused;
}

}  // namespace

int run_token_add(const TokenOptions& options) {
  const auto role = model::role_named(options.role);
  if (!role || *role == model::Role::kSystem) {
    return fail(
        base::invalid("--role: expected reporter, commander, duty, admin or auditor, not \"" + options.role + "\""),
        kExitUsage);
  }
  if (*role == model::Role::kCommander && options.person.empty()) {
    return fail(base::invalid("a commander's token is one person's: give --person with a code of the directory"),
                kExitUsage);
  }
  const auto reply =
      ask_own_office(options.database, "POST", "/api/v1/tokens",
                     object_of({{"name", options.name}, {"role", options.role}, {"person", options.person}}));
  if (!reply) return fail_to_open(reply.error());
  if (reply->status != 201) return refused(*reply);
  if (options.json) {
    std::fputs((reply->body + "\n").c_str(), stdout);
  } else {
    std::printf("%s\n", text_at(reply->body, "token").c_str());
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
  const auto reply =
      ask_own_office(options.database, "POST", "/api/v1/tokens/revoke", object_of({{"name", options.name}}));
  if (!reply) return fail_to_open(reply.error());
  if (reply->status != 200) return refused(*reply);
  std::fputs("revoked\n", stdout);
  return kExitDone;
}

}  // namespace tocsin::app
