#include <utility>

#include "directory/intake/draft.h"
#include "directory/listing.h"

namespace tocsin::intake {
namespace {

constexpr std::size_t kDigitsToMask = 7;
constexpr std::size_t kDigitsShown = 4;

std::string hat_text(const Hat& hat, bool chinese) {
  std::string text;
  for (const std::string& word : {hat.area, hat.unit, hat.section, hat.title}) {
    if (!word.empty()) text += (text.empty() ? "" : " / ") + word;
  }
  if (hat.part == Part::kHead) text += chinese ? "（负责人）" : " (head)";
  if (hat.part == Part::kWorker) text += chinese ? "（工作人员）" : " (worker)";
  return text;
}

std::string entry_text(const Entry& entry, const TextOptions& options) {
  std::string text = entry.office ? "[" + entry.name + "]" : entry.name;
  for (const Hat& hat : entry.hats) {
    const std::string words = hat_text(hat, options.chinese);
    if (!words.empty()) text += " | " + words;
  }
  for (const DraftNumber& number : entry.numbers) {
    text += " | " + std::string(model::name_of(number.kind)) + " " +
            (options.unmasked ? number.address : directory::masked_address(number.kind, number.address));
    if (!number.extension.empty()) text += "-" + number.extension;
    if (!number.label.empty()) text += " (" + masked_cell(number.label) + ")";
  }
  text += " |";
  for (const Source& source : entry.rows) text += " " + text_of(source);
  return text + "\n";
}

}  // namespace

std::string finding_text(const Finding& finding, const TextOptions& options) {
  std::string text;
  if (finding.at.sheet > 0) text += text_of(finding.at) + ": ";
  text += std::string(base::name_of(finding.severity)) + ": ";
  if (!finding.cell.empty()) {
    std::string cell = options.unmasked ? finding.cell : masked_cell(finding.cell);
    for (std::size_t at = cell.find('\n'); at != std::string::npos; at = cell.find('\n', at))
      cell.replace(at, 1, "\\n");
    text += "\"" + cell + "\": ";
  }
  const std::string& message = finding.message.in(options.chinese);
  text += (options.unmasked ? message : masked_cell(message)) + " [" + finding.code + "]\n";
  if (!finding.proposal.empty()) text += "    = " + finding.proposal.in(options.chinese) + "\n";
  return text;
}

std::string question_text(const Question& question, bool chinese) {
  std::string text = question.id + ": " + question.words.in(chinese) + "\n";
  for (const Choice& choice : question.choices) text += "    " + choice.word + ": " + choice.means.in(chinese) + "\n";
  return text;
}

std::string masked_cell(std::string_view cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size();) {
    const auto digit = [&](std::size_t place) {
      return place < cell.size() && cell[place] >= '0' && cell[place] <= '9';
    };
    const auto joint = [&](std::size_t place) {
      return place < cell.size() && (cell[place] == ' ' || cell[place] == '-');
    };
    if (!digit(at)) {
      out += cell[at++];
      continue;
    }
    // A run goes on over one blank or hyphen between digits.
    std::size_t end = at, digits = 0;
    while (digit(end) || (joint(end) && digit(end + 1))) {
      if (digit(end)) ++digits;
      ++end;
    }
    std::size_t left = digits;
    for (; at < end; ++at) {
      const bool hide = digit(at) && digits >= kDigitsToMask && left > kDigitsShown;
      if (digit(at)) --left;
      out += hide ? '*' : cell[at];
    }
  }
  return out;
}

std::string draft_text(const Draft& draft, const TextOptions& options) {
  std::string text = options.chinese ? "列对应关系\n" : "mapping\n";
  const std::string mapping = mapping_text(draft.mapping);
  for (std::size_t at = 0; at < mapping.size();) {
    const std::size_t end = mapping.find('\n', at);
    text += "  " + mapping.substr(at, end - at) + "\n";
    at = end + 1;
  }
  text += (options.chinese ? "条目 " : "entries ") + std::to_string(draft.entries.size()) + "\n";
  for (const Entry& entry : draft.entries) text += "  " + entry_text(entry, options);
  text += (options.chinese ? "问题 " : "findings ") + std::to_string(draft.findings.size()) + "\n";
  for (const Finding& finding : draft.findings) text += "  " + finding_text(finding, options);
  text += (options.chinese ? "待答 " : "questions ") + std::to_string(draft.one_name.size()) + "\n";
  for (const Draft::OneName& pair : draft.one_name) text += "  " + question_text(pair.question, options.chinese);
  return text;
}

}  // namespace tocsin::intake
