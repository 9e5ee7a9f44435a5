// How it works: the text is read once into characters with their digit values.  Runs of digits
// that only spaces, hyphens, dots or brackets part form a chain.  From the first run of a chain on, the shortest
// stretch of runs that looks like a number is taken out; where none begins, the run is kept and the
// next one is tried.  Doubt falls on the side of removing, except for what a report cannot do
// without (see masking.h): kilometre posts, dates and client keys are set aside before.
#include "gateway/base/masking.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "gateway/base/utf8.h"

namespace tocsin::base {
namespace {

constexpr std::string_view kRemoved = "[number removed]";
constexpr std::size_t kLongRun = 10;     // digits in one piece that are no count any more
constexpr std::size_t kMostDigits = 18;  // of anything written in pieces

struct Character {
  char32_t plain = 0;  // full-width ASCII as ASCII
  int digit = -1;
  std::size_t at = 0;  // byte offset
};

int digit_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= 0x0660 && c <= 0x0669) return static_cast<int>(c - 0x0660);  // Arabic-Indic
  if (c >= 0x06F0 && c <= 0x06F9) return static_cast<int>(c - 0x06F0);
  if (c >= 0x1D7CE && c <= 0x1D7FF) return static_cast<int>((c - 0x1D7CE) % 10);  // mathematical
  return -1;
}

std::vector<Character> read(std::string_view text) {
  std::vector<Character> out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = utf8_step(text, at);
    char32_t c = step.character;
    if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFF01 + 0x21;
    out.push_back({c, digit_of(c), at});
    at += step.bytes;
  }
  return out;
}

bool is_invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 || c == 0xFEFF || c == 0xAD;
}
bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || is_invisible(c);
}
bool is_hyphen(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}
bool is_base32(char32_t c) {
  if (c >= U'0' && c <= U'9') return true;
  if (c >= U'a' && c <= U'z') c = c - U'a' + U'A';
  return c >= U'A' && c <= U'Z' && c != U'I' && c != U'L' && c != U'O' && c != U'U';
}
bool is_alphanumeric(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

// A run of digits, [begin, end) in characters.
struct Run {
  std::size_t begin = 0, end = 0;
  bool joined = false;  // to the run before it, by at most three spaces, hyphens, dots or brackets
  bool dated = false;   // joined by one hyphen, slash or dot: as the parts of a date are
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

class Masker {
 public:
  explicit Masker(std::string_view text) : text_(text), characters_(read(text)) { find_runs(); }

  Masked mask() {
    for (std::size_t run = 0; run < runs_.size();) {
      if (const std::size_t skipped = date_at(run); skipped > 0) {
        run += skipped;
      } else if (const std::size_t taken = number_at(run); taken > 0) {
        remove(run, taken);
        run += taken;
        while (run < runs_.size() && runs_[run].begin < removed_to_) ++run;  // an extension went with it
      } else {
        ++run;
      }
    }
    out_.text.append(text_.substr(kept_to_));
    return std::move(out_);
  }

 private:
  [[nodiscard]] char32_t plain(std::size_t at) const { return at < characters_.size() ? characters_[at].plain : 0; }

  // "#k:" and 8 to 13 characters of a client key, not all of them digits; 0 when there is none.
  [[nodiscard]] std::size_t marked_key_at(std::size_t at) const {
    if (plain(at) != U'#' || (plain(at + 1) != U'k' && plain(at + 1) != U'K') || plain(at + 2) != U':') return 0;
    auto end = at + 3;
    bool digits_only = true;
    for (; is_base32(plain(end)); ++end) digits_only = digits_only && characters_[end].digit >= 0;
    const auto length = end - at - 3;
    return length < 8 || length > 13 || digits_only || is_alphanumeric(plain(end)) ? 0 : end - at;
  }

  // The "#" and 13 characters of a client key.  All-digit ones that are 86 and a mobile are none.
  [[nodiscard]] bool client_key_at(std::size_t at) const {
    if (plain(at) != U'#') return false;
    bool digits_only = true;
    for (std::size_t i = at + 1; i <= at + 13; ++i) {
      if (!is_base32(plain(i))) return false;
      digits_only = digits_only && characters_[i].digit >= 0;
    }
    if (is_alphanumeric(plain(at + 14))) return false;
    return !(digits_only && plain(at + 1) == U'8' && plain(at + 2) == U'6' && plain(at + 3) == U'1');
  }

  void find_runs() {
    std::size_t last_end = 0;
    bool any = false;
    for (std::size_t at = 0; at < characters_.size();) {
      if (const auto marked = marked_key_at(at); marked > 0 || client_key_at(at)) {
        at += marked > 0 ? marked : 14;
        any = false;
        continue;
      }
      if (characters_[at].digit < 0) {
        ++at;
        continue;
      }
      Run run{at, at, false, false};
      while (run.end < characters_.size() && characters_[run.end].digit >= 0) ++run.end;
      if (any) {
        run.joined = joins(last_end, run.begin);
        const char32_t between = plain(last_end);
        run.dated = run.begin - last_end == 1 && (is_hyphen(between) || between == U'/' || between == U'.');
      }
      runs_.push_back(run);
      last_end = run.end;
      any = true;
      at = run.end;
    }
  }

  [[nodiscard]] bool joins(std::size_t from, std::size_t to) const {
    std::size_t visible = 0;
    for (std::size_t at = from; at < to; ++at) {
      const char32_t c = plain(at);
      if (!is_space(c) && !is_hyphen(c) && c != U'(' && c != U')' && c != U'.' && c != U'·') return false;
      if (!is_invisible(c)) ++visible;
    }
    return visible <= 3;
  }

  [[nodiscard]] int value(std::size_t run) const {
    int out = 0;
    for (std::size_t at = runs_[run].begin; at < runs_[run].end; ++at) out = out * 10 + characters_[at].digit;
    return out;
  }

  // 2026-11-22, 2026/1/5, 2026.11.22: three runs, kept whole.
  [[nodiscard]] std::size_t date_at(std::size_t run) const {
    if (run + 2 >= runs_.size() || runs_[run].size() != 4 || !runs_[run + 1].dated || !runs_[run + 2].dated) return 0;
    if (runs_[run + 1].size() > 2 || runs_[run + 2].size() > 2) return 0;
    const int year = value(run), month = value(run + 1), day = value(run + 2);
    return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? 3 : 0;
  }

  // How many runs from `run` on make a number to remove; 0 = none begins here.
  [[nodiscard]] std::size_t number_at(std::size_t run) const {
    const bool long_run = runs_[run].size() >= kLongRun;
    std::string digits;
    std::vector<std::size_t> sizes;
    for (std::size_t last = run; last < runs_.size() && (last == run || runs_[last].joined); ++last) {
      if (last > run && date_at(last) > 0) break;
      for (std::size_t at = runs_[last].begin; at < runs_[last].end && digits.size() <= kMostDigits; ++at) {
        digits.push_back(static_cast<char>('0' + characters_[at].digit));
      }
      if (digits.size() > kMostDigits) break;
      sizes.push_back(runs_[last].size());
      // A long run goes in any case; only an identity number may reach beyond it.
      const bool found = is_identity(digits, sizes, ends_in_x(last)) || (!long_run && is_phone(run, digits, sizes));
      if (found) return last - run + 1;
    }
    return long_run ? 1 : 0;
  }

  [[nodiscard]] bool ends_in_x(std::size_t run) const {
    const char32_t next = plain(runs_[run].end);
    return (next == U'X' || next == U'x') && !is_alphanumeric(plain(runs_[run].end + 1));
  }
  [[nodiscard]] bool has_plus(std::size_t run) const {
    const std::size_t begin = runs_[run].begin;
    // K123+456 is a kilometre post: its plus follows a digit.
    return begin > 0 && plain(begin - 1) == U'+' && (begin < 2 || characters_[begin - 2].digit < 0);
  }

  // A phone number in pieces.  (One in a single piece is a long run, and gone already.)
  [[nodiscard]] bool is_phone(std::size_t run, std::string_view digits, const std::vector<std::size_t>& sizes) const {
    if (digits.size() < kLongRun) return false;
    // The country code may stand in a run of its own or lead the first one.
    const bool plus = has_plus(run);
    const std::size_t prefix = digits.starts_with("0086") ? 4 : (digits.starts_with("86") ? 2 : 0);
    if (prefix > 0 && is_national(digits.substr(prefix), without(sizes, prefix), plus || prefix == 4)) return true;
    return is_national(digits, sizes, false) || (plus && is_foreign(digits, sizes));
  }

  // `sizes` less its first `count` digits.
  static std::vector<std::size_t> without(const std::vector<std::size_t>& sizes, std::size_t count) {
    std::vector<std::size_t> out;
    for (const std::size_t size : sizes) {
      const std::size_t cut = std::min(count, size);
      count -= cut;
      if (size > cut) out.push_back(size - cut);
    }
    return out;
  }
  static bool all_single(const std::vector<std::size_t>& sizes) {
    return std::all_of(sizes.begin(), sizes.end(), [](std::size_t s) { return s == 1; });
  }
  static bool all_at_least(const std::vector<std::size_t>& sizes, std::size_t least) {
    return std::all_of(sizes.begin(), sizes.end(), [=](std::size_t s) { return s >= least; });
  }

  static bool is_national(std::string_view digits, const std::vector<std::size_t>& sizes, bool international) {
    if (digits.size() < 9) return false;
    // A mobile in pieces: 144 0000 0017, 1440 000 0017, 14400 000017, 144 00 00 00 17, 1 4 4 0 ...
    if (digits.size() == 11 && digits[0] == '1' && digits[1] >= '3') {
      if (all_single(sizes) || (sizes[0] >= 3 && all_at_least(sizes, 2)) || international) return true;
    }
    // A landline: area code with its 0 (without it after +86), then 7 or 8 digits in one or two pieces.
    const bool zero = digits[0] == '0' && digits[1] != '0';
    if (!zero && !international) {
      // 400-012-3456 and 800-...: the only others written in pieces.
      return digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800")) &&
             (sizes == std::vector<std::size_t>{3, 3, 4} || sizes == std::vector<std::size_t>{3, 7});
    }
    if (sizes.size() == 1) return digits.size() <= 12;
    const std::size_t area = sizes[0] - (zero ? 1U : 0U);
    if (sizes.size() > 3 || (area != 2 && area != 3)) return false;
    const std::size_t subscriber = digits.size() - sizes[0];
    return (subscriber == 7 || subscriber == 8) && sizes[1] >= 3 && sizes.back() >= 3;
  }

  // In pieces: a resident identity number, told from other numbers by the date of birth inside.
  static bool is_identity(std::string_view digits, const std::vector<std::size_t>& sizes, bool x) {
    const auto number = [&](std::size_t at, std::size_t count) {
      int out = 0;
      for (std::size_t i = at; i < at + count; ++i) out = out * 10 + (digits[i] - '0');
      return out;
    };
    const auto month_and_day = [&](std::size_t at) {
      return number(at, 2) >= 1 && number(at, 2) <= 12 && number(at + 2, 2) >= 1 && number(at + 2, 2) <= 31;
    };
    if (digits.empty() || digits[0] < '1' || digits[0] > '8' || (!all_single(sizes) && sizes[0] < 2)) return false;
    if (digits.size() == 18 || (digits.size() == 17 && x)) {
      const int century = number(6, 2);
      return century >= 18 && century <= 20 && month_and_day(10);
    }
    return digits.size() == 15 && !all_single(sizes) && all_at_least(sizes, 3) && month_and_day(8);
  }

  // +44 20 7946 0000
  static bool is_foreign(std::string_view digits, const std::vector<std::size_t>& sizes) {
    return digits.size() >= 10 && digits.size() <= 15 && sizes[0] <= 3 && all_at_least(without(sizes, sizes[0]), 2);
  }

  // Where a removed number ends: the X of an identity number and the extension of a landline go with it.
  [[nodiscard]] std::size_t end_of(std::size_t last_run, std::size_t digits, bool landline) const {
    const std::size_t end = runs_[last_run].end;
    const char32_t next = plain(end);
    if (digits == 17 && (next == U'X' || next == U'x')) return end + 1;
    if (!landline || last_run + 1 >= runs_.size()) return end;
    const Run& extension = runs_[last_run + 1];
    const bool marked = is_hyphen(next) || next == U'转' || next == U'轉';
    return marked && extension.begin == end + 1 && extension.size() <= 6 ? extension.end : end;
  }

  void remove(std::size_t run, std::size_t count) {
    std::size_t begin = runs_[run].begin;
    std::size_t digits = 0;
    bool closes = false;  // a bracket opened before the number is closed inside it
    for (std::size_t i = run; i < run + count; ++i) {
      digits += runs_[i].size();
      if (i > run) {
        for (std::size_t at = runs_[i - 1].end; at < runs_[i].begin; ++at) closes = closes || plain(at) == U')';
      }
    }
    if (has_plus(run)) --begin;
    if (closes && begin > 0 && plain(begin - 1) == U'(') --begin;
    const bool landline = characters_[runs_[run].begin].digit == 0;
    const std::size_t end = end_of(run + count - 1, digits, landline);
    const std::size_t from = characters_[begin].at;
    out_.text.append(text_.substr(kept_to_, from - kept_to_));
    out_.text.append(kRemoved);
    ++out_.removed;
    removed_to_ = end;
    kept_to_ = end < characters_.size() ? characters_[end].at : text_.size();
  }

  std::string_view text_;
  std::vector<Character> characters_;
  std::vector<Run> runs_;
  Masked out_;
  std::size_t removed_to_ = 0;  // characters
  std::size_t kept_to_ = 0;     // bytes of text_ already dealt with
};

}  // namespace

Masked mask_numbers(std::string_view utf8) {
  return Masker(utf8).mask();
}

}  // namespace tocsin::base
