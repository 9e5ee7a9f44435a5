#include "gateway/app/terminal_qr.h"

#include <qrcodegen/qrcodegen.hpp>
#include <stdexcept>

namespace tocsin::app {

std::string terminal_qr(const std::string& text) {
  constexpr int kQuiet = 2;
  try {
    const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::LOW);
    std::string lines;
    for (int y = -kQuiet; y < code.getSize() + kQuiet; y += 2) {
      for (int x = -kQuiet; x < code.getSize() + kQuiet; ++x) {
        // Light modules are drawn, so that dark terminals show the code as printed.
        const bool upper = !code.getModule(x, y), lower = !code.getModule(x, y + 1);
        lines += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
      }
      lines += '\n';
    }
    return lines;
  } catch (const std::length_error&) {
    return {};
  }
}

}  // namespace tocsin::app
