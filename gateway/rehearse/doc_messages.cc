// The messages as a phone shows them, filled with an invented incident of the plan's first hazard.
#include <algorithm>
#include <map>

#include "gateway/callout/compose.h"
#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/doc_parts.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

struct Example {
  model::Incident incident;
  model::Facts facts;
};

// One fact of each sort that the hazard knows, so that the line of facts has its usual length.
Example example_of(const plan::Plan& plan) {
  Example example;
  constexpr int kCode = 107;
  example.incident.code = kCode;
  if (plan.hazards.empty() || plan.levels.empty()) return example;
  const auto& hazard = plan.hazards.count(model::HazardKind::kFire) != 0 ? plan.hazards.at(model::HazardKind::kFire)
                                                                         : plan.hazards.begin()->second;
  example.incident.kind = hazard.kind;
  example.incident.level = static_cast<model::LevelIndex>(plan.levels.size() > 1 ? plan.levels.size() - 2 : 0);
  example.incident.level_id = plan.level_id(example.incident.level);
  for (const auto& name : hazard.attributes) {
    const auto* attribute = plan.attribute(name);
    if (attribute == nullptr || example.facts.size() == 2) continue;
    if (attribute->type == plan::AttributeType::kCount) example.facts.emplace(name, model::Quantity::whole(2));
  }
  return example;
}

// What a template is for; those a plan adds of its own have only their name.
Said purpose_of(const std::string& name) {
  static const std::map<std::string, Said> known{{"alert", {"the alarm", "警报"}},
                                                 {"update", {"to those told before", "变更"}},
                                                 {"stand_down", {"it is over", "终止"}},
                                                 {"receipt", {"to a reporter", "给报告人"}},
                                                 {"question", {"a question to a reporter", "追问报告人"}},
                                                 {"unreadable", {"a report not understood", "报告看不懂"}},
                                                 {"stranger", {"to an unknown sender", "给陌生号码"}},
                                                 {"approval", {"to who must decide", "请示批准"}},
                                                 {"which", {"which incident is meant", "问是哪一起"}},
                                                 {"ended", {"answered after the end", "终止后答复"}},
                                                 {"decided", {"to others asked to decide", "已有决定"}},
                                                 {"summary", {"several at once, after an outage", "线路恢复后汇总"}},
                                                 {"summary_line", {"one line of a summary", "汇总中的一行"}},
                                                 {"summary_ended", {"its line when it is over", "汇总中已终止的一行"}},
                                                 {"contact_check", {"contact check", "联系方式核对"}},
                                                 {"inbox_unopened", {"a stranger's message waits", "陌生短信无人打开"}},
                                                 {"leads", {"somebody else leads", "指挥已变更"}}};
  const auto found = known.find(name);
  return found == known.end() ? Said() : found->second;
}

void write_template(Sheet& sheet, const Example& example, const std::string& name) {
  const auto& plan = sheet.plan();
  callout::Occasion occasion;
  occasion.plan = &plan;
  occasion.incident = &example.incident;
  occasion.facts = &example.facts;
  occasion.opened_local = "14:32";
  occasion.change = "raised";
  occasion.level_before = plan.levels.empty() ? "" : plan.levels.front().id;
  std::string phones;
  for (const auto& language : plan.languages) {
    occasion.area_name = language == "zh" ? "（地点）" : "(area)";
    occasion.assembly_point = language == "zh" ? "（集合点）" : "(assembly point)";
    occasion.question = language == "zh" ? "（追问）" : "(question)";
    std::vector<std::string> shown;
    for (const auto channel : {model::Channel::kSms, model::Channel::kVoice, model::Channel::kEmail}) {
      auto text = callout::compose(occasion, name, language, channel);
      if (std::find(shown.begin(), shown.end(), text) != shown.end()) continue;
      const Said over{in_words(channel, false), in_words(channel, true)};
      phones +=
          "<div class=phone><b>" + sheet.text(language) + " " + sheet.text(over) + "</b>" + sheet.text(text) + "</div>";
      shown.push_back(std::move(text));
    }
  }
  sheet.heading(3, sheet.text(purpose_of(name)) + " <span class=small>" + sheet.text(name) + "</span>");
  sheet.raw("<div class=phones>" + phones + "</div>\n");
}

}  // namespace

void write_messages(Sheet& sheet) {
  const auto& plan = sheet.plan();
  const auto example = example_of(plan);
  sheet.heading(2, Said{"Messages, as a phone shows them", "消息（手机上看到的样子）"});
  for (const auto& [name, text] : plan.templates) write_template(sheet, example, name);
}

}  // namespace tocsin::rehearse
