// Strict reading of JSON bodies.
//
// Refused: more than 64 KiB (a plan may be more), nesting deeper than 32, more than 256 keys in one object, the same
// key twice, text that is not UTF-8, anything after the value.  Numbers are kept as written, so that a quantity is
// exact.  `null` means unknown: the same as leaving the key out. Pure functions, safe from any thread; the JSON library
// stays in json_in.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/model/command.h"
#include "gateway/model/facts.h"
#include "gateway/ports/front_door.h"

namespace tocsin::https {

inline constexpr std::size_t kMaxJsonBytes = 64 * 1024;
inline constexpr int kMaxJsonDepth = 32;
inline constexpr std::size_t kMaxJsonKeys = 256;

struct JsonMember;
struct JsonValue;
struct JsonNumber {
  std::string text;  // as written
};
using JsonArray = std::vector<JsonValue>;
using JsonObject = std::vector<JsonMember>;  // in the order of the text; keys differ
struct JsonValue {
  std::variant<std::monostate, bool, JsonNumber, std::string, JsonArray, JsonObject> value;
};
struct JsonMember {
  std::string key;
  JsonValue value;
};

// kInvalid without a field: the body as a whole cannot be read.
[[nodiscard]] base::Result<JsonValue> parse_json(std::string_view body, std::size_t most = kMaxJsonBytes);
// The same for a body that must be an object; an empty body is an empty object.
[[nodiscard]] base::Result<JsonObject> parse_object(std::string_view body, std::size_t most = kMaxJsonBytes);

// Takes the fields of one object; remembers the first mistake and goes on with harmless values.
//
//   Fields fields(object);
//   const auto reason = fields.text("reason", {.required = true, .max_characters = 500});
//   if (auto bad = fields.finish(); !bad.ok()) return bad.error();
class Fields {
 public:
  struct Text {
    bool required = false;
    std::size_t max_characters = 500;
  };

  // `object` must outlive this.
  explicit Fields(const JsonObject& object) : object_(object) {}

  // Free words: control characters are taken out.  Empty when absent.
  [[nodiscard]] std::string text(std::string_view name, Text rule);
  // A whole document as it is; empty only when it is not required.
  [[nodiscard]] std::string document(std::string_view name, std::size_t most_bytes, bool required = true);
  // Objects, at most `most`; empty when absent.  Each lives as long as the object this was made of.
  [[nodiscard]] std::vector<const JsonObject*> objects(std::string_view name, std::size_t most);
  // One of `words`; empty when absent and not required.
  [[nodiscard]] std::string word(std::string_view name, const std::vector<std::string>& words, bool required);
  [[nodiscard]] bool flag(std::string_view name);                                                // false when absent
  [[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view name, bool required);  // 0 to 10^9
  [[nodiscard]] std::optional<base::UtcTime> time(std::string_view name);                        // RFC 3339
  // Base32 ids; at least one, at most 200.
  [[nodiscard]] std::vector<std::int64_t> ids(std::string_view name);
  // Slugs, each once at most; at most 50 of at most 64 characters; none when absent.
  [[nodiscard]] std::vector<std::string> names(std::string_view name);
  // Typed facts.  An attribute the form knows must have its type; others go on as they are, for the core to judge.
  [[nodiscard]] model::Facts facts(std::string_view name, const ports::PlanForm& form);

  // A key that the caller reads itself.
  void known(std::string_view name) { known_.emplace_back(name); }

  // The first mistake; a key nobody asked for is one, with the nearest name that was.
  [[nodiscard]] base::Status finish();

 private:
  const JsonValue* find(std::string_view name, bool required);
  void refuse(std::string_view field, std::string_view message);
  [[nodiscard]] std::optional<model::FactValue> fact(const JsonMember& member, const std::string& field,
                                                     const ports::AttributeForm* form);

  const JsonObject& object_;
  std::vector<std::string> known_;
  std::optional<base::Error> first_mistake_;
};

// The body of POST /api/v1/reports; `by` and `via` are left for the caller.
[[nodiscard]] base::Result<model::SubmitReport> read_report(std::string_view body, const ports::PlanForm& form);
// What the desk knows better of a message that it takes over; key and text are left for the caller too.
[[nodiscard]] base::Result<model::SubmitReport> read_taken_report(std::string_view body, const ports::PlanForm& form);

}  // namespace tocsin::https
