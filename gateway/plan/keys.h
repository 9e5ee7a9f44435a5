// The language of the plan file as one table: every table of the file, every key in it, what it may hold and what it
// means.
//
// The readers know no other keys (reading.h), `tocsin plan schema` is made from it (schema.h), and the tables of keys
// in docs/plan.md are written by it, so that the three cannot disagree.  Constant after the first call; any thread; no
// effects.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"

namespace tocsin::plan {

// One kind of table in the file.  Names in comments are those of TableKeys::id.
enum class Table {
  kFile,       // file: the whole of it
  kPlan,       // plan
  kLevel,      // level
  kAttribute,  // attribute
  kChoice,     // choice
  kHazard,     // hazard
  kCriteria,   // criteria
  kGrade,      // grade
  kLadder,     // ladder
  kRung,       // rung
  kHours,      // hours
  kResponse,   // response
  kApproval,   // approval
  kStandDown,  // stand_down
  kCondition,  // condition: of a stand-down
  kStep,       // step
  kTask,       // task
  kTemplate,   // template: one message
  kTexts,      // texts: one language of it
  kCase,       // case
  kReport,     // report: of a case
  kEvent,      // event: of a case
  kExpect,     // expect: of a case
  kTold,       // told: one expectation of whom a case tells
  kAccept,     // accept
  kHolidays,   // holidays: the whole of a file of holidays
  kHoliday,    // holiday
  kWorkday,    // workday
};

// What one value is.  docs/plan.md, "Kinds of value".
enum class Holds {
  kText,        // at most `to` characters
  kWords,       // one text for every language, each at most `to` characters
  kKeywords,    // texts per language
  kDuration,    // "90s"
  kDistance,    // "800m"
  kWhole,       // from `from` to `to`
  kFlag,        // true or false
  kWord,        // one of `words`
  kWordName,    // [a-z][a-z0-9_]*: an attribute, a choice, a template
  kSlug,        // [a-z0-9][a-z0-9_-]*: a ladder, a step, a condition
  kStepName,    // a slug, or one made of it by `enough_each`: "rescue@unit:fire-station"
  kLevelId,     // the id of a level
  kKind,        // a kind of hazard
  kKindOrNone,  // ... or "unclassified"
  kBase,        // "III", "fire/III" or "unclassified": a response
  kSelector,    // "post:commander"
  kWhom,        // a selector, or "person:CODE"
  kEnough,      // "all", or a whole number from `from` to `to`
  kDayTime,     // "22:00"
  kDate,        // "2026-10-01"
  kMoment,      // "2026-10-01 08:00"
  kPath,        // a file beside the plan
  kClause,      // attribute = condition, at most `to` of them
  kTable,       // a table of keys: `table`
  kWhomOrTold,  // a kWhom, or a table kTold
};

enum class Many { kOne, kList, kOneOrList, kByName };  // kByName: [attribute.NAME], names as Key::named says

struct Key {
  std::string name;
  Holds holds = Holds::kText;
  Many many = Many::kOne;
  int from = 0, to = 0;                // as Holds says
  std::size_t least = 1, entries = 0;  // of a list
  std::vector<std::string> words;      // of kWord
  Table table = Table::kFile;          // of kTable
  Holds named = Holds::kSlug;          // of kByName
  bool required = false;               // always; what depends on other keys is told by `otherwise`
  base::Said otherwise;                // when it is not written: "`\"5m\"`", "none", "required for a measure"
  base::Said meaning;                  // one sentence, without an end point
  std::string example;  // a value as the file writes it; empty only of tables with a section of their own

  // For the table itself, to be read in one line.
  [[nodiscard]] Key must() &&;
  [[nodiscard]] Key list(std::size_t most) &&;
  [[nodiscard]] Key one_or_list(std::size_t most) &&;
  [[nodiscard]] Key may_be_empty() &&;
  [[nodiscard]] Key otherwise_is(std::string en, std::string zh) &&;
  [[nodiscard]] Key otherwise_is(std::string value) &&;  // as written in the file
  [[nodiscard]] Key means(std::string en, std::string zh) &&;
  [[nodiscard]] Key like(std::string example_value) &&;
};

struct TableKeys {
  std::string id;    // "step": its name in the schema and in docs/plan.md
  base::Said title;  // "[[response.step]]"
  std::vector<Key> keys;
  // Keys beyond these are names of the plan's own (an attribute said in a report); the reader says what they may be.
  bool open = false;

  [[nodiscard]] const Key* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
};

[[nodiscard]] const TableKeys& keys_of(Table table);
[[nodiscard]] const std::vector<TableKeys>& all_tables();  // in the order of Table

// "text, at most 100 characters", "list of 1 to 50 selectors": for the manual and for editors.
[[nodiscard]] base::Said type_of(const Key& key);

// The rows of docs/plan.md for that table, with their heading.
[[nodiscard]] std::string keys_as_markdown(Table table);

}  // namespace tocsin::plan
