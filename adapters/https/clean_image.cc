#include "adapters/https/clean_image.h"

#include "adapters/https/waiting.h"

namespace tocsin::https {
namespace {

constexpr std::string_view kTaken = "JPEG and PNG photographs are taken";

// ISO/IEC 14496-12: a box "ftyp" at the very beginning names what the file is.
std::string_view heif_brand(std::string_view bytes) {
  if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return {};
  return bytes.substr(8, 4);
}

std::string what_it_is(std::string_view bytes) {
  const std::string_view brand = heif_brand(bytes);
  if (brand == "avif" || brand == "avis") return "This is AVIF. ";
  if (brand.starts_with("he") || brand == "mif1" || brand == "msf1") {
    return "This is HEIC: set the phone's camera to \"most compatible\". ";
  }
  if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") return "This is WebP. ";
  if (bytes.starts_with("GIF8")) return "This is GIF. ";
  return "";
}

}  // namespace

bool fits(std::int64_t width, std::int64_t height) {
  return width > 0 && height > 0 && width <= kMostPixels && height <= kMostPixels / width;
}

ImageRefused too_many_pixels(std::int64_t width, std::int64_t height) {
  return {Problem::kTooLarge,
          "at most 40 megapixels; this has " + std::to_string(width) + " x " + std::to_string(height)};
}

ImageRefused damaged(std::string_view type) {
  return {Problem::kInvalidField, "the " + std::string(type) + " is damaged"};
}

ImageResult clean_image(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.size() > kMostImageBytes) return ImageRefused{Problem::kTooLarge, "at most 8 MiB"};
  if (bytes.starts_with("\xff\xd8\xff"sv)) return clean_jpeg(bytes);
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return clean_png(bytes);
  return ImageRefused{Problem::kUnsupportedType, what_it_is(bytes) + std::string(kTaken)};
}

bool ImageGate::enter(base::Duration patience) {
  const Waiting waiting;
  std::unique_lock lock(mutex_);
  if (!free_.wait_for(lock, patience, [&] { return !taken_; })) return false;
  taken_ = true;
  return true;
}

void ImageGate::leave() {
  {
    const std::lock_guard lock(mutex_);
    taken_ = false;
  }
  free_.notify_one();
}

}  // namespace tocsin::https
