#include <algorithm>
#include <cstdio>
#include <optional>

#include "gateway/app/commands.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_against.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/settings.h"
#include "gateway/app/version.h"
#include "gateway/base/said.h"
#include "gateway/plan/accept.h"
#include "gateway/plan/sarif.h"
#include "gateway/rehearse/show.h"
#include "gateway/rehearse/simulate.h"
#include "gateway/triage/classify.h"

namespace tocsin::app {
namespace {

using base::said;

// "hazard=fire serious=2 area=donghu place=... text=..."; text= takes all that follows it.
struct TypedReport {
  std::string hazard, area;
  rehearse::Case report;
};

base::Result<TypedReport> parse_report(const std::string& typed) {
  TypedReport out;
  std::string facts;
  for (std::size_t at = 0; at < typed.size();) {
    if (typed[at] == ' ') {
      ++at;
      continue;
    }
    auto end = typed.find(' ', at);
    if (end == std::string::npos) end = typed.size();
    const auto word = typed.substr(at, end - at);
    const auto equals = word.find('=');
    if (equals == std::string::npos) return base::invalid("expected name=value, not \"" + word + "\"", "report");
    const auto name = word.substr(0, equals), value = word.substr(equals + 1);
    if (name == "hazard") {
      out.hazard = value;
    } else if (name == "area") {
      out.area = value;
    } else if (name == "place") {
      out.report.place = value;
    } else if (name == "text") {
      out.report.text = typed.substr(at + 5);
      break;
    } else {
      facts += (facts.empty() ? "" : " ") + word;
    }
    at = end;
  }
  auto read = model::parse_facts(facts);
  if (!read) return read.error();
  out.report.facts = std::move(*read);
  return out;
}

base::Status find_hazard(const plan::Plan& plan, TypedReport& typed) {
  if (typed.hazard.empty()) return base::Done{};
  const auto kind = model::kind_named(typed.hazard);
  if (kind && plan.hazard(*kind) != nullptr) {
    typed.report.hazard = *kind;
    return base::Done{};
  }
  std::vector<std::string> names;
  for (const auto& [known, hazard] : plan.hazards) names.emplace_back(model::name_of(known));
  const auto near = base::nearest_name(typed.hazard, names);
  return base::invalid("the plan has no hazard \"" + typed.hazard + "\"" +
                           (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"),
                       "hazard");
}

base::Status find_area(const ports::Roster& roster, TypedReport& typed) {
  if (typed.area.empty()) return base::Done{};
  std::vector<std::string> names;
  for (const auto& area : roster.areas()) {
    bool is_it = area.code == typed.area || area.name == typed.area;
    for (const auto& alias : area.aliases) is_it = is_it || alias == typed.area;
    if (is_it) {
      typed.report.area = area.id;
      return base::Done{};
    }
    names.push_back(area.code);
    names.push_back(area.name);
  }
  const auto near = base::nearest_name(typed.area, names);
  return base::invalid("the directory has no area \"" + typed.area + "\"" +
                           (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"),
                       "area");
}

const std::string& in(const base::Said& words, bool chinese) {
  return chinese ? words.zh : words.en;
}

base::Said verdict(const std::string& file, bool refused, bool nothing_found) {
  if (refused) return said("{0}: refused\n", "{0}：不予接受\n", file);
  return nothing_found ? said("{0}: nothing found\n", "{0}：没有发现问题\n", file)
                       : said("{0}: accepted\n", "{0}：可以接受\n", file);
}

// A warning that the plan's own [[accept]] answers for stands there as a note, with the reason.
void note_accepted(const std::vector<plan::Acceptance>& accepted, base::Diagnostics& findings) {
  for (auto& finding : findings) {
    const auto by = std::find_if(accepted.begin(), accepted.end(),
                                 [&](const plan::Acceptance& one) { return plan::covers(one, finding); });
    if (by == accepted.end()) continue;
    finding.severity = base::Severity::kNote;
    finding.message += " (accepted: " + by->reason + ")";
    if (!finding.message_zh.empty()) finding.message_zh += "（已接受：" + by->reason + "）";
  }
}

}  // namespace

int run_plan_check(const PlanCheckOptions& options) {
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  const auto read = load_plan(options.file);
  if (!read) return fail_to_open(read.error());
  auto findings = read->findings;
  std::vector<base::Said> skipped;
  std::string sheets;
  bool refused = base::has_errors(findings);
  std::optional<LoadedDirectory> directory;
  if (options.directory.empty()) {
    skipped.push_back(said("directory: give --directory to see whether everybody the plan names can be told",
                           "通讯录：加上 --directory 才能检查预案点到的人是否都通知得到"));
  } else if (!read->plan) {
    skipped.push_back(said("directory (the plan has errors)", "通讯录（预案有错误）"));
  } else {
    auto loaded = load_directory(options.directory, import_options(*read->plan, settings));
    if (loaded) {
      sheets = loaded->findings;
      directory = std::move(*loaded);
    } else {
      if (loaded.error().code != base::ErrorCode::kInvalid) return fail_to_open(loaded.error());
      sheets = loaded.error().message;
      refused = true;
      skipped.push_back(said("directory (its sheets have errors)", "通讯录（表格有错误）"));
    }
  }
  if (options.config.empty()) {
    skipped.push_back(said("links: give --config to see whether links serve the plan's channels, texts and numbers",
                           "链路：加上 --config 才能检查链路是否满足预案的通道、文字和数量"));
  } else if (!read->plan) {
    skipped.push_back(said("links (the plan has errors)", "链路（预案有错误）"));
  }
  if (read->plan) {
    auto against = check_against(*read->plan, directory ? directory->roster.get() : nullptr,
                                 options.config.empty() ? nullptr : &settings.links, base::SystemClock().utc_now());
    for (auto& finding : against.findings) {
      plan::locate(finding, read->places);
      if (finding.file.empty()) finding.file = options.file;
      findings.push_back(std::move(finding));
    }
    for (const auto& left_out : against.not_checked) skipped.push_back(left_out);
  }
  if (read->plan) note_accepted(read->plan->accepted, findings);
  refused = refused || base::has_errors(findings);
  for (const auto& finding : findings) {
    refused = refused || (options.strict && finding.severity == base::Severity::kWarning);
  }
  if (options.strict && !sheets.empty()) refused = true;
  if (!sheets.empty()) std::fputs(sheets.c_str(), stderr);
  const bool chinese = language_of_reader(options.language) == "zh";
  if (options.sarif) {
    print(plan::sarif(findings, kVersion, chinese));
  } else if (options.json) {
    print(plan_check_json(options.file, findings, skipped, refused));
  } else {
    print(render_all(findings, *read, chinese));
    for (const auto& check : skipped) print(in(said("not checked: {0}\n", "未检查：{0}\n", check), chinese));
    print(in(verdict(options.file, refused, findings.empty()), chinese));
  }
  return refused ? kExitRefused : kExitDone;
}

int run_plan_simulate(const SimulateOptions& options) {
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  const auto read = load_plan(options.file);
  if (!read) return fail_to_open(read.error());
  if (!read->plan) {
    std::fputs(render_all(read->findings, read->source).c_str(), stderr);
    return kExitRefused;
  }
  const auto& plan = *read->plan;
  const auto loaded = load_directory(options.directory, import_options(plan, settings));
  if (!loaded) return fail_to_open(loaded.error());
  const auto at = options.at.empty() ? base::SystemClock().utc_now() : parse_at(options.at, plan.time_zone);
  if (!at) return fail(base::invalid("--at: expected \"2026-11-22 14:00\" (office time) or RFC 3339"), kExitUsage);
  auto typed = parse_report(options.report);
  if (!typed) return fail(typed.error(), kExitRefused);
  if (const auto found = find_hazard(plan, *typed); !found) return fail(found.error(), kExitRefused);
  if (const auto found = find_area(*loaded->roster, *typed); !found) return fail(found.error(), kExitRefused);
  if (const auto ok = triage::check_facts(plan, typed->report.hazard, typed->report.facts); !ok) {
    return fail(ok.error(), kExitRefused);
  }
  rehearse::Options how;
  if (!options.config.empty()) how.links_for = channels_served(settings.links);
  how.language = options.language;
  how.show_numbers = options.unmasked;
  const auto rehearsal = rehearse::rehearse(plan, *loaded->roster, typed->report, *at, how);
  const auto language = options.language.empty() ? plan.default_language() : options.language;
  print(options.json ? rehearse::to_json(rehearsal) + "\n" : rehearse::to_text(rehearsal, language));
  return kExitDone;
}

}  // namespace tocsin::app
