// What the files of the command line (cli*.cc) share: the values they fill in, and each option that several commands
// have, written once.
//
// One noun, one function: it adds its commands to `app` and has them run when they were typed.  Before any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/app/commands.h"
#include "gateway/app/demo.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace tocsin::app {

// Every value of every command; `code` is what the one that was typed returned.
struct CliOptions {
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
  ReadListCommand read_list;
  DirectoryOptions directory;
  DirectoryBookOptions book;
  IncidentOptions incident;
  ReportOptions report;
  TokenOptions token;
  UserOptions user;
  TlsOptions tls;
  RecordOptions record;
  RecordListOptions record_list;
  bool version_json = false;
  int code = kExitDone;
};

// ---- commands and options ----

// One option or value of a command; each function returns it again.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}
  Option& required();
  Option& between(int low, int high);
  Option& positive();
  Option& with_default_shown();
  Option& one_value_each();  // of a list: as often as needed, one value each time

 private:
  CLI::Option* option_;
};

// A handle: copies are the same command, which the program holds.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}
  // One below, with its example under its help; a group only holds others.
  [[nodiscard]] Command add(const std::string& name, const std::string& what, const std::string& example) const;
  [[nodiscard]] Command group(const std::string& name, const std::string& what, const std::string& example) const;
  // `into` outlives the program's parsing.
  Option option(const std::string& name, std::string& into, const std::string& what) const;
  Option option(const std::string& name, int& into, const std::string& what) const;
  Option option(const std::string& name, std::vector<std::string>& into, const std::string& what) const;
  void flag(const std::string& name, bool& into, const std::string& what) const;
  // When it was typed and everything fits.
  void runs(std::function<void()> run) const;

 private:
  CLI::App* app_;
};

// ---- the nouns ----
void add_plan(Command app, CliOptions& o);       // cli_plan.cc
void add_directory(Command app, CliOptions& o);  // cli_office.cc
void add_incident(Command app, CliOptions& o);
void add_report(Command app, CliOptions& o);
void add_token(Command app, CliOptions& o);  // cli_access.cc
void add_user(Command app, CliOptions& o);
void add_session(Command app, CliOptions& o);
void add_tls(Command app, CliOptions& o);

// ---- options that several have ----
void add_json(Command command, bool& json);
// --url, --token and what goes with them; `required`: the URL is.
void add_server(Command command, ServerOptions& server, bool required);
Option add_directory_option(Command command, std::string& directory, const std::string& what_for = "");
void add_language(Command command, std::string& language, const std::string& of_what = "");
void add_plan_file(Command command, std::string& file);
void add_database(Command command, std::string& database);  // that of the daemon, required
Option add_database_to_read(Command command, std::string& database);

}  // namespace tocsin::app
