// tocsin plan: check, rehearse, compare, print, and put in force.
#include "gateway/app/cli_parts.h"

namespace tocsin::app {
namespace {

void add_plan_papers(Command plan, CliOptions& o) {
  auto diff = plan.add("diff", "what another plan would do otherwise: levels, people, hours, texts",
                       "tocsin plan diff plan.toml new-plan.toml --directory sheets/");
  diff.option("BEFORE", o.plan_diff.before, "the plan as it is").required();
  diff.option("AFTER", o.plan_diff.after, "the plan as it would be").required();
  add_directory_option(diff, o.plan_diff.directory, "; without it selectors stand for people");
  diff.option("--at", o.plan_diff.at, "call-outs are rehearsed on the 14 days from then on; default now");
  add_language(diff, o.plan_diff.language);
  add_json(diff, o.plan_diff.json);
  diff.runs([&o] { o.code = run_plan_diff(o.plan_diff); });

  auto test = plan.add("test", "run the plan's own cases, and name what no case plays",
                       "tocsin plan test plan.toml --directory sheets/");
  add_plan_file(test, o.plan_test.file);
  add_directory_option(test, o.plan_test.directory, ": who is told, and which steps begin");
  test.option("--case", o.plan_test.only, "the one case of that name");
  add_language(test, o.plan_test.language);
  add_json(test, o.plan_test.json);
  test.runs([&o] { o.code = run_plan_test(o.plan_test); });

  auto doc = plan.add("doc", "the plan as a page to print and sign",
                      "tocsin plan doc plan.toml --directory sheets/ --language zh -o plan.html");
  add_plan_file(doc, o.plan_doc.file);
  add_directory_option(doc, o.plan_doc.directory, ": names of people");
  doc.option("--at", o.plan_doc.at, "with --directory: who fills a post then; default now");
  doc.option("--language", o.plan_doc.language, "zh or en; default the plan's first");
  doc.option("-o,--output", o.plan_doc.output, "the HTML file to write; else standard output");
  doc.runs([&o] { o.code = run_plan_doc(o.plan_doc); });

  auto schema =
      plan.add("schema", "print the JSON Schema of a plan file, for editors", "tocsin plan schema > plan.schema.json");
  schema.flag("--holidays", o.plan_schema.holidays, "of a file of holidays instead");
  schema.runs([&o] { o.code = run_plan_schema(o.plan_schema); });
}

void add_plan_life(Command plan, CliOptions& o) {
  const auto config = [&o](Command command) {
    command.option("--config", o.plan_use.config, "settings of the daemon: database and links").required();
    add_json(command, o.plan_use.json);
  };
  const auto swap = [&o, &config](Command command) {
    config(command);
    command
        .option("--accept", o.plan_use.accept,
                "a warning that may stand: CODE=REASON or CODE@WHERE=REASON; as often as needed")
        .one_value_each();
    command.option("--note", o.plan_use.note, "why, for the list of versions");
    add_language(command, o.plan_use.language, "of what is found: ");
    command.flag("--dry-run", o.plan_use.dry_run, "only say whether it may be put in force");
  };
  auto use = plan.add("use", "put a plan in force, if nothing stands in its way",
                      "tocsin plan use plan.toml --config tocsin.toml --accept 'range-gap@fire/III=on purpose'");
  add_plan_file(use, o.plan_use.file);
  swap(use);
  use.runs([&o] { o.code = run_plan_use(o.plan_use); });
  auto back = plan.add("back", "put an older version in force again, by the same check",
                       "tocsin plan back 3 --config tocsin.toml");
  back.option("VERSION", o.plan_use.version, "as `plan list` shows it").required().positive();
  swap(back);
  back.runs([&o] { o.code = run_plan_back(o.plan_use); });
  auto list = plan.add("list", "all versions, newest first: in force since when and by whom",
                       "tocsin plan list --config tocsin.toml");
  config(list);
  list.runs([&o] { o.code = run_plan_list(o.plan_use); });
  auto show = plan.add("show", "print one version whole", "tocsin plan show 3 --config tocsin.toml");
  show.option("VERSION", o.plan_use.version, "as `plan list` shows it").required().positive();
  config(show);
  show.runs([&o] { o.code = run_plan_show(o.plan_use); });
}

}  // namespace

void add_plan(Command app, CliOptions& o) {
  auto plan = app.group("plan", "check and rehearse a plan", "tocsin plan check plan.toml");
  auto check = plan.add("check", "find what is wrong with a plan",
                        "tocsin plan check plan.toml --directory sheets/ --config tocsin.toml --strict");
  add_plan_file(check, o.plan_check.file);
  add_directory_option(check, o.plan_check.directory);
  check.option("--config", o.plan_check.config, "settings: do their links serve the plan's channels?");
  check.flag("--strict", o.plan_check.strict, "warnings refuse it too");
  add_language(check, o.plan_check.language);
  add_json(check, o.plan_check.json);
  check.flag("--sarif", o.plan_check.sarif, "print SARIF 2.1.0, for editors");
  check.runs([&o] { o.code = run_plan_check(o.plan_check); });

  auto simulate = plan.add("simulate", "show who would be told, over what and when; nothing is sent",
                           "tocsin plan simulate plan.toml --directory sheets/ "
                           "--report 'hazard=fire serious=2 trapped=1 area=donghu'");
  add_plan_file(simulate, o.simulate.file);
  add_directory_option(simulate, o.simulate.directory).required();
  simulate.option("--report", o.simulate.report,
                  "hazard=, area=, place=, the plan's attributes, text= (takes all that follows)");
  simulate.option("--course", o.simulate.course, "file of a course of events: the keys of a [[case]]");
  simulate.option("--case", o.simulate.case_name, "a case of the plan, by name");
  simulate.option("--silent", o.simulate.silent,
                  "codes of who never answers: everybody else does; \"nobody\": all do; default nobody answers");
  simulate.option("--answers", o.simulate.answers, "post:commander=coming@3m,person:wang=approve@5m");
  simulate.option("--link-down", o.simulate.link_down, "channels down from the beginning: sms,email");
  simulate.option("--on-leave", o.simulate.on_leave, "codes of persons taken to be on leave");
  simulate.option("--until", o.simulate.until, "how long is looked at; default the case's, or 4h");
  simulate.option("--svg", o.simulate.svg, "a drawn timeline to print and sign, into FILE; - for standard output");
  simulate.option("--config", o.simulate.config, "settings: only the channels of their links");
  simulate.option("--at", o.simulate.at, "when: \"2026-11-22 14:00\" in office time, or RFC 3339; default now");
  simulate.option("--language", o.simulate.language, "zh or en; default the plan's first");
  simulate.flag("--unmasked", o.simulate.unmasked, "whole phone numbers");
  simulate.option("--reason", o.simulate.reason, "why --unmasked, for the record of a database");
  add_json(simulate, o.simulate.json);
  simulate.runs([&o] { o.code = run_plan_simulate(o.simulate); });
  add_plan_papers(plan, o);
  add_plan_life(plan, o);
}

}  // namespace tocsin::app
