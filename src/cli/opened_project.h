// Projects as commands open them: for reading without a lock, or for writing, or not at all.
#pragma once

#include <filesystem>
#include <memory>

#include "fiducial/core/result.h"
#include "fiducial/project/project.h"

namespace fiducial::cli {

using ProjectPointer = std::unique_ptr<project::Project>;

[[nodiscard]] Result<ProjectPointer> openForReading(const std::filesystem::path& path);
/// Errors: those of Project::open; Unwritable, with the reason, where it could only be opened read-only.
[[nodiscard]] Result<ProjectPointer> openForWriting(const std::filesystem::path& path, std::string annotator = {});

}  // namespace fiducial::cli
