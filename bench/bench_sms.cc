// What SMS costs: cutting a text into short messages, and messages a second over SMPP by window and binds.
//
// The centre is the tests' own (tests/support/smsc.h), in a thread of this process, over the loopback.  With an answer
// after 0 ms the figure is the cost of both sides on this machine; after 10 ms, as over a carrier's line, it is what a
// window lets through: window / round trip, however many binds share it.
#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>

#include "adapters/sms/segments.h"
#include "adapters/sms/smpp/link.h"
#include "gateway/base/log.h"
#include "tests/support/smsc.h"

namespace tocsin {
namespace {

std::string times(const std::string& piece, std::int64_t count) {
  std::string out;
  for (std::int64_t i = 0; i < count; ++i) out += piece;
  return out;
}

void segment_english(benchmark::State& state) {
  const std::string text = times("f", state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(sms::encode_text(text));
}
BENCHMARK(segment_english)->Arg(70)->Arg(160)->Arg(459);

void segment_chinese(benchmark::State& state) {
  const std::string text = times("水", state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(sms::encode_text(text));
}
BENCHMARK(segment_chinese)->Arg(70)->Arg(201);

void read_inbound(benchmark::State& state) {
  const auto coded = sms::encode_text(times("水", 70));
  for (auto _ : state) benchmark::DoNotOptimize(sms::decode_text(8, coded->parts[0]));
}
BENCHMARK(read_inbound);

// Counts ends; stores nothing.
class Counter final : public ports::SenderEvents {
 public:
  void sends_ended(model::SendsEnded ended) override {
    const std::lock_guard lock(mutex_);
    for (const auto& end : ended.ends) failed_ += end.outcome == model::SendOutcome::kAccepted ? 0 : 1;
    ends_ += static_cast<std::int64_t>(ended.ends.size());
    changed_.notify_all();
  }
  void receipts(model::ReceiptsIn, DoneFn done) override { done(true); }
  void inbound(model::InboundMessage, DoneFn done) override { done(true); }
  void link_changed(model::LinkChanged change) override {
    const std::lock_guard lock(mutex_);
    up_ = change.up;
    changed_.notify_all();
  }
  void wait_up() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return up_; });
  }
  void wait_ends(std::int64_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ends_ >= count; });
    if (failed_ > 0) std::abort();  // a message was not taken: the figure would be of something else
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t ends_ = 0, failed_ = 0;
  bool up_ = false;
};

void smpp(benchmark::State& state) {
  base::set_log_level(base::LogLevel::kError);
  testing::SmscSettings centre;
  centre.keep = false;
  centre.receipts = false;
  centre.answer_after = std::chrono::milliseconds(state.range(2));
  testing::Smsc smsc(centre);
  sms::SmppSettings settings;
  settings.host = "127.0.0.1";
  settings.port = smsc.port();
  settings.system_id = "tocsin";
  settings.password = "secret";
  settings.window = static_cast<int>(state.range(0));
  settings.binds = static_cast<int>(state.range(1));
  settings.receipts = false;
  Counter events;
  sms::SmppLink link(settings);
  link.start(0, events);
  events.wait_up();
  const int binds = settings.binds;
  if (!smsc.wait_until([binds](const auto& counts) { return counts.sessions == binds; })) std::abort();

  const std::int64_t batch = state.range(0) * 20;
  std::int64_t sent = 0;
  for (auto _ : state) {
    std::vector<ports::OutMessage> messages;
    for (std::int64_t i = 0; i < batch; ++i) {
      messages.push_back({{++sent}, "+8614400000017", "东湖水库危险，立即到村委会集合，收到回1，到位回2。", {}, 7, 5});
    }
    link.send(std::move(messages));
    events.wait_ends(sent);
  }
  state.SetItemsProcessed(sent);
  link.stop(std::chrono::seconds(1));
}
BENCHMARK(smpp)
    ->ArgNames({"window", "binds", "answer_ms"})
    ->ArgsProduct({{1, 10, 100}, {1, 2, 4}, {0, 10}})
    ->UseRealTime();

}  // namespace
}  // namespace tocsin
