// One sentence for people, composed once and said in both languages.
//
// English and Chinese put their words in another order, so places are numbered: said("{0} has no {1}", "{0}缺少{1}",
// ...). What is put in may itself be a Said: each language receives its own half.  Pure values; any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tocsin::base {

struct Said {
  std::string en, zh;
  [[nodiscard]] bool empty() const { return en.empty() && zh.empty(); }
  [[nodiscard]] const std::string& in(bool chinese) const { return chinese ? zh : en; }
  Said& operator+=(const Said& more) {
    en += more.en;
    zh += more.zh;
    return *this;
  }
  bool operator==(const Said&) const = default;
};

// The same in both languages: names, numbers, what is to be typed.
[[nodiscard]] inline Said same(std::string text) {
  Said both{text, {}};
  both.zh = std::move(text);
  return both;
}

// {0}, {1}, ... to {9} stand for `parts`; every other brace stays as it is, and what is put in is not looked at again.
[[nodiscard]] Said said_with(std::string_view en, std::string_view zh, std::initializer_list<Said> parts);

// "a, b, c" and "a、b、c".
[[nodiscard]] Said listed(const std::vector<std::string>& names);

namespace detail {
template <class Part>
Said part_of(Part&& part) {
  using Plain = std::decay_t<Part>;
  if constexpr (std::is_same_v<Plain, Said>) {
    return std::forward<Part>(part);
  } else if constexpr (std::is_integral_v<Plain>) {
    return same(std::to_string(part));
  } else {
    return same(std::string(std::forward<Part>(part)));
  }
}
}  // namespace detail

// Parts are Said, texts or whole numbers.
template <class... Parts>
[[nodiscard]] Said said(std::string_view en, std::string_view zh, Parts&&... parts) {
  return said_with(en, zh, {detail::part_of(std::forward<Parts>(parts))...});
}

}  // namespace tocsin::base
