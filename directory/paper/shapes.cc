#include "directory/paper/shapes.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "directory/intake/compare.h"
#include "directory/intake/header_words.h"
#include "directory/paper/shape_rows.h"
#include "directory/table/read.h"
#include "directory/write_sheets.h"

namespace tocsin::paper {
namespace {

using namespace std::string_view_literals;
using intake::Verdict;

constexpr std::array kNames = {"people"sv, "side-by-side"sv, "units"sv, "areas"sv, "offices"sv};
constexpr int kMostTries = 12;

// The posts as `directory read` has them without a plan.
std::vector<intake::PostNeed> posts_of(const directory::Tables& tables) {
  std::vector<intake::PostNeed> needs;
  for (const auto& row : tables.posts) {
    auto need = std::find_if(needs.begin(), needs.end(), [&](const auto& one) { return one.code == row.code; });
    if (need == needs.end()) need = needs.insert(needs.end(), intake::PostNeed{row.code, {}});
    if (need->names.empty() || need->names.back() != row.name) need->names.push_back(row.name);
  }
  return needs;
}

class SaidBack {
 public:
  SaidBack(const directory::Tables& tables, const ShapeOptions& options) : tables_(tables), dialing_(options.dialing) {
    how_.at = options.at;
    how_.posts = posts_of(tables);
  }

  // False: something was not read as the same, and is in `unsaid` now.
  base::Result<bool> look(const MadeRows& made, Unsaid& unsaid) const {
    const auto read = table::read_tables(directory::csv_text(made.rows), "list.csv");
    if (base::has_errors(read.findings)) {
      return base::Error{base::ErrorCode::kRefused, "too much for one list: " + read.findings.front().message, {}};
    }
    const auto draft = intake::read_draft(read.book, intake::guess_mapping(read.book), dialing_);
    const auto found = intake::compare(draft, {}, tables_, how_);
    const auto before = unsaid.persons.size() + unsaid.titles.size();
    bool same = found.open.empty() && found.new_units.empty();
    for (const auto& id : found.open) {
      const auto question = std::find_if(found.questions.begin(), found.questions.end(),
                                         [&](const intake::Question& one) { return one.id == id; });
      if (question == found.questions.end()) continue;
      if (question->code == "post") {
        drop_post(id.substr(question->code.size() + 1), unsaid);
      } else {
        drop_owner(made, question->at, unsaid);
      }
    }
    std::unordered_set<std::string> heard;
    for (const auto& person : found.persons) {
      heard.insert(person.code);
      if (person.verdict == Verdict::kSame || person.verdict == Verdict::kOpen) continue;
      same = false;
      drop_changed(made, person, unsaid);
    }
    for (const Owner& owner : made.owners) {
      // A row that the reader only complains of.
      if (!same || heard.count(owner.person) > 0) continue;
      unsaid.persons.insert(owner.person);
    }
    same = same && unsaid.persons.size() + unsaid.titles.size() == before;
    if (!same && unsaid.persons.size() + unsaid.titles.size() == before) {
      return base::Error{base::ErrorCode::kRefused, "the list would not be read back as what the directory says", {}};
    }
    return same;
  }

 private:
  void drop_titles(const std::string& name, Unsaid& unsaid) const {
    for (const auto& word : intake::titles_in(name)) unsaid.titles.insert(intake::title_key(word));
    unsaid.titles.insert(intake::title_key(name));
  }
  void drop_post(const std::string& code, Unsaid& unsaid) const {
    for (const auto& row : tables_.posts) {
      if (row.code == code) drop_titles(row.name, unsaid);
    }
  }
  static void drop_owner(const MadeRows& made, const intake::Source& at, Unsaid& unsaid) {
    const auto row = static_cast<std::size_t>(at.place.row), column = static_cast<std::size_t>(at.place.column);
    for (const Owner& owner : made.owners) {
      if (owner.row + 1 == row && owner.from <= column && column <= owner.to) unsaid.persons.insert(owner.person);
    }
  }
  void drop_changed(const MadeRows& made, const intake::PersonDiff& person, Unsaid& unsaid) const {
    bool titles_alone = !person.changes.empty();
    for (const auto& change : person.changes) {
      if (change.field != "post") {
        titles_alone = false;
      } else {
        drop_titles(change.after, unsaid);
      }
    }
    if (!titles_alone) drop_owner(made, person.at, unsaid);
  }

  const directory::Tables& tables_;
  const base::DialingRules& dialing_;
  intake::CompareOptions how_;
};

}  // namespace

std::optional<Shape> shape_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Shape>(found - kNames.begin());
}

std::string_view name_of(Shape shape) {
  return kNames[static_cast<std::size_t>(shape)];
}

base::Result<ShapedList> shaped(const directory::Tables& tables, Shape shape, const ShapeOptions& options) {
  const RowMaker maker(tables, options);
  const SaidBack back(tables, options);
  Unsaid unsaid;
  for (int i = 0; i < kMostTries; ++i) {
    MadeRows made = maker.make(shape, unsaid);
    const auto same = back.look(made, unsaid);
    if (!same) return same.error();
    if (!*same) continue;
    ShapedList list;
    list.rows = std::move(made.rows);
    list.left_out.assign(unsaid.persons.begin(), unsaid.persons.end());
    std::sort(list.left_out.begin(), list.left_out.end());
    return list;
  }
  return base::Error{base::ErrorCode::kRefused, "the list would not be read back as what the directory says", {}};
}

}  // namespace tocsin::paper
