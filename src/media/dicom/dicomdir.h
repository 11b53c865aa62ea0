// A DICOMDIR: the directory of a file set (a CD, an export), and which of the files it lists are there.
// Source: DICOM PS3.3 annex F, PS3.10 section 8.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "../family.h"

namespace fiducial::media::dicom {

struct FileSet {
  std::vector<std::filesystem::path> files;  ///< those that are there, in the directory's order
  std::vector<std::string> missing;          ///< as the directory names them ("IMAGES/IM000001")
};

[[nodiscard]] bool isDirectory(const FileHead& head);

/// Errors: Damaged, Unreadable. References that lead out of the directory's folder are counted as missing.
[[nodiscard]] Result<FileSet> readFileSet(const std::filesystem::path& path);

}  // namespace fiducial::media::dicom
