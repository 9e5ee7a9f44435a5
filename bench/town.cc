#include "bench/town.h"

#include <cstdio>
#include <cstdlib>

#include "gateway/plan/read_plan.h"

namespace tocsin::bench {
namespace {

constexpr const char* kPlan = R"toml(
[plan]
name = "Benchmark"
version = "1"
time_zone = "Asia/Shanghai"
languages = ["zh", "en"]
stale_after = "6h"
open_within = "1h"

[attribute.serious]
type = "count"
name = { zh = "重伤", en = "injured" }
keywords = { zh = ["重伤", "受伤", "伤"], en = ["injured"] }
ask = { zh = "几人受伤？", en = "How many are injured?" }

[hazard.fire]
keywords = { zh = ["火灾", "着火"], en = ["fire"] }
attributes = ["serious"]
default_level = "IV"
merge_window = "1s"

[hazard.gas_leak]
keywords = { zh = ["燃气"], en = ["gas"] }
attributes = ["serious"]
default_level = "IV"
merge_window = "1s"

[hazard.building_collapse]
keywords = { zh = ["倒塌"], en = ["collapse"] }
attributes = ["serious"]
default_level = "I"
merge_window = "1s"

[hazard.flood]
keywords = { zh = ["洪水", "积水"], en = ["flood"] }
attributes = ["serious"]
default_level = "IV"
merge_window = "2h"

[ladder.person]
rungs = [{ channel = "sms", wait = "2h" }, { channel = "desk_call", wait = "2h" }]

[[response]]
hazard = "unclassified"

[[response.step]]
name = "desk"
to = ["duty:desk"]
ladder = "person"
needs = "received"
enough = 1
wait = "2h"
at_most = "8h"

[[response]]
hazard = "fire"
level = "IV"

[[response.step]]
name = "everybody"
to = ["group:everybody"]
ladder = "person"
needs = "received"
enough = "all"
wait = "2h"
at_most = "8h"

[[response]]
hazard = "gas_leak"
level = "IV"

[[response.step]]
name = "head"
to = ["area:heads"]
ladder = "person"
needs = "received"
enough = 1
wait = "2h"
at_most = "8h"

[[response]]
hazard = "flood"
level = "IV"

[[response.step]]
name = "head"
to = ["area:heads"]
ladder = "person"
needs = "received"
enough = 1
wait = "2h"
at_most = "8h"

[[response]]
hazard = "building_collapse"
level = "I"

[[response.step]]
name = "head"
to = ["area:heads"]
ladder = "person"
needs = "received"
enough = 1
wait = "2h"
at_most = "8h"

[template.alert]
zh.default = "警报{{code}} {{hazard}} {{level}} {{area}} {{place}} {{facts}} 回1收到2前往3到达0不能"
en.default = "ALERT {{code}} {{hazard}} {{level}} {{area}} {{place}} {{facts}}"

[template.update]
zh.default = "更新{{code}} {{change}} {{hazard}} {{level}} {{area}} {{facts}}"
en.default = "UPDATE {{code}} {{change}} {{hazard}} {{level}} {{area}} {{facts}}"

[template.stand_down]
zh.default = "终止{{code}} {{hazard}} {{area}}"
en.default = "OVER {{code}} {{hazard}} {{area}}"

[template.receipt]
zh.default = "回执{{code}} {{hazard}} {{area}} {{facts}} {{question}}"
en.default = "RECEIPT {{code}} {{hazard}} {{area}} {{facts}} {{question}}"

[template.question]
zh.default = "问{{code}} {{question}}"
en.default = "QUESTION {{code}} {{question}}"

[template.unreadable]
zh.default = "未读懂，已转值班室{{code}}"
en.default = "Not understood, passed to the desk {{code}}"

[template.stranger]
zh.default = "陌生号码，危急请打119"
en.default = "Unknown number; in danger call 119"
)toml";

constexpr std::string_view kHeads = "861410", kPeople = "861440";

std::string numbered(std::string_view prefix, int index) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "%07d", index);
  return "+" + std::string(prefix) + digits;
}

void add_person(directory::Tables& tables, const std::string& code, const std::string& number) {
  directory::PersonRow person;
  person.code = code;
  person.name = "测试" + code;
  person.language = "zh";
  directory::ContactRow contact;
  contact.person = code;
  contact.order = 1;
  contact.address = number;
  contact.agreed_when = base::parse_rfc3339("2026-01-01T00:00:00Z");
  contact.agreed_how = "form";
  tables.persons.push_back(std::move(person));
  tables.contacts.push_back(std::move(contact));
}

}  // namespace

std::string area_code(int index) {
  return "area-" + std::to_string(index);
}

int head_of_number(std::string_view digits) {
  if (digits.substr(0, kHeads.size()) != kHeads) return -1;
  return std::atoi(std::string(digits.substr(kHeads.size())).c_str());
}

Town make_town(int people) {
  Town town;
  town.plan_source = kPlan;
  auto read = plan::read_plan(town.plan_source, "benchmark");
  if (!read.plan) {
    for (const auto& finding : read.findings)
      std::fprintf(stderr, "%s", base::render(finding, read.files.at(finding.file)).c_str());
    std::abort();
  }
  town.plan = read.plan;
  auto& tables = town.tables;
  tables.areas.push_back({});
  tables.areas.back().code = tables.areas.back().name = "town";
  tables.areas.back().kind = "subdistrict";
  tables.groups.push_back({"everybody", "Everybody"});
  for (int i = 0; i < kAreas; ++i) {
    directory::AreaRow area;
    area.code = area.name = area_code(i);
    area.kind = "community";
    area.parent = "town";
    tables.areas.push_back(std::move(area));
    const std::string head = "head-" + std::to_string(i);
    add_person(tables, head, numbered(kHeads, i));
    tables.area_roles.push_back({area_code(i), "heads", head});
  }
  for (int i = 0; i < people; ++i) {
    const std::string code = "p" + std::to_string(i);
    add_person(tables, code, numbered(kPeople, i));
    tables.group_members.push_back({"everybody", code});
  }
  tables.duty.push_back({"desk", "head-0", {}});
  std::int64_t next_id = 1;
  directory::number_rows(tables, {}, next_id);
  return town;
}

}  // namespace tocsin::bench
