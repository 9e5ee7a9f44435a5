#include "adapters/mail/message.h"

#include <algorithm>
#include <cstdio>

#include "gateway/base/encoding.h"
#include "gateway/base/text.h"

namespace tocsin::mail {
namespace {

constexpr std::string_view kEnd = "\r\n";

// RFC 5322, 3.3: "Fri, 15 Jan 2027 08:00:00 +0000".
std::string date_of(base::UtcTime at) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Encoded words, one a line of at most 76 characters with "Subject: " before it (RFC 2047, section 2).
std::string encoded_words(std::string_view text) {
  constexpr std::size_t kOctets = 39;  // of text in one word: 52 characters of base64 and 12 around them
  std::string out;
  while (!text.empty()) {
    std::size_t cut = std::min(kOctets, text.size());
    while (cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base::to_base64(text.substr(0, cut)) + "?=";
    text.remove_prefix(cut);
  }
  return out;
}

std::string subject_of(std::string_view text) {
  const auto line = base::trim(base::without_controls(text.substr(0, text.find_first_of("\r\n"))));
  auto subject = base::cut(line, kLongestSubject);
  if (subject.size() < line.size()) subject += "…";
  constexpr std::size_t kOneLine = 78 - 9;  // RFC 5322, 2.1.1, less "Subject: "
  const bool as_it_is = is_plain(subject) && subject.size() <= kOneLine && subject.find("=?") == std::string::npos;
  return as_it_is ? subject : encoded_words(subject);
}

std::string sender_of(const Letter& letter) {
  if (letter.from_name.empty()) return letter.from;
  return encoded_words(letter.from_name) + "\r\n <" + letter.from + ">";
}

// Lines of 76 characters (RFC 2045, 6.8); the text's own lines end with CR LF as in all text/* (RFC 2046, 4.1.1).
std::string body_of(std::string_view text) {
  std::string canonical;
  for (const char c : text) {
    if (c == '\n') canonical += '\r';
    if (c != '\r') canonical += c;
  }
  const auto letters = base::to_base64(canonical + "\r\n");
  constexpr std::size_t kLine = 76;
  std::string out;
  for (std::size_t at = 0; at < letters.size(); at += kLine) out.append(letters, at, kLine).append(kEnd);
  return out;
}

}  // namespace

bool is_address(std::string_view text) {
  constexpr std::size_t kLongest = 254;
  constexpr std::string_view kSpecial = "<>()[]:;,\\\"";
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > kLongest) return false;
  return text.find('@', at + 1) == std::string_view::npos && std::all_of(text.begin(), text.end(), [&](char c) {
           return c > 0x20 && c < 0x7F && kSpecial.find(c) == std::string_view::npos;
         });
}

std::string rendered(const Letter& letter) {
  std::string out;
  const auto header = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append(kEnd);
  };
  header("From", sender_of(letter));
  header("To", letter.to);
  header("Date", date_of(letter.at));
  header("Message-ID", "<" + letter.id + letter.from.substr(letter.from.find('@')) + ">");
  header("Subject", subject_of(letter.text));
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", "base64");
  out.append(kEnd);
  return out + body_of(letter.text);
}

}  // namespace tocsin::mail
