#include "gateway/db/statement.h"

#include <sqlite3.h>

#include "gateway/db/session.h"

namespace tocsin::db {

Rows::~Rows() {
  if (stmt_ != nullptr) sqlite3_reset(stmt_);
}

bool Rows::next() {
  if (stmt_ == nullptr || session_->failed()) return false;
  const int code = sqlite3_step(stmt_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) session_->check(code);
  sqlite3_reset(std::exchange(stmt_, nullptr));
  return false;
}

std::int64_t Rows::int64(int column) const {
  return sqlite3_column_int64(stmt_, column);
}
double Rows::real(int column) const {
  return sqlite3_column_double(stmt_, column);
}

std::string_view Rows::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(stmt_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))};
}

std::string_view Rows::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(stmt_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))};
}

bool Rows::is_null(int column) const {
  return sqlite3_column_type(stmt_, column) == SQLITE_NULL;
}

Statement::~Statement() {
  sqlite3_finalize(stmt_);
}

bool Statement::ready(std::size_t arguments) {
  if (session_->failed()) return false;
  if (stmt_ == nullptr) {
    const int code = sqlite3_prepare_v3(session_->handle(), sql_.data(), static_cast<int>(sql_.size()),
                                        SQLITE_PREPARE_PERSISTENT, &stmt_, nullptr);
    if (!session_->check(code)) return false;
  }
  if (stmt_ == nullptr || static_cast<std::size_t>(sqlite3_bind_parameter_count(stmt_)) != arguments) {
    session_->fail(Failure::kMisuse, "a statement was given the wrong number of parameters");
    return false;
  }
  if (sqlite3_stmt_busy(stmt_) != 0) {
    session_->fail(Failure::kMisuse, "a statement was run again while its rows were being read");
    return false;
  }
  return true;
}

bool Statement::finish(bool bound) {
  if (!bound) return false;
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(stmt_);
  const bool done = code == SQLITE_DONE || session_->check(code);
  sqlite3_reset(stmt_);
  return done;
}

bool Statement::bind_int64(int i, std::int64_t value) {
  return session_->check(sqlite3_bind_int64(stmt_, i, value));
}

bool Statement::bind_real(int i, double value) {
  return session_->check(sqlite3_bind_double(stmt_, i, value));
}

bool Statement::bind_text(int i, std::string_view value) {
  // A null pointer would be bound as NULL: an empty text is a text.
  const char* text = value.data() == nullptr ? "" : value.data();
  return session_->check(sqlite3_bind_text64(stmt_, i, text, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

bool Statement::bind_blob(int i, std::string_view value) {
  const char* bytes = value.data() == nullptr ? "" : value.data();
  return session_->check(sqlite3_bind_blob64(stmt_, i, bytes, value.size(), SQLITE_STATIC));
}

bool Statement::bind_null(int i) {
  return session_->check(sqlite3_bind_null(stmt_, i));
}

}  // namespace tocsin::db
