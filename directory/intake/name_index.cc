#include "directory/intake/name_index.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "directory/intake/han_reader.h"

namespace tocsin::intake {
namespace {

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string with_small_letters(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), small);
  return out;
}

// Only letters, digits, blanks, apostrophes and hyphens: what a reading is typed with; without the last three.
std::string letters_typed(std::string_view words) {
  std::string letters;
  for (const char c : words) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && c != ' ' && c != '\'' && c != '-') return {};
    if (letter) letters += c;
  }
  return letters;
}

// Whether `letters` are beginnings of syllables one after another; none is left out between.  Looks at all ways at
// once: a place is where the next letter may stand.
bool is_read_so(std::string_view reading, std::string_view letters) {
  std::vector<bool> here(reading.size() + 1), next;
  for (std::size_t i = 0; i < reading.size(); ++i) here[i] = is_capital(reading[i]);
  for (const char letter : letters) {
    next.assign(reading.size() + 1, false);
    bool any = false;
    for (std::size_t i = 0; i < reading.size(); ++i) {
      if (!here[i] || small(reading[i]) != letter) continue;
      any = next[i + 1] = true;
      const auto syllable =
          std::find_if(reading.begin() + static_cast<std::ptrdiff_t>(i) + 1, reading.end(), is_capital);
      next[static_cast<std::size_t>(syllable - reading.begin())] = true;
    }
    if (!any) return false;
    here.swap(next);
  }
  return true;
}

}  // namespace

NameIndex::NameIndex(const std::vector<directory::NamedPerson>& people, std::int64_t version) : version_(version) {
  HanReader reader;
  std::unordered_map<std::string, std::uint32_t> places;
  entries_.reserve(people.size());
  for (const auto& person : people) {
    Entry entry{person.code, with_small_letters(person.name), {}, {}};
    for (auto& syllable : reader.syllables_of(person.name)) {
      if (syllable.front() >= 'a') syllable.front() = static_cast<char>(syllable.front() - 'a' + 'A');
      entry.reading += syllable;
    }
    for (const auto& unit : person.units) {
      const auto place = places.emplace(unit, static_cast<std::uint32_t>(units_.size()));
      if (place.second) units_.push_back(with_small_letters(unit));
      entry.units.push_back(place.first->second);
    }
    entries_.push_back(std::move(entry));
  }
}

std::vector<std::string> NameIndex::find(std::string_view words, std::string_view after, std::size_t limit) const {
  const auto wanted = with_small_letters(words);
  const auto letters = letters_typed(wanted);
  std::vector<bool> unit_found(units_.size());
  for (std::size_t i = 0; i < units_.size(); ++i) unit_found[i] = units_[i].find(wanted) != std::string::npos;
  std::vector<std::string> found;
  auto entry = std::upper_bound(entries_.begin(), entries_.end(), after,
                                [](std::string_view code, const Entry& one) { return code < one.code; });
  for (; entry != entries_.end() && found.size() < limit; ++entry) {
    const bool is_it =
        entry->code.compare(0, wanted.size(), wanted) == 0 || entry->name.find(wanted) != std::string::npos ||
        std::any_of(entry->units.begin(), entry->units.end(), [&](std::uint32_t unit) { return unit_found[unit]; }) ||
        (!letters.empty() && is_read_so(entry->reading, letters));
    if (is_it) found.push_back(entry->code);
  }
  return found;
}

}  // namespace tocsin::intake
