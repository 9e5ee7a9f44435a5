// One SQL statement, prepared when first used and kept; and the rows it gives.
//
// Used by the thread of its Session only, and destroyed before it.  Parameters are bound by position and type:
//   session.statement("update t set a = ?1 where id = ?2").exec(5, id);
//   for (auto rows = find.run(key); rows.next();) use(rows.int64(0), rows.text(1));
// Failure is sticky in the Session: after an error every exec() and next() does nothing and returns false
// until the Session's failure is cleared, so a caller may run several statements and look once at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "gateway/base/ids.h"
#include "gateway/base/time.h"

struct sqlite3_stmt;

namespace tocsin::db {

class Session;

// Bytes bound as a blob, not as text.
struct Blob {
  std::string_view bytes;
};
inline constexpr std::nullptr_t null = nullptr;

// The rows of one run of a statement, which is reset when this goes.  At most one at a time per statement.
class Rows {
 public:
  Rows(Rows&& other) noexcept : session_(other.session_), stmt_(std::exchange(other.stmt_, nullptr)) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  // Moves to the next row; false at the end or on failure (the Session knows which).
  bool next();

  // Columns of the current row, from 0.  NULL reads as 0 or empty.  Text and blobs live until next() or the end.
  [[nodiscard]] std::int64_t int64(int column) const;
  [[nodiscard]] int integer(int column) const { return static_cast<int>(int64(column)); }
  [[nodiscard]] bool flag(int column) const { return int64(column) != 0; }
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  // Stored as microseconds; NULL for none.
  [[nodiscard]] base::UtcTime time(int column) const { return base::from_micros(int64(column)); }
  [[nodiscard]] std::optional<base::UtcTime> maybe_time(int column) const {
    return is_null(column) ? std::nullopt : std::optional(time(column));
  }
  template <typename T>
  [[nodiscard]] T id(int column) const {
    return T{int64(column)};
  }
  template <typename Enum>
  [[nodiscard]] Enum as(int column) const {
    return static_cast<Enum>(int64(column));
  }

 private:
  friend class Statement;
  Rows(Session* session, sqlite3_stmt* stmt) : session_(session), stmt_(stmt) {}

  Session* session_;
  sqlite3_stmt* stmt_;  // null: failed before it began
};

class Statement {
 public:
  // `sql` must live as long as this.  Nothing happens until first use; a mistake in it shows then, as kMisuse.
  Statement(Session& session, std::string_view sql) : session_(&session), sql_(sql) {}
  Statement(Statement&& other) noexcept
      : session_(other.session_), sql_(other.sql_), stmt_(std::exchange(other.stmt_, nullptr)) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Binds all parameters and runs to the end.  False on failure.
  template <typename... Args>
  bool exec(const Args&... args) {
    if (!ready(sizeof...(Args))) return false;
    int i = 0;
    const bool bound = (bind(++i, args) && ...);
    return finish(bound);
  }

  // Binds all parameters; the rows come with Rows::next().  Text is bound without a copy: what it points to must
  // outlive the rows.
  template <typename... Args>
  [[nodiscard]] Rows run(Args&&... args) {
    static_assert((!std::is_same_v<Args, std::string> && ...), "a temporary string would be gone before the rows are");
    if (!ready(sizeof...(Args))) return {session_, nullptr};
    int i = 0;
    const bool bound = (bind(++i, args) && ...);
    return {session_, bound ? stmt_ : nullptr};
  }

 private:
  bool ready(std::size_t arguments);  // prepared, not failed, right number of parameters
  bool finish(bool bound);
  bool bind_int64(int i, std::int64_t value);
  bool bind_real(int i, double value);
  bool bind_text(int i, std::string_view value);
  bool bind_blob(int i, std::string_view value);
  bool bind_null(int i);

  template <typename T>
  bool bind(int i, const T& value) {
    if constexpr (std::is_same_v<T, std::nullptr_t>) {
      return bind_null(i);
    } else if constexpr (std::is_enum_v<T>) {
      return bind_int64(i, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_integral_v<T>) {
      static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "64 unsigned bits do not fit a column");
      return bind_int64(i, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
      return bind_real(i, static_cast<double>(value));
    } else if constexpr (std::is_same_v<T, Blob>) {
      return bind_blob(i, value.bytes);
    } else {
      return bind_text(i, std::string_view(value));
    }
  }
  bool bind(int i, const base::UtcTime& value) { return bind_int64(i, base::to_micros(value)); }
  bool bind(int i, const base::Duration& value) { return bind_int64(i, value.count()); }
  template <typename Tag>
  bool bind(int i, const base::Id<Tag>& value) {
    return bind_int64(i, value.value);
  }
  template <typename T>
  bool bind(int i, const std::optional<T>& value) {
    return value ? bind(i, *value) : bind_null(i);
  }

  Session* session_;
  std::string_view sql_;
  sqlite3_stmt* stmt_ = nullptr;
};

}  // namespace tocsin::db
