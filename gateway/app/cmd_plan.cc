#include <algorithm>
#include <cstdio>
#include <optional>

#include "gateway/app/commands.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/plan_against.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/settings.h"
#include "gateway/app/version.h"
#include "gateway/base/said.h"
#include "gateway/plan/accept.h"
#include "gateway/plan/sarif.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin::app {
namespace {

using base::said;

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
  std::vector<rehearse::TextParts> texts;
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
                                 options.config.empty() ? nullptr : &settings.links, settings.public_url,
                                 base::SystemClock().utc_now());
    texts = std::move(against.texts);
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
    print(plan_check_json(options.file, findings, skipped, texts, refused));
  } else {
    print(render_all(findings, *read, chinese));
    print(rehearse::to_text(texts, chinese));
    for (const auto& check : skipped) print(in(said("not checked: {0}\n", "未检查：{0}\n", check), chinese));
    print(in(verdict(options.file, refused, findings.empty()), chinese));
  }
  return refused ? kExitRefused : kExitDone;
}

}  // namespace tocsin::app
