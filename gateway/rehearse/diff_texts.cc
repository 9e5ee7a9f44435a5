// What people read: every template in effect, filled under both plans with the same fields, present and absent.
#include <algorithm>
#include <array>
#include <set>

#include "gateway/callout/compose.h"
#include "gateway/plan/template_text.h"
#include "gateway/rehearse/diff_parts.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

constexpr std::array<model::Channel, 6> kCarried{model::Channel::kSms,     model::Channel::kVoice,
                                                 model::Channel::kPush,    model::Channel::kEmail,
                                                 model::Channel::kWebhook, model::Channel::kConsole};

// The templates that tocsin itself sends; the others when a step names them.
constexpr std::array<const char*, 17> kSentAnyway{
    "alert",    "update",       "stand_down",    "receipt",       "question",      "unreadable",
    "stranger", "approval",     "which",         "ended",         "leads",         "decided",
    "summary",  "summary_line", "summary_ended", "contact_check", "inbox_unopened"};

// Nobody reads a template that no step names.
std::set<std::string> templates_in_use(const plan::Plan& before, const plan::Plan& after) {
  std::set<std::string> names(kSentAnyway.begin(), kSentAnyway.end());
  for (const auto* plan : {&before, &after}) {
    for (const auto& response : plan->responses) {
      for (const auto& step : response.steps) names.insert(step.text);
    }
  }
  // What only one plan has is told by the step that names it; of tocsin's own words both have some.
  for (auto it = names.begin(); it != names.end();) {
    const bool ours = *it == "which" || *it == "ended" || *it == "leads" || *it == "decided" ||
                      *it == "contact_check" || *it == "inbox_unopened" || it->compare(0, 7, "summary") == 0;
    const bool both = before.templates.count(*it) != 0 && after.templates.count(*it) != 0;
    it = ours || both ? std::next(it) : names.erase(it);
  }
  return names;
}

std::string sample_of(const std::string& field) {
  if (field == "code") return "107";
  if (field == "time") return "14:32";
  return "<" + field + ">";
}

// Every field there, none there, each alone missing, each alone there: whatever a section looks at.
std::vector<plan::Fields> all_fields() {
  plan::Fields full, none;
  for (const auto& field : plan::template_fields()) {
    full[field.name] = plan::is_flag(field.name) ? "" : sample_of(field.name);
    none[field.name] = "";
  }
  std::vector<plan::Fields> all{full, none};
  for (const auto& field : plan::template_fields()) {
    all.push_back(full);
    auto& value = all.back()[field.name];
    value = value.empty() ? sample_of(field.name) : "";
    all.push_back(none);
    all.back()[field.name] = sample_of(field.name);
  }
  return all;
}

struct Read {
  std::string before, after;
  bool operator<(const Read& other) const {
    return before != other.before ? before < other.before : after < other.after;
  }
};

std::set<std::string> languages_of(const plan::Plan& before, const plan::Plan& after) {
  std::set<std::string> all(before.languages.begin(), before.languages.end());
  all.insert(after.languages.begin(), after.languages.end());
  return all;
}

}  // namespace

void diff_texts(const plan::Plan& before, const plan::Plan& after, PlanDiff& out) {
  const auto fields = all_fields();
  for (const auto& name : templates_in_use(before, after)) {
    for (const auto& language : languages_of(before, after)) {
      std::map<Read, std::vector<model::Channel>> found;
      for (const auto channel : kCarried) {
        const auto old_text = callout::text_in_effect(before, name, language, channel);
        const auto new_text = callout::text_in_effect(after, name, language, channel);
        if (old_text == new_text) continue;
        for (const auto& filled : fields) {
          Read read{callout::as_sent(old_text, filled), callout::as_sent(new_text, filled)};
          if (read.before == read.after) continue;
          found[std::move(read)].push_back(channel);
          break;
        }
      }
      for (const auto& [read, channels] : found) {
        Change change;
        change.what = "text";
        change.about = {"template/" + name};
        change.subject = said("{0}, in {1}", "{0}，语言 {1}", name, language);
        if (channels.size() < kCarried.size()) {
          for (const auto channel : channels) {
            change.subject += said(", {0}", "，{0}", Said{in_words(channel, false), in_words(channel, true)});
          }
        }
        change.before = base::same(read.before);
        change.after = base::same(read.after);
        out.changes.push_back(std::move(change));
      }
    }
  }
}

}  // namespace tocsin::rehearse
