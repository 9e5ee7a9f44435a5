// A proxy's header: never more than it says, and the same answer however much of it has come.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/https/proxy_protocol.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using State = tocsin::https::ProxyHeader::State;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = tocsin::https::read_proxy_header(bytes);
  if (whole.state == State::kComplete && (whole.size > size || whole.size > 16 + 1024)) std::abort();
  if (whole.state == State::kNeedMore && whole.size <= size) std::abort();
  for (std::size_t cut = 0; cut < size && cut < 64; ++cut) {
    const auto part = tocsin::https::read_proxy_header(bytes.substr(0, cut));
    if (part.state == State::kRefused && whole.state != State::kRefused) std::abort();
    if (part.state == State::kComplete && (whole.state != State::kComplete || part.size != whole.size)) std::abort();
  }
  return 0;
}
