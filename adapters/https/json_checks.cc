// What came of the contact check, as JSON.
#include <algorithm>

#include "adapters/https/json_out.h"
#include "adapters/https/json_text.h"
#include "gateway/base/ids.h"
#include "gateway/base/phone_number.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {
namespace {

std::string maybe_time(const std::optional<base::UtcTime>& at) {
  return at ? base::to_rfc3339(*at) : std::string();
}

// "null" before the first round.
std::string round_json(const model::ContactChecks& checks) {
  if (!checks.round) return "null";
  const auto& round = *checks.round;
  const bool waits = round.state == model::RoundState::kAsking && round.waits != model::RoundWaits::kForNothing;
  return ObjectText()
      .text("round", base::to_base32(round.id.value))
      .text("state", model::name_of(round.state))
      .text("began", model::name_of(round.via))
      .text("by", round.by)
      .text("started_at", base::to_rfc3339(round.started_at))
      .null_or_text("last_asked_at", maybe_time(round.asked_at))
      .null_or_text("ended_at", maybe_time(round.ended_at))
      .null_or_text("waits_for", waits ? model::name_of(round.waits) : std::string_view())
      .flag("stopped", round.stopped)
      .number("asked", checks.counts.asked)
      .number("answered", checks.counts.answered)
      .number("silent", checks.counts.silent)
      .number("failed", checks.counts.failed)
      .number("not_sent", checks.counts.not_sent)
      .number("open", checks.counts.open())
      .done();
}

ObjectText& say_outcome(ObjectText& json, const model::CheckedContact& checked) {
  const auto outcome = model::outcome_of(checked);
  const auto words = outcome == model::CheckState::kFailed ? model::in_words(checked.meaning) : base::Said();
  return json.text("outcome", model::name_of(outcome))
      .text("asked_at", base::to_rfc3339(checked.check.asked_at))
      .null_or_text("code", outcome == model::CheckState::kFailed ? checked.code : std::string())
      .null_or_text("meaning_text", words.en)
      .null_or_text("meaning_text_zh", words.zh);
}

}  // namespace

std::string contact_checks_json(const model::ContactChecks& checks, const ports::Roster& roster) {
  std::vector<std::string> lines;
  for (const auto& checked : checks.silent) {
    const auto* card = roster.person(checked.check.person);
    if (card == nullptr) continue;  // the office has changed it since
    const auto point = std::find_if(card->contacts.begin(), card->contacts.end(),
                                    [&](const model::ContactPoint& p) { return p.id == checked.check.contact; });
    if (point == card->contacts.end()) continue;
    ObjectText json;
    json.raw("person", ObjectText().text("code", card->code).text("name", card->name).done())
        .text("kind", model::name_of(point->kind))
        .text("number", base::masked(point->address));
    lines.push_back(say_outcome(json, checked).done());
  }
  const auto count = static_cast<std::int64_t>(lines.size());
  return ObjectText().raw("round", round_json(checks)).number("count", count).raw("contacts", list_json(lines)).done();
}

std::string my_contacts_json(const model::PersonCard* card, const model::ContactChecks& checks) {
  std::vector<std::string> lines;
  if (card != nullptr) {
    for (const auto& point : card->contacts) {
      const auto found = std::find_if(checks.silent.begin(), checks.silent.end(),
                                      [&](const model::CheckedContact& c) { return c.check.contact == point.id; });
      const bool number = model::can_carry(model::Channel::kDeskCall, point.kind);
      ObjectText json, outcome;
      json.text("id", base::to_base32(point.id.value))
          .text("kind", model::name_of(point.kind))
          .null_or_text("number", number ? base::masked(point.address) : std::string())
          .flag("agreed", point.agreed)
          .flag("not_at_night", point.not_at_night)
          .flag("may_withdraw", ports::may_be_withdrawn_by_owner(point.kind))
          .raw("check", found == checks.silent.end() ? "null" : say_outcome(outcome, *found).done());
      lines.push_back(json.done());
    }
  }
  return ObjectText().raw("contacts", list_json(lines)).done();
}

}  // namespace tocsin::https
