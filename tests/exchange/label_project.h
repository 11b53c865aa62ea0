// A project in a folder of its own into which the labels of DICOM objects are imported.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/exchange/format.h"
#include "fiducial/exchange/project_media.h"
#include "support/temporary_folder.h"

namespace fiducial::test {

class LabelProject {
 public:
  explicit LabelProject(const std::vector<std::filesystem::path>& media);

  Result<exchange::ImportReport> import(std::string_view format, const std::filesystem::path& file,
                                        std::optional<MediumId> medium = {});
  project::Project& operator*() const { return *project_; }
  project::Project* operator->() const { return project_.get(); }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  /// Voxels of all segmentations, by the name of their class.
  [[nodiscard]] std::map<std::string, std::int64_t> voxelsByClass() const;

 private:
  TemporaryFolder folder_;
  std::unique_ptr<project::Project> project_;
};

/// One line each.
[[nodiscard]] std::string all(const std::vector<std::string>& texts);
[[nodiscard]] std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder,
                                                         std::initializer_list<const char*> names);

}  // namespace fiducial::test
