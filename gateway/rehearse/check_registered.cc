// What is registered with providers that take registered templates alone, against the texts of the plan.
#include <algorithm>
#include <map>
#include <set>

#include "gateway/base/text.h"
#include "gateway/callout/compose.h"
#include "gateway/plan/template_text.h"
#include "gateway/rehearse/check_parts.h"
#include "gateway/rehearse/longest_text.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::Severity;
using model::Channel;

constexpr std::size_t kMostVaried = 6;               // fields: every way in which they may be empty or not
constexpr std::size_t kMostShown = 60;               // characters of a text in a finding
const std::string kLink = "link", kProbe = "probe";  // fields that no plan has: model::Wording

// Composed as a part of another text, and never sent alone.
bool is_part(const std::string& name) {
  return name == "summary_line" || name == "summary_ended";
}

bool names_field(const std::string& text, const std::string& name) {
  return text.find("{{" + name + "}}") != std::string::npos || text.find("{{#" + name + "}}") != std::string::npos ||
         text.find("{{^" + name + "}}") != std::string::npos;
}

// Every incident has them.
bool is_always_there(const std::string& name) {
  static const std::set<std::string> there = {"code", "hazard", "level", "level_name", "colour", "time", "office"};
  return there.count(name) != 0;
}

class RegisteredCheck {
 public:
  RegisteredCheck(const plan::Plan& plan, const LinkFacts& link, const LongestNames& names, base::Diagnostics& findings)
      : plan_(plan), link_(link), names_(names), findings_(findings) {}

  void run() {
    check_missing(false);
    check_missing(true);
    int index = 0;
    for (const auto& text : link_.registered->texts) {
      if (is_sound(text)) {
        for (const auto& language : served_by(index, text)) {
          check_text(text, language);
          check_lengths(text, language);
        }
      }
      ++index;
    }
  }

 private:
  void at_file(const RegisteredText& text, Severity severity, std::string code, const Said& message,
               const Said& hint = {}) {
    found(findings_, severity, std::move(code), "template/" + text.of + "/" + text.language, message, hint);
    findings_.back().file = link_.registered->file;
    findings_.back().line = text.line;
    findings_.back().column = 1;
  }

  std::vector<std::string> sent_texts() const {
    std::set<std::string> names;
    for (const auto& made : plan_.templates) names.insert(made.first);
    for (const auto& name : callout::service_text_names()) names.insert(name);
    std::vector<std::string> sent;
    for (const auto& name : names) {
      if (!is_part(name)) sent.push_back(name);
    }
    return sent;
  }

  // One finding for a language: what could not be sent.
  void check_missing(bool drill) {
    std::map<std::string, std::vector<std::string>> missing;
    for (const auto& name : sent_texts()) {
      std::set<std::string> languages;
      for (const auto& language : plan_.languages) {
        languages.insert(callout::language_in_effect(plan_, name, language));
      }
      for (const auto& language : languages) {
        const bool real = link_.registered->find(name, language, false) >= 0;
        const bool there = drill ? !real || link_.registered->find(name, language, true) >= 0 : real;
        if (!there) missing[language].push_back(name);
      }
    }
    for (const auto& [language, names] : missing) {
      const auto where = "template/" + names.front() + "/" + language + "/sms";
      if (drill) {
        found(findings_, Severity::kWarning, "template-not-registered", where,
              said("link {0} has nothing registered for drills in {1} for: {2}", "线路{0}没有登记{1}的演练模板：{2}",
                   link_.name, language, base::listed(names)),
              said("register them with the mark of a drill, and say drill = true",
                   "登记带演练字样的模板，写drill = true"));
      } else {
        found(findings_, Severity::kWarning, "template-not-registered", where,
              said("link {0} sends registered templates only, and has none in {1} for: {2}",
                   "线路{0}只发登记过的模板，没有登记{1}的：{2}", link_.name, language, base::listed(names)),
              said("register them with the provider, or have another link that carries them",
                   "向服务商登记，或另设能发的线路"));
      }
    }
  }

  // Of a text and fields that the plan has.
  bool is_sound(const RegisteredText& text) {
    const auto sent = sent_texts();
    if (text.of != kProbe && std::find(sent.begin(), sent.end(), text.of) == sent.end()) {
      const auto near = base::nearest_name(text.of, sent);
      at_file(text, Severity::kWarning, "registration-of-nothing",
              said("link {0}: {1} is registered, and the plan has no such text", "线路{0}登记了{1}，预案没有这个文本",
                   link_.name, text.of),
              near.empty() ? Said{} : said("did you mean {0}?", "是不是{0}？", near));
      return false;
    }
    auto faults = plan::faults_of(text.text);
    auto& unknown = faults.unknown_fields;
    unknown.erase(std::remove_if(unknown.begin(), unknown.end(),
                                 [](const auto& name) { return name == kLink || name == kProbe; }),
                  unknown.end());
    if (!faults.not_mustache.empty()) {
      at_file(text, Severity::kError, "registration-unusable",
              said("link {0}: the text registered for {1}: {2}", "线路{0}为{1}登记的文本：{2}", link_.name, text.of,
                   faults.not_mustache));
    } else if (!unknown.empty()) {
      at_file(text, Severity::kError, "registration-unusable",
              said("link {0}: what is registered for {1} names fields that no plan has: {2}",
                   "线路{0}为{1}登记的参数用了没有的字段：{2}", link_.name, text.of, base::listed(unknown)));
    }
    return faults.not_mustache.empty() && unknown.empty() && text.of != kProbe;
  }

  // ---- is it still what the plan says? ----

  // What the reader gets of the plan's words, of those fields.
  static std::string of_plan(const std::string& words, const RegisteredText& text, const std::string& language,
                             const plan::Fields& fields) {
    auto sent = callout::as_sent(words, fields);
    return text.drill ? callout::marked_as_drill(sent, language) : sent;
  }

  // The languages of the plan's texts that go out by this registration: "zh" serves "zh-CN" where that has none.
  std::set<std::string> served_by(int index, const RegisteredText& text) const {
    std::set<std::string> served;
    for (const auto& wanted : plan_.languages) {
      const auto language = callout::language_in_effect(plan_, text.of, wanted);
      if (link_.registered->find(text.of, language, text.drill) == index) served.insert(language);
    }
    return served;
  }

  void check_text(const RegisteredText& text, const std::string& language) {
    const auto words = callout::text_in_effect(plan_, text.of, language, Channel::kSms);
    std::vector<std::string> varied;
    plan::Fields full;
    for (const auto& field : plan::template_fields()) {
      const std::string name = field.name;
      if (!names_field(words, name) && !names_field(text.text, name)) continue;
      if (plan::is_flag(name)) continue;  // of the link, and of the registration
      full[name] = "<" + name + ">";
      if (!is_always_there(name)) varied.push_back(name);
    }
    if (link_.one_way) full["one_way"] = "<one_way>";
    if (text.drill) full["drill"] = "<drill>";
    for (const auto& empty : ways_to_be_empty(varied)) {
      auto fields = full;
      for (const auto& name : empty) fields[name].clear();
      const auto plans = of_plan(words, text, language, fields);
      const auto registered = callout::as_sent(text.text, fields);
      if (plans == registered) continue;
      return say_difference(text, language, plans, registered, empty);
    }
  }

  static std::vector<std::vector<std::string>> ways_to_be_empty(const std::vector<std::string>& names) {
    std::vector<std::vector<std::string>> ways;
    if (names.size() > kMostVaried) {
      ways = {{}, names};
      for (const auto& name : names) ways.push_back({name});
      return ways;
    }
    for (unsigned way = 0; way < 1U << names.size(); ++way) {
      ways.emplace_back();
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (((way >> i) & 1U) != 0) ways.back().push_back(names[i]);
      }
    }
    return ways;
  }

  void say_difference(const RegisteredText& text, const std::string& language, const std::string& plans,
                      const std::string& registered, const std::vector<std::string>& empty) {
    const auto part = [&](const std::string& of, const std::string& other) {
      std::size_t same = 0;
      while (same < of.size() && same < other.size() && of[same] == other[same]) ++same;
      while (same > 0 && same < of.size() && (static_cast<unsigned char>(of[same]) & 0xC0U) == 0x80U) --same;
      auto shown = base::cut(of.substr(same), kMostShown);
      std::replace(shown.begin(), shown.end(), '\n', ' ');
      return shown;
    };
    const Said when = empty.empty() ? Said{} : said(" (when empty: {0})", "（{0}为空时）", base::listed(empty));
    found(
        findings_, Severity::kWarning, "registered-text-differs", "template/" + text.of + "/" + language + "/sms",
        said("what is registered for {0} in {1} with link {2} ({3}:{4}) is not what the plan says{5}: \"{6}\" there, "
             "\"{7}\" here",
             "线路{2}为{0}登记的{1}文本（{3}:{4}）与预案不一致{5}：登记的是“{6}”，预案是“{7}”", text.of, text.language,
             link_.name, link_.registered->file, text.line, when, part(registered, plans), part(plans, registered)),
        said("register the plan's text anew, or give it back its old words", "重新登记，或改回原来的文字"));
  }

  // ---- does what fills it fit? ----

  void check_lengths(const RegisteredText& text, const std::string& language) {
    std::set<std::string> told;
    for (const auto& hazard : plan_.hazards) {
      const auto made = longest_message(plan_, hazard.first, text.of, language, Channel::kSms, names_, link_.one_way);
      for (const auto& value : text.values) {
        if (value.longest == 0 || value.cut || told.count(value.name) != 0) continue;
        const auto longest = base::count_characters(plan::fill(value.value, made.made_of.fields));
        if (longest <= static_cast<std::size_t>(value.longest)) continue;
        told.insert(value.name);
        at_file(
            text, Severity::kWarning, "registered-value-too-long",
            said("link {0}: parameter {1} of {2} may take {3} characters ({4}), {5} are registered: such a message is "
                 "refused",
                 "线路{0}：{2}的参数{1}可能有{3}个字（{4}），登记的是{5}个字：超出时不发送", link_.name, value.name,
                 text.of, longest, std::string(model::name_of(hazard.first)), value.longest),
            said("register a longer one, or say cut = true", "登记得长些，或写cut = true"));
      }
    }
  }

  const plan::Plan& plan_;
  const LinkFacts& link_;
  const LongestNames& names_;
  base::Diagnostics& findings_;
};

}  // namespace

void check_registered(const plan::Plan& plan, const ports::Roster* roster, const std::vector<LinkFacts>& links,
                      base::Diagnostics& findings) {
  const auto names = longest_names(roster);
  for (const auto& link : links) {
    if (link.registered) RegisteredCheck(plan, link, names, findings).run();
  }
}

}  // namespace tocsin::rehearse
