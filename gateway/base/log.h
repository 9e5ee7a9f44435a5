// The log, for operators.  Thread-safe.  spdlog stands behind it, in log.cc alone.
//
// Never log a token, a password, a message text or an unmasked phone number (base::masked).
// A line is one event: a stable id first, then key=value pairs ("link.down link=main reason=...").
#pragma once

#include <string_view>

namespace tocsin::base {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

// To standard error.  Any thread, any time.
void set_log_level(LogLevel level);
void log(LogLevel level, std::string_view event, std::string_view details = {});

}  // namespace tocsin::base
