// Labels that come before their pictures: kept on a medium made from the segmentation's own references, and in their
// place once the pictures are added or located. Voxel counts: shared/data/dicom/reference/segments.json (pydicom);
// tests/data/dicom_seg/make.py says what is in upper_slices.dcm.
#include <gtest/gtest.h>

#include <algorithm>

#include "label_project.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;
using test::all;
using test::filesIn;
using test::LabelProject;
using test::sharedData;

/// A copy beside which there are no pictures.
fs::path alone(const LabelProject& project, const fs::path& file) {
  fs::copy_file(file, project.folder() / "labels.dcm", fs::copy_options::overwrite_existing);
  return project.folder() / "labels.dcm";
}

/// A folder with copies of these and nothing else.
fs::path copied(const LabelProject& project, const std::vector<fs::path>& files) {
  const fs::path folder = project.folder() / "found";
  fs::create_directories(folder);
  for (const fs::path& file : files) fs::copy_file(file, folder / file.filename());
  return folder;
}

TEST(WaitingSeries, LabelsOfAbsentPicturesAreKeptAndAreInPlaceOnceTheyAreAdded) {
  const fs::path data = sharedData("dicom/seg/dcmqi_ct3");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({});
  auto report = project.import("dicom-seg", alone(project, data / "seg_liver.dcm"));
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 0) << all(report->warnings);
  EXPECT_EQ(report->media, 1);
  EXPECT_NE(all(report->warnings).find("until the pictures are added"), std::string::npos);
  ASSERT_EQ(project->media()->size(), 1U);
  EXPECT_TRUE(project->media()->front().value.missing);
  EXPECT_EQ(project.voxelsByClass().at("Liver"), 107098);

  const std::vector<fs::path> pictures{copied(project, filesIn(data, {"01.dcm", "02.dcm", "03.dcm"}))};
  ASSERT_TRUE(addMedia(*project, pictures));
  ASSERT_EQ(project->media()->size(), 1U);
  const Medium medium = project->media()->front().value;
  EXPECT_FALSE(medium.missing);
  EXPECT_FALSE(medium.hash.empty());
  LabelProject direct({});
  ASSERT_TRUE(direct.import("dicom-seg", data / "seg_liver.dcm"));  // with its pictures beside it
  EXPECT_EQ(direct->media()->front().value.info.volumeSize(), medium.info.volumeSize());
  const auto waited = project->voxels(SegmentationId{project->segmentations()->front().id});
  EXPECT_TRUE(*waited == *direct->voxels(SegmentationId{direct->segmentations()->front().id}));
  EXPECT_TRUE(project->verify()->problems.empty());
  ASSERT_TRUE(project->undo());
  EXPECT_TRUE(project->media()->front().value.missing);
  EXPECT_EQ(project.voxelsByClass().at("Liver"), 107098);
}

TEST(WaitingSeries, LabelsOfSomeSlicesMoveToTheirSlicesOfTheWholeSeries) {
  const fs::path pictures = sharedData("dicom/seg/dcmqi_24x38x3");
  FIDUCIAL_REQUIRE_SHARED(pictures);
  for (const bool isLocated : {false, true}) {
    LabelProject project({});
    auto report =
        project.import("dicom-seg", alone(project, test::sourceFolder() / "tests/data/dicom_seg/upper_slices.dcm"));
    ASSERT_TRUE(report) << report.error().text();
    const MediumId id{project->media()->front().id};
    EXPECT_EQ(project->media()->front().value.info.volumeSize(), (VolumeSize{24, 38, 2}));
    Annotation note;
    note.medium = id;
    note.frame = 1;
    note.labelClass = ClassId{project->classes()->front().id};
    note.shape = Points{{{5.5, 3.5}}};
    Tag quality;  // of the medium: it stands on no slice, and must not stop the others from moving
    quality.medium = id;
    quality.labelClass = note.labelClass;
    ASSERT_TRUE(project->apply({"Draw point", {create(note), create(quality)}, {}}));
    const std::vector<fs::path> found{
        copied(project, filesIn(pictures, {"IMG0001.dcm", "IMG0002.dcm", "IMG0003.dcm"}))};
    ASSERT_TRUE(isLocated ? locateMedia(*project, found.front()) : addMedia(*project, found));
    ASSERT_EQ(project->media()->size(), 1U);
    EXPECT_EQ(project->media()->front().value.info.volumeSize(), (VolumeSize{24, 38, 3}));
    const auto voxels = project->voxels(SegmentationId{project->segmentations()->front().id});
    EXPECT_EQ(voxels->count(), 4);
    for (const Voxel voxel : {Voxel{5, 3, 1}, Voxel{20, 30, 1}, Voxel{6, 3, 2}, Voxel{20, 30, 2}}) {
      EXPECT_TRUE(voxels->at(voxel)) << voxel.i << ' ' << voxel.j << ' ' << voxel.k;
    }
    EXPECT_EQ(project->annotations()->front().value.frame, 2);
    EXPECT_TRUE(project->verify()->problems.empty());
    ASSERT_TRUE(project->undo());
    const auto before = project->voxels(SegmentationId{project->segmentations()->front().id});
    EXPECT_TRUE(before->at({5, 3, 0}) && before->at({6, 3, 1}) && before->count() == 4);
  }
}

TEST(WaitingSeries, ASecondSegmentationAddsTheSlicesThatTheFirstOneHadNot) {
  const fs::path pictures = sharedData("dicom/seg/dcmqi_24x38x3");
  FIDUCIAL_REQUIRE_SHARED(pictures);
  LabelProject project({});
  const fs::path upper = test::sourceFolder() / "tests/data/dicom_seg/upper_slices.dcm";
  ASSERT_TRUE(project.import("dicom-seg", alone(project, upper)));
  auto report = project.import("dicom-seg", alone(project, pictures / "label_seg.dcm"));
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 0) << all(report->warnings);
  ASSERT_EQ(project->media()->size(), 1U);
  EXPECT_EQ(project->media()->front().value.info.volumeSize(), (VolumeSize{24, 38, 3}));
  const auto segmentations = project->segmentations();
  ASSERT_EQ(segmentations->size(), 2U);
  const auto first = project->voxels(SegmentationId{(*segmentations)[0].id});
  EXPECT_TRUE(first->at({5, 3, 1}) && first->at({6, 3, 2}) && first->count() == 4);
  LabelProject direct({});
  ASSERT_TRUE(direct.import("dicom-seg", pictures / "label_seg.dcm"));
  const auto second = project->voxels(SegmentationId{(*segmentations)[1].id});
  EXPECT_TRUE(*second == *direct->voxels(SegmentationId{direct->segmentations()->front().id}));
  EXPECT_TRUE(project->verify()->problems.empty());
}

TEST(WaitingSeries, AnotherSeriesIsNotTakenForThePictures) {
  const fs::path data = sharedData("dicom/seg");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({});
  ASSERT_TRUE(project.import("dicom-seg", alone(project, data / "dcmqi_ct3/seg_liver.dcm")));
  const auto others = filesIn(data / "dcmqi_24x38x3", {"IMG0001.dcm", "IMG0002.dcm", "IMG0003.dcm"});
  const std::vector<fs::path> folder{copied(project, others)};
  ASSERT_TRUE(addMedia(*project, folder));
  EXPECT_EQ(project->media()->size(), 2U);
  EXPECT_TRUE(project->media()->front().value.missing);
}

TEST(WaitingSeries, ASegmentationThatDoesNotSayWhereItLiesChangesNothingAndTheReasonIsSaid) {
  LabelProject project({});
  auto report = project.import("dicom-seg", alone(project, test::sourceFolder() / "tests/data/dicom_seg/cine.dcm"));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::NotFound);
  EXPECT_NE(report.error().message.find("its frames do not say where they lie"), std::string::npos)
      << report.error().text();
  EXPECT_TRUE(project->classes()->empty());
  EXPECT_TRUE(project->media()->empty());
}

}  // namespace
}  // namespace fiducial::exchange
