// The commands of the program: what the command line asks, as plain values, and one function for each.
//
// Each prints its result to standard output and what is wrong to standard error, and returns the exit code of the
// process.  cli*.cc fill the values in; nothing here knows how they were typed.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.h"

namespace tocsin::app {

inline constexpr int kExitDone = 0;
inline constexpr int kExitRefused = 1;  // errors found, or refused
inline constexpr int kExitUsage = 2;    // wrong usage, or a file cannot be opened

// Prints "tocsin: <message>" and returns `code`.
int fail(const base::Error& error, int code);
// kExitUsage for what cannot be opened (kNotFound), else kExitRefused.
int fail_to_open(const base::Error& error);

// ---- serve (serve.cc) ----
struct ServeOptions {
  std::string config, language;
};
int run_serve(const ServeOptions& options);

// ---- plan (cmd_plan.cc) ----
struct PlanCheckOptions {
  std::string file, directory, config, language;
  bool strict = false, json = false, sarif = false;
};
int run_plan_check(const PlanCheckOptions& options);

// ---- plan simulate (cmd_simulate.cc) ----
struct SimulateOptions {
  std::string file, directory, config, at, language;
  std::string report, course, case_name;             // one of them
  std::string silent, answers, link_down, on_leave;  // lists with commas; silent "nobody": everybody answers
  std::string until;                                 // empty: the case's, else four hours
  std::string svg;                                   // path of the drawing, "-" = standard output
  std::string reason;                                // of whole numbers out of a database
  bool json = false, unmasked = false;
};
int run_plan_simulate(const SimulateOptions& options);

// ---- plan schema (cmd_plan_schema.cc) ----
struct PlanSchemaOptions {
  bool holidays = false;  // of a file of holidays instead
};
int run_plan_schema(const PlanSchemaOptions& options);

// ---- plan diff (cmd_plan_diff.cc) ----
struct PlanDiffOptions {
  std::string before, after, directory, at, language;
  bool json = false;
};
int run_plan_diff(const PlanDiffOptions& options);

// ---- plan test (cmd_plan_test.cc) ----
struct PlanTestOptions {
  std::string file, directory, only, language;
  bool json = false;
};
int run_plan_test(const PlanTestOptions& options);

// ---- plan doc (cmd_plan_doc.cc) ----
struct PlanDocOptions {
  std::string file, directory, at, language, output;
};
int run_plan_doc(const PlanDocOptions& options);

// ---- plans in force (cmd_plan_life.cc) ----
struct PlanUseOptions {
  std::string file, config, note, language;
  std::vector<std::string> accept;  // "CODE=REASON", "CODE@WHERE=REASON"
  int version = 0;
  bool dry_run = false, json = false;
};
int run_plan_use(const PlanUseOptions& options);
int run_plan_back(const PlanUseOptions& options);
int run_plan_list(const PlanUseOptions& options);
int run_plan_show(const PlanUseOptions& options);

// ---- directory (cmd_directory.cc) ----
struct ImportCommand {
  std::string source, database, config, time_zone = "Asia/Shanghai";
  bool dry_run = false, json = false;
};
int run_directory_import(const ImportCommand& options);

// An office's table, of any shape: what it says, and what of it would change; nothing is written.
// (cmd_directory_read.cc)
struct ReadListCommand {
  std::string file, mapping, answers, database, directory, plan, config, language, time_zone = "Asia/Shanghai";
  std::string agreed_when, agreed_how;  // of the numbers that are new
  std::string reason;                   // with accept, and of whole numbers out of a database
  bool everybody = false, accept = false, forget_mapping = false, unmasked = false, json = false;
};
int run_directory_read(const ReadListCommand& options);

struct DirectoryOptions {
  std::string database, directory, code, at, time_zone = "Asia/Shanghai";
  std::string reason;  // of whole numbers out of a database
  int at_version = 0;  // 0: the newest
  bool unmasked = false, json = false;
};
int run_directory_list(const DirectoryOptions& options);
int run_directory_show(const DirectoryOptions& options);

// ---- its history (cmd_directory_book.cc) ----
struct DirectoryBookOptions {
  std::string database, reason, folder, file;
  std::string as, config, language;  // of an export that is one file
  int beside = 2;
  int limit = 50;
  bool dry_run = false, json = false;
};
int run_directory_changes(const DirectoryBookOptions& options);
int run_directory_undo(const DirectoryBookOptions& options);
int run_directory_export(const DirectoryBookOptions& options);
// Outlines of areas from a file of GeoJSON.
int run_directory_outlines(const DirectoryBookOptions& options);

// ---- what the API is asked by (cmd_incident.cc, cmd_report.cc) ----
struct ServerOptions {
  std::string url, token, token_file, fingerprint;
  bool insecure = false;
};

struct IncidentOptions {
  std::string database;
  ServerOptions server;
  int code = 0;
  int limit = 100;
  bool all = false, json = false;
};
int run_incident_list(const IncidentOptions& options);
int run_incident_show(const IncidentOptions& options);
// Decides whether the response begins: a one-time code goes to the phone of whoever the token is, and is asked for
// here.
int run_incident_decide(const IncidentOptions& options, bool approve);

struct ReportOptions {
  ServerOptions server;
  std::string hazard, area, place, text, key, occurred_at;
  std::vector<std::string> facts;  // "serious=2"
  bool drill = false, json = false;
};
int run_report(const ReportOptions& options);

// ---- tokens (cmd_token.cc) ----
struct TokenOptions {
  std::string database, role, name, person;
  bool json = false;
};
int run_token_add(const TokenOptions& options);
int run_token_list(const TokenOptions& options);
int run_token_revoke(const TokenOptions& options);

// ---- the office's own certificate authority (cmd_tls.cc) ----
struct TlsOptions {
  std::string folder, url;
  std::vector<std::string> names;
  bool json = false;
};
int run_tls_init(const TlsOptions& options);
int run_tls_renew(const TlsOptions& options);

// ---- accounts and sessions (cmd_user.cc) ----
struct UserOptions {
  std::string database, name, role, person, password_file;  // `name`: of the account; of a session its id
  bool no_qr = false, json = false;
};
int run_user_add(const UserOptions& options);
int run_user_list(const UserOptions& options);
int run_user_reset(const UserOptions& options);
int run_user_disable(const UserOptions& options);
int run_session_list(const UserOptions& options);
int run_session_revoke(const UserOptions& options);

// ---- record (cmd_record.cc, cmd_record_list.cc), settings, version ----
struct RecordOptions {
  std::string database;
  std::string head;  // kept elsewhere; may be empty
  bool json = false;
};
int run_record_verify(const RecordOptions& options);
struct RecordListOptions {
  std::string database;  // or a server
  ServerOptions server;
  int after = 0;     // only entries with a greater number
  int incident = 0;  // its code; 0 = all
  int limit = 200;
  bool json = false;
};
int run_record_list(const RecordListOptions& options);
int run_settings();
int run_version(bool json);

}  // namespace tocsin::app
