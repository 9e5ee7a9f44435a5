#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

#include "directory/intake/draft_json.h"
#include "directory/list_memory.h"
#include "directory/table/limits.h"
#include "directory/table/read.h"
#include "directory/write_sheets.h"
#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/directory_by_office.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
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

void add_posts(const std::vector<model::Selector>& selectors, std::set<std::string>& posts) {
  for (const model::Selector& selector : selectors) {
    if (selector.kind == model::SelectorKind::kPost) posts.insert(selector.name);
  }
}

std::set<std::string> posts_of(const plan::Plan& plan) {
  std::set<std::string> posts;
  for (const plan::Response& response : plan.responses) {
    for (const plan::PlanStep& step : response.steps) add_posts(step.to, posts);
    if (response.approval) add_posts(response.approval->by, posts);
    if (response.stand_down) add_posts(response.stand_down->by, posts);
  }
  for (const plan::Ladder& ladder : plan.ladders) {
    for (const plan::Rung& rung : ladder.rungs) {
      if (rung.who) add_posts({*rung.who}, posts);
    }
  }
  return posts;
}

// The posts of the plan, by the names the directory has for them; without a plan those of the directory.
base::Result<std::vector<intake::PostNeed>> needs_of(const std::string& plan_file, const directory::Tables& tables) {
  std::set<std::string> codes;
  if (plan_file.empty()) {
    for (const auto& row : tables.posts) codes.insert(row.code);
  } else {
    const auto read = load_plan(plan_file);
    if (!read) return read.error();
    if (!read->plan) return base::invalid(render_all(*read));
    codes = posts_of(*read->plan);
  }
  std::vector<intake::PostNeed> needs;
  for (const std::string& code : codes) {
    intake::PostNeed need;
    need.code = code;
    for (const auto& row : tables.posts) {
      if (row.code == code && (need.names.empty() || need.names.back() != row.name)) need.names.push_back(row.name);
    }
    if (need.names.empty()) need.names.push_back(code);
    needs.push_back(std::move(need));
  }
  return needs;
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

// Proposed only where the same words stand over the same columns.
void use_remembered(const ReadListCommand& options, const directory::KnownList& list, const table::Book& book,
                    intake::Mapping& mapping) {
  const auto day = base::local_text(list.at, options.time_zone, "%Y-%m-%d").value_or("");
  auto known = intake::parse_mapping(list.mapping);
  if (!known || intake::header_of(book, *known) != list.header) {
    std::fprintf(stderr, "the columns are not those of %s (accepted %s): its mapping is not used\n", list.name.c_str(),
                 day.c_str());
    return;
  }
  std::fprintf(stderr, "mapping remembered of %s (accepted %s); --forget-mapping throws it away\n", list.name.c_str(),
               day.c_str());
  const auto guessed = intake::mapping_text(mapping);
  if (guessed != intake::mapping_text(*known)) std::fprintf(stderr, "by its header alone: %s\n", guessed.c_str());
  mapping = std::move(*known);
}

base::Result<intake::Draft> draft_of(const ReadListCommand& options, bool chinese, table::Read& read,
                                     const std::optional<directory::KnownList>& list) {
  const auto bytes = bytes_of(options.file);
  if (!bytes) return bytes.error();
  const auto dialing = dialing_of(options.config);
  if (!dialing) return dialing.error();
  read = table::read_tables(*bytes, options.file);
  for (const base::Diagnostic& finding : read.findings) {
    std::fputs(base::render(finding, {}, chinese).c_str(), stderr);
  }
  if (base::has_errors(read.findings)) return base::invalid("nothing was read of " + options.file);
  intake::Mapping mapping = intake::guess_mapping(read.book);
  if (options.mapping.empty() && list) use_remembered(options, *list, read.book, mapping);
  if (!options.mapping.empty()) {
    auto given = intake::parse_mapping(options.mapping);
    if (!given) return given.error();
    mapping = std::move(*given);
  }
  return intake::read_draft(read.book, mapping, *dialing);
}

// A draft beside the directory it is held against.
struct Against {
  std::int64_t version = 0;  // of the directory
  intake::Comparison comparison;
};

base::Result<Against> comparison_of(const ReadListCommand& options, const intake::Draft& draft,
                                    const std::optional<directory::KnownList>& list) {
  directory::ImportOptions import;
  import.time_zone = options.time_zone;
  const auto loaded = load_directory(options.database.empty() ? options.directory : options.database, import);
  if (!loaded) return loaded.error();
  auto answers = intake::parse_answers(options.answers);
  if (!answers) return answers.error();
  auto needs = needs_of(options.plan, loaded->tables);
  if (!needs) return needs.error();
  intake::CompareOptions how;
  how.posts = std::move(*needs);
  how.at = base::SystemClock().utc_now();
  how.expect_everybody = options.everybody;
  if (list) how.expected = list->persons;
  how.agreed_how = options.agreed_how;
  if (!options.agreed_when.empty()) {
    how.agreed_when = parse_at(options.agreed_when, options.time_zone);
    if (!how.agreed_when) how.agreed_when = parse_at(options.agreed_when + " 00:00", options.time_zone);  // a date
    if (!how.agreed_when)
      return base::invalid("--agreed-when: expected \"2026-11-22\", \"2026-11-22 14:00\" (office time) or RFC 3339");
  }
  return Against{loaded->roster->version(), intake::compare(draft, *answers, loaded->tables, how)};
}

// As one change of the directory it was compared with: what somebody else changed meanwhile is not overwritten.
int accept(const ReadListCommand& options, const Against& against, const intake::Draft& draft,
           const table::Book& book) {
  const auto& comparison = against.comparison;
  if (!comparison.open.empty()) {
    return fail(base::invalid("answer " + comparison.open.front() + " first (" +
                              std::to_string(comparison.open.size()) + " open); nothing was changed"),
                kExitRefused);
  }
  const auto sheets = directory::write_sheets(comparison.after, options.time_zone);
  directory::KnownList list;
  list.name = name_of_list(options.file);
  list.mapping = intake::mapping_text(draft.mapping);
  list.header = intake::header_of(book, draft.mapping);
  for (const auto& person : comparison.persons) {
    const bool in_list = person.verdict == intake::Verdict::kAdded || person.verdict == intake::Verdict::kChanged ||
                         person.verdict == intake::Verdict::kSame;
    if (in_list) list.persons.push_back(person.code);
  }
  const auto version =
      import_by_office(options.database, sheets, {true, options.time_zone, options.reason, against.version, list});
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
  auto list = remembered(options);
  if (!list) return fail_to_open(list.error());
  if (options.forget_mapping && *list) {
    if (auto forgotten = forget_list_by_office(options.database, (*list)->name); !forgotten) {
      return fail_to_open(forgotten.error());
    }
    std::fprintf(stderr, "forgotten what was remembered of %s\n", (*list)->name.c_str());
    list->reset();
  }
  table::Read read;
  const bool chinese = language_of_reader(options.language) == "zh";
  const auto draft = draft_of(options, chinese, read, *list);
  if (!draft) return fail_to_open(draft.error());
  const bool compared = !options.database.empty() || !options.directory.empty();
  Against against;
  if (compared) {
    auto made = comparison_of(options, *draft, *list);
    if (!made) return fail_to_open(made.error());
    against = std::move(*made);
  }
  const intake::TextOptions how{chinese, options.unmasked};
  if (options.json) {
    std::fputs(indented(intake::draft_json(*draft, compared ? &against.comparison : nullptr, how)).c_str(), stdout);
    return options.accept ? accept(options, against, *draft, read.book) : kExitDone;
  }
  std::fputs((form_text(read.book) + intake::draft_text(*draft, how)).c_str(), stdout);
  if (compared) std::fputs(("\n" + intake::comparison_text(against.comparison, how)).c_str(), stdout);
  return options.accept ? accept(options, against, *draft, read.book) : kExitDone;
}

}  // namespace tocsin::app
