// How Chinese characters are read, in letters: 石 is shi, 单 at the head of a name is shan; letters of others lose
// their marks.
//
// By ICU's transliteration (Han-Latin, Han-Latin/Names).  Remembers what it was asked.  Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tocsin::intake {

class HanReader {
 public:
  HanReader();
  ~HanReader();
  HanReader(const HanReader&) = delete;
  HanReader& operator=(const HanReader&) = delete;

  [[nodiscard]] static constexpr bool is_han(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF);
  }
  // a-z and 0-9 alone; empty where this ICU has no such rules.  `surname`: as the first of a name.
  [[nodiscard]] std::string letters_of(std::u32string_view words, bool surname);
  // Each character of a Chinese name, each word of another: "Shi Qing Song" as {"shi", "qing", "song"}.
  [[nodiscard]] std::vector<std::string> syllables_of(std::string_view name);

 private:
  struct Letters;
  std::unique_ptr<Letters> letters_;
  std::unordered_map<std::string, std::string> known_;  // a transliteration costs 40 microseconds
};

}  // namespace tocsin::intake
