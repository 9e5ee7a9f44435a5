#include "gateway/app/list_reading.h"

#include <set>
#include <utility>

namespace tocsin::app {
namespace {

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

}  // namespace

std::vector<intake::PostNeed> post_needs(const plan::Plan* plan, const directory::Tables& tables) {
  std::set<std::string> codes;
  if (plan != nullptr) {
    codes = posts_of(*plan);
  } else {
    for (const auto& row : tables.posts) codes.insert(row.code);
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

base::Result<ReadList> read_list(std::string_view bytes, const ListWanted& wanted, const directory::KnownList* known,
                                 const base::DialingRules& dialing) {
  ReadList list;
  list.read = table::read_tables(bytes, wanted.file, wanted.text);
  auto mapping = intake::guess_mapping(list.read.book);
  list.guessed = intake::mapping_text(mapping);
  if (!wanted.mapping.empty()) {
    auto given = intake::parse_mapping(wanted.mapping);
    if (!given) return given.error();
    mapping = std::move(*given);
  } else if (known != nullptr) {
    auto remembered = intake::parse_mapping(known->mapping);
    list.remembered = remembered.ok() && intake::header_of(list.read.book, *remembered) == known->header;
    if (list.remembered) mapping = std::move(*remembered);
  }
  // What is not understood of the answers is said where they are used, in compare_list().
  const auto answers = intake::parse_answers(wanted.answers);
  const auto left_out = answers.ok() ? intake::rows_left_out(*answers) : intake::RowsLeftOut{};
  if (!base::has_errors(list.read.findings))
    list.draft = intake::read_draft(list.read.book, mapping, dialing, left_out);
  return list;
}

base::Result<intake::Comparison> compare_list(const intake::Draft& draft, const ListWanted& wanted,
                                              const directory::KnownList* known, const plan::Plan* plan,
                                              const directory::Tables& tables) {
  const auto answers = intake::parse_answers(wanted.answers);
  if (!answers) return answers.error();
  intake::CompareOptions how;
  how.posts = post_needs(plan, tables);
  how.at = wanted.at;
  how.expect_everybody = wanted.everybody;
  if (known != nullptr) how.expected = known->persons;
  how.agreed_when = wanted.agreed_when;
  how.agreed_how = wanted.agreed_how;
  return intake::compare(draft, *answers, tables, how);
}

base::Status all_answered(const intake::Comparison& comparison) {
  if (comparison.open.empty()) return base::Done{};
  return base::Error{base::ErrorCode::kConflict,
                     "answer " + comparison.open.front() + " first (" + std::to_string(comparison.open.size()) +
                         " open); nothing was changed",
                     {}};
}

directory::KnownList to_remember(const std::string& name, const ReadList& list, const intake::Comparison& comparison) {
  directory::KnownList known;
  known.name = name;
  known.mapping = intake::mapping_text(list.draft.mapping);
  known.header = intake::header_of(list.read.book, list.draft.mapping);
  for (const auto& person : comparison.persons) {
    const bool in_list = person.verdict == intake::Verdict::kAdded || person.verdict == intake::Verdict::kChanged ||
                         person.verdict == intake::Verdict::kSame;
    if (in_list) known.persons.push_back(person.code);
  }
  return known;
}

}  // namespace tocsin::app
