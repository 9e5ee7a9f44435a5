#include "directory/table/separator.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "directory/table/cell_text.h"
#include "directory/table/limits.h"

namespace tocsin::table {
namespace {

constexpr std::size_t kLooked = 50;  // records
// In the order of preference when two divide equally well.
constexpr std::array kSigns = {Separator::kTab, Separator::kComma, Separator::kSemicolon, Separator::kFullWidthComma};

using Counts = std::array<int, kSigns.size()>;

// How often each sign stands in each of the first records, blank ones left out.
std::vector<Counts> counted(std::string_view text) {
  std::vector<Counts> records;
  Counts now{};
  bool quoted = false, blank = true;
  text = text.substr(0, kMaxRowBytes);
  for (std::size_t at = 0; at < text.size() && records.size() < kLooked; ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') {
      if (!blank) records.push_back(now);
      now = {};
      blank = true;
      continue;
    }
    blank = false;
    for (std::size_t i = 0; i < kSigns.size(); ++i) {
      if (text.substr(at).starts_with(sign_of(kSigns[i]))) ++now[i];
    }
  }
  if (!blank && records.size() < kLooked) records.push_back(now);
  return records;
}

// Records that hold the sign as often as most do that hold it at all.
int evenness(const std::vector<Counts>& records, std::size_t sign) {
  std::map<int, int> records_with;
  for (const Counts& counts : records) {
    if (counts[sign] > 0) ++records_with[counts[sign]];
  }
  int most = 0;
  for (const auto& found : records_with) most = std::max(most, found.second);
  return most;
}

}  // namespace

std::string_view sign_of(Separator separator) {
  switch (separator) {
    case Separator::kComma: return ",";
    case Separator::kTab: return "\t";
    case Separator::kSemicolon: return ";";
    case Separator::kFullWidthComma: return "\xEF\xBC\x8C";
    case Separator::kBlanks: return {};
  }
  return {};
}

Separator separator_of(std::string_view text) {
  const std::vector<Counts> records = counted(text);
  Separator best = Separator::kComma;
  int best_evenness = 0;
  for (std::size_t i = 0; i < kSigns.size(); ++i) {
    if (const int found = evenness(records, i); found > best_evenness) {
      best = kSigns[i];
      best_evenness = found;
    }
  }
  return best;
}

Separator separator_or_blanks_of(std::string_view text) {
  const std::vector<Counts> records = counted(text);
  const Separator sign = separator_of(text);
  const auto position = static_cast<std::size_t>(std::find(kSigns.begin(), kSigns.end(), sign) - kSigns.begin());
  const auto half = static_cast<int>((records.size() + 1) / 2);
  if (sign == Separator::kTab && evenness(records, position) > 0) return sign;
  const int divided = lines_with_runs_of_blanks(text.substr(0, kMaxRowBytes), kLooked);
  if (divided > 0 && divided >= half && divided > evenness(records, position)) return Separator::kBlanks;
  return sign;
}

}  // namespace tocsin::table
