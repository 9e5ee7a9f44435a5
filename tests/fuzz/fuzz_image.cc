// Photographs: whatever the bytes, cleaning them ends with a refusal or with a picture within its bounds, and what is
// clean stays as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/https/clean_image.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace https = tocsin::https;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto result = https::clean_image(bytes);
  if (const auto* refused = std::get_if<https::ImageRefused>(&result)) {
    if (refused->detail.empty() || https::info(refused->problem).status < 400) std::abort();
    return 0;
  }
  const auto& image = std::get<https::CleanImage>(result);
  if (!https::fits(image.width, image.height) || image.bytes.empty()) std::abort();
  if (image.bytes.size() > https::kMostImageBytes) return 0;  // larger than what is taken in
  const auto again = https::clean_image(image.bytes);
  const auto* same = std::get_if<https::CleanImage>(&again);
  if (same == nullptr || same->width != image.width || same->height != image.height) std::abort();
  if (same->type == tocsin::model::MediaType::kPng && same->bytes != image.bytes) std::abort();
  return 0;
}
