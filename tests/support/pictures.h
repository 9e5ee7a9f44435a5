// Photographs made up for tests: a JPEG as a phone would send it, a PNG as a screen does.
#pragma once

#include <string>

namespace tocsin::testing {

// `width` x `height` as stored, its left half red and its right half blue; with an EXIF orientation (0 = no EXIF), a
// camera's name "SECRET-CAMERA" in EXIF and "SECRET-COMMENT" in a comment.
[[nodiscard]] std::string a_jpeg(int width, int height, int orientation = 0);
// With "SECRET-AUTHOR" in a text chunk.
[[nodiscard]] std::string a_png(int width, int height);

struct Colour {
  int red = 0, green = 0, blue = 0;
};
// Of the pixel at (x, y) of a JPEG or PNG; black when it cannot be read.
[[nodiscard]] Colour pixel(const std::string& image, int x, int y);

}  // namespace tocsin::testing
