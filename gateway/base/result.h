// Expected failure as a value.
//
// `Result<T>` holds either a T or an `Error`.  Codes name what the caller can *do*, not who
// failed.  Nothing here throws; a wrong access (value() of an error) asserts.
// Plain values: safe from any thread.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace tocsin::base {

enum class ErrorCode {
  kInvalid,     // the request is wrong: tell the sender, do not retry
  kNotFound,    // what it names does not exist
  kConflict,    // exists already, or differs from what the caller assumed
  kChanged,     // the caller saw another version of it: read it again, then decide
  kForbidden,   // known, but not allowed
  kRetryLater,  // may well succeed later (store busy, disk full, overload)
  kRefused,     // stop trying
  kCorrupt,     // stop writing
  kInternal,    // a bug or an unexpected state of the machine
};

// The stable lower-case word of a code, for logs and JSON ("retry_later").
[[nodiscard]] const char* to_string(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // one English sentence without secrets; phone numbers masked
  std::string field;    // what it is about ("facts.serious"), empty when the whole

  // Adds context on the way up: "reading the plan: <message>".
  [[nodiscard]] Error within(std::string_view context) const;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & {
    assert(ok());
    return std::get<0>(state_);
  }
  [[nodiscard]] const T& value() const& {
    assert(ok());
    return std::get<0>(state_);
  }
  [[nodiscard]] T&& value() && {
    assert(ok());
    return std::get<0>(std::move(state_));
  }
  [[nodiscard]] const Error& error() const {
    assert(!ok());
    return std::get<1>(state_);
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

// Success without a value.
struct Done {};
using Status = Result<Done>;

[[nodiscard]] inline Error invalid(std::string message, std::string field = {}) {
  return {ErrorCode::kInvalid, std::move(message), std::move(field)};
}

}  // namespace tocsin::base
