#include <array>
#include <set>

#include "directory/intake/compare.h"

namespace tocsin::intake {
namespace {

std::string shown(const std::string& words, const TextOptions& options) {
  return options.unmasked ? words : masked_cell(words);
}

std::string diff_text(const PersonDiff& diff, const TextOptions& options) {
  std::string text = std::string(name_of(diff.verdict)) + " " + (diff.code.empty() ? "?" : diff.code) + " " + diff.name;
  if (diff.at.sheet > 0) text += " " + text_of(diff.at);
  text += "\n";
  for (const FieldChange& change : diff.changes) {
    text += "    " + change.field + ":";
    if (!change.before.empty()) text += " - " + shown(change.before, options);
    if (!change.after.empty()) text += " + " + shown(change.after, options);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const TextOptions& options) {
  constexpr std::size_t kVerdicts = 6;
  std::array<std::size_t, kVerdicts> counts{};
  for (const PersonDiff& diff : comparison.persons) ++counts[static_cast<std::size_t>(diff.verdict)];
  std::string text;
  for (std::size_t i = 0; i < kVerdicts; ++i) {
    text +=
        (text.empty() ? "" : ", ") + std::to_string(counts[i]) + " " + std::string(name_of(static_cast<Verdict>(i)));
  }
  text += "\n";
  for (const PersonDiff& diff : comparison.persons) {
    if (diff.verdict != Verdict::kSame) text += "  " + diff_text(diff, options);
  }
  for (const std::string& unit : comparison.new_units) text += "  unit + " + unit + "\n";
  for (const PostNeed& post : comparison.empty_posts) {
    text += std::string("  ") + (options.chinese ? "空缺 " : "empty post ") + post.code;
    if (!post.names.empty()) text += " " + post.names.front();
    text += "\n";
  }
  for (const Finding& finding : comparison.findings) text += "  " + finding_text(finding, options);
  const std::set<std::string> open(comparison.open.begin(), comparison.open.end());
  for (const Question& question : comparison.questions) {
    if (open.count(question.id) > 0) text += "  ? " + question_text(question, options.chinese);
  }
  return text;
}

}  // namespace tocsin::intake
