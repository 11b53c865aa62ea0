// The numbered steps that make a project file what this version expects.
#pragma once

#include "database.h"

namespace fiducial::project {

constexpr std::int64_t kApplicationId = 0x46494455;  ///< "FIDU" in the file's header; never changes

/// The version this program writes: the number of the newest step.
[[nodiscard]] int newestVersion();
/// Runs the steps that are missing, each in one transaction with its user_version.
/// Errors: NewerVersion; Unwritable.
[[nodiscard]] Status migrate(Database& database);
/// Errors: NewerVersion, or Unsupported where steps are missing: for files that are not to be changed.
[[nodiscard]] Status checkVersion(Database& database);

}  // namespace fiducial::project
