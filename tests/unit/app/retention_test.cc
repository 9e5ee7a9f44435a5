// docs/retention.md says of every table of the database what is kept there and for how long.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "directory/directory_store.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/temp_folder.h"

namespace tocsin::app {
namespace {

// What stands between backquotes in the first cell of each row of the first table.
std::set<std::string> documented() {
  std::ifstream file(TOCSIN_SOURCE_DIR "/docs/retention.md");
  std::set<std::string> tables;
  bool in_it = false;
  for (std::string line; std::getline(file, line);) {
    in_it = line.starts_with("| table |") || (in_it && line.starts_with("|"));
    if (!in_it) continue;
    const auto cell = line.substr(0, line.find('|', 1));
    for (auto at = cell.find('`'); at != std::string::npos;) {
      const auto end = cell.find('`', at + 1);
      tables.insert(cell.substr(at + 1, end - at - 1));
      at = cell.find('`', end + 1);
    }
  }
  return tables;
}

TEST(RetentionTest, EveryTableOfTheDatabaseIsInTheListAndNoOther) {
  const testing::TempFolder folder;
  const auto store = std::move(store::SqliteStore::open(folder.file("a.db"))).value();
  ASSERT_TRUE(directory::migrate(store->session()).ok());
  std::set<std::string> there;
  auto rows =
      store->session()
          .statement("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'")
          .run();
  while (rows.next()) there.insert(rows.string(0));
  EXPECT_EQ(documented(), there);
}

}  // namespace
}  // namespace tocsin::app
