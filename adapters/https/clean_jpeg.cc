#include <libexif/exif-data.h>
#include <turbojpeg.h>

#include <memory>

#include "adapters/https/clean_image.h"

namespace tocsin::https {
namespace {

constexpr int kUpright = 1;

// Exif 2.3 section 4.6.4, tag 0x0112: 1 to 8; upright when nothing sensible is said.
int orientation_of(std::string_view jpeg) {
  const std::unique_ptr<ExifData, void (*)(ExifData*)> data(
      exif_data_new_from_data(reinterpret_cast<const unsigned char*>(jpeg.data()),
                              static_cast<unsigned int>(jpeg.size())),
      exif_data_unref);
  if (!data) return kUpright;
  ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2) {
    return kUpright;
  }
  const int said = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return said >= 1 && said <= 8 ? said : kUpright;
}

// What turns a picture so stored into an upright one.
int turn_for(int orientation) {
  constexpr int kTurns[] = {TJXOP_NONE,      TJXOP_NONE,  TJXOP_HFLIP,      TJXOP_ROT180, TJXOP_VFLIP,
                            TJXOP_TRANSPOSE, TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270};
  return kTurns[orientation];
}

struct EndTransform {
  void operator()(void* handle) const { tjDestroy(handle); }
};
struct FreeBuffer {
  void operator()(unsigned char* bytes) const { tjFree(bytes); }
};

bool read_size(tjhandle handle, const unsigned char* bytes, std::size_t size, int& width, int& height) {
  int subsampling = 0, colours = 0;
  const int status = tjDecompressHeader3(handle, bytes, size, &width, &height, &subsampling, &colours);
  return (status == 0 || tjGetErrorCode(handle) == TJERR_WARNING) && width > 0 && height > 0;
}

}  // namespace

ImageResult clean_jpeg(std::string_view bytes) {
  const std::unique_ptr<void, EndTransform> handle(tjInitTransform());
  if (!handle) return ImageRefused{Problem::kRetryLater, "no memory for an image right now"};
  const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
  CleanImage image;
  if (!read_size(handle.get(), from, bytes.size(), image.width, image.height)) return damaged("JPEG");
  if (!fits(image.width, image.height)) return too_many_pixels(image.width, image.height);

  tjtransform turn{};
  turn.op = turn_for(orientation_of(bytes));
  turn.options = TJXOPT_COPYNONE | (turn.op == TJXOP_NONE ? 0 : TJXOPT_TRIM);
  unsigned char* made = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): the library's type
  // A picture cut short on a bad line is a warning, and still shows the place.  Scans without end are refused.
  const int status = tjTransform(handle.get(), from, bytes.size(), 1, &made, &size, &turn, TJFLAG_LIMITSCANS);
  const std::unique_ptr<unsigned char, FreeBuffer> owned(made);
  if (made == nullptr || size == 0 || (status != 0 && tjGetErrorCode(handle.get()) != TJERR_WARNING)) {
    return damaged("JPEG");
  }
  if (size > kMostCleanImageBytes) return ImageRefused{Problem::kTooLarge, "at most 8 MiB"};
  image.bytes.assign(reinterpret_cast<const char*>(made), size);
  if (!read_size(handle.get(), made, size, image.width, image.height)) return damaged("JPEG");
  return image;
}

}  // namespace tocsin::https
