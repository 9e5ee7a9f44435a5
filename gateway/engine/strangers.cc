#include "gateway/engine/strangers.h"

#include <algorithm>

#include "gateway/engine/auto_reply.h"
#include "gateway/engine/words.h"
#include "gateway/model/inbox.h"
#include "gateway/triage/understand.h"

namespace tocsin::engine {
namespace {

constexpr auto kHour = std::chrono::hours(1), kDay = std::chrono::hours(24);
constexpr auto kSaidAgain = std::chrono::minutes(1);

void record_left_out(Core& core, const std::string& detail) {
  core.record(model::RecordKind::kStrangerWrote, {}, 0, core.left_out_over, core.left_out, detail);
  core.left_out = 0;
  core.left_out_at = core.now;
}

// A flood must not fill the disk with entries that say nothing new: one a minute tells how many.
void leave_out(Core& core, const model::InboundMessage& m) {
  core.store.count_left_out(core.now);
  ++core.metrics.strangers_left_out;
  ++core.left_out;
  core.left_out_over = m.link;
  if (!core.left_out_at || core.now - *core.left_out_at >= kSaidAgain)
    record_left_out(core, core.store.text_digest(m.text));
}

}  // namespace

bool put_in_inbox(Core& core, const model::InboundMessage& m, const std::string& from, const std::string& text,
                  bool rings) {
  const auto before = core.store.strangers_since(from, core.now - kHour);
  const bool keeps =
      before.of_number < core.options.strangers_per_number && before.in_all < core.options.strangers_per_hour;
  if (keeps) {
    core.store.insert_stranger(m.link, from, text, core.now, core.now + core.plan().open_within, rings);
    core.record(model::RecordKind::kStrangerWrote, {}, 0, m.link, 0, core.store.text_digest(m.text));
  } else {
    leave_out(core, m);
  }
  ++core.metrics.strangers;
  return keeps;
}

model::CommandResult from_stranger(Core& core, const model::InboundMessage& m, const std::string& text) {
  const auto before = core.store.strangers_since(m.from, core.now - kHour);
  const bool by_hand = is_persons_number(m.from) && !triage::is_automatic(m.text);
  const bool kept = put_in_inbox(core, m, m.from, text, by_hand);
  const bool had_one = core.store.service_texts_to(m.from, core.now - kDay) >= core.options.auto_replies_per_day;
  // A thousand strangers are not answered one by one: the link is for those who are to be called.
  if (kept && !had_one && before.in_all < core.options.strangers_answered)
    auto_reply(core, m, nullptr, core.plan().default_language(), "stranger");
  return model::Reply{model::InboundResult{model::InboundResult::What::kStranger, 0}};
}

model::CommandResult open_message(Core& core, const model::OpenMessage& c) {
  if (!core.store.open_message(c.message, core.now))
    return base::Error{base::ErrorCode::kNotFound, "no such message waits in the inbox", ""};
  core.record(model::RecordKind::kMessageOpened, {}, c.message, 0, 0, Core::who(c.by));
  return model::Reply{base::Done{}};
}

void note_taken(Core& core, std::string_view key, model::ReportId report) {
  if (const auto message = model::InboxEntry::of_key(key))
    core.store.take_message(message->first, message->second, report, core.now);
}

void ring_for_inbox(Core& core) {
  if (core.store.rings_due(core.now) == 0) return;
  const auto& to = core.plan().inbox_unopened;
  const auto last = core.store.rung_at();
  if (last && core.now < *last + kHour && !to.empty()) {
#if TOCSIN_PLANTED_FAULT == 8  // what falls due within an hour of a ring is forgotten
    return core.store.put_off_rings(core.now, std::nullopt);
#endif
    core.store.put_off_rings(core.now, *last + kHour);
    return;
  }
  // Whoever is rung learns of all that waits, also of what is not late yet.
  const int unopened = core.store.rings_due(base::UtcTime::max());
  core.store.put_off_rings(core.now, std::nullopt);
  int told = 0;
  for (const auto& recipient : core.roster().resolve(to, {}, core.now).recipients) {
    const auto* card = core.roster().person(recipient.person);
    if (card == nullptr) continue;
    const auto phone =
        std::find_if(card->contacts.begin(), card->contacts.end(), [](const model::ContactPoint& contact) {
          return contact.agreed && model::can_carry(model::Channel::kSms, contact.kind);
        });
    if (phone == card->contacts.end()) continue;
    const auto& language = card->language.empty() ? core.plan().default_language() : card->language;
    if (send_service_text(core, nullptr, phone->address, language, "inbox_unopened", std::to_string(unopened)).delivery)
      ++told;
  }
  if (!to.empty()) core.record(model::RecordKind::kInboxRung, {}, 0, unopened, told);
}

void tell_left_out(Core& core) {
  if (const auto due = next_left_out(core); due && *due <= core.now) record_left_out(core, {});
}

std::optional<base::UtcTime> next_left_out(const Core& core) {
  if (core.left_out == 0 || !core.left_out_at) return std::nullopt;
  return *core.left_out_at + kSaidAgain;
}

}  // namespace tocsin::engine
