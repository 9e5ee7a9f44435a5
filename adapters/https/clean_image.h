// A photograph as it may be kept: only the picture, the right way up, nothing of who took it, when, where or with what.
//
// The type is told by the bytes, never by a header.  A JPEG is not decoded: its coefficients are turned as its EXIF
// orientation says and written without any marker of the sender's (a turned picture may lose up to 15 pixels at an
// edge that does not fill a block).  A PNG is decoded and written anew.  Sizes are checked before anything is decoded.
// Equal bytes in give equal bytes out.  Takes up to kMostPixels * 4 bytes of memory twice over: one at a time
// (ImageGate).  Pure otherwise, safe from any thread; the image libraries stay in clean_*.cc.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/https/problems.h"
#include "gateway/base/time.h"
#include "gateway/model/attachment.h"

namespace tocsin::https {

inline constexpr std::size_t kMostImageBytes = 8 * 1024 * 1024;        // taken in
inline constexpr std::size_t kMostCleanImageBytes = 16 * 1024 * 1024;  // kept: a PNG written anew may have grown
inline constexpr std::int64_t kMostPixels = 40'000'000;

struct CleanImage {
  model::MediaType type = model::MediaType::kJpeg;
  std::string bytes;
  int width = 0, height = 0;  // as shown
};
struct ImageRefused {
  Problem problem = Problem::kUnsupportedType;
  std::string detail;
};
using ImageResult = std::variant<CleanImage, ImageRefused>;

[[nodiscard]] ImageResult clean_image(std::string_view bytes);

// For clean_image() only.
[[nodiscard]] ImageResult clean_jpeg(std::string_view bytes);
[[nodiscard]] ImageResult clean_png(std::string_view bytes);
[[nodiscard]] bool fits(std::int64_t width, std::int64_t height);
[[nodiscard]] ImageRefused too_many_pixels(std::int64_t width, std::int64_t height);
[[nodiscard]] ImageRefused damaged(std::string_view type);

// Lets one image through at a time.
class ImageGate {
 public:
  // False when it was not free within `patience`.
  [[nodiscard]] bool enter(base::Duration patience);
  void leave();

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  bool taken_ = false;
};

}  // namespace tocsin::https
