// tocsin token, user, session and tls: who gets in, and by which certificate.
#include "gateway/app/cli_parts.h"

namespace tocsin::app {
namespace {

void add_password(Command command, CliOptions& o) {
  command.option("--password-file", o.user.password_file, "file with the password; asked for when left out");
  command.flag("--no-qr", o.user.no_qr, "no QR code, the address of the second factor alone");
  add_json(command, o.user.json);
}

}  // namespace

void add_token(Command app, CliOptions& o) {
  auto group = app.group("token", "API tokens", "tocsin token list --database tocsin.db");
  auto make = group.add("add", "make a token and print it, once",
                        "tocsin token add --database tocsin.db --role duty --name desk-1");
  add_database(make, o.token.database);
  make.option("--role", o.token.role, "reporter, commander, duty, admin or auditor").required();
  make.option("--name", o.token.name, "a label, unique for ever").required();
  make.option("--person", o.token.person, "code of the person whose token it is");
  add_json(make, o.token.json);
  make.runs([&o] { o.code = run_token_add(o.token); });
  auto list = group.add("list", "all tokens, revoked ones too", "tocsin token list --database tocsin.db");
  add_database(list, o.token.database);
  add_json(list, o.token.json);
  list.runs([&o] { o.code = run_token_list(o.token); });
  auto revoke =
      group.add("revoke", "refuse a token from now on", "tocsin token revoke --database tocsin.db --name desk-1");
  add_database(revoke, o.token.database);
  revoke.option("--name", o.token.name, "its label").required();
  revoke.runs([&o] { o.code = run_token_revoke(o.token); });
}

void add_tls(Command app, CliOptions& o) {
  const std::string example = "tocsin tls init --name tocsin.office.example --out /var/lib/tocsin/tls";
  auto group = app.group("tls", "the office's own certificate authority", example);
  const auto folder = [&o](Command command) {
    command.option("--out", o.tls.folder, "folder of the authority; https.authority of the settings").required();
    add_json(command, o.tls.json);
  };
  auto init = group.add("init", "make it, and this server's first certificate", example);
  init.option("--name", o.tls.names, "DNS name or address that phones reach this server by; as often as needed")
      .required()
      .one_value_each();
  init.option("--url", o.tls.url, "where phones reach it; default https://NAME:8443 with the first name");
  folder(init);
  init.runs([&o] { o.code = run_tls_init(o.tls); });
  auto renew = group.add("renew", "a new certificate for the same server, names and key",
                         "tocsin tls renew --out /var/lib/tocsin/tls && systemctl reload tocsin");
  folder(renew);
  renew.runs([&o] { o.code = run_tls_renew(o.tls); });
}

void add_user(Command app, CliOptions& o) {
  auto group = app.group("user", "accounts that sign in with password and second factor",
                         "tocsin user list --database tocsin.db");
  auto make = group.add("add", "make an account; its second factor and recovery codes are shown once",
                        "tocsin user add office --role admin --database tocsin.db");
  make.option("NAME", o.user.name, "a-z, 0-9, '.', '_' and '-', at most 40").required();
  make.option("--role", o.user.role, "duty, admin, auditor, commander or reporter").required();
  make.option("--person", o.user.person, "code of the person whose account it is");
  add_database(make, o.user.database);
  add_password(make, o);
  make.runs([&o] { o.code = run_user_add(o.user); });
  auto list = group.add("list", "all accounts, disabled ones too", "tocsin user list --database tocsin.db");
  add_database(list, o.user.database);
  add_json(list, o.user.json);
  list.runs([&o] { o.code = run_user_list(o.user); });
  auto reset = group.add("reset", "a new password, second factor and recovery codes; its sessions end",
                         "tocsin user reset office --database tocsin.db");
  reset.option("NAME", o.user.name, "its name").required();
  add_database(reset, o.user.database);
  add_password(reset, o);
  reset.runs([&o] { o.code = run_user_reset(o.user); });
  auto disable = group.add("disable", "take an account away for good; its sessions end",
                           "tocsin user disable office --database tocsin.db");
  disable.option("NAME", o.user.name, "its name").required();
  add_database(disable, o.user.database);
  add_json(disable, o.user.json);
  disable.runs([&o] { o.code = run_user_disable(o.user); });
}

void add_session(Command app, CliOptions& o) {
  auto group = app.group("session", "who is signed in", "tocsin session list --database tocsin.db");
  auto list = group.add("list", "all sessions in force", "tocsin session list --database tocsin.db");
  add_database(list, o.user.database);
  add_json(list, o.user.json);
  list.runs([&o] { o.code = run_session_list(o.user); });
  auto revoke =
      group.add("revoke", "end a session from now on", "tocsin session revoke 0C5T1WQ600001 --database tocsin.db");
  revoke.option("ID", o.user.name, "as `session list` shows it").required();
  add_database(revoke, o.user.database);
  add_json(revoke, o.user.json);
  revoke.runs([&o] { o.code = run_session_revoke(o.user); });
}

}  // namespace tocsin::app
