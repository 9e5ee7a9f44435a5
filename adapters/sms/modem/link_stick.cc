// Whether the stick is there, answers and gets on with its work.
#include <unistd.h>

#include <algorithm>

#include "adapters/sms/modem/link_impl.h"
#include "gateway/base/log.h"

namespace tocsin::sms {
namespace {

constexpr auto kStatusWhileStarting = std::chrono::seconds(1);
constexpr auto kRest = std::chrono::seconds(60);
constexpr int kMostFailuresInRow = 3, kMostUnanswered = 3;

}  // namespace

void ModemLink::Impl::watch(const Moment& now) {
  if (!log_.sim_trouble().empty()) {
    if (state_ == State::kBlocked) return;
    keeper_->stop(base::Duration::zero());
    state_ = State::kBlocked;
    return go_down(base::said("{0}; after mending it, change pin_file and start tocsin again",
                              "{0}；处理后请修改pin_file并重新启动tocsin", log_.sim_trouble()));
  }
  if (::access(settings.device.c_str(), F_OK) != 0) {
    if (state_ != State::kAbsent || !told_up_) {
      keeper_->stop(base::Duration::zero());
      state_ = State::kAbsent;
      go_down(base::said("the stick is not there: {0}", "找不到上网卡：{0}", settings.device));
    }
    return;
  }
  switch (state_) {
    case State::kAbsent: return begin(now, changed_);
    case State::kStarting: return watch_start(now);
    case State::kUp: return watch_work(now);
    case State::kPausing:
    case State::kResting:
      if (now.steady >= next_try_) begin(now, true);
      return;
    case State::kBlocked: return;
  }
}

// `changed`: whatever runs already must not go on as it is.
void ModemLink::Impl::begin(const Moment& now, bool changed) {
  if (begun_) {
    log_.forget();
    keeper_->restart();
  } else {
    keeper_->start(changed);
  }
  begun_ = true;
  state_ = State::kStarting;
  since_ = status_at_ = now.steady;
  unanswered_ = 0;
}

void ModemLink::Impl::watch_start(const Moment& now) {
  if (!keeper_->runs()) {
    return in_trouble(now, log_.stick_trouble().empty()
                               ? base::said("gammu-smsd ends at once: see {0}/log", "gammu-smsd启动即退出：请看{0}/log",
                                            settings.folder)
                               : log_.stick_trouble());
  }
  // At once, then every second: a process for each look.
  if (now.steady < status_at_) return;
  status_at_ = now.steady + kStatusWhileStarting;
  const auto status = keeper_->status();
  if (status && status->answers) {
    status_ = *status;
    state_ = State::kUp;
    since_ = now.steady;
    status_at_ = now.steady + settings.status_every;
    sent_at_start_ = outgoing_.sent_since_begin();
    outgoing_.forget_failures();
    why_ = {};
    return set_up(true, status_.signal < 0 ? "the stick answers" : "signal " + std::to_string(status_.signal) + "%");
  }
  if (now.steady - since_ > settings.start_patience) {
    in_trouble(now, log_.stick_trouble().empty() ? base::Said{"the stick does not answer", "上网卡无应答"}
                                                 : log_.stick_trouble());
  }
}

void ModemLink::Impl::watch_work(const Moment& now) {
  if (!keeper_->runs()) return in_trouble(now, {"gammu-smsd has ended", "gammu-smsd已退出"});
  if (outgoing_.sent_since_begin() > sent_at_start_ || now.steady - since_ > 2 * settings.patience) restarts_ = 0;
  if (outgoing_.failures_in_row() >= kMostFailuresInRow) {
    state_ = State::kResting;
    next_try_ = now.steady + kRest;
    return go_down(base::said("the stick does not send: {0}", "上网卡发不出短信：{0}", outgoing_.last_failure()));
  }
  if (outgoing_.in_outbox() && now.steady - outgoing_.progress() > settings.patience) {
    return in_trouble(now, base::said("nothing went out for {0} while messages waited", "{0}内没有发出任何短信",
                                      base::to_string(settings.patience)));
  }
  if (now.steady < status_at_) return;
  status_at_ = now.steady + settings.status_every;
  const auto status = keeper_->status();
  unanswered_ = status ? 0 : unanswered_ + 1;
  if (status) status_ = *status;
  if (unanswered_ >= kMostUnanswered) in_trouble(now, {"gammu-smsd does not answer", "gammu-smsd无应答"});
}

void ModemLink::Impl::in_trouble(const Moment& now, const base::Said& reason) {
  keeper_->stop(base::Duration::zero());  // first: what is taken back from the outbox must not be sent after all
  ++restarts_;
  const bool alarm = restarts_ >= settings.restarts;
  state_ = State::kPausing;
  const auto pause = std::chrono::seconds(std::min(1 << std::min(restarts_ - 1, 5), 30));
  next_try_ = now.steady + (alarm ? settings.long_pause : base::Duration(pause));
  go_down(alarm ? base::said("{0}, also after {1} starts: look at the stick and its SIM",
                             "{0}，已重新启动{1}次：请检查上网卡和SIM卡", reason, restarts_)
                : reason);
}

// The link is said to be down before what it gives back: that must not be handed to it again.
void ModemLink::Impl::go_down(const base::Said& reason) {
  why_ = reason;
  base::log(base::LogLevel::kWarning, "modem.down", "link=" + settings.name + " reason=\"" + reason.en + "\"");
  set_up(false, reason.en);
  outgoing_.give_back(reason.en);
  report();
}

}  // namespace tocsin::sms
