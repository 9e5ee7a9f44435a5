#include "gateway/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>

namespace tocsin::base {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarning: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
    case LogLevel::kOff: return spdlog::level::off;
  }
  return spdlog::level::off;
}

// Never destroyed: threads of other static objects may still log while the program ends.
spdlog::logger& logger() {
  static spdlog::logger* const instance = [] {
    auto* made = new spdlog::logger("tocsin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    return made;
  }();
  return *instance;
}

// One event stays one line, whatever a peer put into a value.
void append_on_one_line(std::string& out, std::string_view text) {
  for (const char c : text) out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c);
}

}  // namespace

void set_log_level(LogLevel level) {
  logger().set_level(to_spdlog(level));
}

void log(LogLevel level, std::string_view event, std::string_view details) {
  const auto spdlog_level = to_spdlog(level);
  if (level == LogLevel::kOff || !logger().should_log(spdlog_level)) return;
  std::string line;
  line.reserve(event.size() + 1 + details.size());
  append_on_one_line(line, event);
  if (!details.empty()) line.push_back(' ');
  append_on_one_line(line, details);
  logger().log(spdlog_level, "{}", line);
  if (level == LogLevel::kError) logger().flush();
}

}  // namespace tocsin::base
