#include "adapters/sms/http/body.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/base/masking.h"
#include "gateway/base/text.h"

namespace tocsin::sms::http {
namespace {

using nlohmann::json;

std::optional<json> parsed(std::string_view body) {
  constexpr int kDeepest = 16;
  const auto shallow = [](int depth, json::parse_event_t, json&) {
    if (depth > kDeepest) throw std::length_error("too deep");
    return true;
  };
  try {
    return json::parse(body, shallow);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::optional<std::string> in_json(const json& value, const std::string& where) {
  try {
    const json::json_pointer pointer(where);
    if (!value.contains(pointer)) return std::nullopt;
    const json& found = value.at(pointer);
    if (found.is_string()) return found.get<std::string>();
    if (found.is_number_integer() || found.is_boolean()) return found.dump();
  } catch (const json::exception&) {
    return std::nullopt;
  }
  return std::nullopt;
}

std::string percent_decoded(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::optional<std::string> in_form(std::string_view body, const std::string& key) {
  for (const auto& pair : base::split(base::trim(body), '&')) {
    const auto equals = pair.find('=');
    if (equals != std::string::npos && percent_decoded(pair.substr(0, equals)) == key) {
      return percent_decoded(pair.substr(equals + 1));
    }
  }
  return std::nullopt;
}

}  // namespace

struct Body::Read {
  bool good = false, is_form = false;
  std::string form;
  json whole;
  std::vector<const json*> entries;  // of `whole`
};

Body::Body(std::string_view text, bool form, const std::string& list) : read_(std::make_unique<Read>()) {
  if (form) {
    read_->form = text;
    read_->good = read_->is_form = true;
    return;
  }
  auto whole = base::is_utf8(text) ? parsed(text) : parsed(base::to_valid_utf8(text));
  if (!whole) return;
  read_->whole = std::move(*whole);
  const json* at = &read_->whole;
  try {
    if (!list.empty()) at = &at->at(json::json_pointer(list));
  } catch (const json::exception&) {
    return;
  }
  if (at->is_array() && at->size() <= kMostEntries) {
    for (const auto& entry : *at) read_->entries.push_back(&entry);
    read_->good = true;
  } else if (at->is_object()) {
    read_->entries.push_back(at);
    read_->good = true;
  }
}

Body::~Body() = default;

bool Body::read() const {
  return read_->good;
}

std::size_t Body::entries() const {
  return read_->is_form ? 1 : read_->entries.size();
}

std::optional<std::string> Body::whole(const std::string& where) const {
  if (where.empty()) return std::nullopt;
  return read_->is_form ? in_form(read_->form, where) : in_json(read_->whole, where);
}

std::optional<std::string> Body::find(std::size_t entry, const std::string& where) const {
  if (read_->is_form) return entry == 0 ? whole(where) : std::nullopt;
  if (where.empty() || entry >= entries()) return std::nullopt;
  return in_json(*read_->entries[entry], where);
}

bool is_among(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool is_token(const std::string& text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string shown_code(const std::string& code) {
  constexpr std::size_t kLongest = 64;
  return is_token(code, kLongest) ? base::mask_numbers(code).text : "of another form";
}

}  // namespace tocsin::sms::http
