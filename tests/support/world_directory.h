// The directory of a world, as an administrator works with it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "gateway/ports/directory_desk.h"
#include "tests/support/world.h"

namespace tocsin::testing {

inline std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class DirectoryOf {
 public:
  explicit DirectoryOf(World& world) : world_(world) {}

  // The sheets of the town, as an administrator imports them.
  model::CommandResult import_town() {
    ports::ImportSheets sheets;
    sheets.whole = true;
    for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/tests/support/town/directory")) {
      sheets.sheets.push_back({entry.path().filename().string(), text_of(entry.path())});
    }
    return change(sheets);
  }
  model::CommandResult rename(const std::string& code, const std::string& name) {
    auto person = *world_.office->directory()->person(code);
    person.name = name;
    return change(ports::PutPerson{person, {person.version}, false});
  }
  template <typename What>
  model::CommandResult change(const What& what) {
    ports::DirectoryWish wish;
    wish.by = by;
    wish.reason = "asked for";
    wish.what = what;
    auto prepared = world_.office->directory()->prepare(wish);
    if (!prepared.ok()) return prepared.error();
    EXPECT_TRUE(prepared->may_stand) << (prepared->findings.empty() ? "" : prepared->findings.front().message);
    return world_.submit(prepared->command);
  }
  [[nodiscard]] std::string name_of(const std::string& code) const {
    const auto roster = world_.office->roster();  // keeps the card
    const auto* card = roster->person_coded(code);
    return card == nullptr ? "nobody" : card->name;
  }
  [[nodiscard]] std::int64_t version() const { return world_.office->directory()->head()->version; }

  model::Principal by{model::Role::kAdmin, "office", {}};

 private:
  World& world_;
};

}  // namespace tocsin::testing
