#include "gateway/engine/strangers.h"

#include "gateway/engine/auto_reply.h"

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

bool put_in_inbox(Core& core, const model::InboundMessage& m, const std::string& from, const std::string& text) {
  const auto before = core.store.strangers_since(from, core.now - kHour);
  const bool keeps =
      before.of_number < core.options.strangers_per_number && before.in_all < core.options.strangers_per_hour;
  if (keeps) {
    core.store.insert_stranger(m.link, from, text, core.now);
    core.record(model::RecordKind::kStrangerWrote, {}, 0, m.link, 0, core.store.text_digest(m.text));
  } else {
    leave_out(core, m);
  }
  ++core.metrics.strangers;
  return keeps;
}

model::CommandResult from_stranger(Core& core, const model::InboundMessage& m, const std::string& text) {
  const auto before = core.store.strangers_since(m.from, core.now - kHour);
  const bool kept = put_in_inbox(core, m, m.from, text);
  const bool had_one = core.store.service_texts_to(m.from, core.now - kDay) >= core.options.auto_replies_per_day;
  // A thousand strangers are not answered one by one: the link is for those who are to be called.
  if (kept && !had_one && before.in_all < core.options.strangers_answered)
    auto_reply(core, m, nullptr, core.plan().default_language(), "stranger");
  return model::Reply{model::InboundResult{model::InboundResult::What::kStranger, 0}};
}

void tell_left_out(Core& core) {
  if (const auto due = next_left_out(core); due && *due <= core.now) record_left_out(core, {});
}

std::optional<base::UtcTime> next_left_out(const Core& core) {
  if (core.left_out == 0 || !core.left_out_at) return std::nullopt;
  return *core.left_out_at + kSaidAgain;
}

}  // namespace tocsin::engine
