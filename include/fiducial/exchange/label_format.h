// Which import format a file is that holds labels and no picture: for what is dropped on the window.
#pragma once

#include <filesystem>
#include <string_view>

namespace fiducial::exchange {

/// "dicom-seg", "rtstruct", "dicom-sr" or "gsps", by the object's class; empty for everything else. Reads the first
/// elements of the file only. Thread: any.
[[nodiscard]] std::string_view labelFormatOf(const std::filesystem::path& path);

}  // namespace fiducial::exchange
