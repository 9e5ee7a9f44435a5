// The rows of one shape, before they are read back.  For this room's .cc files.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "directory/paper/shapes.h"

namespace tocsin::paper {

// What is not to be said, because it would not be read as the same.
struct Unsaid {
  std::unordered_set<std::string> persons;  // codes
  std::unordered_set<std::string> titles;   // as intake::title_key() has them
};

// Who stands where: a record of a row.
struct Owner {
  std::size_t row = 0;           // place in the rows
  std::size_t from = 0, to = 0;  // columns, from 1, both within
  std::string person;            // code
};
struct MadeRows {
  Rows rows;
  std::vector<Owner> owners;  // by row, then column
};

// The tables by what rows are made of.  The tables outlive it.
class RowMaker {
 public:
  RowMaker(const directory::Tables& tables, const ShapeOptions& options);

  [[nodiscard]] MadeRows make(Shape shape, const Unsaid& unsaid) const;

 private:
  struct Making;  // rows under way, and what is unsaid
  struct Numbers {
    std::vector<std::string> mobiles, landlines, emails;
    std::vector<std::string> all;  // telephones in order
  };
  void make_people(Making& making) const;
  void make_side_by_side(Making& making) const;
  void make_units(Making& making) const;
  void make_areas(Making& making) const;
  void make_offices(Making& making) const;
  void add_person(const directory::PersonRow& person, Making& making) const;
  void add_area(const directory::AreaRow& area, Making& making) const;
  void add_office(const directory::UnitRow& unit, Making& making) const;

  [[nodiscard]] Numbers numbers_of(const std::string& person) const;
  [[nodiscard]] std::vector<std::string> titles_of(const std::string& person, const Unsaid& unsaid) const;
  // By which a reader finds it again; empty: another has that name.
  [[nodiscard]] std::string word_of_unit(const std::string& code) const;
  [[nodiscard]] std::string word_of_area(const std::string& code) const;
  [[nodiscard]] const directory::AreaRow* above(const directory::AreaRow& area) const;
  [[nodiscard]] std::string say(const char* zh, const char* en) const { return options_.chinese ? zh : en; }

  template <typename T>
  using ByCode = std::unordered_map<std::string, T>;

  const directory::Tables& tables_;
  const ShapeOptions& options_;
  ByCode<const directory::PersonRow*> persons_;
  ByCode<const directory::AreaRow*> areas_;
  ByCode<const directory::UnitRow*> units_;
  ByCode<std::vector<const directory::ContactRow*>> contacts_;  // in order of preference, without withdrawn ones
  ByCode<std::vector<std::string>> posts_held_;                 // names, by person
  ByCode<std::vector<std::string>> units_led_, units_in_;       // codes, by person
  ByCode<std::vector<std::string>> members_;                    // codes of persons, by unit
  ByCode<std::vector<const directory::AreaRoleRow*>> roles_, roles_in_;       // by person, by area
  std::unordered_map<std::string, std::string> unit_by_word_, area_by_word_;  // plain word to the code it finds
};

}  // namespace tocsin::paper
