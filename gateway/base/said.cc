#include "gateway/base/said.h"

namespace tocsin::base {
namespace {

std::string filled(std::string_view format, std::initializer_list<Said> parts, std::string Said::*language) {
  std::string out;
  for (std::size_t at = 0; at < format.size(); ++at) {
    const bool place = format[at] == '{' && at + 2 < format.size() && format[at + 2] == '}' && format[at + 1] >= '0' &&
                       format[at + 1] <= '9';
    const auto number = place ? static_cast<std::size_t>(format[at + 1] - '0') : 0;
    if (!place || number >= parts.size()) {
      out += format[at];
      continue;
    }
    out += (parts.begin() + number)->*language;
    at += 2;
  }
  return out;
}

}  // namespace

Said said_with(std::string_view en, std::string_view zh, std::initializer_list<Said> parts) {
  return {filled(en, parts, &Said::en), filled(zh, parts, &Said::zh)};
}

Said listed(const std::vector<std::string>& names) {
  Said all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) all += {", ", "、"};
    all += same(names[i]);
  }
  return all;
}

}  // namespace tocsin::base
