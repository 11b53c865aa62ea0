#include "label_project.h"

#include <gtest/gtest.h>

namespace fiducial::test {

LabelProject::LabelProject(const std::vector<std::filesystem::path>& media) {
  auto created = project::Project::create(folder_ / "labels.fiducial");
  EXPECT_TRUE(created) << created.error().text();
  if (!media.empty()) {
    auto added = exchange::addMedia(**created, media);
    EXPECT_TRUE(added) << added.error().text();
  }
  project_ = std::move(*created);
}

Result<exchange::ImportReport> LabelProject::import(std::string_view format, const std::filesystem::path& file,
                                                    std::optional<MediumId> medium) {
  exchange::ImportOptions options;
  options.path = file;
  options.by = "reader1";
  options.medium = medium;
  return exchange::findFormat(format)->importer()->read(*project_, options, {});
}

std::map<std::string, std::int64_t> LabelProject::voxelsByClass() const {
  std::map<std::string, std::int64_t> counts;
  const auto segmentations = project_->segmentations();
  const auto classes = project_->classes();
  for (const auto& segmentation : *segmentations) {
    for (const auto& labelClass : *classes) {
      if (ClassId{labelClass.id} == segmentation.value.labelClass) {
        counts[labelClass.value.name] += project_->voxels(SegmentationId{segmentation.id})->count();
      }
    }
  }
  return counts;
}

std::string all(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& one : texts) text += one + "\n";
  return text;
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder,
                                           std::initializer_list<const char*> names) {
  std::vector<std::filesystem::path> files;
  for (const char* name : names) files.push_back(folder / name);
  return files;
}

}  // namespace fiducial::test
