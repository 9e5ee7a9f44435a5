// Any bytes as an office's table, read to a draft by a guessed mapping and by one of the bytes' own; any text as a
// mapping and as answers; what the drafts make of a directory.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "directory/import.h"
#include "directory/intake/compare.h"
#include "directory/table/read.h"
#include "gateway/base/text.h"

namespace {

namespace intake = tocsin::intake;

void require(bool holds) {
  if (!holds) std::abort();
}

// What it would become holds together, and once more by the same list too.
void require_sound_tables(const intake::Draft& draft) {
  intake::CompareOptions options;
  options.posts = {{"commander", {"指挥长"}}, {"duty-leader", {"值班长"}}};
  options.expect_everybody = true;
  const intake::Answers answers = {{"one-name-two-numbers:*", "two"},
                                   {"number-of-another:*", "shared"},
                                   {"same-person:*", "new"},
                                   {"missing:*", "left"}};
  tocsin::directory::Tables tables;
  for (int round = 0; round < 2; ++round) {
    intake::Comparison next = intake::compare(draft, answers, tables, options);
    require(tocsin::base::is_utf8(intake::comparison_text(next, {})));
    tocsin::directory::ImportOptions check;
    check.keep = &next.after;
    require(!tocsin::base::has_errors(tocsin::directory::read_sheets({}, false, check).findings));
    tables = std::move(next.after);
  }
}

void require_sound(const intake::Draft& draft) {
  for (const intake::Entry& entry : draft.entries) {
    require(!entry.name.empty() && !entry.hats.empty() && !entry.rows.empty());
    require(entry.hats.size() <= intake::kMostHats && entry.numbers.size() <= intake::kMostNumbers);
    for (const intake::DraftNumber& number : entry.numbers) require(!number.address.empty());
  }
  require(draft.findings.size() <= intake::kMostFindings + 1);
  for (const intake::Finding& finding : draft.findings) {
    require(!finding.message.en.empty() && !finding.message.zh.empty() && tocsin::base::is_utf8(finding.cell));
  }
  intake::Answers all;
  for (const intake::Draft::OneName& pair : draft.one_name) {
    require(pair.first < draft.entries.size() && pair.second < draft.entries.size());
    all.emplace(pair.question.id, "one");
  }
  const intake::Draft settled = intake::settled(draft, all);
  require(settled.entries.size() + draft.one_name.size() >= draft.entries.size());
  require(tocsin::base::is_utf8(intake::draft_text(settled, {})));
  require_sound_tables(draft);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = bytes.find('\x1E');
  const std::string_view before = bytes.substr(0, cut);
  const auto read = tocsin::table::read_tables(cut == std::string_view::npos ? bytes : bytes.substr(cut + 1), "fuzz");
  const intake::Mapping guess = intake::guess_mapping(read.book);
  const auto again = intake::parse_mapping(intake::mapping_text(guess));
  require(again.ok() && intake::mapping_text(*again) == intake::mapping_text(guess));
  require_sound(intake::read_draft(read.book, guess, {"CN", "539"}));
  if (const auto mapping = intake::parse_mapping(before)) {
    require(intake::parse_mapping(intake::mapping_text(*mapping)).ok());
    require_sound(intake::read_draft(read.book, *mapping, {"CN", "539"}));
  }
  if (const auto answers = intake::parse_answers(before)) {
    require(intake::parse_answers(intake::answers_text(*answers)).ok());
  }
  return 0;
}
