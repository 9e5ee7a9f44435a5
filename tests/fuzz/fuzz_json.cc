// Bodies of the API: whatever the bytes, reading them ends with a value or an error, and a value keeps its bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/https/json_in.h"

namespace {

int depth_of(const tocsin::https::JsonValue& value) {
  int deepest = 0;
  if (const auto* array = std::get_if<tocsin::https::JsonArray>(&value.value)) {
    for (const auto& one : *array) deepest = std::max(deepest, depth_of(one));
    return deepest + 1;
  }
  if (const auto* object = std::get_if<tocsin::https::JsonObject>(&value.value)) {
    for (const auto& member : *object) deepest = std::max(deepest, depth_of(member.value));
    return deepest + 1;
  }
  return 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto value = tocsin::https::parse_json(body);
  if (value.ok() && depth_of(*value) > tocsin::https::kMaxJsonDepth) std::abort();

  static const tocsin::ports::PlanForm form{
      "f", "1", "", {}, {{"serious", "", "count", "", "", {}}, {"place_kind", "", "choice", "", "", {{"home", ""}}}},
      {}};
  const auto report = tocsin::https::read_report(body, form);
  if (report.ok() && (report->key.size() < 8 || report->text.size() > 4000 * 4)) std::abort();
  if (!report.ok() && report.error().message.empty()) std::abort();

  // Every kind of field the other bodies have.
  const auto object = tocsin::https::parse_object(body);
  if (!object.ok()) return 0;
  tocsin::https::Fields fields(*object);
  const auto level = fields.text("level", {.max_characters = 32});
  const auto word = fields.word("answer", {"received", "coming"}, false);
  const auto into = fields.whole_number("into", false);
  const auto ids = fields.ids("reports");
  (void)fields.flag("drill");
  (void)fields.time("occurred_at");
  (void)fields.facts("facts", form);
  if (fields.finish().ok() && (level.size() > 32 * 4 || ids.empty() || ids.size() > 200)) std::abort();
  if (!word.empty() && word != "received" && word != "coming") std::abort();
  if (into && (*into < 0 || *into > 1'000'000'000'000)) std::abort();
  return 0;
}
