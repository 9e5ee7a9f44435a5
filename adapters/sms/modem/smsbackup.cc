#include "adapters/sms/modem/smsbackup.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/base/text.h"

namespace tocsin::sms {
namespace {

constexpr std::size_t kHexPerLine = 200;  // what gammu itself writes; its reader takes no longer lines for granted

std::string hex_of(std::string_view octets) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(octets.size() * 2);
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    out += kDigits[octet >> 4U];
    out += kDigits[octet & 15U];
  }
  return out;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// What is no hexadecimal ends it.
std::string octets_of(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    const int high = digit_of(hex[i]), low = digit_of(hex[i + 1]);
    if (high < 0 || low < 0) break;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string utf16_of(std::string_view utf8) {
  std::string out;
  const auto unit = [&out](char32_t u) {
    out += static_cast<char>(u >> 8U & 0xFFU);
    out += static_cast<char>(u & 0xFFU);
  };
  for (const char32_t c : base::to_utf32(utf8)) {
    if (c < 0x10000) {
      unit(c);
    } else {
      unit(0xD800 + ((c - 0x10000) >> 10U));
      unit(0xDC00 + ((c - 0x10000) & 0x3FFU));
    }
  }
  return out;
}

struct Line {
  std::string_view key, value;
};

// "Key = value"; empty for a comment, a section or anything else.
Line split_line(std::string_view line) {
  const auto equals = line.find('=');
  if (line.empty() || line.front() == ';' || line.front() == '#' || line.front() == '[' ||
      equals == std::string_view::npos) {
    return {};
  }
  const auto plain = [](std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
  };
  return {plain(line.substr(0, equals)), plain(line.substr(equals + 1))};
}

int number_or(std::string_view digits, int otherwise) {
  int value = otherwise;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : otherwise;
}

struct Section {
  StoredSms sms;
  std::vector<std::pair<int, std::string>> texts;  // Text00, Text01 ... as they come
  bool finished = false;

  void take(const Line& line) {
    if (line.key == "PDU") {
      sms.report = line.value == "Status_Report";
    } else if (line.key == "NumberUnicode") {
      sms.number = decode_ucs2(octets_of(line.value));
    } else if (line.key == "Coding") {
      sms.octets = line.value.substr(0, 4) == "8bit";
    } else if (line.key == "UDH") {
      sms.header = octets_of(line.value);
    } else if (line.key == "MessageReference") {
      sms.reference = number_or(line.value, -1);
      finished = true;
    } else if (line.key.substr(0, 4) == "Text") {
      const int place = number_or(line.key.substr(4), -1);
      if (place >= 0) texts.emplace_back(place, octets_of(line.value));
    }
  }
  StoredSms whole() {
    std::stable_sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& text : texts) sms.text += text.second;
    return std::move(sms);
  }
};

}  // namespace

std::string write_backup(const BackupPart& part) {
  const std::string text =
      part.alphabet == Alphabet::kUcs2 ? std::string(part.user_data) : utf16_of(decode_gsm7(part.user_data));
  std::string file = "[SMSBackup000]\n";
  file += part.receipt ? "PDU = Status_Report\n" : "PDU = Submit\n";
  file += "State = UnSent\nNumber = \"" + std::string(part.number) + "\"\n";
  file += "NumberUnicode = " + hex_of(utf16_of(part.number)) + "\n";
  if (!part.header.empty()) file += "UDH = " + hex_of(part.header) + "\n";
  const std::string hex = hex_of(text);
  for (std::size_t at = 0, place = 0; at < hex.size(); at += kHexPerLine, ++place) {
    file += "Text" + std::string(place < 10 ? "0" : "") + std::to_string(place) + " = " + hex.substr(at, kHexPerLine);
    file += '\n';
  }
  file += part.alphabet == Alphabet::kUcs2 ? "Coding = Unicode_No_Compression\n" : "Coding = Default_No_Compression\n";
  file += "Folder = 1\nLength = " + std::to_string(text.size() / 2) + "\nClass = -1\n";
  file += "ReplySMSC = False\nRejectDuplicates = False\nReplaceMessage = 0\n";
  file += "MessageReference = 0\n";  // overwritten by gammu-smsd with the network's
  return file;
}

std::optional<std::vector<StoredSms>> read_backup(std::string_view file) {
  if (file.size() > kMostBackupBytes) return std::nullopt;
  std::vector<Section> sections;
  while (!file.empty()) {
    const auto end = file.find('\n');
    if (end == std::string_view::npos) break;  // a line that is still being written
    std::string_view line = file.substr(0, end);
    file.remove_prefix(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.substr(0, 10) == "[SMSBackup") {
      sections.emplace_back();
    } else if (!sections.empty()) {
      sections.back().take(split_line(line));
    }
  }
  if (sections.empty() || !sections.back().finished) return std::nullopt;
  std::vector<StoredSms> all;
  all.reserve(sections.size());
  for (Section& section : sections) all.push_back(section.whole());
  return all;
}

}  // namespace tocsin::sms
