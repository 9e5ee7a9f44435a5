#include "gateway/plan/includes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/base/digest.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using Files = std::map<std::string, std::string>;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Loader from(const Files& files) {
  return [files](const std::string& path) -> base::Result<std::string> {
    const auto it = files.find(path);
    if (it == files.end()) return base::Error{base::ErrorCode::kNotFound, path, {}};
    return it->second;
  };
}

// A plan whose first line is `include = [...]`, in the folder plans/.
ReadPlan with(const std::string& includes, const Files& files, const SmallPlan& small = {}) {
  return read_plan("include = [" + includes + "]\n" + small.text(), "plans/plan.toml", from(files));
}

std::vector<std::string> found(const std::string& includes, const Files& files) {
  return codes(with(includes, files).findings);
}

const std::string kNight = "[ladder.night]\nrungs = [{ channel = \"desk_call\", wait = \"5m\" }]\n";
const std::string kCase = "[[case]]\nname = \"a\"\nreport = { hazard = \"fire\" }\nexpect = { level = \"IV\" }\n";

TEST(IncludesTest, FilesAreReadAsIfTheyStoodInThePlan) {
  const auto read =
      with("\"more/ladders.toml\", \"cases.toml\"", {{"more/ladders.toml", kNight}, {"cases.toml", kCase}});

  ASSERT_THAT(codes(read.findings), IsEmpty());
  ASSERT_EQ(read.plan->ladders.size(), 2U);
  EXPECT_EQ(read.plan->ladders[1].name, "night");
  EXPECT_EQ(read.plan->cases.size(), 1U);
  EXPECT_EQ(read.places.at("ladder/night").file, "plans/more/ladders.toml");
  EXPECT_EQ(read.places.at("ladder/night").line, 1);
  EXPECT_EQ(read.places.at("ladder/person").file, "plans/plan.toml");
}

TEST(IncludesTest, AFindingStandsInItsOwnFile) {
  const auto read = with("\"ladders.toml\"", {{"ladders.toml", "\n[ladder.night]\nrung = []\n"}});

  ASSERT_THAT(codes(read.findings), ElementsAre("missing-key", "unknown-key"));
  EXPECT_EQ(read.findings[1].file, "plans/ladders.toml");
  EXPECT_EQ(read.findings[1].line, 3);
  EXPECT_THAT(base::render(read.findings[1], read.files.at("plans/ladders.toml")), HasSubstr("3 | rung = []"));
}

TEST(IncludesTest, PathsAreSeenFromTheFileThatNamesThem) {
  const auto read = with(
      "\"a/one.toml\"",
      {{"a/one.toml", "include = [\"two.toml\", \"../three.toml\"]\n"}, {"a/two.toml", kNight}, {"three.toml", kCase}});

  EXPECT_THAT(codes(read.findings), IsEmpty());
  EXPECT_EQ(read.files.count("plans/three.toml"), 1U);
}

TEST(IncludesTest, NoPathLeavesTheFolderOfThePlan) {
  EXPECT_THAT(found("\"/etc/passwd\"", {}), ElementsAre("path-outside"));
  EXPECT_THAT(found("\"../other/plan.toml\"", {}), ElementsAre("path-outside"));
  EXPECT_THAT(found("\"a/../../b.toml\"", {}), ElementsAre("path-outside"));
  EXPECT_THAT(found("\"a\\\\b.toml\"", {}), ElementsAre("path-outside"));
  EXPECT_THAT(found("\"a//b.toml\"", {}), ElementsAre("path-outside"));
  EXPECT_EQ(path_from("a/b/c.toml", "../d.toml"), "a/d.toml");
  EXPECT_EQ(path_from("c.toml", "./d.toml"), "d.toml");
  EXPECT_EQ(path_from("c.toml", ".."), std::nullopt);
  EXPECT_EQ(path_from("a/c.toml", ".."), std::nullopt);
}

TEST(IncludesTest, AFileThatIsNotThereIsFoundWhereItIsNamed) {
  const auto read = with("\"gone.toml\"", {});

  ASSERT_THAT(codes(read.findings), ElementsAre("file-missing"));
  EXPECT_EQ(read.findings[0].line, 1);
  EXPECT_EQ(read.findings[0].column, 12);
  EXPECT_THAT(read.findings[0].message, HasSubstr("plans/gone.toml"));
}

TEST(IncludesTest, CirclesAreRefusedWithTheirChain) {
  const auto own = with("\"plan.toml\"", {});
  ASSERT_THAT(codes(own.findings), ElementsAre("include-circle"));

  const auto read =
      with("\"a.toml\"", {{"a.toml", "include = [\"b.toml\"]\n"}, {"b.toml", "include = [\"a.toml\"]\n"}});
  ASSERT_THAT(codes(read.findings), ElementsAre("include-circle"));
  EXPECT_THAT(read.findings[0].message, HasSubstr("a.toml -> b.toml -> a.toml"));
  EXPECT_EQ(read.findings[0].file, "plans/b.toml");
}

TEST(IncludesTest, NoFileIsTakenTwice) {
  const auto read = with("\"a.toml\", \"b.toml\"", {{"a.toml", "include = [\"b.toml\"]\n"}, {"b.toml", kNight}});

  ASSERT_THAT(codes(read.findings), ElementsAre("include-twice"));
  EXPECT_THAT(read.findings[0].hint, HasSubstr("plans/a.toml:1"));
}

TEST(IncludesTest, WhatIsDefinedTwiceNamesBothPlaces) {
  const auto read = with("\"a.toml\"", {{"a.toml", "[ladder.person]\nrungs = []\n"}});

  ASSERT_THAT(codes(read.findings), ElementsAre("defined-twice"));
  EXPECT_EQ(read.findings[0].file, "plans/a.toml");
  EXPECT_THAT(read.findings[0].hint, HasSubstr("plans/plan.toml:"));
}

TEST(IncludesTest, TheHeadStandsInThePlansOwnFile) {
  EXPECT_THAT(found("\"a.toml\"", {{"a.toml", "[plan]\nname = \"x\"\n"}}), ElementsAre("plan-included"));
}

TEST(IncludesTest, AnIncludedFileThatIsNoTomlDoesNotHideTheOthers) {
  const auto read = with("\"a.toml\", \"b.toml\"", {{"a.toml", "x = \n"}, {"b.toml", "nonsense = 1\n"}});

  EXPECT_THAT(codes(read.findings), ElementsAre("toml-syntax", "unknown-key"));
  EXPECT_EQ(read.findings[0].file, "plans/a.toml");
}

TEST(IncludesTest, TenThousandNestedFilesAreRefusedAtTheNinth) {
  std::vector<std::string> opened;
  const Loader endless = [&](const std::string& path) -> base::Result<std::string> {
    opened.push_back(path);
    return "include = [\"" + std::to_string(opened.size()) + ".toml\"]\n";
  };
  const auto read = read_plan("include = [\"0.toml\"]\n" + SmallPlan().text(), "plan.toml", endless);

  ASSERT_THAT(codes(read.findings), ElementsAre("include-too-deep"));
  EXPECT_EQ(read.findings[0].file, "7.toml");
  EXPECT_EQ(read.findings[0].line, 1);
  EXPECT_EQ(opened.size(), 8U);
}

TEST(IncludesTest, TenThousandFilesSideBySideAreRefused) {
  std::string names;
  for (int i = 0; i < 10'000; ++i) names += "\"" + std::to_string(i) + ".toml\", ";
  EXPECT_THAT(found(names, {}), ElementsAre("too-many"));

  std::string tree;
  Files files;
  for (int i = 0; i < 20; ++i) {
    tree += "\"" + std::to_string(i) + ".toml\", ";
    std::string leaves = "include = [";
    for (int j = 0; j < 20; ++j) {
      const auto leaf = std::to_string(i) + "-" + std::to_string(j) + ".toml";
      leaves += "\"" + leaf + "\", ";
      files[leaf] = "";
    }
    files[std::to_string(i) + ".toml"] = leaves + "]\n";
  }
  const auto read = with(tree, files);
  ASSERT_FALSE(read.findings.empty());
  EXPECT_EQ(read.findings[0].code, "too-many");
  EXPECT_EQ(read.plan, nullptr);
  EXPECT_LE(read.files.size(), 200U);
}

TEST(IncludesTest, AllFilesTogetherHaveTheSizeOfOne) {
  const std::string half(kMaxPlanBytes / 2, '#');
  const auto read = with("\"a.toml\", \"b.toml\"", {{"a.toml", half}, {"b.toml", half}});

  ASSERT_THAT(codes(read.findings), ElementsAre("too-large"));
  EXPECT_EQ(read.findings[0].column, 22);
}

TEST(IncludesTest, APlanOfTenMegabytesIsRefused) {
  const std::string huge(10 * 1024 * 1024, '#');

  EXPECT_THAT(codes(read_plan(huge, "plan.toml").findings), ElementsAre("too-large"));
  EXPECT_THAT(found("\"a.toml\"", {{"a.toml", huge}}), ElementsAre("too-large"));
}

TEST(BundleTest, APlanOfSeveralFilesIsReadAgainFromItsSource) {
  const auto read =
      with("\"more/a.toml\"", {{"more/a.toml", "include = [\"../b.toml\"]\n" + kNight}, {"b.toml", kCase}});
  ASSERT_NE(read.plan, nullptr);
  EXPECT_THAT(read.source, ::testing::StartsWith("# tocsin plan bundle 1\n# file "));

  const auto again = read_plan(read.source, "version 3");

  ASSERT_NE(again.plan, nullptr);
  EXPECT_EQ(again.source, read.source);
  EXPECT_EQ(again.plan->digest, read.plan->digest);
  EXPECT_EQ(again.plan->digest, base::to_hex(base::digest(again.source)));
  EXPECT_EQ(again.plan->ladders.size(), 2U);
  EXPECT_EQ(again.places.at("ladder/night").file, "more/a.toml");
}

TEST(BundleTest, APlanOfOneFileIsItsOwnSource) {
  const SmallPlan small;

  EXPECT_EQ(small.read().source, small.text());
}

TEST(BundleTest, ABundleThatIsNotWholeIsRefusedWhereItEnds) {
  const auto source = with("\"a.toml\"", {{"a.toml", kNight}}).source;
  const std::string head = "# tocsin plan bundle 1\n";

  for (const auto& text : {source.substr(0, source.size() - 2), head, head + "# file x plan.toml\n",
                           head + "# file 5\nabcde\n", head + "# file 99999999999999999999 a\nb\n",
                           head + "# file 18446744073709551615 a\nb\n", head + "# file 1 a.toml\nb", source + "more"}) {
    EXPECT_THAT(codes(read_plan(text, "p").findings), ElementsAre("bad-bundle")) << text.substr(0, 80);
  }
  const auto cut = read_plan(head + "# file 2 a\nb\n\n# fil", "p");
  ASSERT_FALSE(cut.findings.empty());
  EXPECT_EQ(cut.findings[0].line, 5);
}

TEST(BundleTest, WhatABundleLacksIsMissing) {
  const std::string text = "include = [\"gone.toml\"]\n" + SmallPlan().text();
  const auto read =
      read_plan("# tocsin plan bundle 1\n# file " + std::to_string(text.size()) + " plan.toml\n" + text + "\n", "p");

  EXPECT_THAT(codes(read.findings), ElementsAre("file-missing"));
}

TEST(ReadPlanFileTest, FilesComeFromThePlansFolderAndNoLinkLeadsOutOfIt) {
  const testing::TempFolder folder;
  std::filesystem::create_directory(folder.path() / "office");
  const auto plan = folder.file("office/plan.toml");
  std::ofstream(plan) << "include = [\"ladders.toml\", \"link.toml\", \"..toml\"]\n" << SmallPlan().text();
  std::ofstream(folder.file("office/ladders.toml")) << kNight;
  std::ofstream(folder.file("secret.toml")) << kCase;
  std::filesystem::create_symlink(folder.file("secret.toml"), folder.file("office/link.toml"));
  std::filesystem::create_directory(folder.path() / "office" / "..toml");

  const auto read = read_plan_file(plan);

  ASSERT_TRUE(read.ok());
  EXPECT_THAT(codes(read->findings), ElementsAre("file-missing", "file-missing"));
  EXPECT_EQ(read->files.count(folder.file("office/ladders.toml")), 1U);
}

ReadPlan with_holidays(const std::string& holidays) {
  SmallPlan small;
  small.head += "holidays = \"holidays.toml\"\n";
  return read_plan(small.text(), "plan.toml", from({{"holidays.toml", holidays}}));
}

TEST(ReadHolidaysTest, DaysOfRestAndWorkedWeekendsAreRead) {
  const auto read = with_holidays(
      "[[holiday]]\nname = \"National Day\"\nfrom = \"2026-10-01\"\nto = \"2026-10-03\"\n"
      "[[holiday]]\nfrom = \"2026-01-01\"\n"
      "[[workday]]\ndate = \"2026-10-10\"\n");

  ASSERT_THAT(codes(read.findings), IsEmpty());
  EXPECT_THAT(read.plan->calendar.rest, ElementsAre(20454, 20727, 20728, 20729));
  EXPECT_THAT(read.plan->calendar.working, ElementsAre(20736));
  EXPECT_EQ(read_plan(read.source, "again").plan->calendar.rest.size(), 4U);
}

TEST(ReadHolidaysTest, MistakesInHolidaysStandInTheirFile) {
  const auto wrong = [](const std::string& text) { return codes(with_holidays(text).findings); };

  EXPECT_THAT(wrong("[[holiday]]\nfrom = \"2026-02-30\"\n"), ElementsAre("bad-date"));
  EXPECT_THAT(wrong("[[holiday]]\nfrom = 2026-02-20\n"), ElementsAre("wrong-type"));
  EXPECT_THAT(wrong("[[holiday]]\nto = \"2026-02-20\"\n"), ElementsAre("missing-key"));
  EXPECT_THAT(wrong("[[holiday]]\nfrom = \"2026-10-03\"\nto = \"2026-10-01\"\n"), ElementsAre("out-of-range"));
  EXPECT_THAT(wrong("[[holiday]]\nfrom = \"2026-10-03\"\nto = \"2027-10-04\"\n"), ElementsAre("out-of-range"));
  EXPECT_THAT(wrong("[[holiday]]\nfrom = \"2026-10-01\"\n[[workday]]\ndate = \"2026-10-01\"\n"),
              ElementsAre("rest-and-workday"));
  EXPECT_THAT(wrong("[[workdays]]\ndate = \"2026-10-01\"\n"), ElementsAre("unknown-key"));
  EXPECT_EQ(with_holidays("x = 1\n").findings[0].file, "holidays.toml");
}

}  // namespace
}  // namespace tocsin::plan
