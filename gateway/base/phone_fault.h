// Why what somebody typed is no phone number, for those who read findings in their own language.  Pure.
#pragma once

#include "gateway/base/phone_number.h"
#include "gateway/base/said.h"

namespace tocsin::base {

// The reason that parse_phone_number() has, in both languages; empty when it is a number.
[[nodiscard]] Said why_no_phone_number(std::string_view typed, const DialingRules& rules);

}  // namespace tocsin::base
