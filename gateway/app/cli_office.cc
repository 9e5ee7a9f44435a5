// tocsin directory, incident and report: what an office works with.
#include "gateway/app/cli_parts.h"
#include "gateway/app/cmd_calendar.h"
#include "gateway/app/cmd_check.h"
#include "gateway/app/cmd_contacts.h"
#include "gateway/app/cmd_coverage.h"
#include "gateway/app/cmd_paper.h"
#include "gateway/app/cmd_person.h"

namespace tocsin::app {
namespace {

void add_code(Command command, CliOptions& o) {
  command.option("CODE", o.incident.code, "its code, such as 101").required().between(1, 2000000000);
}

void add_directory_book(Command group, CliOptions& o) {
  auto changes =
      group.add("changes", "what was changed, newest first", "tocsin directory changes --database tocsin.db");
  add_database(changes, o.book.database);
  changes.option("--limit", o.book.limit, "at most so many").between(1, 500).with_default_shown();
  add_json(changes, o.book.json);
  changes.runs([&o] { o.code = run_directory_changes(o.book); });
  auto undo = group.add("undo", "take the last change back", "tocsin directory undo --database tocsin.db --dry-run");
  add_database(undo, o.book.database);
  undo.option("--reason", o.book.reason, "why, for the history");
  undo.flag("--dry-run", o.book.dry_run, "only say what would differ");
  add_json(undo, o.book.json);
  undo.runs([&o] { o.code = run_directory_undo(o.book); });
  auto outlines = group.add("outlines", "give areas their outlines from a map: GeoJSON, as one change",
                            "tocsin directory outlines areas.geojson --database tocsin.db --reason 'new map'");
  outlines.option("FILE", o.book.file, "a FeatureCollection whose features name an area by code or name").required();
  add_database(outlines, o.book.database);
  outlines.option("--reason", o.book.reason, "why, for the history").required();
  outlines.flag("--dry-run", o.book.dry_run, "only say what would differ");
  add_json(outlines, o.book.json);
  outlines.runs([&o] { o.code = run_directory_outlines(o.book); });
  auto out = group.add("export", "the whole directory as sheets, a list or vCards, numbers whole",
                       "tocsin directory export --database tocsin.db --to sheets/ --reason 'yearly check'");
  add_database(out, o.book.database);
  out.option("--to", o.book.folder, "folder, empty or not there yet; with --as a file, .csv or .xlsx").required();
  out.option("--reason", o.book.reason, "why, for the record").required();
  out.option("--as", o.book.as, "one file: people, side-by-side, units, areas, offices, or vcard");
  out.option("--beside", o.book.beside, "of side-by-side: persons on a row").between(2, 3).with_default_shown();
  out.option("--config", o.book.config, "with --as: settings: country and area code of the numbers");
  add_language(out, o.book.language);
  out.runs([&o] { o.code = run_directory_export(o.book); });
}

}  // namespace

void add_directory(Command app, CliOptions& o) {
  auto group = app.group("directory", "import and read the directory", "tocsin directory list --directory sheets/");
  auto take_in = group.add("import", "check sheets and put them into a database, all or nothing",
                           "tocsin directory import sheets/ --database tocsin.db --dry-run");
  take_in.option("SOURCE", o.import.source, "folder of sheets (the whole directory), or one sheet").required();
  take_in.option("--database", o.import.database, "made when it is not there").required();
  take_in.flag("--dry-run", o.import.dry_run, "do everything, then undo it");
  take_in.option("--config", o.import.config, "settings: country and area code of the numbers");
  take_in.option("--time-zone", o.import.time_zone, "of the times in the sheets").with_default_shown();
  add_json(take_in, o.import.json);
  take_in.runs([&o] { o.code = run_directory_import(o.import); });

  auto read = group.add("read", "what an office's table says and what of it would change; changes it with --accept",
                        "tocsin directory read list.xlsx --database tocsin.db --plan plan.toml");
  read.option("FILE", o.read_list.file, "XLSX, DOCX, CSV, or HTML or text as pasted").required();
  read.option("--mapping", o.read_list.mapping, "which column is what, like \"1@2: A=unit+ B=name C=mobile\"");
  read.flag("--forget-mapping", o.read_list.forget_mapping,
            "throw away what --database remembers of a file of that name");
  read.option("--answers", o.read_list.answers, "to the questions, like \"one-name-two-numbers@1!B7=two\"");
  add_database_to_read(read, o.read_list.database);
  read.option("--directory", o.read_list.directory, "folder of sheets to compare with instead");
  read.option("--plan", o.read_list.plan, "whose posts have to be held; default those of the directory");
  read.flag("--everybody", o.read_list.everybody, "the list is of everybody: ask about whoever is not in it");
  read.option("--agreed-when", o.read_list.agreed_when, "when the owners of new numbers agreed to be called");
  read.option("--agreed-how", o.read_list.agreed_how, "and how; without both nobody is called there");
  read.flag("--accept", o.read_list.accept, "make it so in --database, as one change; every question is answered");
  read.option("--reason", o.read_list.reason, "of the change, for its history; of --unmasked, for the record");
  read.option("--config", o.read_list.config, "settings: country and area code of the numbers");
  read.option("--time-zone", o.read_list.time_zone, "of the times in the sheets").with_default_shown();
  add_language(read, o.read_list.language);
  read.flag("--unmasked", o.read_list.unmasked, "whole phone numbers and addresses");
  add_json(read, o.read_list.json);
  read.runs([&o] { o.code = run_directory_read(o.read_list); });

  const auto common = [&o](Command command) {
    add_database_to_read(command, o.directory.database);
    command.option("--directory", o.directory.directory, "folder of sheets, or one sheet");
    command.option("--at", o.directory.at, "who holds a post then; default now");
    command.option("--time-zone", o.directory.time_zone, "of the office").with_default_shown();
    command.flag("--unmasked", o.directory.unmasked, "whole phone numbers and addresses");
    command.option("--reason", o.directory.reason, "why --unmasked, for the record; needed with --database");
    add_json(command, o.directory.json);
  };
  auto list = group.add("list", "everybody, and what they are", "tocsin directory list --database tocsin.db");
  common(list);
  list.option("--at-version", o.directory.at_version, "with --database: as it was at that version").positive();
  list.runs([&o] { o.code = run_directory_list(o.directory); });
  auto show = group.add("show", "all about one code", "tocsin directory show commander --database tocsin.db");
  show.option("CODE", o.directory.code, "of a person, post, unit, group or area").required();
  common(show);
  show.runs([&o] { o.code = run_directory_show(o.directory); });
  add_doubtful(group, o.code);
  add_contact_check(group, o.code);
  add_coverage(group, o.code);
  add_calendar(group, o.code);
  add_directory_book(group, o);
  add_directory_print(group, o.code);
  add_person(group, o.code);
}

void add_incident(Command app, CliOptions& o) {
  auto group = app.group("incident", "read incidents", "tocsin incident list --database tocsin.db");
  auto list = group.add("list", "open incidents, newest first", "tocsin incident list --database tocsin.db --all");
  add_database_to_read(list, o.incident.database);
  add_server(list, o.incident.server, false);
  list.flag("--all", o.incident.all, "those that have ended too");
  list.option("--limit", o.incident.limit, "at most so many, from a database").between(1, 100000).with_default_shown();
  add_json(list, o.incident.json);
  list.runs([&o] { o.code = run_incident_list(o.incident); });

  auto show = group.add("show", "one incident: reports, steps, who was told and what they answered",
                        "tocsin incident show 101 --database tocsin.db");
  add_code(show, o);
  add_database_to_read(show, o.incident.database);
  add_server(show, o.incident.server, false);
  add_json(show, o.incident.json);
  show.runs([&o] { o.code = run_incident_show(o.incident); });

  for (const bool approve : {true, false}) {
    auto decide = group.add(approve ? "approve" : "decline",
                            approve ? "start a response that waits for your word; asks for the code sent to your phone"
                                    : "leave a response that waits for your word; asks for the code sent to your phone",
                            std::string("tocsin incident ") + (approve ? "approve" : "decline") +
                                " 101 --url https://tocsin.example --token-file me");
    add_code(decide, o);
    add_server(decide, o.incident.server, true);
    add_json(decide, o.incident.json);
    decide.runs([&o, approve] { o.code = run_incident_decide(o.incident, approve); });
  }
}

void add_report(Command app, CliOptions& o) {
  auto report = app.add("report", "send one report to a serving tocsin",
                        "tocsin report --url https://localhost:8443 --token-file token --fingerprint AA:BB:... "
                        "--hazard fire --fact serious=2 --fact trapped=1 --area donghu");
  add_server(report, o.report.server, true);
  report.option("--hazard", o.report.hazard, "a kind of the plan, such as fire; may be left out");
  report.option("--fact", o.report.facts, "NAME=VALUE, as often as needed; what is not said is unknown")
      .one_value_each();
  report.option("--area", o.report.area, "code, name or alias of an area");
  report.option("--place", o.report.place, "where, in words");
  report.option("--text", o.report.text, "what, in words");
  report.option("--occurred-at", o.report.occurred_at, "RFC 3339");
  report.option("--key", o.report.key, "of an earlier try that had no answer");
  report.flag("--drill", o.report.drill, "a drill: every message says so");
  add_json(report, o.report.json);
  report.runs([&o] { o.code = run_report(o.report); });
}

}  // namespace tocsin::app
