#include "gateway/triage/numbers.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <span>
#include <utility>

namespace tocsin::triage {
namespace {

using model::Quantity;
constexpr std::int64_t kMost = 1'000'000'000;

// A plain number: how far it goes and what it says, nothing about what it counts.
struct Plain {
  std::size_t end = 0;
  std::optional<std::int64_t> thousandths;
  bool no_number = false;  // a time, a date, a house number with dashes, too many digits
};

// --- Arabic -----------------------------------------------------------------------------------

std::size_t digits_end(Text text, std::size_t i) {
  while (is_digit(char_at(text, i))) ++i;
  return i;
}

// "1,000,000": up to three digits, then groups of exactly three.
std::size_t grouped_end(Text text, std::size_t at, std::size_t end) {
  if (end - at > 3) return end;
  while (char_at(text, end) == U',' && digits_end(text, end + 1) == end + 4) end += 4;
  return end;
}

Plain read_arabic(Text text, std::size_t at) {
  auto end = grouped_end(text, at, digits_end(text, at));
  std::int64_t whole = 0;
  int digits = 0;
  for (auto i = at; i < end; ++i) {
    if (!is_digit(text[i])) continue;
    if (++digits <= 9) whole = whole * 10 + static_cast<std::int64_t>(text[i] - U'0');
  }
  Plain read{end, whole * 1000, digits > 9};
  if (char_at(text, end) == U'.' && is_digit(char_at(text, end + 1))) {
    read.end = digits_end(text, end + 1);
    std::int64_t part = 100;
    for (auto i = end + 1; i < read.end; ++i, part /= 10) {
      *read.thousandths += part * static_cast<std::int64_t>(text[i] - U'0');
    }
  }
  return read;
}

constexpr Text kDashes = U"-~–—−至到";
// Between digits these make a time, a date, a kilometre post, a fraction or a size.
constexpr Text kJoiners = U":/+.*×⁄_";

bool joins_digits(Text text, std::size_t i, Text joiners) {
  return i < text.size() && joiners.find(text[i]) != Text::npos && is_digit(char_at(text, i + 1));
}

std::size_t end_of_run(Text text, std::size_t i) {
  while (is_digit(char_at(text, i)) || joins_digits(text, i, kJoiners) || joins_digits(text, i, kDashes)) ++i;
  return i;
}

// --- Chinese ----------------------------------------------------------------------------------

int digit_of(char32_t c) {
  constexpr Text kPlain = U"零一二三四五六七八九", kBanker = U"〇壹贰叁肆伍陆柒捌玖";
  if (c == U'两') return 2;
  if (const auto at = kPlain.find(c); at != Text::npos) return static_cast<int>(at);
  if (const auto at = kBanker.find(c); at != Text::npos) return static_cast<int>(at);
  return -1;
}

std::int64_t unit_of(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾': return 10;
    case U'百':
    case U'佰': return 100;
    case U'千':
    case U'仟': return 1000;
    case U'万': return 10'000;
    case U'亿': return 100'000'000;
    default: return 0;
  }
}

// Digits alone: "三"; "两三" is two or three, so at least two; "一二〇" is read digit by digit.
std::optional<std::int64_t> digits_alone(Text run) {
  if (run.size() == 2 && run.find_first_of(U"零〇") == Text::npos) {
    const int a = digit_of(run[0]), b = digit_of(run[1]);
    if (a < b) return a;
    return std::nullopt;
  }
  if (run.size() > 9) return std::nullopt;
  std::int64_t value = 0;
  for (const auto c : run) value = value * 10 + digit_of(c);
  return value;
}

// With 十百千万亿.  Of two digits in a row ("十七八", "二三十") the lower counts.  Empty when it is no number.
class ChineseSum {
 public:
  std::optional<std::int64_t> read(Text run) {
    for (const auto c : run) {
      if (const int digit = digit_of(c); digit >= 0) {
        if (!take_digit(digit)) return std::nullopt;
      } else if (!take_unit(unit_of(c))) {
        return std::nullopt;
      }
      if (total_ + section_ > kMost) return std::nullopt;
    }
    if (digit_ > 0) section_ += after_zero_ ? digit_ : digit_ * std::max<std::int64_t>(last_unit_ / 10, 1);
    return total_ + section_;
  }

 private:
  bool take_digit(int digit) {
    if (digit == 0) {
      after_zero_ = true;
      return digit_ < 0;
    }
    if (digit_ >= 0) return !std::exchange(doubled_, true) && digit > digit_;
    digit_ = digit;
    return true;
  }
  bool take_unit(std::int64_t unit) {
    if (unit >= 10'000) {
      const auto below = section_ + std::max(digit_, 0);
      if (below == 0 || (big_unit_ != 0 && unit >= big_unit_)) return false;
      total_ += below * unit;
      big_unit_ = last_unit_ = unit;
      section_ = 0;
    } else {
      const bool bare_ten = unit == 10 && digit_ < 0 && section_ == 0 && total_ == 0;
      if ((digit_ < 0 && !bare_ten) || (section_ > 0 && unit >= last_unit_)) return false;
      section_ += (bare_ten ? 1 : digit_) * unit;
      last_unit_ = unit;
    }
    digit_ = -1;
    after_zero_ = doubled_ = false;
    return true;
  }

  std::int64_t total_ = 0, section_ = 0, last_unit_ = 0, big_unit_ = 0;
  int digit_ = -1;
  bool after_zero_ = false, doubled_ = false;
};

std::size_t numerals_end(Text text, std::size_t i) {
  while (is_numeral(char_at(text, i))) ++i;
  return i;
}

Plain read_chinese(Text text, std::size_t at) {
  const auto end = numerals_end(text, at);
  const auto run = text.substr(at, end - at);
  const bool has_unit = std::any_of(run.begin(), run.end(), [](char32_t c) { return unit_of(c) > 0; });
  const auto whole = has_unit ? ChineseSum().read(run) : digits_alone(run);
  Plain read{end, std::nullopt, !whole || *whole > kMost};
  if (read.no_number) return read;
  read.thousandths = *whole * 1000;
  if (char_at(text, end) != U'点' || digit_of(char_at(text, end + 1)) < 0) return read;
  read.end = end + 1;  // 零点五
  for (std::int64_t part = 100; digit_of(char_at(text, read.end)) >= 0; ++read.end, part /= 10) {
    *read.thousandths += part * digit_of(text[read.end]);
  }
  return read;
}

// --- English ----------------------------------------------------------------------------------

constexpr Text kEnglish[] = {U"zero",  U"one",   U"two",  U"three", U"four",   U"five",  U"six",
                             U"seven", U"eight", U"nine", U"ten",   U"eleven", U"twelve"};

std::size_t latin_end(Text text, std::size_t i) {
  while (is_latin(char_at(text, i))) ++i;
  return i;
}

std::optional<Plain> read_english(Text text, std::size_t at) {
  if (is_latin(char_before(text, at))) return std::nullopt;
  const auto end = latin_end(text, at);
  const auto* word = std::find(std::begin(kEnglish), std::end(kEnglish), text.substr(at, end - at));
  if (word == std::end(kEnglish)) return std::nullopt;
  return Plain{end, 1000 * (word - std::begin(kEnglish)), char_at(text, end) == U'-'};
}

// --- What is around it ------------------------------------------------------------------------

std::size_t longest_of(Text text, std::size_t at, std::span<const Text> words) {
  std::size_t best = 0;
  for (const auto word : words) {
    if (word.size() <= best || !starts_at(text, at, word)) continue;
    if (is_latin(word.back()) && !is_boundary(text, at + word.size())) continue;
    best = word.size();
  }
  return best;
}

constexpr Text kPersonWords[] = {
    U"人次",     U"人员",    U"人",        U"个人",       U"名",        U"位",       U"口",        U"个",
    U"员",       U"老人",    U"小孩",      U"儿童",       U"孩子",      U"工人",     U"学生",      U"群众",
    U"居民",     U"村民",    U"女子",      U"男子",       U"妇女",      U"people",   U"person",    U"persons",
    U"pers",     U"men",     U"man",       U"women",      U"woman",     U"child",    U"children",  U"kid",
    U"kids",     U"worker",  U"workers",   U"resident",   U"residents", U"villager", U"villagers", U"student",
    U"students", U"pupil",   U"pupils",    U"patient",    U"patients",  U"adult",    U"adults",    U"elderly",
    U"victim",   U"victims", U"passenger", U"passengers", U"others",    U"tenants",
};
// Those who help are no harm: "20名消防员" says nothing about casualties.
constexpr Text kHelpers[] = {
    U"消防",     U"民警",     U"警察",   U"辅警",       U"医生",        U"护士",         U"医护",   U"救援",
    U"志愿者",   U"工作人员", U"网格员", U"干部",       U"队员",        U"专家",         U"领导",   U"党员",
    U"官兵",     U"战士",     U"保安",   U"救护",       U"firefighter", U"firefighters", U"police", U"officer",
    U"officers", U"rescuers", U"medics", U"volunteers", U"staff",
};
// Behind 个, 名, 位: no persons after all.
constexpr Text kNotPersons[] = {U"小时", U"钟头", U"多小时", U"月",   U"星期", U"礼拜", U"房间", U"单元", U"楼",
                                U"村",   U"社区", U"网格",   U"小区", U"点",   U"路口", U"车",   U"井",   U"水",
                                U"电",   U"窗",   U"门",     U"仓库", U"厂",   U"店",   U"半"};
constexpr Text kOtherThings[] = {
    U"号",         U"栋",    U"幢",      U"楼",       U"单元",      U"层",         U"室",      U"组",      U"队",
    U"村",         U"月",    U"日",      U"点",       U"时",        U"分",         U"年",      U"路",      U"弄",
    U"巷",         U"街",    U"车",      U"辆",       U"户",        U"家",         U"间",      U"处",      U"头",
    U"只",         U"条",    U"座",      U"台",       U"次",        U"%",          U"floor",   U"floors",  U"hour",
    U"hours",      U"hr",    U"hrs",     U"min",      U"mins",      U"minute",     U"minutes", U"day",     U"days",
    U"car",        U"cars",  U"vehicle", U"vehicles", U"house",     U"houses",     U"home",    U"homes",   U"building",
    U"buildings",  U"room",  U"rooms",   U"unit",     U"units",     U"km",         U"m",       U"pm",      U"am",
    U"st",         U"nd",    U"rd",      U"th",       U"block",     U"blocks",     U"road",    U"street",  U"apartment",
    U"apartments", U"flat",  U"flats",   U"door",     U"percent",   U"dog",        U"dogs",    U"cat",     U"cats",
    U"boat",       U"boats", U"family",  U"families", U"household", U"households", U"shops",   U"stories", U"storey",
    U"story",      U"lift",  U"lifts",   U"truck",    U"trucks",    U"bus",        U"buses",   U"avenue",
};
// Numbers one dials.
constexpr std::int64_t kDialled[] = {110, 112, 119, 120, 122, 911, 999, 12119, 12122, 12345, 12350, 12369};

// "3-5", "三到五", "3 to 5": the lower end counts.  A range upside down or with more dashes is no number.
void take_range(Text text, Plain& read) {
  if (read.no_number) return;
  auto at = read.end;
  if (starts_at(text, at, U" to ") && is_digit(char_at(text, at + 4))) {
    at += 4;
  } else {
    const auto dash = skip_spaces(text, at);
    if (kDashes.find(char_at(text, dash)) == Text::npos || dash >= text.size()) return;
    at = dash == read.end ? dash + 1 : skip_spaces(text, dash + 1);
  }
  const bool arabic = is_digit(char_at(text, at));
  if (!arabic && !is_numeral(char_at(text, at))) return;
  const auto upper = arabic ? read_arabic(text, at) : read_chinese(text, at);
  const bool is_range = !upper.no_number && upper.thousandths > read.thousandths &&
                        !joins_digits(text, upper.end, kJoiners) && !joins_digits(text, upper.end, kDashes);
  read.no_number = !is_range;
  read.end = is_range ? upper.end : end_of_run(text, upper.end);
}

// "3千", "1.2万".
void take_multiplier(Text text, Plain& read) {
  const auto unit = unit_of(char_at(text, read.end));
  if (unit < 100 || read.no_number || !is_digit(char_before(text, read.end))) return;
  ++read.end;
  if (*read.thousandths > kMost * 1000 / unit) {
    read.no_number = true;
  } else {
    *read.thousandths *= unit;
  }
}

// 多, 余, 几, + leave the lower bound; 来 may mean less, so nothing certain is said.
void take_vagueness(Text text, Plain& read) {
  const auto c = char_at(text, read.end);
  if (c != 0 && Text(U"多余几+").find(c) != Text::npos) {
    ++read.end;
  } else if (c == U'来') {
    ++read.end;
    read.thousandths.reset();
  }
}

void take_bounds(Text text, Number& number) {
  constexpr Text kAtLeast[] = {U"左右", U"上下", U"以上", U"及以上", U"多"};
  constexpr Text kAtMost[] = {U"以下", U"以内", U"之内", U"不到"};
  if (const auto length = longest_of(text, number.end, kAtLeast)) {
    number.end += length;
  } else if (const auto upper = longest_of(text, number.end, kAtMost)) {
    number.end += upper;
    number.value.reset();
  }
}

// "一米五", "1米2", "1米85", "一米半": the decimals of a metre.
void take_decimals_of_metre(Text text, Number& number) {
  const auto digit = [&](std::size_t i) {
    const auto c = char_at(text, i);
    return is_digit(c) ? static_cast<int>(c - U'0') : digit_of(c);
  };
  if (char_before(text, number.end) != U'米' || !number.value || number.value->thousandths % 1000 != 0) return;
  if (char_at(text, number.end) == U'半') {
    number.value->thousandths += 500;
    ++number.end;
    return;
  }
  auto end = number.end;
  std::int64_t thousandths = 0;
  for (std::int64_t part = 100; part >= 10 && digit(end) >= 0; part /= 10) thousandths += part * digit(end++);
  const auto next = char_at(text, end);
  if (end == number.end || is_digit(next) || is_numeral(next) || next == U'.') return;
  if (longest_of(text, skip_spaces(text, end), kPersonWords) > 0 || names_other_things(text, end)) return;
  number.value->thousandths += thousandths;
  number.end = end;
}

void find_what_it_counts(Text text, const Units& units, Number& number) {
  const auto at = skip_spaces(text, number.end);
  const auto person = longest_of(text, at, kPersonWords);
  const auto spoken = char_at(text, at) == U'个' ? at + 1 : at;  // 3个小时
  const auto unit = units.find(text, spoken);
  if (person > 0 && (!unit || (spoken == at && person >= unit->length))) {
    number.of = Of::kPersons;
    number.end = at + person;
    take_bounds(text, number);
    const auto behind = skip_spaces(text, number.end);
    const bool general = Text(U"个名位口").find(text[at + person - 1]) != Text::npos;
    if (longest_of(text, behind, kHelpers) > 0 || (general && longest_of(text, behind, kNotPersons) > 0)) {
      number.of = Of::kSomethingElse;
    }
    return;
  }
  if (unit) {
    number.of = Of::kMeasure;
    number.unit = unit->unit;
    number.end = spoken + unit->length;
    take_decimals_of_metre(text, number);
    take_bounds(text, number);
    return;
  }
  take_bounds(text, number);
  if (longest_of(text, at, kHelpers) > 0) number.of = Of::kSomethingElse;
}

// A letter, 第, # or a joiner in front makes it a name: "K12", "第3", "#3".
bool is_part_of_a_name(Text text, std::size_t at) {
  const auto before = char_before(text, at);
  if (before == 0) return false;
  if (Text(U"第#+/_*×⁄$¥").find(before) != Text::npos) return true;
  if (Text(U".:-").find(before) != Text::npos && at >= 2 && is_digit(text[at - 2])) return true;
  return is_numeral(text[at]) && Text(U"周期拜初唯之统同单").find(before) != Text::npos;
}

// 几十人, 数十人; but 人数十人 is ten.
bool is_several_tens(Text text, std::size_t at) {
  if (text[at] != U'十' || at == 0) return false;
  return text[at - 1] == U'几' || (text[at - 1] == U'数' && char_before(text, at - 1) != U'人');
}

Number as_number(Text text, std::size_t at, Plain read, const Units& units) {
  Number number{read.end, std::nullopt, Of::kSomethingElse, {}};
  if (read.no_number || is_part_of_a_name(text, at)) return number;
  number.of = Of::kBare;
  if (read.thousandths) number.value = Quantity{*read.thousandths};
  find_what_it_counts(text, units, number);
  if (is_several_tens(text, at)) number.value.reset();
  const auto* dialled = std::find_if(std::begin(kDialled), std::end(kDialled),
                                     [&](std::int64_t n) { return number.value == Quantity::whole(n); });
  if (number.of == Of::kBare && dialled != std::end(kDialled)) number.of = Of::kSomethingElse;
  return number;
}

}  // namespace

std::optional<Number> read_number(Text text, std::size_t at, const Units& units) {
  const auto c = char_at(text, at);
  if (c == U'俩' || c == U'仨') {
    Number number{at + 1, Quantity::whole(c == U'俩' ? 2 : 3), Of::kPersons, {}};
    if (const auto person = longest_of(text, number.end, kPersonWords)) number.end += person;
    return number;
  }
  Plain read;
  if (is_digit(c) || (c == U'.' && is_digit(char_at(text, at + 1)) && !is_digit(char_before(text, at)))) {
    read = read_arabic(text, at);
    if (joins_digits(text, read.end, kJoiners)) {
      read.no_number = true;
      read.end = end_of_run(text, read.end);
    }
    take_multiplier(text, read);
  } else if (is_numeral(c)) {
    read = read_chinese(text, at);
  } else if (const auto english = read_english(text, at)) {
    read = *english;
  } else {
    return std::nullopt;
  }
  take_range(text, read);
  take_multiplier(text, read);
  take_vagueness(text, read);
  return as_number(text, at, read, units);
}

bool names_other_things(Text text, std::size_t at) {
  return longest_of(text, at, kOtherThings) > 0;
}

}  // namespace tocsin::triage
