// What can be told of a project file before SQLite opens it, and how a finished file gets its name.
#pragma once

#include <filesystem>

#include "database.h"
#include "fiducial/core/result.h"

namespace fiducial::project {

/// Errors: NotFound, Unreadable, NotMedia (not a project), Damaged (ends too early).
[[nodiscard]] Status checkHeader(const std::filesystem::path& path);
[[nodiscard]] bool isWritablePlace(const std::filesystem::path& path);
/// Whether a log that is not empty lies beside it.
[[nodiscard]] bool hasLog(const std::filesystem::path& path);
/// How a project that is not to be written is opened. Errors: Unreadable where its log cannot be read.
[[nodiscard]] Result<Database> openForReading(const std::filesystem::path& path);
/// Errors: Conflict if there is something at `to`; Unwritable.
[[nodiscard]] Status renameToNew(const std::filesystem::path& from, const std::filesystem::path& to);
/// Removes a project file and what SQLite put beside it.
void removeProjectFile(const std::filesystem::path& path);
[[nodiscard]] std::string loginName();

}  // namespace fiducial::project
