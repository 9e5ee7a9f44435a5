#include "gateway/app/cli_parts.h"

#include <CLI/CLI.hpp>

namespace tocsin::app {

Option& Option::required() {
  option_->required();
  return *this;
}
Option& Option::between(int low, int high) {
  option_->check(CLI::Range(low, high));
  return *this;
}
Option& Option::positive() {
  option_->check(CLI::PositiveNumber);
  return *this;
}
Option& Option::with_default_shown() {
  option_->capture_default_str();
  return *this;
}
Option& Option::one_value_each() {
  option_->allow_extra_args(false);
  return *this;
}

Command Command::add(const std::string& name, const std::string& what, const std::string& example) const {
  auto* command = app_->add_subcommand(name, what);
  command->footer("Example:\n  " + example);
  return Command(*command);
}
Command Command::group(const std::string& name, const std::string& what, const std::string& example) const {
  const auto group = add(name, what, example);
  group.app_->require_subcommand(1);
  return group;
}
Option Command::option(const std::string& name, std::string& into, const std::string& what) const {
  return Option(*app_->add_option(name, into, what));
}
Option Command::option(const std::string& name, int& into, const std::string& what) const {
  return Option(*app_->add_option(name, into, what));
}
Option Command::option(const std::string& name, std::vector<std::string>& into, const std::string& what) const {
  return Option(*app_->add_option(name, into, what));
}
void Command::flag(const std::string& name, bool& into, const std::string& what) const {
  app_->add_flag(name, into, what);
}
void Command::runs(std::function<void()> run) const {
  app_->callback(std::move(run));
}

void add_json(Command command, bool& json) {
  command.flag("--json", json, "print JSON; docs/cli.md lists the keys");
}

void add_server(Command command, ServerOptions& server, bool required) {
  auto url = command.option("--url", server.url, "where tocsin serves, https://HOST:PORT");
  if (required) url.required();
  command.option("--token", server.token, "API token; other users of this machine see it while it runs");
  command.option("--token-file", server.token_file, "file with the API token");
  command.option("--fingerprint", server.fingerprint, "SHA-256 of its certificate, as serve printed it");
  command.flag("--insecure", server.insecure, "take any certificate: for tests on one machine only");
}

Option add_directory_option(Command command, std::string& directory, const std::string& what_for) {
  return command.option("--directory", directory, "folder of sheets, one sheet, or a database" + what_for);
}

void add_language(Command command, std::string& language, const std::string& of_what) {
  command.option("--language", language, of_what + "zh or en; default that of LANG");
}

void add_plan_file(Command command, std::string& file) {
  command.option("FILE", file, "the plan").required();
}

void add_database(Command command, std::string& database) {
  command.option("--database", database, "the database of the daemon").required();
}

Option add_database_to_read(Command command, std::string& database) {
  return command.option("--database", database, "a database of tocsin; only read");
}

}  // namespace tocsin::app
