// A text as a QR code for a terminal: two modules to a character, light on dark or the other way round both scan.
#pragma once

#include <string>

namespace tocsin::app {

// Lines of Unicode half blocks with a quiet zone of two modules; empty when the text is too long for a QR code.
[[nodiscard]] std::string terminal_qr(const std::string& text);

}  // namespace tocsin::app
