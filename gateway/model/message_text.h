// The text of a message, and what it was made from: for links that carry registered templates only, which are given
// values and never a text.
//
// Plain values, any thread.  Kept with the text, so that what is sent is what was composed, however late.
#pragma once

#include <map>
#include <string>

namespace tocsin::model {

// `fields`: the template's fields by name, without the empty ones; "drill" is among them in a drill.  A service text
// has the name of its template (receipt, sign_in ...; "probe" for a probe, with the field "probe"); "link": the page
// that the text leads to.
struct Wording {
  std::string template_name;  // empty: nobody knows, it was composed before this was kept
  std::string language;       // of the template's text: what the reader's fell back to
  std::map<std::string, std::string, std::less<>> fields;
};

struct MessageText {
  std::string body;  // UTF-8; empty: there is none, or it was taken away
  Wording made_of;
};

}  // namespace tocsin::model
