#include "gateway/triage/decisions.h"

#include "gateway/base/text.h"
#include "gateway/triage/letters.h"
#include "gateway/triage/scan.h"

namespace tocsin::triage {
namespace {

constexpr std::size_t kMostCharacters = 100;

enum class Means { kNoise, kYes, kNo };
struct Words {
  Means means;
  Text words;
};
constexpr Words kWords[] = {
    {Means::kYes, U"批准"},          {Means::kYes, U"同意"},         {Means::kYes, U"批准启动"},
    {Means::kYes, U"同意启动"},      {Means::kYes, U"approve"},      {Means::kYes, U"approved"},
    {Means::kNo, U"不批准"},         {Means::kNo, U"不同意"},        {Means::kNo, U"不批准启动"},
    {Means::kNo, U"不同意启动"},     {Means::kNo, U"不启动"},        {Means::kNo, U"驳回"},
    {Means::kNo, U"否决"},           {Means::kNo, U"decline"},       {Means::kNo, U"declined"},
    {Means::kNo, U"reject"},         {Means::kNo, U"rejected"},      {Means::kNo, U"not approved"},
    {Means::kNo, U"do not approve"}, {Means::kNo, U"don't approve"}, {Means::kNoise, U"我"},
    {Means::kNoise, U"编号"},        {Means::kNoise, U"事件"},       {Means::kNoise, U"验证码"},
    {Means::kNoise, U"响应"},        {Means::kNoise, U"回复"},       {Means::kNoise, U"号"},
    {Means::kNoise, U"code"},        {Means::kNoise, U"incident"},   {Means::kNoise, U"number"},
    {Means::kNoise, U"reply"},       {Means::kNoise, U"i"}};
constexpr Text kNoise = U" .,;:!。、\"'“”‘’「」#()-[]【】\n";

// A word ends where another begins: "approver" approves nothing.
const Words* word_at(Text text, std::size_t at) {
  const Words* best = nullptr;
  for (const auto& word : kWords) {
    if (!starts_at(text, at, word.words) || (best != nullptr && word.words.size() <= best->words.size())) continue;
    if (is_latin(word.words.front()) && !(is_boundary(text, at) && is_boundary(text, at + word.words.size()))) continue;
    best = &word;
  }
  return best;
}

// Where the run of digits at `at` ends; false when it is neither a code of one kind nor of the other, or the second.
bool take_number(Text text, std::size_t& at, Decision& decision) {
  std::string digits;
  for (; is_digit(char_at(text, at)); ++at) digits += static_cast<char>(text[at]);
  if (digits.size() == 6 && decision.one_time_code.empty()) {
    decision.one_time_code = digits;
    return true;
  }
  if (digits.size() < 3 || digits.size() > 5 || digits[0] == '0' || decision.incident) return false;
  decision.incident = std::stoi(digits);
  return true;
}

}  // namespace

std::optional<Decision> read_decision(std::string_view utf8) {
  if (base::count_characters(utf8) > kMostCharacters) return std::nullopt;
  const auto prepared_text = prepared(utf8);
  const Text text = prepared_text;
  Decision decision;
  bool yes = false, no = false;
  for (std::size_t at = 0; at < text.size();) {
    if (is_digit(text[at])) {
      if (!take_number(text, at, decision)) return std::nullopt;
    } else if (const auto* word = word_at(text, at)) {
      yes = yes || word->means == Means::kYes;
      no = no || word->means == Means::kNo;
      at += word->words.size();
    } else if (starts_at(text, at, U"no.") && is_digit(char_at(text, skip_spaces(text, at + 3)))) {
      at += 3;  // "no. 101"
    } else if (kNoise.find(text[at]) != Text::npos) {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  if (yes == no) return std::nullopt;
  decision.approved = yes;
  return decision;
}

}  // namespace tocsin::triage
