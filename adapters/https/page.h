// The page at "/": says what this is and where the API is, in Chinese and English.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::https {

[[nodiscard]] const std::string& front_page();
// A content security policy that allows the page's own style by its hash, and nothing else.
[[nodiscard]] const std::string& front_page_policy();

// The policy of a page with that one <style> and nothing loaded.
[[nodiscard]] std::string page_policy(std::string_view style);
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace tocsin::https
