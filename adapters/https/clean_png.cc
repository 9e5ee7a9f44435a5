#include <png.h>

#include <algorithm>
#include <array>
#include <vector>

#include "adapters/https/clean_image.h"

namespace tocsin::https {
namespace {

// Frees what the library holds for an image that was begun.
class Png {
 public:
  Png() { image_.version = PNG_IMAGE_VERSION; }
  ~Png() { png_image_free(&image_); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;
  png_image* operator->() { return &image_; }
  png_image* get() { return &image_; }

 private:
  png_image image_{};
};

// PNG third edition, section 5.3: length, type, data, checksum.
constexpr std::size_t kSignature = 8, kAroundData = 12;

std::size_t length_at(std::string_view bytes, std::size_t at) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length = length << 8U | static_cast<unsigned char>(bytes[at + i]);
  return length;
}

// The same picture with nothing but the chunks that make it: the library reads a chunk it does not need into memory as
// large as the chunk says it is, or unpacks it.  Empty when it is cut short or a length leads out of it.
std::string picture_only(std::string_view png) {
  constexpr std::array<std::string_view, 7> kNeeded = {"IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"};
  std::string kept(png.substr(0, kSignature));
  for (std::size_t at = kSignature; png.size() - at >= kAroundData;) {
    const std::size_t length = length_at(png, at);
    if (length > png.size() - at - kAroundData) return {};
    const std::string_view type = png.substr(at + 4, 4), chunk = png.substr(at, length + kAroundData);
    if (std::find(kNeeded.begin(), kNeeded.end(), type) != kNeeded.end()) kept += chunk;
    if (type == "IEND") return kept;
    at += chunk.size();
  }
  return {};
}

}  // namespace

ImageResult clean_png(std::string_view bytes) {
  const std::string picture = picture_only(bytes);
  Png png;
  if (picture.empty() || png_image_begin_read_from_memory(png.get(), picture.data(), picture.size()) == 0) {
    return damaged("PNG");
  }
  const std::int64_t width = png->width, height = png->height;
  if (!fits(width, height)) return too_many_pixels(width, height);
  // 8 bits for each of grey or red, green, blue, and alpha where there is any: palettes and 16 bits are folded in.
  const png_uint_32 has = png->format;
  png->format = (has & (PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA));
  std::vector<png_byte> pixels(PNG_IMAGE_SIZE(*png.get()));
  if (png_image_finish_read(png.get(), nullptr, pixels.data(), 0, nullptr) == 0) return damaged("PNG");

  Png out;
  out->width = png->width;
  out->height = png->height;
  out->format = png->format;
  CleanImage image;
  image.type = model::MediaType::kPng;
  image.width = static_cast<int>(width);
  image.height = static_cast<int>(height);
  png_alloc_size_t size = kMostCleanImageBytes;
  image.bytes.resize(size);
  if (png_image_write_to_memory(out.get(), image.bytes.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
    return size > kMostCleanImageBytes ? ImageRefused{Problem::kTooLarge, "too large once it is written anew"}
                                       : damaged("PNG");
  }
  image.bytes.resize(size);
  image.bytes.shrink_to_fit();
  return image;
}

}  // namespace tocsin::https
