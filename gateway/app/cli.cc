#include "gateway/app/cli.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/app/demo.h"
#include "gateway/base/diagnostic.h"

namespace tocsin::app {
namespace {

struct Options {
  ServeOptions serve;
  DemoOptions demo;
  PlanCheckOptions plan_check;
  SimulateOptions simulate;
  PlanDiffOptions plan_diff;
  PlanDocOptions plan_doc;
  PlanSchemaOptions plan_schema;
  PlanUseOptions plan_use;
  PlanTestOptions plan_test;
  ImportCommand import;
  DirectoryOptions directory;
  IncidentOptions incident;
  ReportOptions report;
  TokenOptions token;
  UserOptions user;
  TlsOptions tls;
  RecordOptions record;
  bool version_json = false;
  int code = kExitDone;
};

// A command with its example under its help.
CLI::App* add(CLI::App& parent, const std::string& name, const std::string& what, const std::string& example) {
  auto* command = parent.add_subcommand(name, what);
  command->footer("Example:\n  " + example);
  return command;
}

// A command that only holds others.
CLI::App* add_group(CLI::App& parent, const std::string& name, const std::string& what, const std::string& example) {
  auto* group = add(parent, name, what, example);
  group->require_subcommand(1);
  return group;
}

void add_json(CLI::App* command, bool& json) {
  command->add_flag("--json", json, "print JSON; docs/cli.md lists the keys");
}

void add_server(CLI::App* command, ServerOptions& server, bool required) {
  auto* url = command->add_option("--url", server.url, "where tocsin serves, https://HOST:PORT");
  if (required) url->required();
  command->add_option("--token", server.token, "API token; other users of this machine see it while it runs");
  command->add_option("--token-file", server.token_file, "file with the API token");
  command->add_option("--fingerprint", server.fingerprint, "SHA-256 of its certificate, as serve printed it");
  command->add_flag("--insecure", server.insecure, "take any certificate: for tests on one machine only");
}

void add_serve(CLI::App& app, Options& o) {
  auto* serve = add(app, "serve", "run the daemon until SIGTERM; SIGHUP reads plan and directory anew",
                    "tocsin serve --config /etc/tocsin/tocsin.toml");
  serve->add_option("--config", o.serve.config, "settings file; `tocsin settings` prints one")->required();
  serve->callback([&o] { o.code = run_serve(o.serve); });

  auto* demo = add(app, "demo", "play one scene with a throw-away database", "tocsin demo --once");
  demo->add_flag("--once", o.demo.once, "at speed, then end: 0 if and only if it went as told");
  demo->add_option("--port", o.demo.port, "HTTPS port, 0 = any free one")->check(CLI::Range(0, 65535));
  demo->add_flag("--pace", o.demo.pace, "wait a moment between the lines");
  demo->add_option("--samples", o.demo.samples, "folder with plan.toml and directory/");
  demo->callback([&o] { o.code = run_demo(o.demo); });
}

void add_plan_papers(CLI::App& plan, Options& o) {
  auto* diff = add(plan, "diff", "what another plan would do otherwise: levels, people, hours, texts",
                   "tocsin plan diff plan.toml new-plan.toml --directory sheets/");
  diff->add_option("BEFORE", o.plan_diff.before, "the plan as it is")->required();
  diff->add_option("AFTER", o.plan_diff.after, "the plan as it would be")->required();
  diff->add_option("--directory", o.plan_diff.directory,
                   "folder of sheets, one sheet, or a database; without it selectors stand for people");
  diff->add_option("--at", o.plan_diff.at, "call-outs are rehearsed on the 14 days from then on; default now");
  diff->add_option("--language", o.plan_diff.language, "zh or en; default that of LANG");
  add_json(diff, o.plan_diff.json);
  diff->callback([&o] { o.code = run_plan_diff(o.plan_diff); });

  auto* test = add(plan, "test", "run the plan's own cases, and name what no case plays",
                   "tocsin plan test plan.toml --directory sheets/");
  test->add_option("FILE", o.plan_test.file, "the plan")->required();
  test->add_option("--directory", o.plan_test.directory,
                   "folder of sheets, one sheet, or a database: who is told, and which steps begin");
  test->add_option("--case", o.plan_test.only, "the one case of that name");
  test->add_option("--language", o.plan_test.language, "zh or en; default that of LANG");
  add_json(test, o.plan_test.json);
  test->callback([&o] { o.code = run_plan_test(o.plan_test); });

  auto* doc = add(plan, "doc", "the plan as a page to print and sign",
                  "tocsin plan doc plan.toml --directory sheets/ --language zh -o plan.html");
  doc->add_option("FILE", o.plan_doc.file, "the plan")->required();
  doc->add_option("--directory", o.plan_doc.directory, "folder of sheets, one sheet, or a database: names of people");
  doc->add_option("--at", o.plan_doc.at, "with --directory: who fills a post then; default now");
  doc->add_option("--language", o.plan_doc.language, "zh or en; default the plan's first");
  doc->add_option("-o,--output", o.plan_doc.output, "the HTML file to write; else standard output");
  doc->callback([&o] { o.code = run_plan_doc(o.plan_doc); });

  auto* schema =
      add(plan, "schema", "print the JSON Schema of a plan file, for editors", "tocsin plan schema > plan.schema.json");
  schema->add_flag("--holidays", o.plan_schema.holidays, "of a file of holidays instead");
  schema->callback([&o] { o.code = run_plan_schema(o.plan_schema); });
}

void add_plan_life(CLI::App& plan, Options& o) {
  const auto config = [&o](CLI::App* command) {
    command->add_option("--config", o.plan_use.config, "settings of the daemon: database and links")->required();
    add_json(command, o.plan_use.json);
  };
  const auto swap = [&o, &config](CLI::App* command) {
    config(command);
    command
        ->add_option("--accept", o.plan_use.accept,
                     "a warning that may stand: CODE=REASON or CODE@WHERE=REASON; as often as needed")
        ->allow_extra_args(false);
    command->add_option("--note", o.plan_use.note, "why, for the list of versions");
    command->add_option("--language", o.plan_use.language, "of the findings: zh or en; default that of LANG");
    command->add_flag("--dry-run", o.plan_use.dry_run, "only say whether it may be put in force");
  };
  auto* use = add(plan, "use", "put a plan in force, if nothing stands in its way",
                  "tocsin plan use plan.toml --config tocsin.toml --accept 'range-gap@fire/III=on purpose'");
  use->add_option("FILE", o.plan_use.file, "the plan")->required();
  swap(use);
  use->callback([&o] { o.code = run_plan_use(o.plan_use); });
  auto* back = add(plan, "back", "put an older version in force again, by the same check",
                   "tocsin plan back 3 --config tocsin.toml");
  back->add_option("VERSION", o.plan_use.version, "as `plan list` shows it")->required()->check(CLI::PositiveNumber);
  swap(back);
  back->callback([&o] { o.code = run_plan_back(o.plan_use); });
  auto* list = add(plan, "list", "all versions, newest first: in force since when and by whom",
                   "tocsin plan list --config tocsin.toml");
  config(list);
  list->callback([&o] { o.code = run_plan_list(o.plan_use); });
  auto* show = add(plan, "show", "print one version whole", "tocsin plan show 3 --config tocsin.toml");
  show->add_option("VERSION", o.plan_use.version, "as `plan list` shows it")->required()->check(CLI::PositiveNumber);
  config(show);
  show->callback([&o] { o.code = run_plan_show(o.plan_use); });
}

void add_plan(CLI::App& app, Options& o) {
  auto* plan = add_group(app, "plan", "check and rehearse a plan", "tocsin plan check plan.toml");
  auto* check = add(*plan, "check", "find what is wrong with a plan",
                    "tocsin plan check plan.toml --directory sheets/ --config tocsin.toml --strict");
  check->add_option("FILE", o.plan_check.file, "the plan")->required();
  check->add_option("--directory", o.plan_check.directory, "folder of sheets, one sheet, or a database");
  check->add_option("--config", o.plan_check.config, "settings: do their links serve the plan's channels?");
  check->add_flag("--strict", o.plan_check.strict, "warnings refuse it too");
  check->add_option("--language", o.plan_check.language, "zh or en; default that of LANG");
  add_json(check, o.plan_check.json);
  check->add_flag("--sarif", o.plan_check.sarif, "print SARIF 2.1.0, for editors");
  check->callback([&o] { o.code = run_plan_check(o.plan_check); });

  auto* simulate = add(*plan, "simulate", "show who would be told, over what and when; nothing is sent",
                       "tocsin plan simulate plan.toml --directory sheets/ "
                       "--report 'hazard=fire serious=2 trapped=1 area=donghu'");
  simulate->add_option("FILE", o.simulate.file, "the plan")->required();
  simulate->add_option("--directory", o.simulate.directory, "folder of sheets, one sheet, or a database")->required();
  simulate->add_option("--report", o.simulate.report,
                       "hazard=, area=, place=, the plan's attributes, text= (takes all that follows)");
  simulate->add_option("--course", o.simulate.course, "file of a course of events: the keys of a [[case]]");
  simulate->add_option("--case", o.simulate.case_name, "a case of the plan, by name");
  simulate->add_option("--silent", o.simulate.silent,
                       "codes of who never answers: everybody else does; \"nobody\": all do; default nobody answers");
  simulate->add_option("--answers", o.simulate.answers, "post:commander=coming@3m,person:wang=approve@5m");
  simulate->add_option("--link-down", o.simulate.link_down, "channels down from the beginning: sms,email");
  simulate->add_option("--on-leave", o.simulate.on_leave, "codes of persons taken to be on leave");
  simulate->add_option("--until", o.simulate.until, "how long is looked at; default the case's, or 4h");
  simulate->add_option("--svg", o.simulate.svg, "a drawn timeline to print and sign, into FILE; - for standard output");
  simulate->add_option("--config", o.simulate.config, "settings: only the channels of their links");
  simulate->add_option("--at", o.simulate.at, "when: \"2026-11-22 14:00\" in office time, or RFC 3339; default now");
  simulate->add_option("--language", o.simulate.language, "zh or en; default the plan's first");
  simulate->add_flag("--unmasked", o.simulate.unmasked, "whole phone numbers");
  add_json(simulate, o.simulate.json);
  simulate->callback([&o] { o.code = run_plan_simulate(o.simulate); });
  add_plan_papers(*plan, o);
  add_plan_life(*plan, o);
}

void add_directory(CLI::App& app, Options& o) {
  auto* group =
      add_group(app, "directory", "import and read the directory", "tocsin directory list --directory sheets/");
  auto* import = add(*group, "import", "check sheets and put them into a database, all or nothing",
                     "tocsin directory import sheets/ --database tocsin.db --dry-run");
  import->add_option("SOURCE", o.import.source, "folder of sheets (the whole directory), or one sheet")->required();
  import->add_option("--database", o.import.database, "made when it is not there")->required();
  import->add_flag("--dry-run", o.import.dry_run, "do everything, then undo it");
  import->add_option("--config", o.import.config, "settings: country and area code of the numbers");
  import->add_option("--time-zone", o.import.time_zone, "of the times in the sheets")->capture_default_str();
  add_json(import, o.import.json);
  import->callback([&o] { o.code = run_directory_import(o.import);
});

const auto common = [&o](CLI::App* command) {
  command->add_option("--database", o.directory.database, "a database of tocsin; only read");
  command->add_option("--directory", o.directory.directory, "folder of sheets, or one sheet");
  command->add_option("--at", o.directory.at, "who holds a post then; default now");
  command->add_option("--time-zone", o.directory.time_zone, "of the office")->capture_default_str();
  command->add_flag("--unmasked", o.directory.unmasked, "whole phone numbers and addresses");
  add_json(command, o.directory.json);
};
auto* list = add(*group, "list", "everybody, and what they are", "tocsin directory list --database tocsin.db");
common(list);
list->callback([&o] { o.code = run_directory_list(o.directory); });
auto* show = add(*group, "show", "all about one code", "tocsin directory show commander --database tocsin.db");
show->add_option("CODE", o.directory.code, "of a person, post, unit, group or area")->required();
common(show);
show->callback([&o] { o.code = run_directory_show(o.directory); });
}  // namespace

void add_incident(CLI::App& app, Options& o) {
  auto* group = add_group(app, "incident", "read incidents", "tocsin incident list --database tocsin.db");
  auto* list = add(*group, "list", "open incidents, newest first", "tocsin incident list --database tocsin.db --all");
  list->add_option("--database", o.incident.database, "a database of tocsin; only read");
  add_server(list, o.incident.server, false);
  list->add_flag("--all", o.incident.all, "those that have ended too");
  list->add_option("--limit", o.incident.limit, "at most so many, from a database")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  add_json(list, o.incident.json);
  list->callback([&o] { o.code = run_incident_list(o.incident); });

  auto* show = add(*group, "show", "one incident: reports, steps, who was told and what they answered",
                   "tocsin incident show 101 --database tocsin.db");
  show->add_option("CODE", o.incident.code, "its code, such as 101")->required()->check(CLI::Range(1, 2000000000));
  show->add_option("--database", o.incident.database, "a database of tocsin; only read");
  add_server(show, o.incident.server, false);
  add_json(show, o.incident.json);
  show->callback([&o] { o.code = run_incident_show(o.incident); });

  for (const bool approve : {true, false}) {
    auto* decide = add(*group, approve ? "approve" : "decline",
                       approve ? "start a response that waits for your word; asks for the code sent to your phone"
                               : "leave a response that waits for your word; asks for the code sent to your phone",
                       std::string("tocsin incident ") + (approve ? "approve" : "decline") +
                           " 101 --url https://tocsin.example --token-file me");
    decide->add_option("CODE", o.incident.code, "its code, such as 101")->required()->check(CLI::Range(1, 2000000000));
    add_server(decide, o.incident.server, true);
    add_json(decide, o.incident.json);
    decide->callback([&o, approve] { o.code = run_incident_decide(o.incident, approve); });
  }
}

void add_report(CLI::App& app, Options& o) {
  auto* report = add(app, "report", "send one report to a serving tocsin",
                     "tocsin report --url https://localhost:8443 --token-file token --fingerprint AA:BB:... "
                     "--hazard fire --fact serious=2 --fact trapped=1 --area donghu");
  add_server(report, o.report.server, true);
  report->add_option("--hazard", o.report.hazard, "a kind of the plan, such as fire; may be left out");
  report->add_option("--fact", o.report.facts, "NAME=VALUE, as often as needed; what is not said is unknown")
      ->allow_extra_args(false);
  report->add_option("--area", o.report.area, "code, name or alias of an area");
  report->add_option("--place", o.report.place, "where, in words");
  report->add_option("--text", o.report.text, "what, in words");
  report->add_option("--occurred-at", o.report.occurred_at, "RFC 3339");
  report->add_option("--key", o.report.key, "of an earlier try that had no answer");
  report->add_flag("--drill", o.report.drill, "a drill: every message says so");
  add_json(report, o.report.json);
  report->callback([&o] { o.code = run_report(o.report); });
}

void add_token(CLI::App& app, Options& o) {
  auto* group = add_group(app, "token", "API tokens", "tocsin token list --database tocsin.db");
  const auto database = [&o](CLI::App* command) {
    command->add_option("--database", o.token.database, "the database of the daemon")->required();
  };
  auto* make = add(*group, "add", "make a token and print it, once",
                   "tocsin token add --database tocsin.db --role duty --name desk-1");
  database(make);
  make->add_option("--role", o.token.role, "reporter, commander, duty, admin or auditor")->required();
  make->add_option("--name", o.token.name, "a label, unique for ever")->required();
  make->add_option("--person", o.token.person, "code of the person whose token it is");
  add_json(make, o.token.json);
  make->callback([&o] { o.code = run_token_add(o.token); });
  auto* list = add(*group, "list", "all tokens, revoked ones too", "tocsin token list --database tocsin.db");
  database(list);
  add_json(list, o.token.json);
  list->callback([&o] { o.code = run_token_list(o.token); });
  auto* revoke =
      add(*group, "revoke", "refuse a token from now on", "tocsin token revoke --database tocsin.db --name desk-1");
  database(revoke);
  revoke->add_option("--name", o.token.name, "its label")->required();
  revoke->callback([&o] { o.code = run_token_revoke(o.token); });
}

void add_tls(CLI::App& app, Options& o) {
  const std::string example = "tocsin tls init --name tocsin.office.example --out /var/lib/tocsin/tls";
  auto* group = add_group(app, "tls", "the office's own certificate authority", example);
  const auto folder = [&o](CLI::App* command) {
    command->add_option("--out", o.tls.folder, "folder of the authority; https.authority of the settings")->required();
    add_json(command, o.tls.json);
  };
  auto* init = add(*group, "init", "make it, and this server's first certificate", example);
  init->add_option("--name", o.tls.names, "DNS name or address that phones reach this server by; as often as needed")
      ->required()
      ->allow_extra_args(false);
  init->add_option("--url", o.tls.url, "where phones reach it; default https://NAME:8443 with the first name");
  folder(init);
  init->callback([&o] { o.code = run_tls_init(o.tls); });
  auto* renew = add(*group, "renew", "a new certificate for the same server, names and key",
                    "tocsin tls renew --out /var/lib/tocsin/tls && systemctl reload tocsin");
  folder(renew);
  renew->callback([&o] { o.code = run_tls_renew(o.tls); });
}

void add_user_database(CLI::App* command, Options& o) {
  command->add_option("--database", o.user.database, "the database of the daemon")->required();
}

void add_password(CLI::App* command, Options& o) {
  command->add_option("--password-file", o.user.password_file, "file with the password; asked for when left out");
  command->add_flag("--no-qr", o.user.no_qr, "no QR code, the address of the second factor alone");
  add_json(command, o.user.json);
}

void add_user(CLI::App& app, Options& o) {
  auto* group = add_group(app, "user", "accounts that sign in with password and second factor",
                          "tocsin user list --database tocsin.db");
  auto* make = add(*group, "add", "make an account; its second factor and recovery codes are shown once",
                   "tocsin user add office --role admin --database tocsin.db");
  make->add_option("NAME", o.user.name, "a-z, 0-9, '.', '_' and '-', at most 40")->required();
  make->add_option("--role", o.user.role, "duty, admin, auditor, commander or reporter")->required();
  make->add_option("--person", o.user.person, "code of the person whose account it is");
  add_user_database(make, o);
  add_password(make, o);
  make->callback([&o] { o.code = run_user_add(o.user); });
  auto* list = add(*group, "list", "all accounts, disabled ones too", "tocsin user list --database tocsin.db");
  add_user_database(list, o);
  add_json(list, o.user.json);
  list->callback([&o] { o.code = run_user_list(o.user); });
  auto* reset = add(*group, "reset", "a new password, second factor and recovery codes; its sessions end",
                    "tocsin user reset office --database tocsin.db");
  reset->add_option("NAME", o.user.name, "its name")->required();
  add_user_database(reset, o);
  add_password(reset, o);
  reset->callback([&o] { o.code = run_user_reset(o.user); });
  auto* disable = add(*group, "disable", "take an account away for good; its sessions end",
                      "tocsin user disable office --database tocsin.db");
  disable->add_option("NAME", o.user.name, "its name")->required();
  add_user_database(disable, o);
  add_json(disable, o.user.json);
  disable->callback([&o] { o.code = run_user_disable(o.user); });
}

void add_session(CLI::App& app, Options& o) {
  auto* group = add_group(app, "session", "who is signed in", "tocsin session list --database tocsin.db");
  auto* list = add(*group, "list", "all sessions in force", "tocsin session list --database tocsin.db");
  add_user_database(list, o);
  add_json(list, o.user.json);
  list->callback([&o] { o.code = run_session_list(o.user); });
  auto* revoke =
      add(*group, "revoke", "end a session from now on", "tocsin session revoke 0C5T1WQ600001 --database tocsin.db");
  revoke->add_option("ID", o.user.name, "as `session list` shows it")->required();
  add_user_database(revoke, o);
  add_json(revoke, o.user.json);
  revoke->callback([&o] { o.code = run_session_revoke(o.user); });
}

void add_rest(CLI::App& app, Options& o) {
  auto* record = add_group(app, "record", "the append-only record", "tocsin record verify --database tocsin.db");
  auto* verify =
      add(*record, "verify", "was anything changed since it was written?", "tocsin record verify --database tocsin.db");
  verify->add_option("--database", o.record.database, "a database of tocsin; only read")->required();
  verify->add_option("--head", o.record.head, "a head kept elsewhere, long or short: it must be in this record");
  add_json(verify, o.record.json);
  verify->callback([&o] { o.code = run_record_verify(o.record); });

  add(app, "settings", "print every setting with its default", "tocsin settings > tocsin.toml")->callback([&o] {
    o.code = run_settings();
  });
  auto* version = add(app, "version", "print the version", "tocsin version");
  add_json(version, o.version_json);
  version->callback([&o] { o.code = run_version(o.version_json); });
}

// ---- what is not known ----

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const auto near = base::nearest_name(word, known);
  return near.empty() ? "" : "; did you mean " + near + "?";
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* option : command.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// The first word that no command or option is called by, said with the nearest known one; empty when all are known.
// CLI11 alone would name it only after complaining of whatever is missing.
std::string first_unknown(const CLI::App& app, int argc, const char* const* argv) {
  const CLI::App* command = &app;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--") return "";
    if (word.size() > 1 && word[0] == '-') {
      const auto name = word.substr(0, word.find('='));
      const auto* option = command->get_option_no_throw(name);
      if (option == nullptr) {
        return "unknown option " + name + did_you_mean(name, option_names(*command));
      }
      if (option->get_expected_max() > 0 && word.find('=') == std::string::npos) ++i;  // its value
      continue;
    }
    const auto commands = command->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty()) continue;  // a value
    std::vector<std::string> names;
    const CLI::App* found = nullptr;
    for (const auto* one : commands) {
      names.push_back(one->get_name());
      if (one->get_name() == word) found = one;
    }
    if (found == nullptr) return "unknown command " + word + did_you_mean(word, names);
    command = found;
  }
  return "";
}

}  // namespace tocsin::app

int run_cli(int argc, const char* const* argv) {
  CLI::App app("An alarm bell for the emergency desk: reports in, the right people told, until somebody answers.",
               "tocsin");
  app.footer("Example:\n  tocsin serve --config tocsin.toml\n\n`tocsin COMMAND --help` tells more.");
  app.require_subcommand(1);
  Options o;
  add_serve(app, o);
  add_plan(app, o);
  add_directory(app, o);
  add_incident(app, o);
  add_report(app, o);
  add_token(app, o);
  add_user(app, o);
  add_session(app, o);
  add_tls(app, o);
  add_rest(app, o);
  try {
    if (const auto unknown = first_unknown(app, argc, argv); !unknown.empty()) {
      std::fprintf(stderr, "tocsin: %s\n", unknown.c_str());
      return kExitUsage;
    }
    app.parse(argc, argv);
    return o.code;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    std::fprintf(stderr, "tocsin: %s\nRun with --help for more information.\n", error.what());
    return kExitUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tocsin: %s\n", error.what());
    return kExitRefused;
  }
}

}  // namespace tocsin::app
