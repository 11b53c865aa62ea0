// One prepared statement: values are bound by number, never put into the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bytes.h"
#include "fiducial/core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace fiducial::project {

/// A failure of preparing or stepping is kept and told by the last step(); so a chain of binds needs no test of its
/// own.
class Statement {
 public:
  Statement(sqlite3* connection, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& reset();
  /// The next parameter. Text and blobs must live until the statement has been stepped.
  Statement& bind(std::int64_t value);
  Statement& bind(int value) { return bind(std::int64_t{value}); }
  Statement& bind(double value);
  Statement& bindText(std::string_view value);
  Statement& bindBlob(std::string_view value);
  Statement& bindUid(const UidBytes& uid);
  Statement& bindNull();

  /// True: a row is there. False: done, or failed (then failed() is true).
  bool step();
  [[nodiscard]] bool failed() const { return failed_; }
  /// Runs a statement that gives no rows. False: it failed.
  [[nodiscard]] bool run();

  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string_view textView(int column) const;  ///< until the next step
  [[nodiscard]] std::string_view blob(int column) const;      ///< until the next step
  [[nodiscard]] UidBytes uid(int column) const;
  [[nodiscard]] bool isNull(int column) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
  bool failed_ = false;
};

}  // namespace fiducial::project
