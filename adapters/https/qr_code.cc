#include "adapters/https/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>

namespace tocsin::https {

base::Result<std::string> qr_svg(const std::string& text, int pixels) {
  constexpr int kQuiet = 4;
  try {
    const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    const int size = code.getSize();
    const std::string whole = std::to_string(size + 2 * kQuiet), shown = std::to_string(pixels);
    std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" + shown + R"(" height=")" + shown +
                      R"(" viewBox="0 0 )" + whole + " " + whole +
                      R"(" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d=")";
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x) {
        if (!code.getModule(x, y)) continue;
        int run = 1;
        while (code.getModule(x + run, y)) ++run;  // outside of the code every module is white
        svg += "M" + std::to_string(x + kQuiet) + "," + std::to_string(y + kQuiet) + "h" + std::to_string(run) +
               "v1h-" + std::to_string(run) + "z";
        x += run;
      }
    }
    return svg + R"(" fill="#000"/></svg>)";
  } catch (const std::exception&) {
    return base::invalid("the text is too long for a QR code");
  }
}

}  // namespace tocsin::https
