// One comparison under way.  For this room's .cc files.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "directory/intake/compare.h"

namespace tocsin::intake {

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// Who an entry of the list is.
struct Who {
  std::size_t person = kNowhere;  // place in the tables; nowhere: somebody new
  bool open = false;
  std::size_t gives_up = kNowhere;  // the person whose numbers went to this entry
};

// What is looked up of the directory as it is.
class Known {
 public:
  explicit Known(const directory::Tables& known_tables);

  [[nodiscard]] std::vector<std::size_t> named(const std::string& name) const;
  [[nodiscard]] std::vector<std::size_t> at_address(const DraftNumber& number) const;
  // By plain name; areas by alias too.  Nowhere: there is none.
  [[nodiscard]] std::size_t unit(const std::string& name) const;
  [[nodiscard]] std::size_t area(const std::string& name) const;
  [[nodiscard]] bool has_own_number(std::size_t person) const { return own_.count(person) > 0; }
  // A unit, an area or a post in common.
  [[nodiscard]] bool in_common(std::size_t person, const Entry& entry) const;

  const directory::Tables& tables;

 private:
  std::unordered_map<std::string, std::size_t> person_by_code_, unit_by_name_, area_by_name_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_, by_address_;
  std::unordered_set<std::size_t> own_;
  std::unordered_map<std::size_t, std::set<std::string>> tags_;  // "unit:CODE", "area:CODE", "post:NAME"
};

// One for each entry; questions are added to `out` (match_people.cc).
[[nodiscard]] std::vector<Who> match_people(const Draft& draft, const Known& known, const Answers& answers,
                                            Comparison& out);

// The tables as they become, changed step by step; each step that changes something is noted (write_tables.cc).
class Writer {
 public:
  Writer(const Known& known, const CompareOptions& options, Comparison& out);

  // `diff` learns the code and what changes.
  void write_person(const Entry& entry, const Who& who, PersonDiff& diff);
  // Units and areas that the list names, before the first person is written.
  void learn_places(const std::vector<Entry>& entries, const std::vector<Who>& whos);
  void write_hats(const Entry& entry, PersonDiff& diff);
  // Holds the post from `at` on; before the holder until now.
  void give_post(const PostNeed& need, const std::string& person, PersonDiff& diff);
  [[nodiscard]] const directory::PostRow* holding(const std::string& post) const;
  void remove_people(const std::vector<std::string>& codes);
  // Rows that were taken out are dropped; call once, last.
  void finish();

 private:
  void write_numbers(const Entry& entry, const std::string& code, PersonDiff& diff);
  void write_unit(const Hat& hat, PersonDiff& diff);
  void write_area(const Hat& hat, PersonDiff& diff);
  void leave_places(const Entry& entry, PersonDiff& diff);
  std::size_t unit_of(const Hat& hat);
  std::size_t area_of(const std::string& name) const;
  void find(base::Severity severity, std::string code, const Source& at, std::string_view cell, base::Said message,
            base::Said proposal = {});

  const Known& known_;
  const CompareOptions& options_;
  Comparison& out_;
  struct Codes;
  std::shared_ptr<Codes> codes_;
  std::unordered_map<std::string, std::vector<std::size_t>> contacts_of_, roles_of_, memberships_of_;  // by person
  std::unordered_map<std::string, std::size_t> new_unit_by_name_;
  std::unordered_map<std::string, std::string> unit_names_, area_names_, person_names_;  // by code
  std::unordered_set<std::string> units_named_, areas_named_, headed_;                   // codes
  std::vector<bool> contact_gone_, role_gone_, membership_gone_;
  std::set<std::string> unknown_areas_;
  std::size_t without_agreement_ = 0;
  Source first_without_agreement_;
};

}  // namespace tocsin::intake
