#include "gateway/rehearse/text_parts.h"

#include <algorithm>
#include <set>

#include "gateway/rehearse/longest_text.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using model::Channel;

// The hazards a template may speak of: those whose responses send it, or all when no step names it.
std::vector<model::HazardKind> spoken_of(const plan::Plan& plan, const std::string& name, const TextsWanted& wanted) {
  if (wanted.hazard) return {*wanted.hazard};
  std::set<model::HazardKind> kinds;
  bool named = false;
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) {
      if (step.ladder < 0 || step.text != name) continue;
      named = true;
      kinds.insert(response.kind);
    }
  }
  if (!named) {
    for (const auto& hazard : plan.hazards) kinds.insert(hazard.first);
  }
  return {kinds.begin(), kinds.end()};
}

// Told on a ladder: what a step sends, and what follows a raise.
bool is_alert(const plan::Plan& plan, const std::string& name) {
  if (name == "alert" || name == "update") return true;
  return std::any_of(plan.responses.begin(), plan.responses.end(), [&](const plan::Response& response) {
    return std::any_of(response.steps.begin(), response.steps.end(),
                       [&](const plan::PlanStep& step) { return step.ladder >= 0 && step.text == name; });
  });
}

bool more(const Parts& a, const Parts& b) {
  return b.count != 0 && (a.count == 0 || a.count > b.count);
}

}  // namespace

std::vector<TextParts> count_parts(const plan::Plan& plan, const ports::Roster* roster,
                                   const std::vector<LinkFacts>& links, const TextsWanted& wanted) {
  std::vector<TextParts> all;
  const auto names = longest_names(roster);
  for (const auto& [name, made] : plan.templates) {
    if (wanted.templates &&
        std::find(wanted.templates->begin(), wanted.templates->end(), name) == wanted.templates->end())
      continue;
    const bool alert = is_alert(plan, name);
    const auto kinds = spoken_of(plan, name, wanted);
    for (const auto& language : plan.languages) {
      for (const auto& link : links) {
        if (!link.parts_of || link.channel != Channel::kSms) continue;
        TextParts longest{name, language, link.name, {-1, false}, model::HazardKind::kUnclassified, alert};
        for (const auto kind : kinds) {
          auto text = longest_text(plan, kind, name, language, Channel::kSms, names, link.one_way);
          if (alert) text += link.web_line;
          const auto parts = link.parts_of(text);
          if (longest.parts.count >= 0 && !more(parts, longest.parts)) continue;
          longest.parts = parts;
          longest.of = kind;
        }
        if (longest.parts.count >= 0) all.push_back(std::move(longest));
      }
    }
  }
  return all;
}

std::string to_text(const std::vector<TextParts>& texts, bool chinese) {
  if (texts.empty()) return {};
  const auto column = [](std::size_t width, const std::string& text) { return padded(text, width) + "  "; };
  const std::string template_word = say({"模板", "template"}, chinese),
                    language_word = say({"语言", "language"}, chinese);
  std::vector<std::string> links;
  std::size_t names = columns(template_word);
  for (const auto& text : texts) {
    names = std::max(names, columns(text.template_name));
    if (std::find(links.begin(), links.end(), text.link) == links.end()) links.push_back(text.link);
  }
  std::string out =
      say({"短信条数（按最长的区域、20字的地点和最长的六项情况计，含签名和网页链接）：\n",
           "short messages at the longest (area, place of 20 characters, six facts; with signature and web link):\n"},
          chinese);
  out += "  " + column(names, template_word) + column(columns(language_word), language_word);
  for (const auto& link : links) out += column(columns(link), link);
  const TextParts* row = nullptr;
  for (const auto& text : texts) {
    if (row == nullptr || row->template_name != text.template_name || row->language != text.language) {
      out.erase(out.find_last_not_of(' ') + 1);
      out += "\n  " + column(names, text.template_name) + column(columns(language_word), text.language);
      row = &text;
    }
    const auto count = text.parts.count > 0             ? std::to_string(text.parts.count)
                       : text.parts.most_characters > 0 ? ">" + std::to_string(text.parts.most_characters)
                                                        : say({"不能发", "cannot"}, chinese);
    out += column(columns(text.link), count);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

}  // namespace tocsin::rehearse
