// Everybody of the directory by what an administrator types: part of a name, how it is read, a code, a unit.
//
// Made once per version of the directory (a second for 100,000 people, some 20 MB), then immutable: any thread.  A
// search walks over all of them: some milliseconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "directory/lookup.h"

namespace tocsin::intake {

class NameIndex {
 public:
  // `people` by code.
  NameIndex(const std::vector<directory::NamedPerson>& people, std::int64_t version);

  [[nodiscard]] std::int64_t version() const { return version_; }
  // Codes behind `after`, ascending, at most `limit`, of whom `words` finds: the beginning of their code, part of their
  // name or of a unit's; or letters that begin syllables of the name, one after another ("gyt", "guyu", "yutian" and
  // "gyutian" find 谷雨田, "ut" does not).  Small and large letters are the same; blanks between letters do not count.
  [[nodiscard]] std::vector<std::string> find(std::string_view words, std::string_view after, std::size_t limit) const;

 private:
  struct Entry {
    std::string code, name;            // the name with small letters
    std::string reading;               // "GuYuTian": each syllable begins with a capital
    std::vector<std::uint32_t> units;  // places
  };
  std::int64_t version_;
  std::vector<Entry> entries_;
  std::vector<std::string> units_;  // with small letters
};

}  // namespace tocsin::intake
