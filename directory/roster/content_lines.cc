#include "directory/roster/content_lines.h"

#include <algorithm>

#include "directory/roster/calendar.h"
#include "gateway/base/text.h"

namespace tocsin::roster {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

// NAME;PARAM=value;PARAM="quoted: value":VALUE
std::optional<ContentLine> divided(std::string_view text, int line) {
  ContentLine out;
  out.line = line;
  bool quoted = false;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    const std::string_view piece = text.substr(begin, end - begin);
    begin = end + 1;
    if (out.name.empty()) {
      out.name = upper(piece);
      return;
    }
    const std::size_t equal = piece.find('=');
    if (equal == std::string_view::npos) return;
    std::string value(piece.substr(equal + 1));
    value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
    out.parameters.emplace_back(upper(piece.substr(0, equal)), std::move(value));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && begin > 0) quoted = !quoted;
    if (quoted) continue;
    if (text[i] == ';') take(i);
    if (text[i] == ':') {
      take(i);
      out.value = std::string(text.substr(i + 1));
      return out.name.empty() ? std::nullopt : std::optional(std::move(out));
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view ContentLine::parameter(std::string_view wanted) const {
  for (const auto& one : parameters) {
    if (one.first == wanted) return one.second;
  }
  return {};
}

ContentLines content_lines(std::string_view text) {
  ContentLines out;
  std::string whole;
  int number = 0, first = 1;
  const auto finish = [&] {
    if (auto line = divided(whole, first)) out.lines.push_back(std::move(*line));
    whole.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view piece = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (!piece.empty() && piece.back() == '\r') piece.remove_suffix(1);
    const bool folded = number > 1 && !piece.empty() && (piece.front() == ' ' || piece.front() == '\t');
    if (folded) {
      piece.remove_prefix(1);
    } else {
      finish();
      first = number;
    }
    if (whole.size() + piece.size() > kMostCalendarLine) {
      if (out.too_long == 0) out.too_long = first;
      continue;
    }
    whole += piece;
  }
  finish();
  return out;
}

std::string plain_text(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    char c = value[i];
    if (c == '\\' && i + 1 < value.size()) {
      c = value[++i];
      if (c == 'n' || c == 'N') c = ' ';
    }
    out += c;
  }
  return base::trim(base::without_controls(base::to_valid_utf8(out)));
}

}  // namespace tocsin::roster
