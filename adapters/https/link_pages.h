// The two pages behind links in texts: /s signs in, /a shows one alert and takes its answer.
//
// What opens them is in the link's fragment, which never leaves the phone; the pages send it on with what a person
// does only: a tap, or for `seen` a touch or some seconds in view; so a preview of the link changes and uses up
// nothing.  In Chinese and English.
#pragma once

#include <string_view>

namespace tocsin::https {

[[nodiscard]] std::string_view sign_in_page();
[[nodiscard]] std::string_view alert_page();
[[nodiscard]] std::string_view sign_in_script();
[[nodiscard]] std::string_view alert_script();
[[nodiscard]] std::string_view page_style();
// Own scripts, styles and requests, and nothing else.
[[nodiscard]] std::string_view page_policy();

}  // namespace tocsin::https
