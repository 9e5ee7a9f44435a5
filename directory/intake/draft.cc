#include "directory/intake/draft.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>
#include <utility>

#include "directory/intake/rows.h"
#include "directory/table/limits.h"
#include "gateway/base/text.h"

namespace tocsin::intake {
namespace {

using base::said;

constexpr std::size_t kLongestCell = 80;            // characters of a cell that a finding shows
constexpr std::size_t kLongestAnswers = 1U << 20U;  // bytes
constexpr std::size_t kLongestAnswer = 300;         // bytes
constexpr std::string_view kRow = "row@", kOut = "out";

// What the first sheets did not have: a file without one table that can be read is no empty list.
void look_at_mapping(Reading& reading, const Mapping& mapping) {
  for (std::size_t i = 0; i < reading.book.grids.size(); ++i) {
    const int sheet = static_cast<int>(i) + 1;
    const table::Grid& grid = reading.book.grids[i];
    const auto mapped = std::find_if(mapping.sheets.begin(), mapping.sheets.end(),
                                     [&](const SheetMapping& one) { return one.sheet == sheet; });
    if ((mapped != mapping.sheets.end() && !mapped->skip) || grid.rows.empty()) continue;
    const std::string name = grid.name.empty() ? std::to_string(sheet) : grid.name;
    if (grid.hidden) {
      reading.find(base::Severity::kNote, "hidden-sheet", {sheet, {}}, "",
                   said("the sheet \"{0}\" is hidden and was not read", "工作表“{0}”是隐藏的，没有读取", name),
                   said("name its columns in the mapping to read it", "如需读取，请在列对应关系中写明它的各列"));
    } else {
      reading.find(base::Severity::kWarning, "no-header", {sheet, {}}, "",
                   said("no header was found in \"{0}\", or it is to be skipped: nothing of it was read",
                        "“{0}”里没有找到表头，或已指定跳过：没有读取其中内容", name),
                   said("say which column is what, like {0}@1: A=name B=mobile",
                        "请写明每列是什么，例如 {0}@1: A=name B=mobile", sheet));
    }
  }
}

// "row@1!4": sheet and row; absent when it is anything else.
std::optional<std::pair<int, int>> row_in(std::string_view id) {
  if (id.substr(0, kRow.size()) != kRow) return std::nullopt;
  id.remove_prefix(kRow.size());
  const auto mark = id.find('!');
  if (mark == std::string_view::npos) return std::nullopt;
  const auto number = [](std::string_view digits) {
    int value = 0;
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return wrong == std::errc() && end == digits.data() + digits.size() ? value : 0;
  };
  const std::pair<int, int> row{number(id.substr(0, mark)), number(id.substr(mark + 1))};
  return row.first > 0 && row.second > 0 ? std::optional(row) : std::nullopt;
}

// Read and thrown away, not jumped over: rows below one may have their unit from it.
void leave_out(Reading& reading, const RowsLeftOut& rows) {
  const auto is_out = [&rows](const auto& one) { return rows.count({one.at.sheet, one.at.place.row}) > 0; };
  const auto drop = [&is_out](auto& all) { all.erase(std::remove_if(all.begin(), all.end(), is_out), all.end()); };
  drop(reading.rows);
  drop(reading.findings);
  drop(reading.headless);
}

}  // namespace

RowsLeftOut rows_left_out(const Answers& answers) {
  RowsLeftOut rows;
  for (auto one = answers.lower_bound(kRow); one != answers.end(); ++one) {
    const auto row = row_in(one->first);
    if (row && one->second == kOut) rows.insert(*row);
  }
  return rows;
}

std::string text_of(const Source& source) {
  return std::to_string(source.sheet) + "!" + table::a1(source.place);
}

void Reading::find(base::Severity severity, std::string code, const Source& at, std::string_view cell,
                   base::Said message, base::Said proposal) {
  if (findings.size() >= kMostFindings) {
    if (left_out_++ == 0) {
      findings.push_back(
          {base::Severity::kNote,
           "findings-not-shown",
           {},
           {},
           said("there are more findings than are shown: mend these first", "问题太多，未全部列出：请先改正这些"),
           {}});
    }
    return;
  }
  findings.push_back(
      {severity, std::move(code), at, base::cut(cell, kLongestCell), std::move(message), std::move(proposal)});
}

void add_number(std::vector<DraftNumber>& to, const DraftNumber& number) {
  const bool there = std::any_of(to.begin(), to.end(), [&](const DraftNumber& one) { return one.same_as(number); });
  if (!there && to.size() < kMostNumbers) to.push_back(number);
}

void add_hat(std::vector<Hat>& to, const Hat& hat) {
  const bool there = std::any_of(to.begin(), to.end(), [&](const Hat& one) { return one.same_as(hat); });
  if (!there && to.size() < kMostHats) to.push_back(hat);
}

Draft read_draft(const table::Book& book, const Mapping& mapping, const base::DialingRules& dialing,
                 const RowsLeftOut& left_out) {
  Reading reading(book, dialing);
  Draft draft;
  draft.mapping = mapping;
  look_at_mapping(reading, mapping);
  for (const SheetMapping& sheet : mapping.sheets) {
    if (!sheet.skip && sheet.sheet <= static_cast<int>(book.grids.size())) read_sheet_rows(reading, sheet);
  }
  if (!left_out.empty()) leave_out(reading, left_out);
  join_rows(reading, draft);
  draft.findings = std::move(reading.findings);
  std::stable_sort(draft.findings.begin(), draft.findings.end(), [](const Finding& a, const Finding& b) {
    const auto key = [](const Finding& one) {
      return std::tuple(one.at.sheet == 0 ? table::kMaxGrids + 1 : static_cast<std::size_t>(one.at.sheet),
                        one.at.place.row, one.at.place.column);
    };
    return key(a) < key(b);
  });
  return draft;
}

Draft settled(const Draft& draft, const Answers& answers) {
  Draft out = draft;
  std::vector<bool> gone(draft.entries.size(), false);
  // Chains of three hang on the first.
  std::vector<std::size_t> stands_for(draft.entries.size());
  for (std::size_t i = 0; i < stands_for.size(); ++i) stands_for[i] = i;
  for (const Draft::OneName& pair : draft.one_name) {
    if (answer_to(answers, pair.question) != "one") continue;
    const std::size_t to = stands_for[pair.first], from = stands_for[pair.second];
    if (to == from) continue;
    for (const DraftNumber& number : out.entries[from].numbers) add_number(out.entries[to].numbers, number);
    for (const Hat& hat : out.entries[from].hats) add_hat(out.entries[to].hats, hat);
    out.entries[to].rows.insert(out.entries[to].rows.end(), out.entries[from].rows.begin(),
                                out.entries[from].rows.end());
    gone[from] = true;
    for (std::size_t& one : stands_for) one = one == from ? to : one;
  }
  std::vector<std::size_t> place(out.entries.size());
  std::vector<Entry> left;
  for (std::size_t i = 0; i < out.entries.size(); ++i) {
    if (gone[i]) continue;
    place[i] = left.size();
    left.push_back(std::move(out.entries[i]));
  }
  out.entries = std::move(left);
  for (Draft::OneName& pair : out.one_name) {
    pair.first = place[stands_for[pair.first]];
    pair.second = place[stands_for[pair.second]];
  }
  return out;
}

std::string answer_to(const Answers& answers, const Question& question) {
  auto found = answers.find(question.id);
  if (found == answers.end()) found = answers.find(question.code + ":*");
  if (found == answers.end()) return {};
  const bool among = std::any_of(question.choices.begin(), question.choices.end(),
                                 [&](const Choice& choice) { return choice.word == found->second; });
  return among ? found->second : std::string();
}

std::string answers_text(const Answers& answers) {
  std::string text;
  for (const auto& [id, word] : answers) text += id + "=" + word + "\n";
  return text;
}

base::Result<Answers> parse_answers(std::string_view text) {
  if (text.size() > kLongestAnswers) return base::invalid("answers: longer than 1 MB");
  if (!base::is_utf8(text)) return base::invalid("answers: not UTF-8");
  std::string lines(text);
  std::replace(lines.begin(), lines.end(), ';', '\n');
  Answers answers;
  for (const std::string& raw : base::split(lines, '\n')) {
    const std::string line = base::trim(raw);
    if (line.empty()) continue;
    const std::size_t sign = line.rfind('=');
    if (sign == std::string::npos || sign == 0 || line.size() > kLongestAnswer) {
      return base::invalid("answers: \"" + base::cut(line, 60) + "\": expected QUESTION=WORD");
    }
    std::string id = base::trim(line.substr(0, sign)), word = base::trim(line.substr(sign + 1));
    if (!answers.emplace(std::move(id), std::move(word)).second) {
      return base::invalid("answers: \"" + base::cut(line, 60) + "\": answered twice");
    }
  }
  return answers;
}

}  // namespace tocsin::intake
