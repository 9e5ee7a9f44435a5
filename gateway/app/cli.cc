#include "gateway/app/cli.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "gateway/app/cli_parts.h"
#include "gateway/app/cmd_inbox.h"
#include "gateway/base/diagnostic.h"

namespace tocsin::app {
namespace {

void add_serve(Command app, CliOptions& o) {
  auto serve = app.add("serve", "run the daemon until SIGTERM; SIGHUP reads plan and directory anew",
                       "tocsin serve --config /etc/tocsin/tocsin.toml");
  serve.option("--config", o.serve.config, "settings file; `tocsin settings` prints one").required();
  add_language(serve, o.serve.language, "of what it says at start and reload: ");
  serve.runs([&o] { o.code = run_serve(o.serve); });

  auto demo = app.add("demo", "play one scene with a throw-away database", "tocsin demo --once");
  demo.flag("--once", o.demo.once, "at speed, then end: 0 if and only if it went as told");
  demo.option("--port", o.demo.port, "HTTPS port, 0 = any free one").between(0, 65535);
  demo.flag("--no-scene", o.demo.no_scene, "nothing is played: an office where nothing has happened yet");
  demo.flag("--pace", o.demo.pace, "wait a moment between the lines");
  demo.option("--samples", o.demo.samples, "folder with plan.toml and directory/");
  demo.runs([&o] { o.code = run_demo(o.demo); });
}

void add_rest(Command app, CliOptions& o) {
  auto record = app.group("record", "the append-only record", "tocsin record verify --database tocsin.db");
  auto verify =
      record.add("verify", "was anything changed since it was written?", "tocsin record verify --database tocsin.db");
  add_database_to_read(verify, o.record.database).required();
  verify.option("--head", o.record.head, "a head kept elsewhere, long or short: it must be in this record");
  add_json(verify, o.record.json);
  verify.runs([&o] { o.code = run_record_verify(o.record); });
  auto list = record.add("list", "its entries, oldest first", "tocsin record list --database tocsin.db --incident 31");
  add_database_to_read(list, o.record_list.database);
  add_server(list, o.record_list.server, false);
  list.option("--after", o.record_list.after, "only entries with a greater number").between(0, 2000000000);
  list.option("--incident", o.record_list.incident, "only of the incident with this code").between(1, 2000000000);
  list.option("--limit", o.record_list.limit, "at most so many").between(1, 1000).with_default_shown();
  add_json(list, o.record_list.json);
  list.runs([&o] { o.code = run_record_list(o.record_list); });

  app.add("settings", "print every setting with its default", "tocsin settings > tocsin.toml").runs([&o] {
    o.code = run_settings();
  });
  auto version = app.add("version", "print the version", "tocsin version");
  add_json(version, o.version_json);
  version.runs([&o] { o.code = run_version(o.version_json); });
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

}  // namespace

int run_cli(int argc, const char* const* argv) {
  CLI::App app("An alarm bell for the emergency desk: reports in, the right people told, until somebody answers.",
               "tocsin");
  app.footer("Example:\n  tocsin serve --config tocsin.toml\n\n`tocsin COMMAND --help` tells more.");
  app.require_subcommand(1);
  CliOptions o;
  const Command all(app);
  add_serve(all, o);
  add_plan(all, o);
  add_directory(all, o);
  add_incident(all, o);
  add_report(all, o);
  add_inbox(all, o.code);
  add_token(all, o);
  add_user(all, o);
  add_session(all, o);
  add_tls(all, o);
  add_rest(all, o);
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
