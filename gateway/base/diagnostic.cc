#include "gateway/base/diagnostic.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "gateway/base/text.h"

namespace tocsin::base {
namespace {

constexpr std::size_t kShownCharacters = 160;  // of one source line

std::string_view chinese_name_of(Severity severity) {
  switch (severity) {
    case Severity::kError: break;
    case Severity::kWarning: return "警告";
    case Severity::kNote: return "说明";
  }
  return "错误";
}

std::optional<std::string_view> line_of(std::string_view source, int number) {
  for (int at = 1; at < number; ++at) {
    const std::size_t end = source.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  if (source.ends_with('\r')) source.remove_suffix(1);
  return source;
}

// Takes two columns of a terminal (the East Asian wide blocks that occur in practice).
bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

// "  5 | the line" and, when the column is known, "    |     ^" below it.
std::string excerpt(std::string_view line, int number, int column) {
  std::u32string shown = to_utf32(line);
  std::size_t caret = column > 0 ? static_cast<std::size_t>(column - 1) : 0;
  caret = std::min(caret, shown.size());
  std::size_t from = 0;
  if (caret > kShownCharacters * 3 / 4) from = caret - kShownCharacters / 2;
  shown = shown.substr(from, kShownCharacters);
  caret -= from;
  for (char32_t& c : shown) {
    if ((c < 0x20 && c != U'\t') || (c >= 0x7F && c <= 0x9F))
      c = 0xFFFD;  // nothing may reach the terminal as a control
  }
  const std::string label = std::to_string(number);
  std::string out = "  " + label + " | " + to_utf8(shown) + "\n";
  if (column <= 0) return out;
  out.append(label.size() + 2, ' ');
  out += " | ";
  for (std::size_t i = 0; i < caret && i < shown.size(); ++i) {
    out += shown[i] == U'\t' ? "\t" : (is_wide(shown[i]) ? "  " : " ");
  }
  return out + "^\n";
}

// Insertions, deletions, changes and swaps of neighbours that turn one into the other.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::kError: break;
    case Severity::kWarning: return "warning";
    case Severity::kNote: return "note";
  }
  return "error";
}

Diagnostic finding(Severity severity, std::string code, Said message, Said hint, std::string where) {
  Diagnostic made;
  made.severity = severity;
  made.code = std::move(code);
  made.message = std::move(message.en);
  made.message_zh = std::move(message.zh);
  made.hint = std::move(hint.en);
  made.hint_zh = std::move(hint.zh);
  made.where = std::move(where);
  return made;
}

bool has_errors(const Diagnostics& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Diagnostic& finding) { return finding.severity == Severity::kError; });
}

std::string render(const Diagnostic& finding, std::string_view source, bool chinese) {
  const auto& message = chinese && !finding.message_zh.empty() ? finding.message_zh : finding.message;
  const auto& hint = chinese && !finding.hint_zh.empty() ? finding.hint_zh : finding.hint;
  std::string out = finding.file;
  if (finding.line > 0) out += ":" + std::to_string(finding.line);
  if (finding.line > 0 && finding.column > 0) out += ":" + std::to_string(finding.column);
  if (!out.empty()) out += ": ";
  out += std::string(chinese ? chinese_name_of(finding.severity) : name_of(finding.severity)) + ": " + message;
  if (!finding.code.empty()) out += " [" + finding.code + "]";
  out += "\n";
  if (finding.line > 0 && !source.empty()) {
    if (const auto line = line_of(source, finding.line)) out += excerpt(*line, finding.line, finding.column);
  }
  if (!hint.empty()) {
    const std::size_t gutter = finding.line > 0 ? std::to_string(finding.line).size() : 1;
    out.append(gutter + 3, ' ');
    out += (chinese ? "= 提示：" : "= hint: ") + hint + "\n";
  }
  return out;
}

std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongestWord = 64;
  const std::u32string wanted = to_utf32(word);
  if (wanted.size() > kLongestWord) return {};
  std::size_t best_distance = std::min<std::size_t>(3, wanted.size() / 3) + 1;
  std::string best;
  for (const std::string& candidate : candidates) {
    const std::u32string name = to_utf32(candidate);
    const std::size_t difference =
        name.size() > wanted.size() ? name.size() - wanted.size() : wanted.size() - name.size();
    if (difference >= best_distance) continue;
    const std::size_t distance = edit_distance(wanted, name);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace tocsin::base
