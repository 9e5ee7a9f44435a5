#include "gateway/engine/auto_reply.h"

#include <algorithm>

#include "gateway/engine/words.h"
#include "gateway/triage/understand.h"

namespace tocsin::engine {
namespace {

constexpr auto kHour = std::chrono::hours(1);

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The national numbering plan of mainland China, without the country code.
bool is_persons_number_in_china(std::string_view national) {
  if (national.empty() || national[0] == '0') return false;
  if (national[0] == '1') return national.size() == 11 && national[1] >= '3';
  if (national.substr(0, 2) == "95" || national.substr(0, 2) == "96") return national.size() >= 10;
  return national.size() >= 9;
}

}  // namespace

bool is_persons_number(std::string_view number) {
  if (number.size() < 9 || number.size() > 16 || number[0] != '+' || !all_digits(number.substr(1))) return false;
  return number.substr(0, 3) != "+86" || is_persons_number_in_china(number.substr(3));
}

bool may_answer(Core& core, const model::InboundMessage& m) {
  if (!is_persons_number(m.from) || m.from == m.to || core.own_numbers.count(m.from) > 0) return false;
  if (triage::is_automatic(m.text)) return false;
  return core.store.service_texts_to(m.from, core.now - kHour) < core.options.auto_replies_per_hour;
}

bool auto_reply(Core& core, const model::InboundMessage& m, const model::Incident* incident,
                const std::string& language, const std::string& template_name, const std::string& question) {
  if (!may_answer(core, m)) {
    ++core.metrics.auto_replies_held_back;
    return false;
  }
  ++core.metrics.auto_replies;
  const bool one_segment = template_name == "receipt";
  send_service_text(core, incident, m.from, language, template_name, question, {}, one_segment);
  return true;
}

}  // namespace tocsin::engine
