// Small JSON objects and lists as text: for answers that are a handful of texts.
//
//   ObjectText().text("name", name).null_or_text("person", code).flag("current", true).done()
// Bytes that are not UTF-8 become U+FFFD.  Pure, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::https {

// Between quotes, escaped as RFC 8259 section 7 demands: by the JSON library, in json_out.cc.
[[nodiscard]] std::string quoted_json(std::string_view text);
// In the shortest form that reads back as the same number; finite.
[[nodiscard]] std::string number_json(double value);
[[nodiscard]] std::string list_json(const std::vector<std::string>& values);  // of values that are JSON already
template <typename Range, typename ToJson>
[[nodiscard]] std::string list_json(const Range& values, ToJson to_json) {
  std::vector<std::string> all;
  for (const auto& value : values) all.push_back(to_json(value));
  return list_json(all);
}

class ObjectText {
 public:
  ObjectText& text(std::string_view key, std::string_view value) { return raw(key, quoted_json(value)); }
  // An empty text is null.
  ObjectText& null_or_text(std::string_view key, std::string_view value) {
    return raw(key, value.empty() ? "null" : quoted_json(value));
  }
  ObjectText& number(std::string_view key, std::int64_t value) { return raw(key, std::to_string(value)); }
  ObjectText& flag(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }
  ObjectText& raw(std::string_view key, std::string_view json);
  [[nodiscard]] std::string done() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

}  // namespace tocsin::https
