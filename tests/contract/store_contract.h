// The suite that every implementation of ports::Store (and ports::Queries over it) must pass: its fixture.
// The tests stand in store_*_contract_test.cc, by noun; store_contract_test.cc names the implementations.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/ports/queries.h"
#include "gateway/ports/store.h"
#include "tests/support/store_values.h"

namespace tocsin {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::AlertState;
using model::AnswerKind;
using model::DeliveryState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// One database: can be opened, closed and opened again.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual base::Result<std::unique_ptr<ports::Store>> open_store() = 0;
  virtual std::unique_ptr<ports::Queries> open_queries() = 0;
};

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<Engine>()> make;
};

class StoreContract : public ::testing::TestWithParam<Implementation> {
 protected:
  StoreContract() : engine_(GetParam().make()) { reopen(); }

  void reopen() {
    store_.reset();
    auto opened = engine_->open_store();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
  }
  // Runs `work` in one transaction and expects it to be kept.
  void write(const std::function<void(ports::Store&)>& work, base::UtcTime now = noon) {
    ASSERT_TRUE(store_->begin().ok());
    work(*store_);
    const auto committed = store_->commit(now);
    ASSERT_TRUE(committed.ok()) << committed.error().message;
  }
  // Runs `look` in a transaction that is undone.
  template <typename Look>
  auto read(Look look) {
    EXPECT_TRUE(store_->begin().ok());
    auto value = look(*store_);
    EXPECT_TRUE(store_->status().ok()) << store_->status().error().message;
    store_->rollback();
    return value;
  }
  // Incident 1 with code 101, its matter, and `people` alerts (id 100 + person).
  void an_open_incident(int people) {
    write([&](ports::Store& s) {
      s.insert(an_incident(1, 101));
      matter_ = s.matter({1}, model::MatterKind::kAlert, 0, {10}).id;
      std::vector<model::Alert> alerts;
      for (int i = 1; i <= people; ++i) alerts.push_back(an_alert_of(100 + i, matter_, 1, i));
      s.insert(alerts);
    });
  }
  void insert(std::vector<model::Delivery> deliveries, std::int64_t epoch = 1) {
    write([&](ports::Store& s) { s.insert(std::span<const model::Delivery>(deliveries), epoch); });
  }
  model::Delivery delivery(std::int64_t id) {
    const model::DeliveryId wanted{id};
    auto found = read([&](ports::Store& s) { return s.deliveries({&wanted, 1}); });
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? model::Delivery{} : found.front();
  }
  std::vector<std::int64_t> claim(model::LinkIndex link, int limit, std::int64_t epoch = 1, base::UtcTime now = noon) {
    std::vector<std::int64_t> ids;
    write([&](ports::Store& s) {
      for (const auto& send : s.claim(link, limit, epoch, now)) ids.push_back(send.delivery.value);
    });
    return ids;
  }

  std::unique_ptr<Engine> engine_;
  std::unique_ptr<ports::Store> store_;
  model::MatterId matter_;
};

}  // namespace tocsin
