// A dataset that appears whole or not at all: written into a folder beside its place and moved there at the end.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "fiducial/core/result.h"

namespace fiducial::exchange {

/// The file by which a folder is known to be an export of ours, which another export may replace.
inline constexpr std::string_view kManifestName = "fiducial-export.json";

/// Owner: of the temporary folder, which the destructor removes unless commit() succeeded.
class DatasetFolder {
 public:
  /// `out` may be missing, an empty folder, or an earlier export. Errors: Conflict for anything else at `out`,
  /// Unwritable.
  static Result<DatasetFolder> create(const std::filesystem::path& out);
  DatasetFolder(DatasetFolder&& other) noexcept;
  DatasetFolder& operator=(DatasetFolder&&) = delete;
  ~DatasetFolder();

  /// Where to write now.
  [[nodiscard]] const std::filesystem::path& path() const { return temporary_; }
  /// Makes `path()/relative` and its parents.
  [[nodiscard]] Status makeFolder(const std::filesystem::path& relative);
  /// Writes a file that is one of many, `path()/relative`, into a folder that is there. What it holds is on the disk
  /// once commit() succeeded, not before. Errors: Unwritable. Thread: any.
  [[nodiscard]] Status writeOneOfMany(const std::filesystem::path& relative, std::span<const std::byte> bytes) const;
  /// Writes the manifest, waits for the disk, and moves the folder to its place; an earlier export there is replaced in
  /// one step.
  [[nodiscard]] Status commit(std::string_view manifestJson);

 private:
  DatasetFolder() = default;
  [[nodiscard]] Status syncAll() const;
  std::filesystem::path out_;
  std::filesystem::path temporary_;
};

/// A medium's name as one component of a path: no separators, control characters, leading or trailing dots and blanks.
[[nodiscard]] std::string folderName(std::string_view name);

}  // namespace fiducial::exchange
