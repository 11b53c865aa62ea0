// A fresh folder for one test, removed with all it holds when the test ends.
#pragma once

#include <filesystem>
#include <string_view>

namespace fiducial::test {

/// Owner:  the object owns the folder; names are unique over all processes, so tests may run side by side.
/// Errors: throws std::filesystem::filesystem_error if the folder cannot be made, which fails the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace fiducial::test
