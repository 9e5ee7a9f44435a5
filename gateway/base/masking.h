// Takes identity-card and phone numbers out of free text before anything is stored or logged.
//
// Masked: 18-digit resident identity numbers (GB 11643, the last may be X) and 15-digit old ones;
// mainland mobile numbers (11 digits from 1, with or without +86/0086, spaces or hyphens between);
// landlines with area code (0xx-xxxxxxx[x]); any other run of 10 digits or more.
// Kept: kilometre posts (K123+456), pole numbers, UN numbers (UN1203), counts, times, dates,
// tocsin's own incident codes, and a client key of a pre-filled SMS ("#" + 13 base32 characters, or "#k:" + 8
// to 13 of which one is a letter).
// Full-width digits are treated like ASCII ones.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::base {

struct Masked {
  std::string text;  // each number replaced by "[number removed]" with no digit left of it
  int removed = 0;
};

[[nodiscard]] Masked mask_numbers(std::string_view utf8);

}  // namespace tocsin::base
