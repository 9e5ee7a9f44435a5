#include "gateway/app/reply_values.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "gateway/base/text.h"

namespace tocsin::app::reply {
namespace {

using Read = nlohmann::ordered_json;

Json taken(const Read& json) {
  if (json.is_discarded()) return {};
  if (json.is_null()) return Json(Json::Kind::kNull);
  if (json.is_string()) return Json(Json::Kind::kText, base::without_controls(json.get<std::string>()));
  if (json.is_boolean()) return Json(Json::Kind::kFlag, json.get<bool>() ? "yes" : "no");
  if (!json.is_structured()) return Json(Json::Kind::kNumber, json.dump());
  const bool flat = std::none_of(json.begin(), json.end(), [](const Read& one) { return one.is_structured(); });
  Json all(json.is_array() ? Json::Kind::kList : Json::Kind::kObject,
           flat ? json.dump(-1, ' ', false, Read::error_handler_t::replace) : std::string());
  for (const auto& item : json.items()) {
    if (json.is_array()) all.add(taken(item.value()));
    if (json.is_object()) all.add(item.key(), taken(item.value()));
  }
  return all;
}

}  // namespace

Json read(const std::string& json) {
  return taken(Read::parse(json, nullptr, false));
}

const Json& part(const Json& json, const char* key) {
  static const Json nothing;
  const auto& all = json.members();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& member) { return member.first == key; });
  return found == all.end() ? nothing : found->second;
}
const Json& list(const Json& json, const char* key) {
  static const Json none(Json::Kind::kList);
  const auto& found = part(json, key);
  return found.is_array() ? found : none;
}
std::string text(const Json& json, const char* key) {
  return part(json, key).words();
}
bool yes(const Json& json, const char* key) {
  return text(json, key) == "yes";
}
int number(const Json& json, const char* key) {
  const auto& found = part(json, key);
  int value = 0;
  const auto& words = found.words();
  if (found.is_number()) std::from_chars(words.data(), words.data() + words.size(), value);
  return value;
}

std::string or_dash(const std::string& words) {
  return words.empty() ? "-" : words;
}

std::string person(const Json& json) {
  const auto name = text(json, "name"), code = text(json, "code");
  if (code.empty()) return json.is_null() ? "-" : "somebody no longer in the directory";
  return name + " (" + code + ")";
}

std::string words(const Json& texts) {
  std::string all;
  for (const auto& one : texts) {
    if (one.is_string()) all += (all.empty() ? "" : " ") + one.words();
  }
  return all;
}

std::string padded(std::string words, std::size_t width) {
  if (words.size() < width) words.resize(width, ' ');
  return words + "  ";
}

}  // namespace tocsin::app::reply
