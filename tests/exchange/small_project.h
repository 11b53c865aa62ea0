// A project of one missing image of 4 x 3 pixels (formats documentation, COCO example) or a missing video, for tests of
// what is written about labels: no picture is needed for that.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fiducial/exchange/format.h"
#include "fiducial/project/project.h"
#include "support/temporary_folder.h"

namespace fiducial::test {

class SmallProject {
 public:
  SmallProject();
  /// Adds a medium known by name and size only.
  MediumId addMedium(const std::string& name, MediumKind kind, ImageSize size, int frames = 1);
  ClassId addClass(const std::string& name, std::vector<AttributeSpec> attributes = {});
  RawId add(Record record);
  RawId addTrack(Track track, std::vector<Keyframe> keyframes);
  /// Exports with `coco` into `folder()/name` and gives the parsed instances_default.json.
  nlohmann::json exportCoco(const std::string& name, exchange::ExportOptions options = {});
  exchange::ExportReport report;  ///< of the last export

  [[nodiscard]] project::Project& project() { return *project_; }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<project::Project> project_;
};

/// A new, empty project beside it.
std::unique_ptr<project::Project> emptyProject(const TemporaryFolder& folder, const std::string& name);
Result<exchange::ImportReport> importCoco(project::Project& project, const std::filesystem::path& path,
                                          exchange::ImportOptions options = {});
/// The text of a file; empty where there is none.
std::string contents(const std::filesystem::path& path);

}  // namespace fiducial::test
