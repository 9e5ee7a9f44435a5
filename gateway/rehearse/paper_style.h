// What papers made for print have in common: CSS for A4, black on white, and the colours of levels.  Constant.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::rehearse {

// Page, headings, tables, chips of levels.
[[nodiscard]] std::string_view paper_style();

// A plan's colour as CSS, dark enough to be told apart on paper; any other is a plain bar.
[[nodiscard]] std::string_view shade_of(const std::string& colour);

}  // namespace tocsin::rehearse
