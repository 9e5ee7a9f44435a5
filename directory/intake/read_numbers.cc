#include <algorithm>
#include <utility>

#include "directory/intake/rows.h"
#include "directory/table/read.h"
#include "directory/values.h"
#include "directory/write_sheets.h"
#include "gateway/base/text.h"

namespace tocsin::intake {
namespace {

using base::said;
using base::Said;
using base::Severity;

constexpr std::size_t kMobileDigits = 11;
constexpr std::size_t kLongestEmail = 254;  // RFC 5321, 4.5.3.1.3, without its brackets

std::string digits_of(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

void cannot_read(Reading& reading, const directory::NumberInCell& number, const Source& at, std::string_view cell) {
  const std::string digits = digits_of(number.typed);
  const bool like_mobile = digits.size() >= 8 && digits.size() <= 14 && digits[0] == '1' && digits[1] >= '3';
  const Said ask = said("ask for the number; it is not guessed, and the row is taken without it",
                        "请向本人核实号码；不会猜测，该行先不带此号码录入");
  if (like_mobile && digits.size() < kMobileDigits) {
    const std::size_t missing = kMobileDigits - digits.size();
    reading.find(Severity::kError, "mobile-digit-missing", at, cell,
                 said("{0} digits, and a mobile has 11: {1} missing", "只有{0}位，手机号应为11位：少{1}位",
                      digits.size(), missing),
                 ask);
  } else if (like_mobile && digits.size() > kMobileDigits) {
    const std::size_t extra = digits.size() - kMobileDigits;
    reading.find(
        Severity::kError, "mobile-digit-extra", at, cell,
        said("{0} digits, and a mobile has 11: {1} too many", "有{0}位，手机号应为11位：多{1}位", digits.size(), extra),
        ask);
  } else if (digits.empty()) {
    reading.find(Severity::kWarning, "not-a-number", at, cell,
                 said("words where a number should be", "此处应为号码，却是文字"),
                 said("write the number, or leave the cell blank", "请填写号码，或留空"));
  } else {
    reading.find(Severity::kError, "not-a-number", at, cell,
                 said("no number that can be called: {0}", "不是可以拨打的号码（{0}）", number.reason), ask);
  }
}

bool is_email(std::string_view text) {
  const std::size_t sign = text.find('@');
  return sign != std::string_view::npos && sign > 0 && text.size() <= kLongestEmail &&
         text.find('@', sign + 1) == std::string_view::npos && text.find('.', sign + 2) != std::string_view::npos &&
         text.back() != '.' && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; }) &&
         text.find_first_of(",;<>()\"\\") == std::string_view::npos;
}

void read_email(Reading& reading, const table::Cell& cell, const Source& at, std::vector<DraftNumber>& numbers) {
  const std::string text = base::trim(directory::unguarded(cell.text));
  if (text.empty() || text == "无" || text == "-") return;
  if (!is_email(text)) {
    reading.find(Severity::kWarning, "not-an-address", at, cell.text, said("no e-mail address", "不是电子邮箱地址"),
                 said("write one address, like name@office.example", "请填写一个邮箱地址，例如 name@office.example"));
    return;
  }
  DraftNumber number;
  number.kind = model::ContactKind::kEmail;
  number.address = text;
  number.from = at;
  add_number(numbers, number);
}

}  // namespace

void read_number_cell(Reading& reading, const table::Cell& cell, const Source& at, Field field,
                      std::vector<DraftNumber>& numbers) {
  if (cell.doubt != table::Doubt::kNone) {
    const table::Explained why = table::explained(cell.doubt);
    const bool scientific = cell.doubt == table::Doubt::kScientific;
    reading.find(Severity::kError, scientific ? "number-in-scientific-form" : "number-doubted", at, cell.text,
                 why.message, why.hint);
    return;
  }
  if (field == Field::kEmail) return read_email(reading, cell, at, numbers);
  for (const directory::NumberInCell& one :
       directory::numbers_in_cell(directory::unguarded(cell.text), reading.dialing)) {
    switch (one.kind) {
      case directory::NumberKind::kShortCode:
        reading.find(Severity::kNote, "short-code", at, cell.text,
                     said("{0} is a short code: it reaches nobody from outside, and is left out",
                          "{0}是短号：从外部无法拨通，未录入", one.code));
        break;
      case directory::NumberKind::kUnreadable: cannot_read(reading, one, at, cell.text); break;
      case directory::NumberKind::kNumber: {
        DraftNumber number;
        number.kind =
            one.number.kind == base::PhoneKind::kMobile ? model::ContactKind::kMobile : model::ContactKind::kLandline;
        number.address = one.number.e164;
        number.extension = one.number.extension;
        number.label = base::cut(one.label, kLongestName);
        number.from = at;
        const bool wrong_column = (field == Field::kMobile && number.kind == model::ContactKind::kLandline) ||
                                  (field == Field::kLandline && number.kind == model::ContactKind::kMobile);
        if (wrong_column) {
          reading.find(
              Severity::kNote, "other-kind-of-number", at, cell.text,
              number.kind == model::ContactKind::kMobile
                  ? said("a mobile in a column of landlines; taken as a mobile", "固定电话列中的手机号；按手机录入")
                  : said("a landline in a column of mobiles; taken as a landline",
                         "手机列中的固定电话；按固定电话录入"));
        }
        add_number(numbers, number);
        break;
      }
    }
  }
}

}  // namespace tocsin::intake
