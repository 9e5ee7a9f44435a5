#include <png.h>

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

}  // namespace

ImageResult clean_png(std::string_view bytes) {
  Png png;
  if (png_image_begin_read_from_memory(png.get(), bytes.data(), bytes.size()) == 0) return damaged("PNG");
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
