// What every reader of the plan shares: findings, and a table whose keys are ticked off.
//
// Internal to gateway/plan.  A reader goes on after each mistake, so that all are shown at once;
// what it could not read keeps its default, and names are registered even when their table is
// broken, so that one mistake does not cause a second finding elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "gateway/base/diagnostic.h"
#include "gateway/plan/keys.h"
#include "gateway/plan/limits.h"
#include "gateway/plan/plan.h"
#include "gateway/plan/read_plan.h"
#include "gateway/plan/toml_tree.h"

namespace tocsin::plan {

class Findings {
 public:
  explicit Findings(std::string file) : files_{std::move(file)} {}

  // A further file of the plan, by its name in findings; its Position::file.
  int add_file(std::string name);
  [[nodiscard]] const std::string& file_name(int file) const { return files_[static_cast<std::size_t>(file)]; }

  void error(Position at, std::string code, base::Said message, base::Said hint = {});
  // Enough is known to stop looking for more.
  [[nodiscard]] bool full() const { return found_.size() >= kMaxFindings; }
  // What is read several times (a step that other responses inherit) is found wrong once: of what was found since
  // `mark`, forgets what had been found before it, same code at the same place.
  [[nodiscard]] std::size_t mark() const { return found_.size(); }
  void forget_repeated(std::size_t mark);
  // By file, line and column.
  [[nodiscard]] base::Diagnostics take();

 private:
  std::vector<std::string> files_;
  base::Diagnostics found_;
  std::vector<int> file_of_;  // of found_[i]
};

// 'did you mean "x"?', or "one of: a, b, c" when nothing is near and the list is short.
[[nodiscard]] base::Said suggested(std::string_view word, const std::vector<std::string>& known);
// "\"zh\"" and "中文（zh）".
[[nodiscard]] base::Said language_name(std::string_view language);
// "WHAT in zh".
[[nodiscard]] base::Said in_language(const base::Said& what, const std::string& language);
[[nodiscard]] std::string in_quotes(std::string_view word);
// [a-z][a-z0-9_]* (attributes, choices, templates) or [a-z0-9][a-z0-9_-]* (ladders, steps), at most 40 characters.
[[nodiscard]] bool is_word(std::string_view name);
[[nodiscard]] bool is_slug(std::string_view name);
// "small letters, digits, - and _, at most 40".
[[nodiscard]] base::Said slug_hint();
// "small letters, digits and _, beginning with a letter, at most 40".
[[nodiscard]] base::Said word_hint();

class PlanFiles;

// Everything the readers build up.
struct Reading {
  explicit Reading(std::string file) : findings(std::move(file)) {}
  Findings findings;
  Plan plan;
  PlanFiles* files = nullptr;  // while reading
  Places places;               // names of things, see read_plan.h; the first of a name stays
  void place(std::string name, Position at);
  [[nodiscard]] std::string where(Position at) const;    // "plan.toml:12"
  std::map<std::string, int, std::less<>> ladder_named;  // those with names of their own
  std::map<std::string, int, std::less<>> derived_of;    // the last number given: 2 for "commander@2"
  using Repeat = std::tuple<int, int, std::int64_t>;     // ladder, cycles (0: its own), microseconds (-1: its own)
  std::map<Repeat, int> repeats;                         // steps that repeat alike share one ladder
  std::map<model::HazardKind, Position> hazard_at;
  std::set<std::string, std::less<>> broken_attributes;  // declared, but not usable in criteria
};

// One table being read.  It knows its keys from keys.h: asking for one that is not there is a slip of the reader
// (asserted), and finish() reports what the file has beyond them.
class TableReader {
 public:
  TableReader(Reading& reading, const Node& table, Table keys, base::Said what);
  TableReader(Reading& reading, const Node& table, Table keys, std::string what);
  // Without a table of keys: what find() was asked for is known.  Only until every reader has its table.
  // `what` names the table in findings: "[hazard.fire]", "step \"command\"".  Reports when it is no table.
  TableReader(Reading& reading, const Node& table, base::Said what);

  [[nodiscard]] bool is_table() const { return node_.kind == NodeKind::kTable; }
  [[nodiscard]] const Node& node() const { return node_; }
  [[nodiscard]] const base::Said& what() const { return what_; }
  // A better name, once it is known.
  void call_it(base::Said what) { what_ = std::move(what); }
  // "\"wait\" of step \"heads\"".
  [[nodiscard]] base::Said subject(std::string_view key) const;
  [[nodiscard]] Position at(std::string_view key) const;  // of its value, else of the table

  const Node* find(std::string_view key);
  const Node* require(std::string_view key);              // reports when absent
  const Node* find(std::string_view key, NodeKind kind);  // null, and reported, when of another kind

  // A non-blank text without control characters, at most `limit` characters.
  std::optional<std::string> text(std::string_view key, std::size_t limit = kMaxNameCharacters);
  std::optional<std::string> required_text(std::string_view key, std::size_t limit = kMaxNameCharacters);
  std::optional<base::Duration> duration(std::string_view key);
  std::optional<int> whole(std::string_view key, int from, int to);
  std::optional<bool> flag(std::string_view key);
  // One of `known`; its place in the list.
  std::optional<std::size_t> one_of(std::string_view key, const std::vector<std::string>& known);
  // A word or sentence in every language of the plan.
  Words words(std::string_view key, bool required, std::size_t limit = kMaxNameCharacters);
  WordLists keywords(std::string_view key);
  // A list of between 1 and `limit` things of one kind; reports otherwise.  Empty when absent.
  std::vector<const Node*> list(std::string_view key, std::size_t limit, NodeKind kind);

  // Says that `key` has no meaning here, when it is present.
  void not_applicable(std::string_view key, const base::Said& why);
  void not_applicable(std::string_view key, const std::string& why);
  void finish();
  // Whether the key of `entry` is a language of the plan; reported when not.
  bool spoken(const Entry& entry, const base::Said& what);

 private:
  Reading& reading_;
  const Node& node_;
  base::Said what_;
  const TableKeys* keys_ = nullptr;
  std::vector<std::string> known_;
};

// Text of a node as above; used where texts stand in lists.
[[nodiscard]] std::optional<std::string> clean_text(Reading& reading, const Node& node, const base::Said& what,
                                                    std::size_t limit);
// Reports an array with more than `limit` or no items.
[[nodiscard]] bool fits(Reading& reading, const Node& array, const base::Said& what, std::size_t limit);
// "x is a list, expected a text": what every reader says of a value of another kind.
void wrong_type(Reading& reading, const Node& node, const base::Said& what, const base::Said& expected,
                const base::Said& hint = {});

void read_head(TableReader& root, Reading& reading);
void read_holidays(TableReader& head, PlanFiles& files, Reading& reading);
void read_levels(TableReader& root, Reading& reading);
void read_attributes(TableReader& root, Reading& reading);
void read_hazards(TableReader& root, Reading& reading);
void read_criteria(TableReader& hazard_table, Hazard& hazard, Reading& reading);
void read_ladders(TableReader& root, Reading& reading);
// "22:00" in minutes since midnight; a finding when it is no time of day.
[[nodiscard]] std::optional<int> read_clock(TableReader& table, std::string_view key, Reading& reading);
[[nodiscard]] const std::vector<model::Channel>& all_channels();
// "rungs" of `table`, placed under "ladder/NAME".
[[nodiscard]] std::vector<Rung> read_rungs(TableReader& table, const std::string& ladder, Reading& reading);
// "ladder" of `table`; reports a ladder that the plan does not have.
[[nodiscard]] std::optional<int> read_ladder_name(TableReader& table, Reading& reading);
struct LadderHoursAt {
  int ladder = -1;
  const Node* node = nullptr;
};
void read_hours(const LadderHoursAt& at, Reading& reading);
// The ladder that is climbed like `ladder`, but repeated as a step says; `at` is where it says so.
[[nodiscard]] int repeated_ladder(int ladder, std::optional<int> cycles, std::optional<base::Duration> after,
                                  Position at, Reading& reading);
void read_templates(TableReader& root, Reading& reading);
void read_responses(TableReader& root, Reading& reading);
// Selectors in the list `key`, placed under `place` + "/1" and on.
[[nodiscard]] std::vector<model::Selector> read_selectors(TableReader& table, std::string_view key,
                                                          const std::string& place, Reading& reading);
// [response.approval] and [response.stand_down].  `place` is "response/fire/III", `what` "response fire/III".
void read_approval(const Node& node, Response& response, const std::string& place, const base::Said& what,
                   Reading& reading);
void read_stand_down(const Node& node, Response& response, const std::string& place, const base::Said& what,
                     Reading& reading);
// What link_steps needs of step i to resolve the `then` lists of a response.
struct ThenNames {
  Position at;
  std::string written;  // its name in the plan; several steps share it when enough_each made them
  std::vector<std::pair<std::string, Position>> names;
  bool start_given = false;
  Position start_at;
};
struct StepRead {
  PlanStep step;
  ThenNames then;
  bool each = false;  // enough_each: to become one step per selector
};
// `place` is that of its response, `response` what findings call it.
[[nodiscard]] StepRead read_step(const Node& node, const std::string& place, const base::Said& response,
                                 Reading& reading);
// After everything they may name.
void read_cases(TableReader& root, Reading& reading);
void read_accept(TableReader& root, Reading& reading);
void link_steps(Response& response, const std::vector<ThenNames>& then, const base::Said& what, Reading& reading);

[[nodiscard]] std::vector<std::string> level_ids(const Plan& plan);

}  // namespace tocsin::plan
