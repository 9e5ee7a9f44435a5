// The table of keys against the reader: a key of the table is read, and what it gives as an example is taken.
#include "gateway/plan/keys.h"

#include <gtest/gtest.h>

#include "gateway/plan/schema.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

// A plan in which "KEY = VALUE" stands in a table of that kind.
std::string with_key(Table table, const std::string& line) {
  SmallPlan small;
  const auto is = [&](const std::string& key) { return line.rfind(key + " = ", 0) == 0; };
  const auto inline_table = [&](const std::string& others) { return "{ " + others + line + " }"; };
  switch (table) {
    case Table::kPlan: small.head = "[plan]\n" + line + "\n"; break;
    case Table::kLevel: small.levels = "[[level]]\n" + line + "\n"; break;
    case Table::kAttribute:
      small.attributes += "[attribute.more]\n" + (is("type") ? "" : std::string("type = \"measure\"\n")) + line + "\n";
      break;
    case Table::kChoice:
      small.attributes += "[attribute.more]\ntype = \"choice\"\nchoices = [" + inline_table("") + "]\n";
      break;
    case Table::kHazard: small.hazard += "[hazard.flood]\n" + line + "\n"; break;
    case Table::kCriteria: small.criteria = "[[hazard.fire.criteria]]\n" + line + "\n"; break;
    case Table::kGrade: small.criteria = "[[hazard.fire.grade]]\n" + line + "\n"; break;
    case Table::kLadder: small.ladders += "[ladder.more]\n" + line + "\n"; break;
    case Table::kRung: small.ladders += "[ladder.more]\nrungs = [" + inline_table("") + "]\n"; break;
    case Table::kHours: small.ladders += "[[ladder.person.hours]]\n" + line + "\n"; break;
    case Table::kResponse:
      small.response += "[[response]]\n" + (is("hazard") ? "" : std::string("hazard = \"fire\"\n")) + line + "\n";
      break;
    case Table::kApproval: small.response += "[response.approval]\n" + line + "\n"; break;
    case Table::kStandDown: small.response += "[response.stand_down]\n" + line + "\n"; break;
    case Table::kCondition: small.response += "[response.stand_down]\nconditions = [" + inline_table("") + "]\n"; break;
    case Table::kStep:
      small.response = "[[response]]\nhazard = \"fire\"\nlevel = \"IV\"\n[[response.step]]\n" +
                       (is("text") ? std::string("ladder = \"person\"\n") : "") + line + "\n";
      break;
    case Table::kTask:
      small.response =
          "[[response]]\nhazard = \"fire\"\nlevel = \"IV\"\n[[response.step]]\nname = \"x\"\nto = [\"duty:desk\"]\n"
          "[response.step.task]\n" +
          line + "\n";
      break;
    case Table::kTexts: small.templates += "[template.more.zh]\n" + line + "\n"; break;
    case Table::kCase: small.templates += "[[case]]\n" + line + "\n"; break;
    case Table::kReport: small.templates += "[[case]]\n[case.report]\n" + line + "\n"; break;
    case Table::kEvent:
      small.templates +=
          "[[case]]\n[[case.event]]\n" + (is("who") ? std::string("answer = \"coming\"\n") : "") + line + "\n";
      break;
    case Table::kExpect: small.templates += "[[case]]\n[case.expect]\n" + line + "\n"; break;
    case Table::kTold: small.templates += "[[case]]\n[case.expect]\ntold = [" + inline_table("") + "]\n"; break;
    case Table::kAccept: small.templates += "[[accept]]\n" + line + "\n"; break;
    default: return {};
  }
  return small.text();
}

// Findings at the value of the key, which stands alone on its line or in an inline table.
std::vector<std::string> codes_at(const std::string& plan, const std::string& line) {
  const auto at = plan.find(line);
  const auto number = static_cast<int>(std::count(plan.begin(), plan.begin() + static_cast<long>(at), '\n')) + 1;
  std::vector<std::string> found;
  for (const auto& finding : read_plan(plan, "plan.toml").findings) {
    if (finding.line == number) found.push_back(finding.code);
  }
  return found;
}

// No key takes a moment of TOML: whoever reads the key must say so.  Nothing is said about a key that nobody reads.
TEST(KeysTest, EveryKeyOfTheTableIsRead) {
  int tried = 0;
  for (std::size_t i = 0; i < all_tables().size(); ++i) {
    for (const auto& key : all_tables()[i].keys) {
      const auto line = key.name + " = 1979-05-27T07:32:00Z";
      const auto plan = with_key(Table(i), line);
      if (plan.empty()) continue;
      ++tried;
      const auto found = codes_at(plan, line);
      EXPECT_THAT(found, testing::Not(testing::IsEmpty())) << all_tables()[i].id << "." << key.name << " is not read";
      EXPECT_THAT(found, testing::Not(testing::Contains("unknown-key"))) << all_tables()[i].id << "." << key.name;
    }
  }
  EXPECT_GE(tried, 100);
}

TEST(KeysTest, ExamplesAreOfTheKindTheReaderWants) {
  for (std::size_t i = 0; i < all_tables().size(); ++i) {
    for (const auto& key : all_tables()[i].keys) {
      if (key.example.empty()) continue;
      const auto line = key.name + " = " + key.example;
      const auto plan = with_key(Table(i), line);
      if (plan.empty()) continue;
      for (const char* code :
           {"wrong-type", "unknown-key", "unknown-word", "too-many", "out-of-range", "bad-duration", "toml-syntax"}) {
        EXPECT_THAT(codes_at(plan, line), testing::Not(testing::Contains(code))) << all_tables()[i].id << "." << line;
      }
    }
  }
}

TEST(KeysTest, EveryKeyMeansSomethingInBothLanguages) {
  for (const auto& table : all_tables()) {
    std::vector<std::string> seen;
    for (const auto& key : table.keys) {
      EXPECT_THAT(seen, testing::Not(testing::Contains(key.name))) << table.id;
      seen.push_back(key.name);
      EXPECT_FALSE(key.meaning.en.empty() || key.meaning.zh.empty()) << table.id << "." << key.name;
      EXPECT_EQ(key.required, key.otherwise.empty()) << table.id << "." << key.name << ": a default or required";
      EXPECT_FALSE(type_of(key).en.empty() || type_of(key).zh.empty()) << table.id << "." << key.name;
    }
  }
}

}  // namespace
}  // namespace tocsin::plan
