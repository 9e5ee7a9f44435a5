// What the words over a column mean: "姓 名", "联系电话2", "网格长", "Mobile no.".
//
// Chinese and English; blanks, brackets, signs and a number at the end do not count.  Pure functions over UTF-8, safe
// from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/intake/mapping.h"

namespace tocsin::intake {

struct HeaderWord {
  Field field = Field::kNone;
  std::string title;  // of everybody named below it: "网格长" over a column of names
};

// Absent when the words are of no header that is known.
[[nodiscard]] std::optional<HeaderWord> header_word(std::string_view cell);

// A title that says who answers for the unit or the area: 负责人, 站长, 网格长, "team leader"; no other.
[[nodiscard]] bool is_head_title(std::string_view title);

// The name of an area by its ending: 片区, 社区, 村, 网格, 街道.
[[nodiscard]] bool looks_like_area(std::string_view words);

// The name of a unit by its ending: 队, 组, 办, 公司.
[[nodiscard]] bool looks_like_unit(std::string_view words);

// Names of units, areas and titles compared with each other: without blanks and signs, in plain forms and small
// letters.
[[nodiscard]] std::string plain_word(std::string_view cell);

// Equal for titles that mean one post: 指挥长 and 总指挥, 值班长 and 带班领导.
[[nodiscard]] std::string title_key(std::string_view title);

// Titles of one cell: "主任、副指挥长", "书记兼主任".
[[nodiscard]] std::vector<std::string> titles_in(std::string_view cell);

}  // namespace tocsin::intake
