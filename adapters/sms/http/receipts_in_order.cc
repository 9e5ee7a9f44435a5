#include "adapters/sms/http/receipts_in_order.h"

#include <algorithm>
#include <utility>

namespace tocsin::sms::http {
namespace {

constexpr std::size_t kMostKept = 16;  // posts; each holds a request of the front door
constexpr std::size_t kMostKnown = 4096;

}  // namespace

void ReceiptsInOrder::start(ports::SenderEvents& core) {
  core_ = &core;
}

void ReceiptsInOrder::stop() {
  const std::lock_guard lock(mutex_);
  for (auto& kept : kept_) kept.done(false);
  kept_.clear();
}

void ReceiptsInOrder::begun(model::DeliveryId delivery) {
  const std::lock_guard lock(mutex_);
  under_way_[delivery.value] = turn_++;
}

void ReceiptsInOrder::sends_ended(model::SendsEnded ended) {
  const auto ends = ended.ends;
  core_->sends_ended(std::move(ended));  // first: whose receipt comes now finds it
  const std::lock_guard lock(mutex_);
  for (const auto& end : ends) {
    under_way_.erase(end.delivery.value);
    if (!end.carrier_id.empty()) learn(end.carrier_id);
  }
  auto first = turn_;
  for (const auto& one : under_way_) first = std::min(first, one.second);
  std::deque<Kept> later;
  for (auto& kept : kept_) {
    if (kept.before <= first || all_known(kept.receipts)) {
      core_->receipts(std::move(kept.receipts), std::move(kept.done));
    } else {
      later.push_back(std::move(kept));
    }
  }
  kept_ = std::move(later);
}

void ReceiptsInOrder::receipts(model::ReceiptsIn receipts, DoneFn done) {
  const std::lock_guard lock(mutex_);
  if (under_way_.empty() || all_known(receipts)) return core_->receipts(std::move(receipts), std::move(done));
  if (kept_.size() >= kMostKept) return done(false);
  kept_.push_back({std::move(receipts), std::move(done), turn_});
}

void ReceiptsInOrder::inbound(model::InboundMessage message, DoneFn done) {
  core_->inbound(std::move(message), std::move(done));
}

void ReceiptsInOrder::link_changed(model::LinkChanged change) {
  core_->link_changed(std::move(change));
}

bool ReceiptsInOrder::all_known(const model::ReceiptsIn& receipts) const {
  return std::all_of(receipts.receipts.begin(), receipts.receipts.end(),
                     [this](const model::Receipt& one) { return known_.count(one.carrier_id) != 0; });
}

void ReceiptsInOrder::learn(std::string id) {
  if (!known_.insert(id).second) return;
  known_in_order_.push_back(std::move(id));
  if (known_in_order_.size() <= kMostKnown) return;
  known_.erase(known_in_order_.front());
  known_in_order_.pop_front();
}

}  // namespace tocsin::sms::http
