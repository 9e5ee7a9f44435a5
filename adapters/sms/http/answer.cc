#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "adapters/sms/http/provider.h"
#include "gateway/base/masking.h"
#include "gateway/base/text.h"

namespace tocsin::sms::http {
namespace {

using model::SendOutcome;
using nlohmann::json;
using Find = std::function<std::optional<std::string>(const std::string& where)>;

std::optional<json> parsed(const std::string& body) {
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

std::optional<std::string> in_form(const std::string& body, const std::string& key) {
  for (const auto& pair : base::split(base::trim(body), '&')) {
    const auto equals = pair.find('=');
    if (equals != std::string::npos && percent_decoded(pair.substr(0, equals)) == key) {
      return percent_decoded(pair.substr(equals + 1));
    }
  }
  return std::nullopt;
}

bool is_among(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool is_token(const std::string& text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// For desk and record: a code, never words, which may repeat the text or the number.
std::string shown(const std::string& code) {
  constexpr std::size_t kLongest = 64;
  return is_token(code, kLongest) ? base::mask_numbers(code).text : "of another form";
}

transfer::Outcome by_code(const Answers& answers, const std::string& code, const transfer::Ended& ended,
                          const transfer::Outcome& by_status) {
  SendOutcome outcome = by_status.outcome;
  if (is_among(answers.accepted, code)) {
    outcome = SendOutcome::kAccepted;
  } else if (is_among(answers.retry, code)) {
    outcome = SendOutcome::kRetry;
  } else if (is_among(answers.refused, code)) {
    outcome = SendOutcome::kRefused;
  } else if (is_among(answers.unknown, code)) {
    outcome = SendOutcome::kUnknown;
  } else if (outcome == SendOutcome::kAccepted && !answers.accepted.empty()) {
    outcome = SendOutcome::kRefused;
  }
  if (outcome == SendOutcome::kAccepted) return {outcome, {}, {}};
  const std::string error = "HTTP " + std::to_string(ended.status) + " code " + shown(code);
  base::Duration later{};
  if (outcome == SendOutcome::kRetry) {
    later = std::clamp(ended.retry_after.value_or(transfer::kSoon), transfer::kSoon, transfer::kLatest);
  }
  return {outcome, error, later, model::Meaning::kOther};
}

}  // namespace

Read read_answer(const Answers& answers, const transfer::Ended& ended) {
  Read read{transfer::outcome_of_http(ended), {}};
  if (ended.status == 0) return read;
  const bool accepts = read.outcome.outcome == SendOutcome::kAccepted;
  if (accepts && !ended.whole) return {{SendOutcome::kUnknown, "the answer broke off", {}}, {}};
  std::optional<json> value;
  if (!answers.form) value = parsed(ended.body);
  const Find find = [&](const std::string& where) -> std::optional<std::string> {
    if (where.empty()) return std::nullopt;
    if (answers.form) return in_form(ended.body, where);
    return value ? in_json(*value, where) : std::nullopt;
  };
  if (const auto code = find(answers.code)) {
    read.outcome = by_code(answers, *code, ended, read.outcome);
  } else if (accepts && !answers.code.empty() && !answers.accepted.empty()) {
    return {{SendOutcome::kUnknown, "the answer has no code", {}}, {}};
  }
  if (read.outcome.outcome != SendOutcome::kAccepted || answers.id.empty()) return read;
  constexpr std::size_t kLongestId = 128;
  const auto id = find(answers.id);
  if (!id || !is_token(*id, kLongestId)) return {{SendOutcome::kUnknown, "the answer has no id", {}}, {}};
  read.id = *id;
  return read;
}

}  // namespace tocsin::sms::http
