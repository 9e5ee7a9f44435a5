#include "gateway/rehearse/svg_canvas.h"

#include <cmath>

#include "gateway/base/markup.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

// name="12.5", with a blank before it.
std::string at(const char* name, double value) {
  return std::string(" ") + name + "=\"" + svg_number(value) + "\"";
}

std::string behind(const std::string& more) {
  return more.empty() ? more : " " + more;
}

}  // namespace

std::string svg_number(double value) {
  auto text = std::to_string(std::lround(value * 10));
  const bool minus = text.front() == '-';
  if (minus) text.erase(0, 1);
  if (text.size() < 2) text.insert(0, "0");
  return (minus ? "-" : "") + text.substr(0, text.size() - 1) + "." + text.back();
}

std::string cut_to(const std::string& text, std::size_t most) {
  if (columns(text) <= most) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xC0) == 0x80) ++length;
    if (columns(out) + columns(text.substr(i, length)) + 1 > most) break;
    out += text.substr(i, length);
    i += length;
  }
  return out + "…";
}

void SvgCanvas::text(double x, double y, const std::string& words, double size, const std::string& more) {
  out_ += "<text" + at("x", x) + at("y", y) + at("font-size", size) + behind(more) + ">" + base::escaped_markup(words) +
          "</text>\n";
}

void SvgCanvas::rect(double x, double y, double width, double height, const std::string& more) {
  out_ += "<rect" + at("x", x) + at("y", y) + at("width", width) + at("height", height) + behind(more) + "/>\n";
}

void SvgCanvas::circle(double x, double y, double radius, const std::string& more) {
  out_ += "<circle" + at("cx", x) + at("cy", y) + at("r", radius) + behind(more) + "/>\n";
}

void SvgCanvas::line(double from_x, double from_y, double to_x, double to_y, const std::string& more) {
  out_ += "<line" + at("x1", from_x) + at("y1", from_y) + at("x2", to_x) + at("y2", to_y) + behind(more) + "/>\n";
}

void SvgCanvas::shape(double x, double y, const std::string& steps, const std::string& more) {
  out_ += "<path d=\"M" + svg_number(x) + " " + svg_number(y) + " " + steps + "\"" + behind(more) + "/>\n";
}

}  // namespace tocsin::rehearse
