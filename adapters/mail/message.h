// One message as a mail: headers and body as they go on the wire.  Pure.
//
// RFC 5322 with CR LF; text/plain in UTF-8, base64 (RFC 2045, 6.8), so that no server on the way breaks or changes a
// line.  Subject is the text's first line, cut at kLongestSubject characters; what is not plain ASCII becomes encoded
// words (RFC 2047) that end between characters.  Auto-Submitted: auto-generated (RFC 3834, 5) keeps machines from
// answering.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/time.h"

namespace tocsin::mail {

inline constexpr std::size_t kLongestSubject = 120;

struct Letter {
  std::string from, to;   // is_address() holds of both
  std::string from_name;  // shown beside `from`; UTF-8 without controls; may be empty
  std::string id;         // local part of the Message-ID, whose domain is that of `from`
  std::string text;       // UTF-8
  base::UtcTime at{};
};

[[nodiscard]] std::string rendered(const Letter& letter);

// local@domain in printable ASCII, without what quotes, comments, routes or lists are made of; at most 254 characters
// (RFC 5321, 4.5.3.1.3, less the angle brackets).
[[nodiscard]] bool is_address(std::string_view text);

}  // namespace tocsin::mail
