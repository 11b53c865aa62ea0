// A transaction as a scope: rolled back unless committed.
#pragma once

#include "database.h"

namespace fiducial::project {

class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {
    begun_ = database_.prepared("BEGIN IMMEDIATE").run();
    if (!begun_) failure_ = database_.lastError("change the project");
  }
  ~Transaction() {
    // A failed statement may have rolled back by itself (full disk).
    if (begun_ && database_.inTransaction()) (void)database_.prepared("ROLLBACK").run();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  [[nodiscard]] Status begun() const { return begun_ ? Status{} : Status{failure_}; }
  /// Durable when it answers ok.
  [[nodiscard]] Status commit() {
    if (!database_.prepared("COMMIT").run()) return database_.lastError("write the project");
    begun_ = false;
    return {};
  }

 private:
  Database& database_;
  bool begun_ = false;
  Error failure_;
};

}  // namespace fiducial::project
