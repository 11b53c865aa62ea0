#include "statement.h"

#include <sqlite3.h>

#include <algorithm>

namespace fiducial::project {

Statement::Statement(sqlite3* connection, std::string_view sql) {
  failed_ = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                               &statement_, nullptr) != SQLITE_OK;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::reset() {
  if (statement_ == nullptr) return *this;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  next_ = 1;
  failed_ = false;
  return *this;
}

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_, next_++, value);
  return *this;
}

Statement& Statement::bind(double value) {
  sqlite3_bind_double(statement_, next_++, value);
  return *this;
}

Statement& Statement::bindText(std::string_view value) {
  // A null pointer would be bound as NULL.
  sqlite3_bind_text64(statement_, next_++, value.data() != nullptr ? value.data() : "", value.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::bindBlob(std::string_view value) {
  sqlite3_bind_blob64(statement_, next_++, value.data() != nullptr ? value.data() : "", value.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bindUid(const UidBytes& uid) {
  sqlite3_bind_blob(statement_, next_++, uid.data(), static_cast<int>(uid.size()), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bindNull() {
  sqlite3_bind_null(statement_, next_++);
  return *this;
}

bool Statement::step() {
  if (statement_ == nullptr) return false;
  const int code = sqlite3_step(statement_);
  failed_ = code != SQLITE_ROW && code != SQLITE_DONE;
  return code == SQLITE_ROW;
}

bool Statement::run() {
  while (step()) {
  }
  const bool ok = statement_ != nullptr && !failed_;
  if (statement_ != nullptr) sqlite3_reset(statement_);
  return ok;
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string Statement::text(int column) const { return std::string(textView(column)); }

std::string_view Statement::textView(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

UidBytes Statement::uid(int column) const {
  UidBytes uid{};
  const std::string_view bytes = blob(column);
  std::copy_n(bytes.begin(), std::min(bytes.size(), uid.size()), uid.begin());
  return uid;
}

bool Statement::isNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

}  // namespace fiducial::project
