// The directory on paper, and as one file for people outside.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "gateway/app/call_list_of.h"
#include "gateway/app/cmd_paper.h"
#include "gateway/app/directory_document.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/private_file.h"
#include "gateway/app/settings.h"

namespace tocsin::app {

int run_directory_print(const PrintListOptions& options) {
  if (options.database.empty() == options.directory.empty()) {
    return fail(base::invalid("give either --database or --directory"), kExitUsage);
  }
  plan::ReadPlan read;
  if (const auto code = read_sound_plan(options.plan, read)) return *code;
  const plan::Plan& plan = *read.plan;
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  const auto at = options.at.empty() ? base::SystemClock().utc_now() : parse_at(options.at, plan.time_zone);
  if (!at) return fail(base::invalid("--at: expected \"2026-11-22 14:00\" (office time) or RFC 3339"), kExitUsage);
  if (!options.database.empty()) {
    if (!is_database(options.database)) {
      return fail({base::ErrorCode::kNotFound, "cannot open the database " + options.database, ""}, kExitUsage);
    }
    if (auto noted = note_whole_list(options.database, options.reason); !noted) return fail_to_open(noted.error());
  }
  const auto& source = options.database.empty() ? options.directory : options.database;
  const auto loaded = load_directory(source, import_options(plan, settings));
  if (!loaded) return fail_to_open(loaded.error());
  const auto language = options.language.empty() ? plan.default_language() : options.language;
  const auto page = call_list_of({plan, loaded->tables, *loaded->roster}, *at, language, settings.dialing);
  if (options.output.empty()) {
    print(page);
    return kExitDone;
  }
  if (auto written = write_private(options.output, page); !written) return fail_to_open(written.error());
  return kExitDone;
}

int run_export_as(const DirectoryBookOptions& options) {
  const auto ending = std::filesystem::path(options.folder).extension().string();
  ports::DocumentWish wish;
  wish.as = options.as;
  wish.xlsx = ending == ".xlsx";
  wish.beside = options.beside;
  wish.chinese = language_of_reader(options.language) == "zh";
  wish.at = base::SystemClock().utc_now();
  const bool card = wish.as == "vcard";
  if (wish.as == "call-list") return fail(base::invalid("the call list: tocsin directory print"), kExitUsage);
  if (!card && ending != ".csv" && ending != ".xlsx") {
    return fail(base::invalid("--to: a file that ends in .csv or .xlsx"), kExitUsage);
  }
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  if (!is_database(options.database)) {
    return fail({base::ErrorCode::kNotFound, "cannot open the database " + options.database, ""}, kExitUsage);
  }
  const auto loaded = load_directory(options.database, directory::ImportOptions());
  if (!loaded) return fail_to_open(loaded.error());
  const auto version = loaded->roster->version();
  const auto document = document_of(loaded->tables, version, wish, settings.dialing, nullptr);
  if (!document) return fail(document.error(), kExitRefused);
  if (auto noted = note_whole_list(options.database, options.reason); !noted) return fail_to_open(noted.error());
  if (auto written = write_private(options.folder, document->bytes); !written) return fail_to_open(written.error());
  for (const auto& code : document->left_out) {
    std::fprintf(stderr, "left out, because such a list could not be read back: %s\n", code.c_str());
  }
  std::printf("version %lld: %s in %s\n", static_cast<long long>(version), wish.as.c_str(), options.folder.c_str());
  return kExitDone;
}

void add_directory_print(Command group, int& code) {
  // Lives as long as the commands that fill it in.
  const auto o = std::make_shared<PrintListOptions>();
  auto paper = group.add("print", "the call list on paper, one page per response of a plan, numbers whole",
                         "tocsin directory print --plan plan.toml --database tocsin.db --reason 'for the desk' "
                         "--to list.html");
  paper.option("--plan", o->plan, "the plan's file").required();
  add_database_to_read(paper, o->database);
  paper.option("--directory", o->directory, "folder of sheets, or one sheet");
  paper.option("--reason", o->reason, "why, for the record of --database").required();
  paper.option("--at", o->at, "who holds a post then, and duties from then on; default now");
  paper.option("--to", o->output, "HTML file, for its owner's eyes; default standard output");
  paper.option("--config", o->config, "settings: country and area code of the numbers");
  add_language(paper, o->language);
  paper.runs([o, &code] { code = run_directory_print(*o); });
}

}  // namespace tocsin::app
