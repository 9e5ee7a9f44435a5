// The page at "/": says what this is and where the API is, in Chinese and English.
#pragma once

#include <string>

namespace tocsin::https {

[[nodiscard]] const std::string& front_page();
// A content security policy that allows the page's own style by its hash, and nothing else.
[[nodiscard]] const std::string& front_page_policy();

}  // namespace tocsin::https
