#include "tests/support/pictures.h"

#include <png.h>
#include <turbojpeg.h>
#include <zlib.h>

#include <cstdint>
#include <vector>

namespace tocsin::testing {
namespace {

std::vector<unsigned char> halves(int width, int height) {
  std::vector<unsigned char> pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool left = x < width / 2;
      pixels.insert(pixels.end(),
                    {static_cast<unsigned char>(left ? 255 : 0), 0, static_cast<unsigned char>(left ? 0 : 255)});
    }
  }
  return pixels;
}

std::string big_endian(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
  return text;
}

// Exif 2.3 section 4.6: one directory with orientation and the camera's maker.
std::string exif_segment(int orientation) {
  const std::string maker = std::string("SECRET-CAMERA") + '\0';
  std::string tiff = "MM" + big_endian(42, 2) + big_endian(8, 4) + big_endian(2, 2);
  tiff += big_endian(0x010F, 2) + big_endian(2, 2) + big_endian(static_cast<std::uint32_t>(maker.size()), 4) +
          big_endian(38, 4);
  tiff += big_endian(0x0112, 2) + big_endian(3, 2) + big_endian(1, 4) +
          big_endian(static_cast<std::uint32_t>(orientation), 2) + big_endian(0, 2);
  tiff += big_endian(0, 4) + maker;
  const std::string body = std::string("Exif\0\0", 6) + tiff;
  return "\xFF\xE1" + big_endian(static_cast<std::uint32_t>(body.size() + 2), 2) + body;
}

std::string chunk(const std::string& type, const std::string& data) {
  const std::string checked = type + data;
  const auto crc = crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  return big_endian(static_cast<std::uint32_t>(data.size()), 4) + checked +
         big_endian(static_cast<std::uint32_t>(crc), 4);
}

}  // namespace

std::string a_jpeg(int width, int height, int orientation) {
  const auto pixels = halves(width, height);
  tjhandle handle = tjInitCompress();
  unsigned char* made = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): the library's type
  tjCompress2(handle, pixels.data(), width, 0, height, TJPF_RGB, &made, &size, TJSAMP_420, 90, 0);
  std::string jpeg(reinterpret_cast<char*>(made), size);
  tjFree(made);
  tjDestroy(handle);
  const std::string comment = "SECRET-COMMENT";
  std::string extra = "\xFF\xFE" + big_endian(static_cast<std::uint32_t>(comment.size() + 2), 2) + comment;
  if (orientation != 0) extra = exif_segment(orientation) + extra;
  return jpeg.insert(2, extra);
}

std::string a_png(int width, int height) {
  const auto pixels = halves(width, height);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string png(size, '\0');
  png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr);
  png.resize(size);
  constexpr std::size_t kBehindHeader = 8 + 25;
  return png.insert(kBehindHeader, chunk("tEXt", std::string("Author\0SECRET-AUTHOR", 20)));
}

Colour pixel(const std::string& image, int x, int y) {
  std::vector<unsigned char> pixels;
  int width = 0, height = 0;
  if (image.starts_with("\x89PNG")) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&png, image.data(), image.size()) == 0) return {};
    png.format = PNG_FORMAT_RGB;
    width = static_cast<int>(png.width);
    height = static_cast<int>(png.height);
    pixels.resize(PNG_IMAGE_SIZE(png));
    png_image_finish_read(&png, nullptr, pixels.data(), 0, nullptr);
  } else {
    tjhandle handle = tjInitDecompress();
    int subsampling = 0, colours = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(image.data());
    if (tjDecompressHeader3(handle, bytes, image.size(), &width, &height, &subsampling, &colours) == 0) {
      pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
      tjDecompress2(handle, bytes, image.size(), pixels.data(), width, 0, height, TJPF_RGB, 0);
    }
    tjDestroy(handle);
  }
  if (x >= width || y >= height) return {};
  const std::size_t at =
      (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
  return {pixels[at], pixels[at + 1], pixels[at + 2]};
}

}  // namespace tocsin::testing
