#include "adapters/https/proxy_protocol.h"

namespace tocsin::https {
namespace {

constexpr std::string_view kSignature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr std::size_t kFixed = 16, kMaxRest = 1024;
constexpr unsigned kLocal = 0x20, kProxy = 0x21;
constexpr unsigned kUnspecified = 0x00, kTcp4 = 0x11, kTcp6 = 0x21;

}  // namespace

ProxyHeader read_proxy_header(std::string_view bytes) {
  using State = ProxyHeader::State;
  if (!kSignature.starts_with(bytes.substr(0, kSignature.size()))) return {State::kRefused, 0, {}};
  if (bytes.size() < kFixed) return {State::kNeedMore, kFixed, {}};
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  const std::size_t rest = static_cast<std::size_t>(byte(14)) << 8U | byte(15);
  const unsigned command = byte(12), family = byte(13);
  const std::size_t needed = family == kTcp4 ? 12 : family == kTcp6 ? 36 : 0;
  const bool known = family == kTcp4 || family == kTcp6 || family == kUnspecified;
  if (rest > kMaxRest || (command != kLocal && command != kProxy)) return {State::kRefused, 0, {}};
  if (command == kProxy && (!known || rest < needed)) return {State::kRefused, 0, {}};
  if (bytes.size() < kFixed + rest) return {State::kNeedMore, kFixed + rest, {}};

  ProxyHeader header{State::kComplete, kFixed + rest, {}};
  const auto* source = reinterpret_cast<const std::uint8_t*>(bytes.data()) + kFixed;
  if (command == kProxy && family == kTcp4) header.source = v4_address(source);
  if (command == kProxy && family == kTcp6) header.source = v6_address(source);
  return header;
}

}  // namespace tocsin::https
