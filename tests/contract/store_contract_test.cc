// The implementations of ports::Store that the contract is held against.
#include "tests/contract/store_contract.h"

#include "gateway/db/fault_vfs.h"
#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/temp_folder.h"

namespace tocsin {
namespace {

class SqliteEngine : public Engine {
 public:
  explicit SqliteEngine(std::string vfs = {}) : vfs_(std::move(vfs)) {}
  base::Result<std::unique_ptr<ports::Store>> open_store() override {
    auto opened = store::SqliteStore::open(folder_.file("a.db"), {.vfs = vfs_});
    if (!opened.ok()) return opened.error();
    return std::unique_ptr<ports::Store>(std::move(opened).value());
  }
  std::unique_ptr<ports::Queries> open_queries() override {
    auto opened = store::SqliteQueries::open(folder_.file("a.db"), {.vfs = vfs_});
    EXPECT_TRUE(opened.ok()) << opened.error().message;
    return std::move(opened).value();
  }

 private:
  tocsin::testing::TempFolder folder_;
  std::string vfs_;
};

class SqliteOnFaultVfs : public Engine {
 public:
  base::Result<std::unique_ptr<ports::Store>> open_store() override { return engine_.open_store(); }
  std::unique_ptr<ports::Queries> open_queries() override { return engine_.open_queries(); }

 private:
  db::FaultVfs vfs_;
  SqliteEngine engine_{vfs_.name()};
};

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         ::testing::Values(Implementation{"Sqlite", [] { return std::make_unique<SqliteEngine>(); }},
                                           Implementation{"SqliteOnFaultVfs",
                                                          [] { return std::make_unique<SqliteOnFaultVfs>(); }}),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace tocsin
