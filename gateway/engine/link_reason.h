// Why a link is down, in the words of people.
//
// Adapters say it in English, for the log and for whoever looks after the link.  The desk reads it in its own language;
// what is not known here stays as it is.  Pure; any thread.
#pragma once

#include <string_view>

#include "gateway/base/said.h"

namespace tocsin::engine {

// "connect: Connection refused" -> "connect: Connection refused" and "连接：连接被拒绝".
[[nodiscard]] base::Said reason_in_words(std::string_view reason);

}  // namespace tocsin::engine
