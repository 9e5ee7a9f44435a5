// A person erased: nothing of them is left anywhere, and the record is whole.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "directory/history.h"
#include "directory/trail.h"
#include "gateway/db/session.h"
#include "gateway/model/reason_mark.h"
#include "gateway/ports/directory_desk.h"
#include "gateway/store/verify_record.h"
#include "tests/support/world.h"
#include "tests/support/world_directory.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Nobody is called so, and no other text of the town contains it.
constexpr const char* kName = "欧阳试验";
constexpr const char* kEarlierName = "欧阳旧名";
constexpr const char* kNumber = "14400000987";
constexpr const char* kCode = "rescue-2";

class Erasure : public ::testing::Test {
 protected:
  Erasure() {
    world.follow_directory();
    EXPECT_TRUE(directory.import_town().ok());
    EXPECT_TRUE(rename(kEarlierName).ok());
    EXPECT_TRUE(rename(kName).ok());
  }
  ~Erasure() override { world.forget_texts(); }

  model::CommandResult rename(const std::string& name) {
    auto person = *world.office->directory()->person(kCode);
    person.name = name;
    person.door = std::string("door of ") + name;
    person.notes = std::string("note on ") + name;
    person.contacts.front().address = std::string("+86") + kNumber;
    person.contacts.front().agreed_how = std::string("told by ") + name;
    return directory.change(ports::PutPerson{person, {person.version}, false});
  }
  // An incident of which they were told, answered with words, and which is over.
  void live_through_one() {
    world.report("fire", "trapped=5", "lake-1");
    world.number_texts(std::string("+86") + kNumber, std::string("1 this is ") + kName);
    ASSERT_TRUE(world.desk(model::StandDown{{}, 101, std::string("seen by ") + kName}).ok());
    world.forget_texts();
  }
  base::Result<ports::PreparedChange> prepare(const std::string& code) {
    ports::DirectoryWish wish;
    wish.by = directory.by;
    wish.reason = std::string("asked for by ") + kName;
    wish.what = ports::ErasePerson{code, {}};
    return world.office->directory()->prepare(wish);
  }
  model::CommandResult erase(const std::string& code = kCode) {
    auto prepared = prepare(code);
    if (!prepared.ok()) return prepared.error();
    if (!prepared->may_stand) return base::invalid(prepared->findings.front().message);
    auto done = world.submit(prepared->command);
    world.advance(std::chrono::seconds(2));
    return done;
  }
  [[nodiscard]] std::unique_ptr<db::Session> session() { return std::move(db::Session::open(database(), {})).value(); }
  [[nodiscard]] std::string database() const { return world.folder + "/tocsin.db"; }

  // "table.column" of each text that holds `needle`.
  std::vector<std::string> where(const std::string& needle) {
    std::vector<std::string> found;
    const auto db = session();
    for (const auto& [table, column] : cells(*db, false)) {
      auto rows = db->statement("select count(*) from " + table + " where instr(cast(" + column + " as text), ?1) > 0")
                      .run(needle);
      if (rows.next() && rows.int64(0) > 0) found.push_back(table + "." + column);
    }
    return found;
  }
  static std::vector<std::pair<std::string, std::string>> cells(db::Session& db, bool texts_only) {
    std::vector<std::string> tables;
    {
      auto rows = db.statement("select name from sqlite_master where type = 'table'").run();
      while (rows.next()) tables.push_back(rows.string(0));
    }
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& table : tables) {
      auto rows = db.statement("select name, lower(type) from pragma_table_info(?1)").run(table);
      while (rows.next()) {
        if (!texts_only || rows.text(1) == "text") all.emplace_back(table, rows.string(0));
      }
    }
    return all;
  }
  std::vector<std::string> files_with(const std::string& needle) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world.folder)) {
      if (!entry.is_regular_file()) continue;
      std::ostringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (bytes.str().find(needle) != std::string::npos) found.push_back(entry.path().filename().string());
    }
    return found;
  }

  World world;
  DirectoryOf directory{world};
};

TEST_F(Erasure, OfAPersonPlantedInEveryTextOfEveryTableNothingIsLeftNotEvenInTheFilesBytes) {
  live_through_one();
  {
    const auto db = session();
    ASSERT_TRUE(db->begin().ok());
    // A row in every table that has texts, so that there is something to plant in.
    for (const char* row :
         {"insert into token (name, hash, role, person, made_at) values ('t', 'h', 1, ?1, 1)",
          "insert into account (id, name, role, person, password, totp, totp_step, made_at) "
          "values (9001, 'a', 1, ?1, 'p', 't', 0, 1)",
          "insert into recovery (account, hash) select 9001, 'r' where ?1 > 0",
          "insert into session (id, hash, account, person, role, name, method, device, client, made_at, renewed_at, "
          "expires_at) values (9002, 'h', 0, ?1, 1, 'n', 1, 'd', 'c', 1, 1, 9000000000000000)",
          "insert into throttle (name, failures, last_at, until_at) select 'x', 1, 9000000000000000, 1 where ?1 > 0",
          "insert into stranger (link, sender, body, at) select 0, 's', 'b', 9000000000000000 where ?1 > 0",
          "insert into plan_override (version, finding, place, reason, by, at) select 1, 'f', 'p', 'r', 'b', 1 where "
          "?1 > 0",
          "insert into delivery select id + 1, 0, 0, message, channel, link, 0, '+8614400000987', 0, 0, 0, 0, "
          "urgency, 8, 0, 0, 1, null, null, null, 1, null, null, 0, 0, null, 0 from delivery where ?1 > 0 and id = "
          "(select max(id) from delivery)"}) {
      db->statement(row).exec(world.id_of(kCode));
    }
    for (const auto& [table, column] : cells(*db, true)) {
      const bool exempt = table.starts_with("dir_") ? table != "dir_change"
                                                    : table == "record" || table == "chain" || table == "meta" ||
                                                          table == "plan_version" || table == "schema_version";
      // Hashes and digests hold no words; what is planted in them would only break them.
      const bool digest = column == "hash" || column.ends_with("_hash") || column == "digest" || column == "client" ||
                          table == "throttle" || column == "body_digest" || (table == "sign_in" && column == "number");
      if (exempt || digest) continue;
      db->statement("update " + table + " set " + column + " = " + column +
                    " || ' ' || ?1 || ' ' || ?2 || ' (' || ?3 || ')'")
          .exec(kName, kNumber, kCode);
    }
    ASSERT_TRUE(db->commit().ok()) << db->status().error().message;
  }
  ASSERT_THAT(where(kName), Not(IsEmpty()));
  ASSERT_THAT(files_with(kNumber), Not(IsEmpty()));

  const auto done = erase();

  ASSERT_TRUE(done.ok()) << done.error().message;
  for (const char* needle : {kName, kEarlierName, kNumber, kCode}) {
    EXPECT_THAT(where(needle), IsEmpty()) << needle;
  }
  for (const char* needle : {kName, kEarlierName, kNumber}) EXPECT_THAT(files_with(needle), IsEmpty()) << needle;
}

TEST_F(Erasure, TheRecordStaysWholeAndTheIncidentKeepsThePostAndTheId) {
  live_through_one();
  const auto id = world.id_of(kCode);
  const auto alerts = world.incident(101).alerts.size();
  ASSERT_TRUE(erase().ok());
  const auto db = session();
  const auto verdict = store::verify_record(*db);
  ASSERT_TRUE(verdict.ok());
  EXPECT_TRUE(verdict->whole);
  EXPECT_EQ(world.count_records(model::RecordKind::kPersonErased), 1);
  const auto view = world.incident(101);
  EXPECT_EQ(view.alerts.size(), alerts);
  const auto past = world.office->directory()->past();
  ASSERT_TRUE(past.ok());
  const auto then = (*past)->person(id, view.incident.opened_at);
  ASSERT_TRUE(then.has_value());
  EXPECT_EQ(then->name, directory::kErasedName);
  EXPECT_THAT(then->code, ::testing::StartsWith("erased:"));
}

TEST_F(Erasure, HistoryStaysReadableAndUndoDoesNotBringThemBack) {
  ASSERT_TRUE(erase().ok());
  const auto db = session();
  for (std::int64_t version = 1; version <= directory.version(); ++version) {
    const auto then = directory::state_at(*db, version);
    ASSERT_TRUE(then.ok()) << version << ": " << then.error().message;
    for (const auto& person : then->tables.persons) {
      EXPECT_NE(person.code, kCode) << version;
      EXPECT_NE(person.name, kName) << version;
    }
  }
  const auto undone = directory.change(ports::UndoLastChange{});
  ASSERT_FALSE(undone.ok());
  EXPECT_THAT(undone.error().message, HasSubstr("erased since"));
  EXPECT_EQ(directory.name_of(kCode), "nobody");
  world.restart();
  EXPECT_EQ(directory.name_of(kCode), "nobody");
}

TEST_F(Erasure, NobodyIsErasedWhileAPostNamesThemOrAnIncidentOfTheirsGoesOn) {
  const auto holder = prepare("commander");
  ASSERT_TRUE(holder.ok());
  EXPECT_FALSE(holder->may_stand);
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  const auto told = prepare(kCode);
  ASSERT_TRUE(told.ok());
  EXPECT_FALSE(told->may_stand);
  EXPECT_THAT(told->findings.back().message, HasSubstr("incident 101"));
}

TEST_F(Erasure, WhoIsToldBetweenTheLookAndTheDeedIsNotErased) {
  auto prepared = prepare(kCode);
  ASSERT_TRUE(prepared.ok());
  ASSERT_TRUE(prepared->may_stand);
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  const auto done = world.submit(prepared->command);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(directory.name_of(kCode), kName) << "nothing of it was done";
  EXPECT_THAT(where(kName), Not(IsEmpty()));
}

TEST_F(Erasure, SomebodyWhoLeftLongAgoIsErasedFromTheHistory) {
  auto person = *world.office->directory()->person(kCode);
  ASSERT_TRUE(directory.change(ports::RemovePerson{kCode, {person.version}}).ok());
  ASSERT_THAT(where(kName), Not(IsEmpty()));
  const auto done = erase();
  ASSERT_TRUE(done.ok()) << done.error().message;
  EXPECT_THAT(where(kName), IsEmpty());
  EXPECT_THAT(where(kNumber), IsEmpty());
  EXPECT_EQ(prepare("never-there").error().code, base::ErrorCode::kNotFound);
}

TEST_F(Erasure, WhyTheirNumberWasReadIsToldInWordsUntilTheyAreErasedWithoutTheirName) {
  model::NoteAccess note;
  note.kind = model::AccessKind::kUnmasked;
  note.by = directory.by;
  note.route = "POST /api/v1/unmask";
  note.reason = std::string("to call ") + kName + " on " + kNumber;
  ASSERT_TRUE(world.submit(model::IdentityCommand(note)).ok());
  const auto& queries = world.office->queries();
  const auto said = [&] {
    const auto entries = queries.record(0, {}, 1000);
    for (const auto& entry : *entries) {
      const std::string digest(model::reason_of(entry));
      if (!digest.empty()) return queries.reasons_said({&digest, 1})->at(digest);
    }
    return std::string();
  };
  EXPECT_THAT(said(), HasSubstr(kName));
  EXPECT_THAT(said(), Not(HasSubstr(kNumber)));
  ASSERT_TRUE(erase().ok());
  EXPECT_THAT(said(), Not(HasSubstr(kName)));
  EXPECT_THAT(said(), HasSubstr("to call"));
}

TEST_F(Erasure, TheirDataAreAllThatIsHeldOfThemAndNoSecrets) {
  live_through_one();
  const auto data = world.office->directory()->person_data(kCode);
  ASSERT_TRUE(data.ok()) << data.error().message;
  for (const char* part : {kName, kEarlierName, kNumber, "\"alert\":[", "\"delivery\":[", "\"note\":[", "\"record\":[{",
                           "\"version\":2,\"table\":\"persons\""}) {
    EXPECT_THAT(*data, HasSubstr(part));
  }
  EXPECT_THAT(*data, Not(HasSubstr("指挥甲"))) << "of others nothing";
  EXPECT_THAT(*data, Not(HasSubstr("\"hash\"")));
}

}  // namespace
}  // namespace tocsin::testing
