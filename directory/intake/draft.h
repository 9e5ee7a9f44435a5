// What an office's tables say about people, before it is compared with the directory: entries, and findings about what
// is doubtful, each with its cell.
//
// Rows become entries: one for each person, with a hat for each thing they are.  Rows of one name are one person when
// they share a number; with different numbers it is asked (a Question), never guessed.  A row of an upper office's
// section is an entry of its own without a person's name.  Cost grows with the cells.  Plain values and pure
// functions, safe from any thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/intake/mapping.h"
#include "directory/table/book.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/said.h"
#include "gateway/model/recipient.h"

namespace tocsin::intake {

inline constexpr std::size_t kMostFindings = 1'000;  // questions not counted; the rest is one note
inline constexpr std::size_t kLongestName = 100;     // characters: of a person, a unit, a title
inline constexpr std::size_t kMostHats = 100;        // of one person
inline constexpr std::size_t kMostNumbers = 20;      // of one person

// Where something was read.
struct Source {
  int sheet = 0;  // from 1
  table::Place place;
  bool operator==(const Source&) const = default;
};
// "1!B7": stable as long as the file is.
[[nodiscard]] std::string text_of(const Source& source);

struct DraftNumber {
  model::ContactKind kind = model::ContactKind::kMobile;  // mobile, landline or e-mail
  std::string address;                                    // E.164, or an e-mail address
  std::string extension;
  std::string label;  // words beside it: 办公
  Source from;
  [[nodiscard]] bool same_as(const DraftNumber& other) const {
    return address == other.address && extension == other.extension;
  }
};

enum class Part { kMember, kHead, kWorker };

// One thing somebody is; empty where the table does not say.
struct Hat {
  std::string title, unit, section, area;
  Part part = Part::kMember;
  Source from;
  [[nodiscard]] bool same_as(const Hat& other) const {
    return title == other.title && unit == other.unit && section == other.section && area == other.area &&
           part == other.part;
  }
};

struct Entry {
  std::string name;     // of an office: unit and section together
  bool office = false;  // no person: whoever answers there
  std::vector<Hat> hats;
  std::vector<DraftNumber> numbers;  // in the order of the tables
  std::vector<Source> rows;          // the cell of the name in each row it was made of
};

// One thing that somebody should look at.
struct Finding {
  base::Severity severity = base::Severity::kWarning;
  std::string code;  // stable: docs/directory.md lists them
  Source at;
  std::string cell;  // its words, cut
  base::Said message, proposal;
};

struct Choice {
  std::string word;  // what is answered: "one", "two"
  base::Said means;
};
// What the tables cannot say.  `id` is made of the code and the place, or a person's code.
struct Question {
  std::string id;
  std::string code;
  Source at;  // none when it is about the directory
  base::Said words;
  std::vector<Choice> choices;
};

// Question's id to the word chosen.
using Answers = std::map<std::string, std::string, std::less<>>;
// "one-name-two-numbers@1!B7=two; missing:liu-xiqiao=left", or a line each; kInvalid for what is not of that form.
[[nodiscard]] std::string answers_text(const Answers& answers);
[[nodiscard]] base::Result<Answers> parse_answers(std::string_view text);
// Its own answer, or the one to all of its code ("missing:*"); empty when there is none among its choices.
[[nodiscard]] std::string answer_to(const Answers& answers, const Question& question);
// Rows that somebody leaves out, said like an answer: "row@1!4=out" is row 4 of sheet 1.  Said for one reading alone: a
// mapping does not remember them.
using RowsLeftOut = std::set<std::pair<int, int>>;  // sheet and row, both from 1
[[nodiscard]] RowsLeftOut rows_left_out(const Answers& answers);
// Questions with their choices, as lines.
[[nodiscard]] std::string question_text(const Question& question, bool chinese);

struct Draft {
  Mapping mapping;  // that it was read by
  std::vector<Entry> entries;
  std::vector<Finding> findings;  // by place
  // About who is who.  Until it is answered "one", they are different entries.
  struct OneName {
    Question question;
    std::size_t first = 0, second = 0;  // entries
  };
  std::vector<OneName> one_name;
};

// Columns and rows as `mapping` says, but for those left out: what a row below takes from the one above it, it still
// takes; `dialing` completes local numbers.
[[nodiscard]] Draft read_draft(const table::Book& book, const Mapping& mapping, const base::DialingRules& dialing,
                               const RowsLeftOut& left_out = {});

// The draft with every OneName that is answered "one" made one entry.  The questions stay in it, with their entries.
[[nodiscard]] Draft settled(const Draft& draft, const Answers& answers);

struct TextOptions {
  bool chinese = false;
  bool unmasked = false;
};
// The mapping, the entries and the findings as lines for people.  Numbers are masked unless asked otherwise.
[[nodiscard]] std::string draft_text(const Draft& draft, const TextOptions& options);
[[nodiscard]] std::string finding_text(const Finding& finding, const TextOptions& options);
// A cell's words with every long run of digits masked.
[[nodiscard]] std::string masked_cell(std::string_view cell);

}  // namespace tocsin::intake
