#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

#include "directory/intake/draft_json.h"
#include "directory/list_memory.h"
#include "directory/table/limits.h"
#include "directory/write_sheets.h"
#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/directory_by_office.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/list_reading.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/reading.h"
#include "gateway/app/settings.h"
#include "gateway/base/local_time.h"

namespace tocsin::app {
namespace {

base::Result<std::string> bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::Error{base::ErrorCode::kNotFound, path + " cannot be opened", {}};
  std::string bytes(table::kMaxFileBytes + 1, '\0');  // one more than allowed, so that the reader sees the excess
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) return base::Error{base::ErrorCode::kNotFound, path + " cannot be read", {}};
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

// What the file was taken for, to be seen before it is believed.
std::string form_text(const table::Book& book) {
  if (!book.text) return {};
  std::string text = "read as " + std::string(table::name_of(book.text->encoding));
  if (!book.text->certain) text += " (not certain)";
  return text + "\n";
}

// The plan that says which posts somebody has to hold; null without one.
base::Result<plan::PlanPtr> plan_of(const std::string& file) {
  if (file.empty()) return plan::PlanPtr();
  const auto read = load_plan(file);
  if (!read) return read.error();
  if (!read->plan) return base::invalid(render_all(*read));
  return read->plan;
}

base::Result<base::DialingRules> dialing_of(const std::string& config) {
  if (config.empty()) return base::DialingRules{};
  const auto settings = read_settings(config);
  if (!settings) return settings.error();
  if (base::has_errors(settings->findings)) return base::invalid(config + " has errors: see tocsin settings");
  return settings->settings.dialing;
}

std::string name_of_list(const std::string& file) {
  return std::filesystem::path(file).filename().string();
}

// What was accepted of a list of that name before; none without a database.
base::Result<std::optional<directory::KnownList>> remembered(const ReadListCommand& options) {
  if (options.database.empty()) return std::optional<directory::KnownList>();
  auto session = open_to_read(options.database);
  if (!session) return session.error();
  return directory::known_list(**session, name_of_list(options.file));
}

void tell_remembered(const ReadListCommand& options, const directory::KnownList& known, const ReadList& list) {
  const auto day = base::local_text(known.at, options.time_zone, "%Y-%m-%d").value_or("");
  if (!list.remembered) {
    std::fprintf(stderr, "the columns are not those of %s (accepted %s): its mapping is not used\n", known.name.c_str(),
                 day.c_str());
    return;
  }
  std::fprintf(stderr, "mapping remembered of %s (accepted %s); --forget-mapping throws it away\n", known.name.c_str(),
               day.c_str());
  if (list.guessed != known.mapping) std::fprintf(stderr, "by its header alone: %s\n", list.guessed.c_str());
}

base::Result<ReadList> list_of(const ReadListCommand& options, const ListWanted& wanted, bool chinese,
                               const std::optional<directory::KnownList>& known) {
  const auto bytes = bytes_of(options.file);
  if (!bytes) return bytes.error();
  const auto dialing = dialing_of(options.config);
  if (!dialing) return dialing.error();
  auto list = read_list(*bytes, wanted, known ? &*known : nullptr, *dialing);
  if (!list) return list.error();
  for (const base::Diagnostic& finding : list->read.findings) {
    std::fputs(base::render(finding, {}, chinese).c_str(), stderr);
  }
  if (base::has_errors(list->read.findings)) return base::invalid("nothing was read of " + options.file);
  if (options.mapping.empty() && known) tell_remembered(options, *known, *list);
  return list;
}

base::Result<ListWanted> wanted_of(const ReadListCommand& options) {
  ListWanted wanted;
  wanted.file = options.file;
  wanted.mapping = options.mapping;
  wanted.answers = options.answers;
  wanted.everybody = options.everybody;
  wanted.at = base::SystemClock().utc_now();
  wanted.agreed_how = options.agreed_how;
  if (options.agreed_when.empty()) return wanted;
  wanted.agreed_when = parse_at(options.agreed_when, options.time_zone);
  if (!wanted.agreed_when) wanted.agreed_when = parse_at(options.agreed_when + " 00:00", options.time_zone);  // a date
  if (!wanted.agreed_when)
    return base::invalid("--agreed-when: expected \"2026-11-22\", \"2026-11-22 14:00\" (office time) or RFC 3339");
  return wanted;
}

// A draft beside the directory it is held against.
struct Against {
  std::int64_t version = 0;  // of the directory
  intake::Comparison comparison;
};

base::Result<Against> comparison_of(const ReadListCommand& options, const ListWanted& wanted,
                                    const intake::Draft& draft, const std::optional<directory::KnownList>& known) {
  directory::ImportOptions import;
  import.time_zone = options.time_zone;
  const auto loaded = load_directory(options.database.empty() ? options.directory : options.database, import);
  if (!loaded) return loaded.error();
  const auto plan = plan_of(options.plan);
  if (!plan) return plan.error();
  auto comparison = compare_list(draft, wanted, known ? &*known : nullptr, plan->get(), loaded->tables);
  if (!comparison) return comparison.error();
  return Against{loaded->roster->version(), std::move(*comparison)};
}

// As one change of the directory it was compared with: what somebody else changed meanwhile is not overwritten.
int accept(const ReadListCommand& options, const Against& against, const ReadList& list) {
  const auto& comparison = against.comparison;
  if (const auto answered = all_answered(comparison); !answered) return fail(answered.error(), kExitRefused);
  const auto sheets = directory::write_sheets(comparison.after, options.time_zone);
  const auto known = to_remember(name_of_list(options.file), list, comparison);
  const auto version =
      import_by_office(options.database, sheets, {true, options.time_zone, options.reason, against.version, known});
  if (!version) return fail(version.error(), kExitRefused);
  if (*version == against.version) {
    std::fputs("nothing differs; nothing was changed\n", stderr);
  } else {
    std::fprintf(stderr, "accepted: version %lld of the directory; `tocsin directory undo` takes it back\n",
                 static_cast<long long>(*version));
  }
  return kExitDone;
}

}  // namespace

int run_directory_read(const ReadListCommand& options) {
  if (!options.database.empty() && !options.directory.empty()) {
    return fail(base::invalid("give either --database or --directory"), kExitUsage);
  }
  if (options.accept && options.database.empty()) {
    return fail(base::invalid("--accept needs --database"), kExitUsage);
  }
  if (options.unmasked) {
    const auto recorded = record_reading({options.database, "read", options.reason});
    if (!recorded) return fail_to_open(recorded.error());
  }
  if (options.forget_mapping && options.database.empty()) {
    return fail(base::invalid("--forget-mapping needs --database"), kExitUsage);
  }
  auto known = remembered(options);
  if (!known) return fail_to_open(known.error());
  if (options.forget_mapping && *known) {
    if (auto forgotten = forget_list_by_office(options.database, (*known)->name); !forgotten) {
      return fail_to_open(forgotten.error());
    }
    std::fprintf(stderr, "forgotten what was remembered of %s\n", (*known)->name.c_str());
    known->reset();
  }
  const bool chinese = language_of_reader(options.language) == "zh";
  const auto wanted = wanted_of(options);
  if (!wanted) return fail_to_open(wanted.error());
  const auto list = list_of(options, *wanted, chinese, *known);
  if (!list) return fail_to_open(list.error());
  const auto& draft = list->draft;
  const bool compared = !options.database.empty() || !options.directory.empty();
  Against against;
  if (compared) {
    auto made = comparison_of(options, *wanted, draft, *known);
    if (!made) return fail_to_open(made.error());
    against = std::move(*made);
  }
  const intake::TextOptions how{chinese, options.unmasked};
  if (options.json) {
    std::fputs(indented(intake::draft_json(draft, compared ? &against.comparison : nullptr, how)).c_str(), stdout);
    return options.accept ? accept(options, against, *list) : kExitDone;
  }
  std::fputs((form_text(list->read.book) + intake::draft_text(draft, how)).c_str(), stdout);
  if (compared) std::fputs(("\n" + intake::comparison_text(against.comparison, how)).c_str(), stdout);
  return options.accept ? accept(options, against, *list) : kExitDone;
}

}  // namespace tocsin::app
