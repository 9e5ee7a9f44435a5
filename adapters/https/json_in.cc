#include "adapters/https/json_in.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/base/diagnostic.h"
#include "gateway/base/ids.h"
#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

using base::Error;
using base::invalid;

// Builds our values from the library's events; says no by returning false, which stops the parser.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return put({}); }
  bool boolean(bool flag) override { return put({flag}); }
  bool number_integer(number_integer_t number) override { return put({JsonNumber{std::to_string(number)}}); }
  bool number_unsigned(number_unsigned_t number) override { return put({JsonNumber{std::to_string(number)}}); }
  bool number_float(number_float_t, const string_t& as_written) override { return put({JsonNumber{as_written}}); }
  bool string(string_t& text) override { return put({std::move(text)}); }
  bool binary(binary_t&) override { return refuse("binary values are not JSON"); }

  bool start_object(std::size_t) override { return open({JsonObject{}}); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open({JsonArray{}}); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    const auto& object = std::get<JsonObject>(open_.back().value);
    if (object.size() >= kMaxJsonKeys) return refuse("an object has more than 256 keys");
    const bool twice = std::any_of(object.begin(), object.end(), [&](const auto& m) { return m.key == name; });
    if (twice) return refuse("the key \"" + base::cut(base::without_controls(name), 64) + "\" is there twice");
    keys_.back() = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return refuse("not valid JSON near byte " + std::to_string(position));
  }

  JsonValue& result() { return result_; }
  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  bool refuse(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    return false;
  }

  bool open(JsonValue container) {
    if (open_.size() >= static_cast<std::size_t>(kMaxJsonDepth)) return refuse("nested deeper than 32 levels");
    open_.push_back(std::move(container));
    keys_.emplace_back();
    return true;
  }

  bool close() {
    JsonValue done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }

  bool put(JsonValue value) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (auto* array = std::get_if<JsonArray>(&open_.back().value)) {
      array->push_back(std::move(value));
    } else {
      std::get<JsonObject>(open_.back().value).push_back({std::move(keys_.back()), std::move(value)});
    }
    return true;
  }

  std::vector<JsonValue> open_;    // containers not closed yet, outermost first
  std::vector<std::string> keys_;  // for each of them, the key that waits for its value
  JsonValue result_;
  std::string why_;
};

bool is_null(const JsonValue& value) {
  return std::holds_alternative<std::monostate>(value.value);
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

// " (did you mean "serious"?)" or nothing.
std::string near_hint(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = base::nearest_name(word, known);
  return near.empty() ? "" : " (did you mean \"" + near + "\"?)";
}

bool is_choice_name(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= 64 && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(), fits);
}

bool is_key(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), fits);
}

std::string shown(std::string_view name) {
  return base::cut(base::without_controls(name), 64);
}

}  // namespace

base::Result<JsonValue> parse_json(std::string_view body, std::size_t most) {
  if (body.size() > most) return invalid("the body is larger than " + std::to_string(most / 1024) + " KiB");
  if (!base::is_utf8(body)) return invalid("the body is not UTF-8");
  Builder builder;
  if (!nlohmann::json::sax_parse(body.begin(), body.end(), &builder)) {
    return invalid(builder.why().empty() ? "not valid JSON" : builder.why());
  }
  return std::move(builder.result());
}

base::Result<JsonObject> parse_object(std::string_view body, std::size_t most) {
  if (body.empty()) return JsonObject{};
  auto value = parse_json(body, most);
  if (!value.ok()) return value.error();
  auto* object = std::get_if<JsonObject>(&value->value);
  if (object == nullptr) return invalid("the body must be a JSON object");
  return std::move(*object);
}

const JsonValue* Fields::find(std::string_view name, bool required) {
  known_.emplace_back(name);
  for (const auto& member : object_) {
    if (member.key == name && !is_null(member.value)) return &member.value;
  }
  if (required) refuse(name, "is missing");
  return nullptr;
}

void Fields::refuse(std::string_view field, std::string_view message) {
  if (!first_mistake_) {
    first_mistake_ = invalid(std::string(field) + ": " + std::string(message), std::string(field));
  }
}

std::string Fields::text(std::string_view name, Text rule) {
  const JsonValue* value = find(name, rule.required);
  if (value == nullptr) return {};
  const auto* text = std::get_if<std::string>(&value->value);
  if (text == nullptr) {
    refuse(name, "expected a string");
    return {};
  }
  if (base::count_characters(*text) > rule.max_characters) {
    refuse(name, "at most " + std::to_string(rule.max_characters) + " characters");
    return {};
  }
  std::string clean = base::without_controls(*text);
  if (rule.required && base::trim(clean).empty()) refuse(name, "must not be empty");
  return clean;
}

std::string Fields::document(std::string_view name, std::size_t most_bytes, bool required) {
  const JsonValue* value = find(name, required);
  if (value == nullptr) return {};
  const auto* text = std::get_if<std::string>(&value->value);
  if (text == nullptr || (required && text->empty())) {
    refuse(name, required ? "expected a text that is not empty" : "expected a text");
    return {};
  }
  if (text->size() > most_bytes) {
    refuse(name, "at most " + std::to_string(most_bytes) + " bytes");
    return {};
  }
  return *text;
}

std::vector<const JsonObject*> Fields::objects(std::string_view name, std::size_t most) {
  const JsonValue* value = find(name, false);
  if (value == nullptr) return {};
  const auto* array = std::get_if<JsonArray>(&value->value);
  std::vector<const JsonObject*> found;
  bool all = array != nullptr && array->size() <= most;
  for (std::size_t i = 0; all && i < array->size(); ++i) {
    found.push_back(std::get_if<JsonObject>(&(*array)[i].value));
    all = found.back() != nullptr;
  }
  if (all) return found;
  refuse(name, "expected a list of at most " + std::to_string(most) + " objects");
  return {};
}

std::string Fields::word(std::string_view name, const std::vector<std::string>& words, bool required) {
  const JsonValue* value = find(name, required);
  if (value == nullptr) return {};
  const auto* text = std::get_if<std::string>(&value->value);
  if (text == nullptr) {
    refuse(name, "expected one of " + joined(words));
    return {};
  }
  if (std::find(words.begin(), words.end(), *text) == words.end()) {
    refuse(name, "expected one of " + joined(words) + near_hint(shown(*text), words));
    return {};
  }
  return *text;
}

bool Fields::flag(std::string_view name) {
  const JsonValue* value = find(name, false);
  if (value == nullptr) return false;
  const auto* flag = std::get_if<bool>(&value->value);
  if (flag == nullptr) refuse(name, "expected true or false");
  return flag != nullptr && *flag;
}

std::optional<std::int64_t> Fields::whole_number(std::string_view name, bool required) {
  const JsonValue* value = find(name, required);
  if (value == nullptr) return std::nullopt;
  const auto* number = std::get_if<JsonNumber>(&value->value);
  const auto quantity = number == nullptr ? std::nullopt : model::parse_quantity(number->text);
  if (!quantity || quantity->thousandths % 1000 != 0) {
    refuse(name, "expected a whole number");
    return std::nullopt;
  }
  return quantity->thousandths / 1000;
}

std::optional<base::UtcTime> Fields::time(std::string_view name) {
  const JsonValue* value = find(name, false);
  if (value == nullptr) return std::nullopt;
  const auto* text = std::get_if<std::string>(&value->value);
  const auto time = text == nullptr ? std::nullopt : base::parse_rfc3339(*text);
  if (!time) refuse(name, "expected a time such as \"2026-11-22T04:05:06Z\" or null");
  return time;
}

std::vector<std::int64_t> Fields::ids(std::string_view name) {
  const JsonValue* value = find(name, true);
  if (value == nullptr) return {};
  const auto* array = std::get_if<JsonArray>(&value->value);
  if (array == nullptr || array->empty() || array->size() > 200) {
    refuse(name, "expected 1 to 200 ids");
    return {};
  }
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto* text = std::get_if<std::string>(&(*array)[i].value);
    const auto id = text == nullptr ? std::nullopt : base::from_base32(*text);
    if (!id) {
      refuse(std::string(name) + "[" + std::to_string(i) + "]", "expected an id of 13 characters");
      return {};
    }
    ids.push_back(*id);
  }
  return ids;
}

std::vector<std::string> Fields::names(std::string_view name) {
  const JsonValue* value = find(name, false);
  if (value == nullptr) return {};
  const auto* array = std::get_if<JsonArray>(&value->value);
  if (array == nullptr || array->size() > 50) {
    refuse(name, "expected at most 50 names");
    return {};
  }
  std::vector<std::string> names;
  for (const auto& element : *array) {
    const auto* text = std::get_if<std::string>(&element.value);
    const auto slug = [](unsigned char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (text == nullptr || text->empty() || text->size() > 64 || !std::all_of(text->begin(), text->end(), slug)) {
      refuse(std::string(name) + "[" + std::to_string(names.size()) + "]", "expected a name of a-z, 0-9, - and _");
      return {};
    }
    names.push_back(*text);
  }
  return names;
}

model::Facts Fields::facts(std::string_view name, const ports::PlanForm& form) {
  model::Facts facts;
  const JsonValue* value = find(name, false);
  if (value == nullptr) return facts;
  const auto* object = std::get_if<JsonObject>(&value->value);
  if (object == nullptr) {
    refuse(name, "expected an object of attributes");
    return facts;
  }
  for (const auto& member : *object) {
    const std::string field = std::string(name) + "." + shown(member.key);
    if (!is_choice_name(member.key)) {
      refuse(field, "an attribute's name is a word of a-z, 0-9 and _");
      continue;
    }
    if (is_null(member.value)) continue;  // unknown is the absence of a value, never zero
    const auto known = std::find_if(form.attributes.begin(), form.attributes.end(),
                                    [&](const auto& attribute) { return attribute.name == member.key; });
    if (auto fact_value = fact(member, field, known == form.attributes.end() ? nullptr : &*known)) {
      facts.emplace(member.key, std::move(*fact_value));
    }
  }
  return facts;
}

std::optional<model::FactValue> Fields::fact(const JsonMember& member, const std::string& field,
                                             const ports::AttributeForm* form) {
  const std::string type = form == nullptr ? "" : form->type;
  if (const auto* flag = std::get_if<bool>(&member.value.value); flag != nullptr && (type.empty() || type == "flag")) {
    return *flag;
  }
  if (const auto* number = std::get_if<JsonNumber>(&member.value.value);
      number != nullptr && (type.empty() || type == "count" || type == "measure")) {
    const auto quantity = model::parse_quantity(number->text);
    if (quantity && (type != "count" || quantity->thousandths % 1000 == 0)) return *quantity;
  }
  if (const auto* text = std::get_if<std::string>(&member.value.value);
      text != nullptr && (type.empty() || type == "choice") && is_choice_name(*text)) {
    if (form == nullptr) return model::Choice{*text};
    std::vector<std::string> names;
    for (const auto& choice : form->choices) names.push_back(choice.first);
    if (std::find(names.begin(), names.end(), *text) != names.end()) return model::Choice{*text};
    refuse(field, "expected one of " + joined(names) + near_hint(*text, names));
    return std::nullopt;
  }
  if (type == "count") {
    refuse(field, "expected a whole number or null");
  } else if (type == "measure") {
    refuse(field, "expected a number with up to 3 decimals or null");
  } else if (type == "flag") {
    refuse(field, "expected true, false or null");
  } else if (type == "choice") {
    std::vector<std::string> names;
    for (const auto& choice : form->choices) names.push_back(choice.first);
    refuse(field, "expected one of " + joined(names) + " or null");
  } else {
    refuse(field, "expected a number with up to 3 decimals, true, false, a word of a-z, 0-9 and _, or null");
  }
  return std::nullopt;
}

base::Status Fields::finish() {
  if (first_mistake_) return *first_mistake_;
  for (const auto& member : object_) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    const std::string name = shown(member.key);
    return invalid(name + ": unknown key" + near_hint(name, known_), name);
  }
  return base::Done{};
}

namespace {

void read_what(Fields& fields, const ports::PlanForm& form, model::SubmitReport& report) {
  report.hazard = fields.text("hazard", {.max_characters = 64});
  report.facts = fields.facts("facts", form);
  report.area = fields.text("area", {.max_characters = 100});
  report.place = fields.text("place", {.max_characters = 300});
  report.drill = fields.flag("drill");
}

}  // namespace

base::Result<model::SubmitReport> read_taken_report(std::string_view body, const ports::PlanForm& form) {
  const auto object = parse_object(body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::SubmitReport report;
  read_what(fields, form, report);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  return report;
}

base::Result<model::SubmitReport> read_report(std::string_view body, const ports::PlanForm& form) {
  const auto object = parse_object(body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::SubmitReport report;
  report.key = fields.text("key", {.required = true, .max_characters = 64});
  read_what(fields, form, report);
  report.text = fields.text("text", {.max_characters = 4000});
  report.occurred_at = fields.time("occurred_at");
  if (const auto follows = fields.text("follows", {.max_characters = 13}); !follows.empty()) {
    const auto id = base::from_base32(follows);
    if (!id || *id == 0) return Error{base::ErrorCode::kNotFound, "no report of yours has that id", "follows"};
    report.follows = model::ReportId{*id};
  }
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (!is_key(report.key)) return invalid("key: expected 8 to 64 characters of A-Z, a-z, 0-9, _ and -", "key");
  return report;
}

}  // namespace tocsin::https
