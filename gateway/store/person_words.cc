#include "gateway/store/person_words.h"

#include <algorithm>

namespace tocsin::store {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool stands_alone(std::string_view text, std::size_t at, std::string_view needle) {
  if (is_word(needle.front()) && at > 0 && is_word(text[at - 1])) return false;
  const auto end = at + needle.size();
  return !is_word(needle.back()) || end == text.size() || !is_word(text[end]);
}

bool within_longer(std::string_view text, std::size_t at, std::string_view needle,
                   const std::vector<std::string>& longer) {
  for (const auto& name : longer) {
    const auto inside = name.find(needle);
    if (inside == std::string::npos || inside > at) continue;
    if (text.substr(at - inside, name.size()) == name) return true;
  }
  return false;
}

}  // namespace

PersonWords::PersonWords(const PersonKeys& keys) : longer_(keys.longer_names) {
  auto& needles = needles_;
  needles = keys.names;
  for (const auto& address : keys.addresses) {
    needles.push_back(address);
    if (!address.starts_with('+')) continue;
    needles.push_back(address.substr(1));
    // As people write it at home: a country's code has one to three digits, and a number in it seven at least.
    constexpr std::size_t kNational = 11;
    if (address.size() > kNational + 1) needles.push_back(address.substr(address.size() - kNational));
  }
  // A code that is a plain word may be one that means something else.
  if (keys.code.find_first_of("-_0123456789") != std::string::npos) needles.push_back(keys.code);
  std::erase_if(needles, [](const auto& needle) { return needle.size() < 2; });
  std::sort(needles.begin(), needles.end(),
            [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  needles.erase(std::unique(needles.begin(), needles.end()), needles.end());
}

std::string PersonWords::without(std::string_view text, std::string_view replacement) const {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto needle = std::find_if(needles_.begin(), needles_.end(), [&](const std::string& one) {
      if (text.substr(at, one.size()) != one) return false;
      return is_ascii(one) ? stands_alone(text, at, one) : !within_longer(text, at, one, longer_);
    });
    if (needle == needles_.end()) {
      out += text[at++];
    } else {
      out += replacement;
      at += needle->size();
    }
  }
  return out;
}

}  // namespace tocsin::store
