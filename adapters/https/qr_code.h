// A text as a QR code in SVG, to be put into a page as it is.
#pragma once

#include <string>

#include "gateway/base/result.h"

namespace tocsin::https {

// Black on white with a quiet zone of four modules (ISO/IEC 18004), error correction M; one path, no style, no script.
// `pixels`: width and height on screen.  kInvalid when the text is too long for a QR code.
[[nodiscard]] base::Result<std::string> qr_svg(const std::string& text, int pixels);

}  // namespace tocsin::https
