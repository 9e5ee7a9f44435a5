// An office's table of 10,000 rows: from bytes to a draft, and the draft against a directory that has them all.
#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <string_view>

#include "directory/intake/compare.h"
#include "directory/table/read.h"

namespace {

namespace intake = tocsin::intake;
namespace table = tocsin::table;

constexpr int kRows = 10'000;
const tocsin::base::DialingRules kRules{"CN", "539"};

std::string list_of_people() {
  constexpr std::array<std::string_view, 10> kHan = {"石", "柳", "江", "谷", "高", "白", "方", "秦", "钟", "夏"};
  std::string csv = "单位,姓名,职务,手机,办公电话\n";
  for (int i = 0; i < kRows; ++i) {
    csv += "第" + std::to_string(i / 20) + "工程队,";
    for (const int place : {i / 1000, i / 100 % 10, i / 10 % 10, i % 10}) csv += kHan[static_cast<std::size_t>(place)];
    csv += (i % 20 == 0 ? ",队长,144" : ",队员,144") + std::to_string(10'000'000 + i) + ",0539-" +
           std::to_string(1'000'000 + i / 20) + "转" + std::to_string(1000 + i % 20) + "\n";
  }
  return csv;
}

intake::Draft draft_of(const std::string& csv) {
  const table::Read read = table::read_tables(csv, "list.csv");
  return intake::read_draft(read.book, intake::guess_mapping(read.book), kRules);
}

void ten_thousand_rows_to_a_draft(benchmark::State& state) {
  const std::string csv = list_of_people();
  for (auto _ : state) {
    const intake::Draft draft = draft_of(csv);
    if (draft.entries.size() != kRows) state.SkipWithError("rows are missing");
  }
}
BENCHMARK(ten_thousand_rows_to_a_draft)->Unit(benchmark::kMillisecond);

// All new, which makes 10,000 codes; then all the same.
void ten_thousand_entries_compared(benchmark::State& state) {
  const intake::Draft draft = draft_of(list_of_people());
  tocsin::directory::Tables tables;
  if (state.range(0) != 0) tables = intake::compare(draft, {}, tables, {}).after;
  for (auto _ : state) {
    const intake::Comparison comparison = intake::compare(draft, {}, tables, {});
    if (comparison.after.persons.size() != kRows) state.SkipWithError("persons are missing");
  }
}
BENCHMARK(ten_thousand_entries_compared)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
