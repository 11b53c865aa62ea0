// Label volumes as nibabel (python3-nibabel) reads them: grid, values and overlaps, against voxels set by hand.
#include <gtest/gtest.h>

#include <cstdlib>

#include "fiducial/exchange/project_media.h"
#include "small_project.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

RawId addSegment(project::Project& project, MediumId medium, ClassId labelClass, const BrickVolume& voxels) {
  Edit edit{"Paint", {create(Segmentation{medium, labelClass, {}}, -1)}, "reader1"};
  for (const auto& [index, brick] : voxels.bricks())
    edit.changes.push_back(paint({SegmentationId{-1}, 0, index, brick}));
  auto applied = project.apply(std::move(edit));
  EXPECT_TRUE(applied) << (applied ? "" : applied.error().text());
  return applied ? applied->created.front() : 0;
}

BrickVolume block(VolumeSize size, Voxel first, Voxel end) {
  BrickVolume volume(size);
  for (int k = first.k; k < end.k; ++k) {
    for (int j = first.j; j < end.j; ++j) volume.fillRow(first.i, end.i, j, k, true);
  }
  return volume;
}

int runPython(const fs::path& script, const fs::path& dataset, const fs::path& source) {
  const std::string command = test::pythonProgram().string() + " '" + script.string() + "' '" + dataset.string() +
                              "' '" + source.string() + "'";
  return std::system(command.c_str());
}

TEST(NiftiExport, NibabelReadsTheExport) {
  const auto series = test::sharedData("dicom/ct/slicer_head_93");
  FIDUCIAL_REQUIRE_SHARED(series);
  const std::string hasNibabel = test::pythonProgram().string() + " -c 'import nibabel' 2>/dev/null";
  if (std::system(hasNibabel.c_str()) != 0) GTEST_SKIP() << "python3-nibabel is not installed";
  test::SmallProject small;
  const std::vector<fs::path> paths{series};
  const auto added = addMedia(small.project(), paths);
  ASSERT_TRUE(added) << added.error().text();
  const MediumId medium = added->media.front();
  const VolumeSize size{64, 64, 93};
  const ClassId bone = small.addClass("bone");
  const ClassId skin = small.addClass("skin");
  addSegment(small.project(), medium, bone, block(size, {10, 20, 30}, {20, 40, 50}));
  addSegment(small.project(), medium, skin, block(size, {40, 20, 30}, {50, 40, 50}));
  ExportOptions options;
  options.out = small.folder() / "one";
  auto report = findFormat("nifti")->exporter()->write(small.project(), options, {});
  ASSERT_TRUE(report) << report.error().text();
  const auto script = test::sourceFolder() / "tests/exchange/read_nifti_export.py";
  EXPECT_EQ(runPython(script, options.out, test::sharedData("dicom/reference/slicer_head_93.nii.gz")), 0);

  addSegment(small.project(), medium, bone, block(size, {15, 20, 30}, {45, 40, 50}));  // meets both
  options.out = small.folder() / "two";
  report = findFormat("nifti")->exporter()->write(small.project(), options, {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(runPython(script, options.out, {}), 0);
  const auto folder = fs::directory_iterator(options.out);
  for (const auto& entry : folder) {
    if (!entry.is_directory()) continue;
    EXPECT_TRUE(fs::exists(entry.path() / "labels_1.nii.gz"));
    EXPECT_TRUE(fs::exists(entry.path() / "labels_2.nii.gz"));
    EXPECT_FALSE(fs::exists(entry.path() / "labels.nii.gz"));
  }
}

}  // namespace
}  // namespace fiducial::exchange
