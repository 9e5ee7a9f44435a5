// The directory over HTTPS: nothing is changed without the version that was seen, nothing whole shown without a reason.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Json = nlohmann::json;

constexpr const char* kSheets = R"("sheets":[{"name":"leave.csv","text":"person,from,to"}])";

class DirectoryRoutesTest : public ServerTest {
 protected:
  DirectoryRoutesTest() {
    ports::DirectoryContact mobile;
    mobile.address = "+8614400000017";
    door_.fake_directory.chen.contacts.push_back(mobile);
  }
  [[nodiscard]] Got import(const std::string& more) {
    return client().post("/api/v1/directory/import", "{" + std::string(kSheets) + more + "}", kAdmin);
  }
  [[nodiscard]] int noted() {
    int count = 0;
    for (const auto& command : door_.identity_commands()) {
      const auto* note = std::get_if<model::NoteAccess>(&command);
      if (note != nullptr && note->kind == model::AccessKind::kUnmasked) count += note->reason == "audit" ? 1 : 100;
    }
    return count;
  }
};

TEST_F(DirectoryRoutesTest, AChangeWithoutTheVersionThatWasSeenIs428) {
  start();
  EXPECT_EQ(import("").status, 428);
  EXPECT_EQ(client().post("/api/v1/directory/undo", "{}", kAdmin).status, 428);
  EXPECT_EQ(client().remove("/api/v1/directory/persons/chen", kAdmin).status, 428);
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(DirectoryRoutesTest, AChangeOfAnotherVersionIs412AndNothingIsDone) {
  start();
  EXPECT_EQ(import(R"(,"base_version":6)").status, 412);
  EXPECT_THAT(door_.commands(), IsEmpty());
  const Got done = import(R"(,"base_version":7)");
  EXPECT_EQ(done.status, 201) << done.body;
  EXPECT_EQ(Json::parse(done.body)["version"], 8);
  EXPECT_EQ(done.header("ETag"), '"' + model::to_text(model::Version{0, 8}) + '"');
  EXPECT_THAT(door_.commands(), SizeIs(1));
}

TEST_F(DirectoryRoutesTest, ADryRunNeedsNoVersionAndSubmitsNothing) {
  start();
  const Got looked = import(R"(,"dry_run":true)");
  EXPECT_EQ(looked.status, 200) << looked.body;
  EXPECT_EQ(Json::parse(looked.body)["added"], 1);
  EXPECT_EQ(Json::parse(looked.body)["version"], 7);
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(DirectoryRoutesTest, SheetsWithErrorsComeBackWithEveryFinding) {
  door_.fake_directory.may_stand = false;
  start();
  const Got refused = import(R"(,"base_version":7)");
  EXPECT_EQ(refused.status, 422);
  const Json problem = Json::parse(refused.body);
  EXPECT_EQ(problem["type"], "urn:tocsin:problem:directory-refused");
  EXPECT_EQ(problem["findings"][0]["code"], "bad-number");
  EXPECT_EQ(problem["findings"][0]["message_zh"], "太短");
  EXPECT_EQ(problem["findings"][0]["hint_zh"], nullptr);
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(DirectoryRoutesTest, NumbersAreMaskedUnlessAReasonIsInTheRecord) {
  start();
  for (const std::string path : {"/api/v1/directory/persons", "/api/v1/directory/persons/chen"}) {
    EXPECT_THAT(client().get(path, kAdmin).body, Not(HasSubstr("14400000017"))) << path;
    EXPECT_EQ(noted(), 0);
  }
  EXPECT_THAT(client().get("/api/v1/directory/persons?reason=audit", kAdmin).body, HasSubstr("14400000017"));
  EXPECT_EQ(noted(), 1);
  EXPECT_THAT(client().get("/api/v1/directory/persons/chen?reason=audit", kAdmin).body, HasSubstr("14400000017"));
  EXPECT_EQ(noted(), 2);
}

TEST_F(DirectoryRoutesTest, NothingIsExportedWithoutAReason) {
  start();
  EXPECT_EQ(client().get("/api/v1/directory/export", kAdmin).status, 422);
  EXPECT_EQ(noted(), 0);
  const Got sheet = client().get("/api/v1/directory/export?reason=audit&sheet=persons", kAdmin);
  EXPECT_EQ(sheet.status, 200);
  EXPECT_EQ(sheet.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(noted(), 1);
  EXPECT_EQ(client().get("/api/v1/directory/export?reason=audit&sheet=nothing", kAdmin).status, 404);
}

TEST_F(DirectoryRoutesTest, ListsAndTheCallListGoOutForAReasonOnly) {
  start();
  for (const std::string path : {"/api/v1/directory/export?as=people", "/api/v1/directory/print?plan=in-force"}) {
    EXPECT_EQ(client().get(path, kAdmin).status, 422) << path;
  }
  EXPECT_EQ(client().get("/api/v1/directory/export?as=nothing&reason=audit", kAdmin).status, 422);
  EXPECT_EQ(client().get("/api/v1/directory/export?as=call-list&reason=audit", kAdmin).status, 422);
  EXPECT_EQ(client().get("/api/v1/directory/export?as=people&format=pdf&reason=audit", kAdmin).status, 422);
  EXPECT_EQ(noted(), 0) << "what did not go out is not in the record";
  const Got list = client().get("/api/v1/directory/export?as=people&format=xlsx&reason=audit", kAdmin);
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(list.header("Content-Disposition"), "attachment; filename=\"people.xlsx\"");
  EXPECT_EQ(list.header("Tocsin-Left-Out"), "wu");
  EXPECT_EQ(noted(), 1);
  const Got page = client().get("/api/v1/directory/print?plan=in-force&reason=audit", kAdmin);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(noted(), 2);
}

TEST_F(DirectoryRoutesTest, ThePersonsVersionIsTheirEntityTag) {
  start();
  const Got person = client().get("/api/v1/directory/persons/chen", kAdmin);
  EXPECT_EQ(person.header("ETag"), '"' + Json::parse(person.body)["version"].get<std::string>() + '"');
  EXPECT_EQ(client().get("/api/v1/directory/persons/nobody", kAdmin).status, 404);
}

}  // namespace
}  // namespace tocsin::testing
