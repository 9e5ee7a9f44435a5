// Shapes and words as SVG.  One unit is a tenth of a millimetre of the page; every text is escaped.
//
// Pure; a canvas belongs to one thread.  Used by show_svg.cc.
#pragma once

#include <string>

namespace tocsin::rehearse {

// `more` is markup: attributes, written as they are ("fill=\"#333333\""), never words from outside.
class SvgCanvas {
 public:
  void text(double x, double y, const std::string& words, double size, const std::string& more = {});
  void rect(double x, double y, double width, double height, const std::string& more);
  void circle(double x, double y, double radius, const std::string& more);
  void line(double from_x, double from_y, double to_x, double to_y, const std::string& more);
  // A shape that begins at (x, y) and goes on as `steps` say, in the letters of SVG: "h28 l-14 30 z".
  void shape(double x, double y, const std::string& steps, const std::string& more);

  [[nodiscard]] const std::string& markup() const { return out_; }

 private:
  std::string out_;
};

// With one decimal, whatever the locale: "12.5".
[[nodiscard]] std::string svg_number(double value);
// Cut to so many columns of a terminal, which is near enough for proportional letters.
[[nodiscard]] std::string cut_to(const std::string& text, std::size_t most);

}  // namespace tocsin::rehearse
