// Where a header says its data are: file names by a pattern, and lines to be skipped.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "fiducial/core/result.h"

namespace fiducial::media {

/// "slice%03d.raw 1 20 1" (pattern, first, last, step; the step may be missing) as the names it stands for. Nothing
/// where it is no such pattern, or one of more than 65535 files. Only %d, %u and %i with a width are understood.
[[nodiscard]] std::optional<std::vector<std::string>> numberedNames(const std::string& pattern);

/// The position behind `lines` lines from `start` on. Errors: Damaged where the file has fewer, Unreadable.
[[nodiscard]] Result<std::int64_t> skippedLines(const std::filesystem::path& path, std::int64_t start,
                                                std::int64_t lines);

}  // namespace fiducial::media
