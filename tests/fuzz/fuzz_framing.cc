// The bytes of a connection: however they are cut, the same requests come out or the same refusal, within the limits.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/https/framing.h"
#include "adapters/https/problems.h"

namespace {

using namespace tocsin::https;

constexpr std::size_t kSmall = 1024, kLarge = 4096;

// Large bodies for one path and one credential only, as the routes do.
BodyRule body_rule(const HttpRequest& head) {
  if (!head.target.starts_with("/photo")) return {kSmall, {}};
  if (head.authorization.empty()) return {0, Problem::kUnauthorized};
  return {kLarge, {}};
}

// What came out, as text; fed `step` bytes at a time.
std::string read_all(std::string_view bytes, std::size_t step) {
  static const std::vector<std::string> authorities{"localhost:8443", "desk.example:443"};
  FramingLimits limits;
  limits.body = kSmall;
  Framer framer(limits, body_rule, &authorities);
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    framer.feed(bytes.substr(at, step));
    for (;;) {
      const auto state = framer.advance();
      if (state == Framer::State::kRefused) return out + "refused";
      if (state == Framer::State::kNeedMore) break;
      if (state == Framer::State::kWantsContinue) continue;
      const bool keep_alive = framer.keep_alive();
      const auto request = framer.take();
      if (request.body.size() > (request.target.starts_with("/photo") ? kLarge : kSmall)) std::abort();
      if (request.target.empty() || request.target[0] != '/') std::abort();
      if ((request.method == "GET" || request.method == "HEAD") && !request.body.empty()) std::abort();
      out += request.method + " " + request.target + " " + request.host + " " + request.cookie + " " +
             request.if_none_match + " " + request.body + "\n";
      if (!keep_alive) return out;
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string whole = read_all(bytes, size == 0 ? 1 : size);
  const std::string small = read_all(bytes, 7);
  // Pieces may be refused earlier in the stream's time, but never be read as something else.
  if (whole != small) std::abort();
  return 0;
}
