// A draft against the directory as it is: who would be added or changed, and in what, who is the same, who is missing;
// which titles fill which posts; what has to be asked first.  Nothing is written: the tables it would become are given
// back, for the change that accepts them.
//
// Who is who.  An entry is a person of the directory when name and a mobile or e-mail address agree; or when the name
// agrees, is the only one, and nothing speaks against it (one of the two has no such number) or something speaks for it
// (a unit, an area, a post in common).  All else is a question.  What is open is left out of the tables.
//
// What changes.  Of each kind of number that the list gives for a person, the list's are the person's; kinds on which
// it is silent stay, and so does everything withdrawn.  Whoever the list has in another unit leaves the units of it
// that they are not in any more; whoever it has in another area, the part in an area for which it has others: no area
// loses its head to a list that names none.  People who are not in it stay until somebody says that they left.  Posts
// change hands at `at`, by a row that ends and one that begins.  Areas are never made.  Pure; cost grows with the rows
// of both.  Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/intake/draft.h"
#include "directory/tables.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::intake {

struct PostNeed {
  std::string code;
  std::vector<std::string> names;  // the first is the name of a post that has to be made
};

struct CompareOptions {
  std::vector<PostNeed> posts;  // that somebody has to hold
  base::UtcTime at{};           // when posts change hands
  // Of whom it is asked when the list does not name them: the codes that an earlier list of this name brought, or
  // everybody.
  std::vector<std::string> expected;
  bool expect_everybody = false;
  std::string language = "zh";  // of new people
  // When and how the owners of the numbers agreed to be called; without both nobody is called on a new number.
  std::optional<base::UtcTime> agreed_when;
  std::string agreed_how;
};

enum class Verdict {
  kAdded,
  kChanged,
  kSame,
  kMissing,  // in the directory, not in the list: asked, or said to be kept
  kLeft,     // the same, and said to have left: nothing of them stays
  kOpen,     // waits for an answer
};
[[nodiscard]] std::string_view name_of(Verdict verdict);

struct FieldChange {
  std::string field;          // "name", "mobile", "landline", "email", "unit", "head", "area", "post"
  std::string before, after;  // one of them may be empty
};

struct PersonDiff {
  Verdict verdict = Verdict::kSame;
  std::string code, name;  // no code: open
  Source at;               // in the list; none when missing
  std::vector<FieldChange> changes;
};

struct Comparison {
  std::vector<PersonDiff> persons;     // the list's in its order, then whoever is missing
  std::vector<std::string> new_units;  // codes
  std::vector<PostNeed> empty_posts;   // that nobody holds at `at`
  std::vector<Question> questions;     // the draft's too
  std::vector<std::string> open;       // ids of those that are not answered, or by no word of their choices
  std::vector<Finding> findings;       // places of the list
  directory::Tables after;             // without what is open; new rows have no ids yet
};

[[nodiscard]] Comparison compare(const Draft& draft, const Answers& answers, const directory::Tables& tables,
                                 const CompareOptions& options);

// The tables of compare(); kRefused while a question is open, naming the first.
[[nodiscard]] base::Result<directory::Tables> apply(const Draft& draft, const Answers& answers,
                                                    const directory::Tables& tables, const CompareOptions& options);

[[nodiscard]] std::string comparison_text(const Comparison& comparison, const TextOptions& options);

}  // namespace tocsin::intake
