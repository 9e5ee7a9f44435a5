// How many messages a second the store carries, by batch size, with a million past ones in it.
//
// One transaction, as in a steady stream, holds three stages of a batch of messages each:
//   alert and delivery inserted (born claimed, or queued and then claimed),
//   the batch before accepted by its carrier (delivery and alert read and updated),
//   the one before that receipted (found by carrier id, updated),
// with their record entries, the chain hash and one sync.  Items per second are whole messages.
//
// TOCSIN_BENCH_DIR: where the database goes (default: the folder for temporary files); TOCSIN_BENCH_PAST: past
// messages.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>

#include "gateway/store/sqlite_store.h"

namespace tocsin {
namespace {

using model::DeliveryState;
using model::RecordKind;
constexpr model::LinkIndex kLink = 0;
constexpr base::UtcTime kStart{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

struct Batch {
  std::vector<model::AlertId> alerts;
  std::vector<model::DeliveryId> deliveries;
  std::vector<std::string> carrier_ids;
};

class Stream {
 public:
  explicit Stream(const std::string& path) : store_(std::move(store::SqliteStore::open(path)).value()) {
    begin();
    epoch_ = store_->begin_epoch();
    model::Incident incident;
    incident.id = incident_ = ids_.next_id<model::IncidentId>(now_);
    incident.code = store_->next_code();
    incident.opened_at = incident.last_report_at = now_;
    store_->insert(incident);
    commit();
  }

  void begin() { check(store_->begin()); }
  void commit() {
    now_ += std::chrono::milliseconds(2);
    check(store_->commit(now_));
    store_->checkpoint();
  }

  Batch insert(int count, bool claimed) {
    if (in_matter_ >= 10000 || !matter_) {
      matter_ =
          store_->matter(incident_, model::MatterKind::kAlert, ++revision_, ids_.next_id<model::MatterId>(now_)).id;
      in_matter_ = 0;
    }
    Batch batch;
    std::vector<model::Alert> alerts;
    std::vector<model::Delivery> deliveries;
    for (int i = 0; i < count; ++i) {
      alerts.push_back(alert());
      deliveries.push_back(delivery(alerts.back().id, claimed));
      batch.alerts.push_back(alerts.back().id);
      batch.deliveries.push_back(deliveries.back().id);
      // Carriers give ids in no order of ours.
      char id[17];
      std::snprintf(id, sizeof id, "%016llx", static_cast<unsigned long long>(random_()));
      batch.carrier_ids.emplace_back(id);
      record(RecordKind::kAlertRaised, alerts.back().id.value, alerts.back().person.value, "group:flood-team");
      if (claimed) record(RecordKind::kHandedOver, deliveries.back().id.value, alerts.back().id.value);
    }
    store_->insert(alerts);
    store_->insert(std::span<const model::Delivery>(deliveries), epoch_);
    return batch;
  }

  void claim(int count) {
    for (const auto& send : store_->claim(kLink, count, epoch_, now_)) {
      record(RecordKind::kHandedOver, send.delivery.value, send.alert.value);
    }
  }

  void accept(const Batch& batch) {
    auto deliveries = store_->deliveries(batch.deliveries);
    std::vector<model::Alert> alerts;
    for (std::size_t i = 0; i < deliveries.size(); ++i) {
      model::Delivery& d = deliveries[i];
      d.state = DeliveryState::kAccepted;
      d.carrier_id = batch.carrier_ids[i];
      d.handed_over_at = now_;
      d.receipt_due_at = now_ + std::chrono::minutes(3);
      alerts.push_back(*store_->alert(d.alert));
      alerts.back().state = model::AlertState::kTold;
      alerts.back().told = alerts.back().first_rung_done = true;
      alerts.back().look_again_at = now_ + std::chrono::minutes(5);
      record(RecordKind::kAccepted, d.id.value, d.alert.value);
    }
    store_->update(std::span<const model::Delivery>(deliveries));
    store_->update(std::span<const model::Alert>(alerts));
  }

  void receipt(const Batch& batch) {
    auto found = store_->by_carrier_id(kLink, batch.carrier_ids);
    std::vector<model::Delivery> deliveries;
    for (auto& match : found) {
      match.delivery.state = DeliveryState::kDelivered;
      match.delivery.ended_at = now_;
      match.delivery.receipt_due_at.reset();
      record(RecordKind::kDelivered, match.delivery.id.value, match.delivery.alert.value);
      deliveries.push_back(std::move(match.delivery));
    }
    store_->update(std::span<const model::Delivery>(deliveries));
  }

  // One transaction with all three stages.
  void turn(int count, bool claimed) {
    begin();
    Batch fresh = insert(count, claimed);
    if (!claimed) claim(count);
    accept(sent_);
    receipt(accepted_);
    commit();
    accepted_ = std::move(sent_);
    sent_ = std::move(fresh);
  }

  void bare_commit() {
    begin();
    record(RecordKind::kSeen, 0, 0);
    commit();
  }

  // Ends what is on its way, so that the next run begins even.
  void drain() {
    turn(0, true);
    turn(0, true);
  }

 private:
  static void check(const base::Status& status) {
    if (status.ok()) return;
    std::fprintf(stderr, "%s\n", status.error().message.c_str());
    std::abort();
  }

  model::Alert alert() {
    model::Alert a;
    a.id = ids_.next_id<model::AlertId>(now_);
    a.matter = matter_;
    a.incident = incident_;
    a.callout = {1};
    a.step = {1};
    a.selector = 0;
    a.person = {1 + static_cast<std::int64_t>(in_matter_++)};
    a.ladder = 0;
    a.needs = model::AnswerKind::kReceived;
    return a;
  }

  model::Delivery delivery(model::AlertId alert, bool claimed) {
    model::Delivery d;
    d.id = ids_.next_id<model::DeliveryId>(now_);
    d.alert = alert;
    d.incident = incident_;
    d.message = {1};
    d.link = kLink;
    d.contact = {1};
    d.address = "+8614400000017";
    d.turn = ++turn_;
    d.state = claimed ? DeliveryState::kClaimed : DeliveryState::kQueued;
    return d;
  }

  void record(RecordKind kind, std::int64_t subject, std::int64_t a, const char* detail = "") {
    model::RecordEntry e;
    e.at = now_;
    e.kind = kind;
    e.incident = incident_;
    e.subject = subject;
    e.a = a;
    e.detail = detail;
    store_->append(std::move(e));
  }

  std::unique_ptr<store::SqliteStore> store_;
  base::IdSource ids_;
  base::UtcTime now_ = kStart;
  std::mt19937_64 random_{1};
  std::int64_t epoch_ = 0, turn_ = 0;
  model::IncidentId incident_;
  model::MatterId matter_;
  int revision_ = 0, in_matter_ = 0;
  Batch sent_, accepted_;
};

Stream& stream() {
  static std::unique_ptr<Stream> the_stream;
  static struct Folder {
    Folder() {
      const char* where = std::getenv("TOCSIN_BENCH_DIR");
      std::string pattern =
          ((where != nullptr ? std::filesystem::path(where) : std::filesystem::temp_directory_path()) /
           "tocsin-bench-XXXXXX")
              .string();
      path = ::mkdtemp(pattern.data());
    }
    ~Folder() {
      the_stream.reset();
      std::filesystem::remove_all(path);
    }
    std::filesystem::path path;
  } folder;
  if (!the_stream) {
    the_stream = std::make_unique<Stream>(folder.path / "bench.db");
    const char* past = std::getenv("TOCSIN_BENCH_PAST");
    const int count = past != nullptr ? std::atoi(past) : 1'000'000;
    for (int i = 0; i < count; i += 1000) the_stream->turn(1000, true);
    the_stream->drain();
  }
  return *the_stream;
}

void run(benchmark::State& state, bool claimed) {
  Stream& s = stream();
  const int batch = static_cast<int>(state.range(0));
  for (auto _ : state) s.turn(batch, claimed);
  s.drain();
  state.SetItemsProcessed(state.iterations() * batch);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_rss_mb"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

void born_claimed(benchmark::State& state) {
  run(state, true);
}
void queued_then_claimed(benchmark::State& state) {
  run(state, false);
}

BENCHMARK(born_claimed)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->UseRealTime()->MinTime(3);
BENCHMARK(queued_then_claimed)->Arg(64)->UseRealTime()->MinTime(3);

// What the disk gives: a commit of one record entry.
void bare_commit(benchmark::State& state) {
  Stream& s = stream();
  for (auto _ : state) s.bare_commit();
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(bare_commit)->UseRealTime();

}  // namespace
}  // namespace tocsin
