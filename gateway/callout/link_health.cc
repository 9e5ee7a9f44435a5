#include "gateway/callout/link_health.h"

#include <algorithm>
#include <cmath>

namespace tocsin::callout {
namespace {

constexpr base::Duration kSlot = std::chrono::seconds(5), kRemembered = std::chrono::hours(1);
constexpr double kLearnMissing = 1.0 / 64, kLearnAge = 1.0 / 16, kLearnSpread = 1.0 / 8;
constexpr double kMostMissing = 0.5;  // a carrier that never confirms must not become normal

double micros(base::Duration d) {
  return static_cast<double>(d.count());
}

}  // namespace

std::int64_t LinkHealth::slot_of(base::UtcTime at) {
  return base::to_micros(at) / kSlot.count();
}

base::UtcTime LinkHealth::end_of(const Slot& slot) {
  return base::from_micros((slot.number + 1) * kSlot.count());
}

base::Duration LinkHealth::wait() const {
  const base::Duration own(static_cast<std::int64_t>(age_us_ + 4 * spread_us_));
  return std::clamp(own, kShortestWait, kLongestWait);
}

void LinkHealth::accepted(base::UtcTime now) {
  const auto number = slot_of(now);
  if (slots_.empty() || slots_.back().number < number) slots_.push_back({number, 0, 0});
  ++slots_.back().sent;
}

void LinkHealth::handed_over(int messages, base::UtcTime now) {
  if (!doubted() || messages <= 0) return;
  sent_ += messages;
  last_sent_ = now;
}

void LinkHealth::came_back() {
  if (doubted() && sent_ > 0) --sent_;
}

void LinkHealth::clock_stepped() {
  slots_.clear();
  falls_.clear();
  if (doubted()) begin_round(1);
}

void LinkHealth::confirmed(base::UtcTime then, base::UtcTime now) {
  const auto number = slot_of(then);
  const auto slot = std::find_if(slots_.rbegin(), slots_.rend(), [&](const Slot& s) { return s.number == number; });
  if (slot != slots_.rend() && slot->confirmed < slot->sent) ++slot->confirmed;
  missing_ -= kLearnMissing * missing_;
  const double age = std::max(0.0, micros(now - then));
  spread_us_ += kLearnSpread * (std::abs(age - age_us_) - spread_us_);
  age_us_ += kLearnAge * (age - age_us_);
  if (doubted()) ++confirmed_;
}

void LinkHealth::taken() {
  if (why_ == model::LinkDoubt::kFalls) ++confirmed_;
}

bool LinkHealth::fell(base::UtcTime now) {
  std::erase_if(falls_, [&](base::UtcTime at) { return now - at >= kFallsWithin; });
  falls_.push_back(now);
  down_ = true;
  if (why_ == model::LinkDoubt::kFalls) fail_round(now);
  if (doubted() || falls_.size() < kManyFalls) return false;
  doubt(model::LinkDoubt::kFalls, now);
  return true;
}

void LinkHealth::returned(base::UtcTime now) {
  down_ = false;
  back_at_ = now;
}

void LinkHealth::trust() {
  doubted_since_.reset();
  why_ = model::LinkDoubt::kNone;
  slots_.clear();
  falls_.clear();
}

void LinkHealth::given_up() {
  if (doubted()) return;
  missing_ = std::min(kMostMissing, missing_ + kLearnMissing * (1 - missing_));
}

void LinkHealth::doubt(model::LinkDoubt why, base::UtcTime now) {
  if (!doubted()) {
    doubted_since_ = now;
    pause_ = kFirstPause;
  }
  why_ = why;
  trial_at_ = now + pause_;
  begin_round(1);
}

void LinkHealth::begin_round(int size) {
  round_ = size;
  sent_ = confirmed_ = 0;
  last_sent_.reset();
}

void LinkHealth::fail_round(base::UtcTime now) {
  pause_ = std::min(2 * pause_, kLongestPause);
  trial_at_ = now + pause_;
  begin_round(1);
}

int LinkHealth::enough_of(int sent) const {
  return std::max(1, static_cast<int>(std::ceil(sent * (1 - missing_ - kMargin))));
}

void LinkHealth::probe_lost(base::UtcTime now) {
  if (!doubted() || why_ != model::LinkDoubt::kProbe) doubt(model::LinkDoubt::kProbe, now);
}

void LinkHealth::probe_returned(base::UtcTime now, bool gives_receipts) {
  if (!doubted()) return;
  if (why_ == model::LinkDoubt::kProbe) {
    why_ = model::LinkDoubt::kReceipts;
    begin_round(1);
  }
  trial_at_ = now;
  ++confirmed_;
  if (!gives_receipts) round_ = kTrustedAfter;  // nothing else could bring it back
}

bool LinkHealth::look(base::UtcTime now) {
  forget_old(now);
  if (!doubted()) {
    if (!beyond_normal(recent(now))) return false;
    doubt(model::LinkDoubt::kReceipts, now);
    return true;
  }
  if (why_ == model::LinkDoubt::kProbe) return false;
  if (why_ == model::LinkDoubt::kFalls) {
    if (down_) return false;  // late receipts do not show that it stays up
    if (now >= calm_at()) {
      trust();
      return true;
    }
  }
  const bool over = last_sent_ && now - *last_sent_ >= wait();  // what is not confirmed by now is missing
  if (over && confirmed_ < enough_of(std::min(sent_, round_))) {
    fail_round(now);
    return false;
  }
  for (int enough = enough_of(over ? std::min(sent_, round_) : round_); confirmed_ >= enough;
       enough = enough_of(round_)) {
    if (round_ >= kTrustedAfter) {
      trust();
      return true;
    }
    const int further = confirmed_ - enough;
    begin_round(2 * round_);
    confirmed_ = further;
    trial_at_ = now;
  }
  return false;
}

int LinkHealth::allowance(base::UtcTime now) const {
  if (!doubted()) return kNoLimit;
  if (now < trial_at_ || why_ == model::LinkDoubt::kProbe) return 0;
  return std::max(0, round_ - sent_);
}

bool LinkHealth::beyond_normal(const Recent& recent) const {
  if (recent.missing < kLeastMissing) return false;
  const double spread = kDeviations * std::sqrt(missing_ * (1 - missing_) / recent.judged);
  return static_cast<double>(recent.missing) / recent.judged > missing_ + std::max(kMargin, spread);
}

LinkHealth::Recent LinkHealth::recent(base::UtcTime now) const {
  Recent found;
  for (auto slot = slots_.rbegin(); slot != slots_.rend() && found.judged < kJudged && !beyond_normal(found); ++slot) {
    const bool old_enough = now - end_of(*slot) >= wait();
    found.judged += old_enough ? slot->sent : slot->confirmed;
    found.missing += old_enough ? slot->sent - slot->confirmed : 0;
  }
  return found;
}

std::optional<base::UtcTime> LinkHealth::next_look(base::UtcTime now) const {
  if (doubted()) {
    std::optional<base::UtcTime> next;
    if (last_sent_ && *last_sent_ + wait() > now) next = *last_sent_ + wait();
    if (why_ == model::LinkDoubt::kFalls && !down_) next = std::min(next.value_or(calm_at()), calm_at());
    return next;
  }
  for (const auto& slot : slots_) {
    const auto judged_at = end_of(slot) + wait();
    if (slot.confirmed < slot.sent && judged_at > now) return judged_at;
  }
  return std::nullopt;
}

void LinkHealth::forget_old(base::UtcTime now) {
  const auto oldest = slot_of(now - kRemembered);
  slots_.erase(slots_.begin(),
               std::find_if(slots_.begin(), slots_.end(), [&](const Slot& s) { return s.number >= oldest; }));
}

model::LinkMemory LinkHealth::memory() const {
  return {doubted_since_, why_, static_cast<int>(missing_ * 1e6), base::Duration(static_cast<std::int64_t>(age_us_)),
          base::Duration(static_cast<std::int64_t>(spread_us_))};
}

void LinkHealth::remember(const model::LinkMemory& memory, base::UtcTime now) {
  missing_ = std::clamp(memory.missing_ppm / 1e6, 0.0, kMostMissing);
  age_us_ = micros(memory.age);
  spread_us_ = micros(memory.spread);
  if (!memory.doubted_since) return;
  doubt(memory.why, now);
  doubted_since_ = memory.doubted_since;
  down_ = true;
}

}  // namespace tocsin::callout
