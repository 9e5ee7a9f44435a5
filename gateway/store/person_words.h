// By which words a person is named in texts, and texts without them.  Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::store {

struct PersonKeys {
  std::vector<std::int64_t> ids, contacts;
  std::string code;
  std::vector<std::string> names, addresses;
  // Names of others that contain one of theirs: where such a one stands, nobody of theirs is meant.
  std::vector<std::string> longer_names;
};

class PersonWords {
 public:
  explicit PersonWords(const PersonKeys& keys);

  // Names, addresses, numbers also as they are written at home, and the code unless it is a plain word; the longest
  // first, so that a part of one is not taken for the whole.
  [[nodiscard]] const std::vector<std::string>& needles() const { return needles_; }
  // `text` with every one of them replaced.  ASCII ones only as whole words; a name in other letters not where it is a
  // part of a longer one.
  [[nodiscard]] std::string without(std::string_view text, std::string_view replacement) const;

 private:
  std::vector<std::string> needles_, longer_;
};

}  // namespace tocsin::store
