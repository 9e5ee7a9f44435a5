#include "adapters/https/json_text.h"

#include <charconv>

namespace tocsin::https {

std::string number_json(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value);
  return {digits, end.ptr};
}

std::string list_json(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const auto& value : values) out += (out.size() == 1 ? "" : ",") + value;
  return out + "]";
}

ObjectText& ObjectText::raw(std::string_view key, std::string_view json) {
  if (!members_.empty()) members_ += ',';
  members_ += quoted_json(key) + ":" + std::string(json);
  return *this;
}

}  // namespace tocsin::https
