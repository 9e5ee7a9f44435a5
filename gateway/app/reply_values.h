// Values out of the API's JSON, for the files that show it on a terminal (reply_text*.cc).  Pure.
//
// Every access is by these, so that a server of another version cannot make us throw: what is not there, or is of
// another type, is empty.  Text comes without control characters.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::app::reply {

class Json {
 public:
  enum class Kind { kNothing, kNull, kFlag, kNumber, kText, kList, kObject };
  using Members = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  explicit Json(Kind kind, std::string words = {}) : kind_(kind), words_(std::move(words)) {}

  // Null, or not there at all.
  [[nodiscard]] bool is_null() const { return kind_ == Kind::kNull || kind_ == Kind::kNothing; }
  [[nodiscard]] bool is_object() const { return kind_ == Kind::kObject; }
  [[nodiscard]] bool is_array() const { return kind_ == Kind::kList; }
  [[nodiscard]] bool is_string() const { return kind_ == Kind::kText; }
  [[nodiscard]] bool is_number() const { return kind_ == Kind::kNumber; }
  // Text; "yes" and "no" of flags; numbers, and lists and objects of such, as JSON writes them; else empty.
  [[nodiscard]] const std::string& words() const { return words_; }

  [[nodiscard]] const Members& members() const { return members_; }  // of an object, in its order
  [[nodiscard]] std::vector<Json>::const_iterator begin() const { return items_.begin(); }
  [[nodiscard]] std::vector<Json>::const_iterator end() const { return items_.end(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return items_.size() + members_.size(); }

  void add(Json item) { items_.push_back(std::move(item)); }
  void add(std::string name, Json value) { members_.emplace_back(std::move(name), std::move(value)); }

 private:
  Kind kind_ = Kind::kNothing;
  std::string words_;
  std::vector<Json> items_;
  Members members_;
};

[[nodiscard]] Json read(const std::string& json);  // nothing when it is no JSON

// Of an object's key.
[[nodiscard]] std::string text(const Json& json, const char* key);
[[nodiscard]] bool yes(const Json& json, const char* key);
[[nodiscard]] int number(const Json& json, const char* key);
[[nodiscard]] const Json& part(const Json& json, const char* key);
[[nodiscard]] const Json& list(const Json& json, const char* key);

[[nodiscard]] std::string person(const Json& json);  // "Li Na (li-na)"
[[nodiscard]] std::string words(const Json& texts);  // of a list, with spaces between
[[nodiscard]] std::string or_dash(const std::string& words);
[[nodiscard]] std::string padded(std::string words, std::size_t width);  // two spaces behind

}  // namespace tocsin::app::reply
