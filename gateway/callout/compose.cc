#include "gateway/callout/compose.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "gateway/base/text.h"

namespace tocsin::callout {
namespace {

using model::HazardKind;

// The fixed sentences tocsin itself puts into a text; everything else is the plan's.
struct Sentence {
  const char* zh;
  const char* en;
};

constexpr Sentence kUnclassified{"情况待核实的报告", "a report nobody has classified yet"};
constexpr Sentence kYes{"是", "yes"};
constexpr Sentence kDrillMark{"【演练】", "[DRILL] "};
constexpr Sentence kMerged{"与同一事件的另一报告合并", "merged with another report of the same event"};
constexpr Sentence kMoved{"地点已更正", "the place was corrected"};
constexpr Sentence kRaised{"级别升为", "raised to "};
constexpr Sentence kLowered{"级别降为", "lowered to "};
constexpr Sentence kBefore{"，原为", ", was "};
constexpr Sentence kUndecidedStarts{"前无人决定即自动启动", " it starts unless somebody decides"};
constexpr Sentence kUndecidedLeft{"前无人决定则不启动", " it is dropped unless somebody decides"};
constexpr Sentence kAt{"", "At "};
constexpr Sentence kApprovedBy{"已批准启动，批准人：", "approved by "};
constexpr Sentence kDeclinedBy{"已决定不启动，决定人：", "declined by "};
constexpr Sentence kStartedUndecided{"到时无人决定，已自动启动", "nobody decided in time, it has started"};
constexpr Sentence kLeftUndecided{"到时无人决定，不启动", "nobody decided in time, it does not start"};

struct Colour {
  std::string_view name;
  Sentence words;
};
constexpr Colour kColours[] = {{"blue", {"蓝色", "blue"}},
                               {"yellow", {"黄色", "yellow"}},
                               {"orange", {"橙色", "orange"}},
                               {"red", {"红色", "red"}}};

bool is_chinese(std::string_view language) {
  return language.substr(0, 2) == "zh";
}

std::string say(const Sentence& sentence, std::string_view language) {
  return is_chinese(language) ? sentence.zh : sentence.en;
}

std::string words_of(const plan::Plan& plan, const plan::Words& words, const std::string& language) {
  return plan::say(words, language, plan.default_language());
}

std::string hazard_in_words(const plan::Plan& plan, HazardKind kind, const std::string& language) {
  if (const auto* hazard = plan.hazard(kind); hazard != nullptr && !hazard->name.empty()) {
    return words_of(plan, hazard->name, language);
  }
  const auto* info = model::kind_info(kind);
  if (info == nullptr) return say(kUnclassified, language);
  return std::string(is_chinese(language) ? info->zh : info->en);
}

std::string level_in_words(const plan::Plan& plan, const std::string& id, const std::string& language) {
  const auto level = plan.level_named(id);
  if (!level) return id;
  const auto& words = plan.levels[static_cast<std::size_t>(*level)].name;
  return words.empty() ? id : words_of(plan, words, language);
}

std::string colour_in_words(const plan::Plan& plan, const std::string& id, const std::string& language) {
  const auto level = plan.level_named(id);
  if (!level) return {};
  const auto& colour = plan.levels[static_cast<std::size_t>(*level)].colour;
  for (const auto& known : kColours) {
    if (known.name == colour) return say(known.words, language);
  }
  return colour;
}

std::string decision_in_words(const Occasion& occasion, const std::string& language) {
  switch (*occasion.decided) {
    case model::ApprovalState::kApproved: return say(kApprovedBy, language) + occasion.decided_by;
    case model::ApprovalState::kDeclined: return say(kDeclinedBy, language) + occasion.decided_by;
    case model::ApprovalState::kStartedByDefault: return say(kStartedUndecided, language);
    case model::ApprovalState::kLeftByDefault: return say(kLeftUndecided, language);
    case model::ApprovalState::kPending:
    case model::ApprovalState::kMoot: break;
  }
  return {};
}

std::string change_in_words(const Occasion& occasion, const std::string& language) {
  if (occasion.decided) return decision_in_words(occasion, language);
  if (occasion.change == "merged") return say(kMerged, language);
  if (occasion.change == "moved") return say(kMoved, language);
  if (occasion.change != "raised" && occasion.change != "lowered") return {};
  auto text = say(occasion.change == "raised" ? kRaised : kLowered, language) +
              level_in_words(*occasion.plan, occasion.incident->level_id, language);
  if (!occasion.level_before.empty()) {
    text += say(kBefore, language) + level_in_words(*occasion.plan, occasion.level_before, language);
  }
  return text;
}

// "14:42前无人决定即自动启动", for whoever is asked to approve; else what a reporter is asked.
std::string question_in_words(const Occasion& occasion, const std::string& language) {
  if (occasion.decide_by.empty()) return occasion.question;
  return say(kAt, language) + occasion.decide_by +
         say(occasion.starts_by_default ? kUndecidedStarts : kUndecidedLeft, language);
}

std::string label_of(const plan::Plan& plan, const plan::Attribute& attribute, const std::string& language) {
  if (!attribute.label.empty()) return words_of(plan, attribute.label, language);
  const auto* count = model::count_named(attribute.name);
  if (count == nullptr) return attribute.name;
  return std::string(is_chinese(language) ? count->zh : count->en);
}

std::string quantity_in_words(const plan::Plan& plan, const plan::Attribute& attribute, model::Quantity quantity,
                              const std::string& language) {
  const std::string gap = is_chinese(language) ? "" : " ";
  auto text = label_of(plan, attribute, language) + gap + to_string(quantity);
  if (!attribute.unit.empty()) text += gap + words_of(plan, attribute.unit, language);
  return text;
}

// Empty for what needs no mention: a flag that is not up.
std::string fact_in_words(const plan::Plan& plan, const plan::Attribute& attribute, const model::FactValue& value,
                          const std::string& language) {
  if (const auto* quantity = std::get_if<model::Quantity>(&value)) {
    return quantity_in_words(plan, attribute, *quantity, language);
  }
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? label_of(plan, attribute, language) : std::string();
  const auto& choice = std::get<model::Choice>(value).name;
  const auto label = attribute.choice_labels.find(choice);
  return label == attribute.choice_labels.end() ? choice : words_of(plan, label->second, language);
}

// The plan's order for that hazard first; what another hazard's report added comes after it.
std::vector<std::string> in_plan_order(const plan::Plan& plan, HazardKind kind, const model::Facts& facts) {
  std::vector<std::string> order;
  if (const auto* hazard = plan.hazard(kind)) order = hazard->attributes;
  for (const auto& [name, value] : facts) {
    if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
  }
  return order;
}

using Texts = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

// The end when the template says nothing at all.
Texts::const_iterator texts_in(const Texts& texts, const plan::Plan& plan, const std::string& language) {
  auto by_channel = texts.find(language);
  if (by_channel == texts.end()) by_channel = texts.find(plan.default_language());
  if (by_channel == texts.end()) by_channel = texts.begin();
  return by_channel == texts.end() || by_channel->second.empty() ? texts.end() : by_channel;
}

const std::string* text_for(const Texts& texts, const plan::Plan& plan, const std::string& language,
                            model::Channel channel) {
  const auto by_channel = texts_in(texts, plan, language);
  if (by_channel == texts.end()) return nullptr;
  const auto& texts_here = by_channel->second;
  auto text = texts_here.find(model::name_of(channel));
  if (text == texts_here.end()) text = texts_here.find("default");
  if (text == texts_here.end()) text = texts_here.begin();
  return &text->second;
}

// Short service texts a plan may leave to us; {{question}} carries what they are about.
struct ServiceText {
  std::string_view name;
  Sentence words;
};
constexpr ServiceText kServiceTexts[] = {
    {"which",
     {"您有多个事件待答复，请连同编号回复，例如 2 {{question}}",
      "You have several open incidents. Reply with the number too, for example: 2 {{question}}"}},
    {"ended",
     {"编号{{code}}已经终止，您的答复已记录，不必前往。谢谢。",
      "No. {{code}} has ended. Your reply was noted; no need to come. Thank you."}},
    {"sign_in",
     {"登录验证码 {{question}}，10分钟内有效，只用于登录警钟系统。不是您本人操作请不必理会，也不要告诉任何人。",
      "Sign-in code {{question}}, good for 10 minutes, for signing in to tocsin only. If you did not ask for it, "
      "ignore "
      "it, and tell it to nobody."}},
    {"approve",
     {"批准验证码 {{question}}，10分钟内有效，只用于决定应急响应：填入网页，或回复“批准 {{question}}”“不批准 "
      "{{question}}”。不是您本人操作请立即告知值班室，不要告诉其他人。",
      "Approval code {{question}}, good for 10 minutes, for deciding on a response only: on the page, or reply "
      "\"approve "
      "{{question}}\" or \"decline {{question}}\". If you did not ask for it, tell the duty desk at once, and nobody "
      "else."}},
    {"which_decision",
     {"有多个响应待决定，请连同编号回复，例如 批准 {{question}}",
      "Several responses wait for a decision. Reply with the number too, for example: approve {{question}}"}},
    {"approved_by_sms", {"编号{{code}}：已按您的批准启动响应。", "No. {{code}}: started on your approval."}},
    {"declined_by_sms", {"编号{{code}}：已按您的决定不启动。", "No. {{code}}: not started, as you decided."}},
    {"not_decided",
     {"编号{{code}}：没有决定，验证码不对或已过期，或不由您决定。回复“批准”可重新索取验证码。",
      "No. {{code}}: nothing was decided. The code is wrong or too old, or it is not yours to decide. Reply "
      "\"approve\" for another code."}},
    {"drill_noted",
     {"演练短信已收到并记录，未启动响应。真实险情请直接发送，不要写演练。",
      "Your drill message was noted; nobody was called. If it is real, send it again without the word "
      "drill."}},
    {"decided",
     {"编号{{code}}：{{change}}。不需要您再决定。", "No. {{code}}: {{change}}. No decision is needed from you."}},
    {"summary",
     {"通信恢复，您现有{{count}}起：\n{{incidents}}\n{{^one_way}}回复1全部收到；前往请回2加编号，不能到回0加编号{{/"
      "one_way}}",
      "The link is back. {{count}} for you now:\n{{incidents}}\n{{^one_way}}Reply 1: received, all of them; 2 and the "
      "number: coming; 0 and the number: cannot come{{/one_way}}"}},
    {"summary_line",
     {"编号{{code}} {{hazard}}{{#level_name}} {{level_name}}{{/level_name}}{{#area}} {{area}}{{/area}}{{#place}} "
      "{{place}}{{/place}} {{time}}起{{#facts}} {{facts}}{{/facts}}",
      "{{code}} {{hazard}}{{#level_name}} {{level_name}}{{/level_name}}{{#area}}, {{area}}{{/area}}{{#place}}, "
      "{{place}}{{/place}}, since {{time}}{{#facts}}: {{facts}}{{/facts}}"}},
    {"summary_ended", {"编号{{code}} {{hazard}} 已终止", "{{code}} {{hazard}}: over"}},
    // Must fit one short message behind a signature, and must not look like an alarm.
    {"contact_check",
     {"联系方式核对，无紧急情况：收到本短信请回复1，谢谢。",
      "Contact check, no emergency: please reply 1 to show that this reached you. Thank you."}},
    {"inbox_unopened",
     {"值班室收件箱有{{question}}条陌生人短信超过时限无人打开，请查看。",
      "The desk has not opened {{question}} in its inbox in time. Please look."}},
    {"leads", {"编号{{code}}：现由{{question}}负责指挥。", "No. {{code}}: {{question}} leads now."}},
};

const Sentence* service_text(std::string_view name) {
  for (const auto& text : kServiceTexts) {
    if (text.name == name) return &text.words;
  }
  return nullptr;
}

// What sections that said nothing leave behind: lines of nothing.
std::string without_empty_lines(const std::string& text) {
  std::string out;
  for (const auto& line : base::split(text, '\n')) {
    if (base::trim(line).empty()) continue;
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

}  // namespace

plan::Fields fields_of(const Occasion& occasion, const std::string& language) {
  const auto& plan = *occasion.plan;
  const auto& incident = *occasion.incident;
  plan::Fields fields;
  fields["code"] = std::to_string(incident.code);
  fields["hazard"] = hazard_in_words(plan, incident.kind, language);
  fields["level"] = incident.level_id;
  fields["level_name"] = level_in_words(plan, incident.level_id, language);
  fields["colour"] = colour_in_words(plan, incident.level_id, language);
  fields["place"] = incident.place;
  fields["area"] = occasion.area_name;
  fields["facts"] = occasion.facts == nullptr ? "" : facts_in_words(plan, incident.kind, *occasion.facts, language);
  fields["time"] = occasion.opened_local;
  fields["drill"] = incident.drill ? say(kYes, language) : "";
  fields["assembly"] = occasion.assembly_point;
  fields["change"] = change_in_words(occasion, language);
  fields["level_before"] = occasion.level_before;
  fields["stands_in_for"] = occasion.stands_in_for;
  fields["question"] = question_in_words(occasion, language);
  fields["one_way"] = occasion.one_way ? say(kYes, language) : "";
  fields["read_out"] = "";  // of the channel: compose_text
  fields["office"] = plan.name;
  fields["incidents"] = occasion.incidents;
  fields["count"] = occasion.incidents_count == 0 ? "" : std::to_string(occasion.incidents_count);
  return fields;
}

// A plan that was accepted has every template it names; an alert nobody wrote words for must still say something.
std::string text_in_effect(const plan::Plan& plan, const std::string& name, const std::string& language,
                           model::Channel channel) {
  const auto found = plan.templates.find(name);
  const auto* text = found == plan.templates.end() ? nullptr : text_for(found->second.text, plan, language, channel);
  if (text != nullptr) return *text;
  if (const auto* ours = service_text(name)) return say(*ours, language);
  return "{{code}} {{hazard}} {{level}} {{area}} {{place}} {{change}} {{question}} {{facts}}";
}

std::string language_in_effect(const plan::Plan& plan, const std::string& name, const std::string& language) {
  const auto found = plan.templates.find(name);
  if (found != plan.templates.end()) {
    const auto& texts = found->second.text;
    if (const auto in = texts_in(texts, plan, language); in != texts.end()) return in->first;
  }
  return is_chinese(language) ? "zh" : "en";
}

std::vector<std::string> service_text_names() {
  std::vector<std::string> names;
  for (const auto& text : kServiceTexts) names.emplace_back(text.name);
  return names;
}

std::string as_sent(const std::string& text, const plan::Fields& fields) {
  return base::trim(without_empty_lines(plan::fill(text, fields)));
}

std::string marked_as_drill(const std::string& text, const std::string& language) {
  const auto mark = say(kDrillMark, language);
  return text.compare(0, mark.size(), mark) == 0 ? text : mark + text;
}

model::MessageText compose_text(const Occasion& occasion, const std::string& template_name, const std::string& language,
                                model::Channel channel) {
  auto fields = fields_of(occasion, language);
  if (channel == model::Channel::kDeskCall || channel == model::Channel::kKnock)
    fields["read_out"] = say(kYes, language);
  model::MessageText text;
  text.body = as_sent(text_in_effect(*occasion.plan, template_name, language, channel), fields);
  if (occasion.incident->drill) text.body = marked_as_drill(text.body, language);
  text.made_of = {template_name, language_in_effect(*occasion.plan, template_name, language), {}};
  for (auto& [name, value] : fields) {
    if (!value.empty()) text.made_of.fields.emplace(name, std::move(value));
  }
  return text;
}

std::string compose(const Occasion& occasion, const std::string& template_name, const std::string& language,
                    model::Channel channel) {
  return compose_text(occasion, template_name, language, channel).body;
}

std::string area_in_words(const model::AreaInfo& area, const model::AreaInfo* above) {
  const bool says_it = above == nullptr || !above->parent || area.name.compare(0, above->name.size(), above->name) == 0;
  return says_it ? area.name : above->name + " " + area.name;
}

std::string facts_in_words(const plan::Plan& plan, model::HazardKind kind, const model::Facts& facts,
                           const std::string& language) {
  std::string text;
  for (const auto& name : in_plan_order(plan, kind, facts)) {
    const auto fact = facts.find(name);
    const auto* attribute = plan.attribute(name);
    if (fact == facts.end() || attribute == nullptr) continue;
    const auto words = fact_in_words(plan, *attribute, fact->second, language);
    if (words.empty()) continue;
    if (!text.empty()) text += is_chinese(language) ? " " : ", ";
    text += words;
  }
  return text;
}

}  // namespace tocsin::callout
