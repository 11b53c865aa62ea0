// The projects opened last, newest first, kept in the settings folder.
#pragma once

#include <filesystem>
#include <vector>

namespace fiducial::workspace {

/// Thread: the owner's. An empty folder: remembered for this run only. A list that cannot be read or written is no
/// error: it is a convenience.
class RecentProjects {
 public:
  explicit RecentProjects(std::filesystem::path settingsFolder);
  void opened(const std::filesystem::path& project);
  /// Those that are still there.
  [[nodiscard]] std::vector<std::filesystem::path> list() const;

 private:
  std::filesystem::path file_;
  std::vector<std::filesystem::path> projects_;
};

}  // namespace fiducial::workspace
