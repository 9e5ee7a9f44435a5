#include "adapters/sms/smpp/receipt.h"

#include <algorithm>
#include <charconv>

namespace tocsin::sms::smpp {
namespace {

using model::Meaning;
using model::ReceiptState;

// No locale: what comes from the wire is ASCII or nothing.
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex_digit(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}
bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_field_name(std::string_view name) {
  for (const char* known : {"id", "sub", "dlvrd", "stat", "err"}) {
    if (same_letters(name, known)) return true;
  }
  return false;
}

// The value after "name:" up to white space; the name must begin the text or follow white space.
std::optional<std::string_view> field(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at + name.size() < text.size(); ++at) {
    if (at > 0 && !is_space(text[at - 1])) continue;
    if (text[at + name.size()] != ':' || !same_letters(text.substr(at, name.size()), name)) continue;
    std::string_view value = text.substr(at + name.size() + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    const auto end = std::find_if(value.begin(), value.end(), is_space);
    value = value.substr(0, static_cast<std::size_t>(end - value.begin()));
    // "stat: err:000": the field is there, its value is not.
    const std::size_t colon = value.find(':');
    if (colon != std::string_view::npos && is_field_name(value.substr(0, colon))) return std::string_view();
    return value;
  }
  return std::nullopt;
}

// A receipt without the beginning of the message it quotes, which may hold anything.
std::string_view without_quote(std::string_view text) {
  for (std::size_t at = 0; at + 5 <= text.size(); ++at) {
    if ((at == 0 || is_space(text[at - 1])) && same_letters(text.substr(at, 5), "text:")) return text.substr(0, at);
  }
  return text;
}

// Words of a centre for logs and record: bounded, plain, and with fewer digits than any phone number has.
std::string word(std::string_view text, std::size_t limit) {
  constexpr int kMostDigits = 6;
  std::string out;
  int digits = 0;
  for (const char c : text.substr(0, limit)) {
    if (is_digit(c) && ++digits > kMostDigits) break;
    if (is_letter(c) || is_digit(c) || c == ':' || c == '-' || c == '_') out += c;
  }
  return out;
}

struct StateRow {
  int number;        // message_state, 5.2.28; 0 and 9 are of SMPP 5.0, 4.7.15; -1: none
  const char* name;  // as in Appendix B; BUFFERED, in two spellings, is what some centres add
  ReceiptState state;
  Meaning meaning;
};
constexpr StateRow kStates[] = {
    {0, "SCHEDULED", ReceiptState::kOnItsWay, Meaning::kOnItsWay},
    {1, "ENROUTE", ReceiptState::kOnItsWay, Meaning::kOnItsWay},
    {2, "DELIVRD", ReceiptState::kDelivered, Meaning::kArrived},
    {3, "EXPIRED", ReceiptState::kUndelivered, Meaning::kExpired},
    {4, "DELETED", ReceiptState::kUndelivered, Meaning::kDeleted},
    {5, "UNDELIV", ReceiptState::kUndelivered, Meaning::kNotArrived},
    {6, "ACCEPTD", ReceiptState::kOnItsWay, Meaning::kOnItsWay},
    {7, "UNKNOWN", ReceiptState::kUndelivered, Meaning::kLostSight},
    {8, "REJECTD", ReceiptState::kUndelivered, Meaning::kRejected},
    {9, "SKIPPED", ReceiptState::kUndelivered, Meaning::kNotArrived},
    {-1, "BUFFERED", ReceiptState::kOnItsWay, Meaning::kWaitsForPhone},
    {-1, "BUFFRED", ReceiptState::kOnItsWay, Meaning::kWaitsForPhone},
};

const StateRow* state_numbered(std::uint32_t number) {
  for (const StateRow& row : kStates) {
    if (row.number == static_cast<int>(number)) return &row;
  }
  return nullptr;
}

// Dialects spell the words out, or part them ("EN_ROUTE"), or write the number; the first five letters tell all of them
// apart.
const StateRow* state_named(std::string_view name) {
  if (name.size() == 1 && is_digit(name[0])) return state_numbered(static_cast<std::uint32_t>(name[0] - '0'));
  std::string letters;
  for (const char c : name) {
    if (is_letter(c) && letters.size() < 5) letters += c;
  }
  if (letters.size() < 5) return nullptr;
  for (const StateRow& row : kStates) {
    if (same_letters(letters, std::string_view(row.name).substr(0, 5))) return &row;
  }
  return nullptr;
}

struct StateWord {
  ReceiptState state = ReceiptState::kOnItsWay;
  std::string raw;
  Meaning meaning = Meaning::kNone;
};

StateWord state_of(const ShortMessage& message, std::string_view text) {
  if (const auto number = message.tlvs.number(Tag::kMessageState)) {
    if (const StateRow* row = state_numbered(*number)) return {row->state, row->name, row->meaning};
  }
  const std::string_view stat = field(text, "stat").value_or(std::string_view());
  if (const StateRow* row = state_named(stat)) {
    return {row->state, is_digit(stat[0]) ? std::string(row->name) : word(stat, 16), row->meaning};
  }
  // A word of the carrier's own, such as a network error: it is not delivered, and the word says why.
  if (!stat.empty()) return {ReceiptState::kUndelivered, word(stat, 16), Meaning::kOther};
  const std::string_view delivered = field(text, "dlvrd").value_or(std::string_view());
  const bool some = std::any_of(delivered.begin(), delivered.end(), [](char c) { return c >= '1' && c <= '9'; });
  return {some ? ReceiptState::kDelivered : ReceiptState::kOnItsWay, {}, Meaning::kNone};
}

}  // namespace

std::string normal_id(std::string_view id, IdDialect dialect, IdSource source) {
  std::string clean;
  for (const char c : id.substr(0, 64)) {
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) clean += c;
  }
  if (clean.empty() || !std::all_of(clean.begin(), clean.end(), is_hex_digit)) return clean;
  const bool hex = (dialect == IdDialect::kResponseIsHex && source == IdSource::kResponse) ||
                   (dialect == IdDialect::kReceiptIsHex && source == IdSource::kReceiptText);
  if (hex) {
    std::uint64_t value = 0;
    const char* end = clean.data() + clean.size();
    const auto read = std::from_chars(clean.data(), end, value, 16);
    if (read.ec == std::errc() && read.ptr == end) return std::to_string(value);
  }
  const std::size_t first = std::min(clean.find_first_not_of('0'), clean.size() - 1);
  std::transform(clean.begin(), clean.end(), clean.begin(), lower);
  return clean.substr(first);
}

bool is_receipt(const ShortMessage& message) {
  const auto type = static_cast<std::uint8_t>(message.esm_class & kMessageTypeMask);
  return type == kDeliveryReceipt || type == kIntermediateNotification ||
         (type == 0 && message.tlvs.find(Tag::kReceiptedMessageId).has_value());
}

std::optional<model::Receipt> read_receipt(const ShortMessage& message, IdDialect dialect) {
  const std::string_view text = without_quote(message.text);
  model::Receipt receipt;
  if (const auto id = message.tlvs.find(Tag::kReceiptedMessageId)) {
    receipt.carrier_id = normal_id(id->substr(0, id->find('\0')), dialect, IdSource::kResponse);
  }
  if (receipt.carrier_id.empty()) {
    const auto id = field(text, "id");
    if (id) receipt.carrier_id = normal_id(*id, dialect, IdSource::kReceiptText);
  }
  if (receipt.carrier_id.empty()) return std::nullopt;

  StateWord state = state_of(message, text);
  receipt.state = state.state;
  // An intermediate notification tells of a try, not of the end.
  const bool intermediate = (message.esm_class & kMessageTypeMask) == kIntermediateNotification;
  if (intermediate && receipt.state == ReceiptState::kUndelivered) {
    receipt.state = ReceiptState::kOnItsWay;
    state.meaning = Meaning::kWaitsForPhone;
  }
  receipt.meaning = state.meaning;
  receipt.error = std::move(state.raw);
  const std::string code = word(field(text, "err").value_or(std::string_view()), 8);
  if (!code.empty()) receipt.error += (receipt.error.empty() ? "err:" : " err:") + code;
  return receipt;
}

}  // namespace tocsin::sms::smpp
