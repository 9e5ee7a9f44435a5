#include "gateway/base/time.h"

#include <array>
#include <cstdio>

namespace tocsin::base {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kLongest = days{3650};

// Reads fixed-width fields off the front of a text; any miss sticks.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  int number(std::size_t width) {
    int value = 0;
    if (rest_.size() < width) return fail();
    for (std::size_t i = 0; i < width; ++i) {
      const char c = rest_[i];
      if (c < '0' || c > '9') return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail();
  }
  // Digits after the point as microseconds; finer ones are dropped.  At least one, at most 18.
  Duration fraction() {
    std::int64_t micros = 0;
    std::int64_t unit = 100'000;
    std::size_t digits = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; ++digits) {
      micros += (rest_.front() - '0') * unit;
      unit /= 10;
      rest_.remove_prefix(1);
    }
    if (digits == 0 || digits > 18) fail();
    return Duration{micros};
  }
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }

 private:
  int fail() {
    ok_ = false;
    return 0;
  }
  std::string_view rest_;
  bool ok_ = true;
};

struct Unit {
  std::string_view name;
  Duration length;
};
// Largest first; "ms" stands before "m" and "s" so that it is read whole.
constexpr std::array<Unit, 5> kUnits{
    {{"d", days{1}}, {"h", hours{1}}, {"ms", milliseconds{1}}, {"m", minutes{1}}, {"s", seconds{1}}}};

}  // namespace

UtcTime SystemClock::utc_now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady_now() const {
  return SteadyTime{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

std::string to_rfc3339(UtcTime t) {
  const auto day = std::chrono::floor<days>(t);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<milliseconds>(t - day)};
  std::array<char, 64> out{};
  const int length =
      std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                    static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return {out.data(), static_cast<std::size_t>(length)};
}

std::optional<UtcTime> parse_rfc3339(std::string_view text) {
  Fields in(text);
  const std::chrono::year year{in.number(4)};
  in.expect('-');
  const std::chrono::month month{static_cast<unsigned>(in.number(2))};
  in.expect('-');
  const std::chrono::day day{static_cast<unsigned>(in.number(2))};
  if (!in.take('T') && !in.take('t')) return std::nullopt;
  const int hour = in.number(2);
  in.expect(':');
  const int minute = in.number(2);
  in.expect(':');
  const int second = in.number(2);
  const Duration fraction = in.take('.') ? in.fraction() : Duration{};
  minutes offset{};
  if (!in.take('Z') && !in.take('z')) {
    const bool east = in.take('+');
    if (!east) in.expect('-');
    const int offset_hour = in.number(2);
    in.expect(':');
    const int offset_minute = in.number(2);
    if (offset_hour > 23 || offset_minute > 59) return std::nullopt;
    offset = hours{offset_hour} + minutes{offset_minute};
    if (!east) offset = -offset;
  }
  const std::chrono::year_month_day date{year, month, day};
  // A leap second is written 60 (RFC 3339 section 5.6); it becomes the first instant of the next minute.
  if (!in.done() || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return UtcTime{std::chrono::sys_days{date}} + hours{hour} + minutes{minute} + seconds{second} + fraction - offset;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Duration total{};
  Duration last_unit = kLongest;  // units go down: "30m1h" and "1h1h" are slips of the pen
  while (!text.empty()) {
    std::int64_t count = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
      if (digits == 12) return std::nullopt;
      count = count * 10 + (text[digits] - '0');
    }
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    const Unit* unit = nullptr;
    for (const Unit& candidate : kUnits) {
      if (text.starts_with(candidate.name)) {
        unit = &candidate;
        break;
      }
    }
    if (unit == nullptr || unit->length >= last_unit || count > kLongest / unit->length) return std::nullopt;
    text.remove_prefix(unit->name.size());
    last_unit = unit->length;
    total += unit->length * count;
  }
  if (total > kLongest) return std::nullopt;
  return total;
}

std::string to_string(Duration d) {
  std::string out = d < Duration{} ? "-" : "";
  std::int64_t rest = (d < Duration{} ? -d : d) / milliseconds{1};
  const auto part = [&](std::int64_t unit, const char* name) {
    if (rest >= unit) out += std::to_string(rest / unit) + name;
    rest %= unit;
  };
  if (rest == 0) return "0s";
  part(86'400'000, "d");
  part(3'600'000, "h");
  part(60'000, "m");
  part(1'000, "s");
  part(1, "ms");
  return out;
}

}  // namespace tocsin::base
