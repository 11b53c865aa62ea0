// Segmentations that arrive in DICOM against what others made of the same objects: ITK label maps, pixel counts of
// shared/data/dicom/reference/segments.json (pydicom), and what tests/data/dicom_seg/make.py put into its files.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "fiducial/media/volume_source.h"
#include "label_project.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;
using test::all;
using test::filesIn;
using test::LabelProject;
using test::sharedData;

/// Every voxel of the ITK label map is at its place in patient space, and no other one is set.
void expectSameAs(const fs::path& labelMap, double value, const BrickVolume& voxels, const Affine& affine) {
  auto listing = media::findMedia(labelMap);
  ASSERT_TRUE(listing && listing->media.size() == 1);
  auto source = media::openVolume(listing->media.front().location);
  ASSERT_TRUE(source);
  auto loaded = (*source)->load({}, {});
  ASSERT_TRUE(loaded);
  const media::Volume& reference = *loaded->volume;
  const MediumInfo& info = reference.info();
  std::int64_t expected = 0;
  std::int64_t same = 0;
  for (int k = 0; k < info.frames; ++k) {
    for (int j = 0; j < info.rows; ++j) {
      for (int i = 0; i < info.columns; ++i) {
        if (reference.output({i, j, k}) != value) continue;
        ++expected;
        const auto at = affine.patientToVoxel(info.affine.voxelToPatient(Voxel{i, j, k}));
        ASSERT_TRUE(at);
        const Voxel voxel{int(std::lround(at->i)), int(std::lround(at->j)), int(std::lround(at->k))};
        if (voxels.size().contains(voxel) && voxels.at(voxel)) ++same;
      }
    }
  }
  EXPECT_GT(expected, 0) << labelMap;
  EXPECT_EQ(same, expected) << labelMap;
  EXPECT_EQ(voxels.count(), expected) << labelMap;
}

TEST(DicomSegImport, EachVoxelIsWhereTheItkLabelMapHasIt) {
  const fs::path data = sharedData("dicom/seg");
  FIDUCIAL_REQUIRE_SHARED(data);
  struct Case {
    fs::path media;
    fs::path seg;
    fs::path labels;
  };
  const Case cases[] = {
      {data / "dcmqi_ct3", data / "dcmqi_ct3/seg_liver.dcm", data / "dcmqi_ct3/liver_seg.nrrd"},
      {data / "dcmqi_ct3", data / "liver_deflated.dcm", data / "dcmqi_ct3/liver_seg.nrrd"},
      {data / "dcmqi_ct3", data / "liver_rle.dcm", data / "dcmqi_ct3/liver_seg.nrrd"},
      {data / "dcmqi_24x38x3", data / "dcmqi_24x38x3/label_seg.dcm", data / "dcmqi_24x38x3/label.nrrd"},
      {data / "dcmqi_24x38x3", data / "dcmqi_24x38x3/sparse-labelmap-ppv5.dcm",
       data / "dcmqi_24x38x3/sparse_labelmap_ppv5_seg.nrrd"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.seg.string());
    LabelProject project({one.media});
    auto report = project.import("dicom-seg", one.seg);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->skipped, 0) << all(report->warnings);
    EXPECT_EQ(report->labels, 1);
    const auto segmentations = project->segmentations();
    ASSERT_EQ(segmentations->size(), 1U);
    const auto medium = project->medium(segmentations->front().value.medium);
    EXPECT_EQ(medium->value.info.kind, MediumKind::Volume);
    const auto voxels = project->voxels(SegmentationId{segmentations->front().id});
    ASSERT_TRUE(voxels) << voxels.error().text();
    expectSameAs(one.labels, 1, *voxels, medium->value.info.affine);
    const auto classes = project->classes();
    ASSERT_EQ(classes->size(), 1U);
    EXPECT_EQ(classes->front().value.name, "Liver");
    EXPECT_EQ(classes->front().value.code.meaning, "Liver");
    EXPECT_FALSE(classes->front().value.code.value.empty());
  }
}

TEST(DicomSegImport, OverlappingSegmentsKeepAllTheirVoxels) {
  const fs::path data = sharedData("dicom/seg/dcmqi_ct3");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project(filesIn(data, {"01.dcm", "02.dcm", "03.dcm"}));
  auto report = project.import("dicom-seg", data / "seg_partial_overlaps.dcm");
  ASSERT_TRUE(report) << report.error().text();
  const std::map<std::string, std::int64_t> expected{
      {"GREEN", 9602}, {"ORANGE", 11888}, {"PURPLE", 10743}, {"LIGHT_BLUE", 6693}, {"DARK_BLUE", 4713}};
  EXPECT_EQ(project.voxelsByClass(), expected) << all(report->warnings);
}

TEST(DicomSegImport, TheColourIsThatOfTheCielabValue) {
  const fs::path data = sharedData("dicom/seg/dcmqi_24x38x3");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({data});
  ASSERT_TRUE(project.import("dicom-seg", data / "sparse-labelmap-ppv5.dcm"));
  // 41661\41167\40792 was made by dcmqi from the liver's colour of Slicer's terminology, (221, 130, 101).
  EXPECT_EQ(project->classes()->front().value.color, "#dd8265");
}

TEST(DicomSegImport, MediaBesideTheFileAreAdded) {
  const fs::path data = sharedData("dicom/seg/dcmqi_ct3");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({});
  auto report = project.import("dicom-seg", data / "seg_liver.dcm");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->media, 1);
  EXPECT_EQ(project->media()->size(), 1U);
  EXPECT_EQ(project.voxelsByClass().at("Liver"), 107098);
  ASSERT_TRUE(project->undo());
  EXPECT_TRUE(project->media()->empty());
}

TEST(DicomSegImport, OneSliceOfAFractionalOrBinaryObjectIsPlacedOnItsPicture) {
  const fs::path data = sharedData("dicom/seg/highdicom_ct");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({data / "ct_image.dcm"});
  auto report = project.import("dicom-seg", data / "seg_image_ct_binary_single_frame.dcm");
  ASSERT_TRUE(report) << report.error().text();
  std::int64_t pixels = 0;
  for (const auto& [name, count] : project.voxelsByClass()) pixels += count;
  const auto annotations = project->annotations();
  for (const auto& annotation : *annotations) pixels += area(std::get<RunMask>(annotation.value.shape));
  EXPECT_EQ(pixels, 1832) << all(report->warnings);
}

// tests/data/dicom_seg/make.py says what is in these files.
TEST(DicomSegImport, OnACineEachMaskIsOnTheFrameItRefersTo) {
  const fs::path cine = sharedData("dicom/us/cine_echo_30frames_jpeg.dcm");
  FIDUCIAL_REQUIRE_SHARED(cine);
  LabelProject project({cine});
  auto report = project.import("dicom-seg", test::sourceFolder() / "tests/data/dicom_seg/cine.dcm");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 0) << all(report->warnings);
  const auto annotations = project->annotations();
  ASSERT_EQ(annotations->size(), 4U);
  std::map<std::pair<int, int>, PixelRect> found;  // frame and top row to the mask's bounds
  for (const auto& annotation : *annotations) {
    const PixelRect rect = *bounds(std::get<RunMask>(annotation.value.shape));
    EXPECT_EQ(area(std::get<RunMask>(annotation.value.shape)), rect.width() * rect.height());
    found[{annotation.value.frame, rect.top}] = rect;
  }
  const std::map<std::pair<int, int>, PixelRect> expected{{{0, 10}, {20, 10, 25, 11}},
                                                          {{2, 10}, {20, 10, 25, 13}},
                                                          {{2, 20}, {20, 20, 25, 23}},
                                                          {{29, 10}, {20, 10, 25, 40}}};
  EXPECT_EQ(found, expected);
}

TEST(DicomSegImport, AMirroredPlaneAcrossTheSlicesIsPlacedByItsPositionAndNothingIsResampled) {
  const fs::path data = sharedData("dicom/seg/dcmqi_24x38x3");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({data});
  auto report = project.import("dicom-seg", test::sourceFolder() / "tests/data/dicom_seg/coronal.dcm");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 2) << all(report->warnings);  // the frame between voxels, the pixel outside
  EXPECT_NE(all(report->warnings).find("nothing is resampled"), std::string::npos);
  const auto segmentations = project->segmentations();
  ASSERT_EQ(segmentations->size(), 2U);
  const auto first = project->voxels(SegmentationId{(*segmentations)[0].id});
  EXPECT_EQ(first->count(), 3);
  EXPECT_TRUE(first->at({10, 5, 2}) && first->at({8, 5, 1}) && first->at({4, 5, 0}));
  const auto second = project->voxels(SegmentationId{(*segmentations)[1].id});
  EXPECT_EQ(second->count(), 2);
  EXPECT_TRUE(second->at({5, 9, 2}) && second->at({3, 9, 1}));
}

/// The runs of the answer over the pixels row by row, background first.
std::vector<std::uint8_t> pixelsOfRuns(const nlohmann::json& runs) {
  std::vector<std::uint8_t> pixels;
  std::uint8_t value = 0;
  for (const std::size_t count : runs) {
    pixels.insert(pixels.end(), count, value);
    value = value == 0 ? 1 : 0;
  }
  return pixels;
}

// tests/data/dicom_seg/make_tiled.py: written with highdicom, and put together again by its reader.
TEST(DicomSegImport, TilesAreWhereHighdicomPutsThemTogether) {
  const fs::path data = test::sourceFolder() / "tests/data/dicom_seg";
  std::ifstream stream(data / "tiled.json");
  const auto answers = nlohmann::json::parse(stream);
  for (const auto& [file, answer] : answers.items()) {
    SCOPED_TRACE(file);
    LabelProject project({data / "slide.dcm"});
    auto report = project.import("dicom-seg", data / file);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->skipped, 0) << all(report->warnings);
    const auto annotations = project->annotations();
    const auto classes = project->classes();
    ASSERT_EQ(annotations->size(), 2U) << all(report->warnings);
    for (std::size_t n = 0; n < 2; ++n) {
      const auto& name = (*classes)[n].value.name;
      EXPECT_EQ((*annotations)[n].value.labelClass, ClassId{(*classes)[n].id});
      const auto pixels = decodeRuns(std::get<RunMask>((*annotations)[n].value.shape));
      EXPECT_TRUE(pixels == pixelsOfRuns(answer.at(name))) << name;
    }
  }
}

}  // namespace
}  // namespace fiducial::exchange
