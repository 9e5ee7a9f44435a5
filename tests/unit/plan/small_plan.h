// A plan as small as read_plan accepts, with holes for what a test is about.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "gateway/plan/read_plan.h"

namespace tocsin::plan {

struct SmallPlan {
  std::string head = R"(
[plan]
name = "Test office"
version = "1"
)";
  std::string levels;
  std::string attributes = R"(
[attribute.serious]
type = "count"
[attribute.spreading]
type = "flag"
name = { zh = "蔓延", en = "spreading" }
ask = { zh = "蔓延吗？", en = "Spreading?" }
[attribute.depth]
type = "measure"
name = { zh = "水深", en = "depth" }
ask = { zh = "多深？", en = "How deep?" }
unit = { zh = "米", en = "m" }
[attribute.where]
type = "choice"
name = { zh = "场所", en = "where" }
ask = { zh = "哪里？", en = "Where?" }
choices = [{ id = "open", name = { zh = "空地", en = "open" } }, { id = "school", name = { zh = "学校", en = "school" } }]
)";
  std::string hazard = R"(
[hazard.fire]
keywords = { zh = ["着火"], en = ["fire"] }
attributes = ["serious", "spreading", "depth", "where"]
)";
  std::string criteria;
  std::string ladders = R"(
[ladder.person]
rungs = [{ channel = "sms", wait = "3m" }, { channel = "desk_call", wait = "5m" }]
)";
  std::string response = R"(
[[response]]
hazard = "fire"
level = "IV"
step = [{ name = "heads", to = ["area:heads"], ladder = "person" }]
)";
  std::string unclassified = R"(
[[response]]
hazard = "unclassified"
step = [{ name = "desk", to = ["duty:desk"], ladder = "person" }]
)";
  std::string templates = R"(
[template]
alert = { zh = { default = "警报 {{code}}" }, en = { default = "Alert {{code}}" } }
update = { zh = { default = "更新" }, en = { default = "Update" } }
stand_down = { zh = { default = "终止" }, en = { default = "Over" } }
receipt = { zh = { default = "收到" }, en = { default = "Received" } }
question = { zh = { default = "{{question}}" }, en = { default = "{{question}}" } }
unreadable = { zh = { default = "没看懂" }, en = { default = "Not understood" } }
stranger = { zh = { default = "您好" }, en = { default = "Hello" } }
)";

  [[nodiscard]] std::string text() const {
    return head + levels + attributes + hazard + criteria + ladders + response + unclassified + templates;
  }
  [[nodiscard]] ReadPlan read() const { return read_plan(text(), "plan.toml"); }
  // Readable as it stands; null otherwise (and the test fails on it).
  [[nodiscard]] PlanPtr plan() const {
    const auto read_back = read();
    for (const auto& finding : read_back.findings) ADD_FAILURE() << base::render(finding, read_back.source);
    return read_back.plan;
  }
};

inline std::vector<std::string> codes(const base::Diagnostics& findings) {
  std::vector<std::string> all;
  for (const auto& finding : findings) all.push_back(finding.code);
  return all;
}

}  // namespace tocsin::plan
