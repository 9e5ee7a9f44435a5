// A body of the provider's, an answer or a callback: entries in JSON (RFC 8259) or one form (WHATWG URL, 5.1), and what
// stands where in them.  Depth and number are bounded; the caller bounds the length.  Internal to adapters/sms/http.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::sms::http {

class Body {
 public:
  static constexpr std::size_t kMostEntries = 1000;

  // `list`: a JSON pointer to a list of entries; empty: the body is a list, or the one entry.
  Body(std::string_view text, bool form, const std::string& list);
  ~Body();
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  // False: it is no such body, or there are more entries than kMostEntries.
  [[nodiscard]] bool read() const;
  [[nodiscard]] std::size_t entries() const;
  // A text, whole number or truth at a JSON pointer (RFC 6901) of that entry, or of that key of the form; nullopt when
  // `where` is empty or nothing of the kind stands there.
  [[nodiscard]] std::optional<std::string> find(std::size_t entry, const std::string& where) const;
  // The same, of the whole body.
  [[nodiscard]] std::optional<std::string> whole(const std::string& where) const;

 private:
  struct Read;
  std::unique_ptr<Read> read_;
};

[[nodiscard]] bool is_among(const std::vector<std::string>& codes, const std::string& code);
// Printable ASCII without blanks, of at most that many octets.
[[nodiscard]] bool is_token(const std::string& text, std::size_t most);
inline constexpr std::size_t kLongestId = 128;
// For desk and record: a code, never words, which may repeat the text or the number.
[[nodiscard]] std::string shown_code(const std::string& code);

}  // namespace tocsin::sms::http
