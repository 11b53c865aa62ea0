// Labels that arrive in DICOM against what others made of the same objects: ITK label maps of the segmentations, pixel
// counts and contour volumes of shared/data/dicom/reference/segments.json (pydicom), points read with dcmdump and
// dsrdump.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <random>

#include "fiducial/exchange/format.h"
#include "fiducial/exchange/project_media.h"
#include "fiducial/media/volume_source.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;
using test::sharedData;

std::unique_ptr<project::Project> projectWith(const test::TemporaryFolder& folder, const std::vector<fs::path>& media) {
  auto created = project::Project::create(folder / "labels.fiducial");
  EXPECT_TRUE(created) << created.error().text();
  if (!media.empty()) {
    auto added = addMedia(**created, media);
    EXPECT_TRUE(added) << added.error().text();
  }
  return std::move(*created);
}

Result<ImportReport> importAs(project::Project& project, std::string_view format, const fs::path& path) {
  ImportOptions options;
  options.path = path;
  options.by = "reader1";
  return findFormat(format)->importer()->read(project, options, {});
}

std::string all(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& one : texts) text += one + "\n";
  return text;
}

/// Counts by class name.
std::map<std::string, std::int64_t> voxelsByClass(const project::Project& project) {
  std::map<std::string, std::int64_t> counts;
  const auto segmentations = project.segmentations();
  const auto classes = project.classes();
  for (const auto& segmentation : *segmentations) {
    for (const auto& labelClass : *classes) {
      if (ClassId{labelClass.id} == segmentation.value.labelClass) {
        counts[labelClass.value.name] += project.voxels(SegmentationId{segmentation.id})->count();
      }
    }
  }
  return counts;
}

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

std::vector<fs::path> filesIn(const fs::path& folder, std::initializer_list<const char*> names) {
  std::vector<fs::path> files;
  for (const char* name : names) files.push_back(folder / name);
  return files;
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
    test::TemporaryFolder folder;
    auto project = projectWith(folder, {one.media});
    auto report = importAs(*project, "dicom-seg", one.seg);
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
  test::TemporaryFolder folder;
  auto project = projectWith(folder, filesIn(data, {"01.dcm", "02.dcm", "03.dcm"}));
  auto report = importAs(*project, "dicom-seg", data / "seg_partial_overlaps.dcm");
  ASSERT_TRUE(report) << report.error().text();
  const std::map<std::string, std::int64_t> expected{
      {"GREEN", 9602}, {"ORANGE", 11888}, {"PURPLE", 10743}, {"LIGHT_BLUE", 6693}, {"DARK_BLUE", 4713}};
  EXPECT_EQ(voxelsByClass(*project), expected) << all(report->warnings);
}

TEST(DicomSegImport, TheColourIsThatOfTheCielabValue) {
  const fs::path data = sharedData("dicom/seg/dcmqi_24x38x3");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {data});
  ASSERT_TRUE(importAs(*project, "dicom-seg", data / "sparse-labelmap-ppv5.dcm"));
  // 41661\41167\40792 was made by dcmqi from the liver's colour of Slicer's terminology, (221, 130, 101).
  EXPECT_EQ(project->classes()->front().value.color, "#dd8265");
}

TEST(DicomSegImport, MediaBesideTheFileAreAdded) {
  const fs::path data = sharedData("dicom/seg/dcmqi_ct3");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {});
  auto report = importAs(*project, "dicom-seg", data / "seg_liver.dcm");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->media, 1);
  EXPECT_EQ(project->media()->size(), 1U);
  EXPECT_EQ(voxelsByClass(*project).at("Liver"), 107098);
  ASSERT_TRUE(project->undo());
  EXPECT_TRUE(project->media()->empty());
}

TEST(DicomSegImport, WithoutItsPicturesNothingIsChangedAndTheReasonIsSaid) {
  const fs::path data = sharedData("dicom/seg");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  fs::copy_file(data / "dcmqi_ct3/seg_liver.dcm", folder / "seg.dcm");
  auto project = projectWith(folder, filesIn(data / "dcmqi_24x38x3", {"IMG0001.dcm", "IMG0002.dcm", "IMG0003.dcm"}));
  auto report = importAs(*project, "dicom-seg", folder / "seg.dcm");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::NotFound);
  EXPECT_TRUE(project->classes()->empty());
}

TEST(DicomSegImport, OneSliceOfAFractionalOrBinaryObjectIsPlacedOnItsPicture) {
  const fs::path data = sharedData("dicom/seg/highdicom_ct");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {data / "ct_image.dcm"});
  auto report = importAs(*project, "dicom-seg", data / "seg_image_ct_binary_single_frame.dcm");
  ASSERT_TRUE(report) << report.error().text();
  std::int64_t pixels = 0;
  for (const auto& [name, count] : voxelsByClass(*project)) pixels += count;
  const auto annotations = project->annotations();
  for (const auto& annotation : *annotations) pixels += area(std::get<RunMask>(annotation.value.shape));
  EXPECT_EQ(pixels, 1832) << all(report->warnings);
}

// tests/data/dicom_seg/make.py says what is in these files.
TEST(DicomSegImport, OnACineEachMaskIsOnTheFrameItRefersTo) {
  const fs::path cine = sharedData("dicom/us/cine_echo_30frames_jpeg.dcm");
  FIDUCIAL_REQUIRE_SHARED(cine);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {cine});
  auto report = importAs(*project, "dicom-seg", test::sourceFolder() / "tests/data/dicom_seg/cine.dcm");
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
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {data});
  auto report = importAs(*project, "dicom-seg", test::sourceFolder() / "tests/data/dicom_seg/coronal.dcm");
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

TEST(RtStructImport, VolumesAreThoseOfThePolygons) {
  const fs::path data = sharedData("dicom/rtstruct/ct_head_vault/rtstruct.dcm");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {sharedData("dicom/ct/head_vault_63")});
  auto report = importAs(*project, "rtstruct", data);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 0) << all(report->warnings);
  const auto counts = voxelsByClass(*project);
  const double voxel = project->media()->front().value.info.affine.voxelVolumeMm3();
  // Pixel centres inside by the even-odd rule, counted by numpy from pydicom's contours.
  EXPECT_EQ(counts.at("SKULL"), 370537);
  EXPECT_EQ(counts.at("SHELL_WITH_HOLE"), 277822);
  // Polygon areas differ from that by the rounding of the border (vertices lie on pixel centres).
  EXPECT_NEAR(double(counts.at("SKULL")) * voxel, 505688.3, 505688.3 * 0.01);
  EXPECT_NEAR(double(counts.at("SHELL_WITH_HOLE")) * voxel, 383062.1, 383062.1 * 0.01);
  const auto points = project->annotations();
  ASSERT_EQ(points->size(), 1U);
  EXPECT_TRUE(std::holds_alternative<Points>(points->front().value.shape));
}

TEST(RtStructImport, AFileWithoutPreambleIsReadAndMissingReferencesAreSaid) {
  const fs::path data = sharedData("dicom/rtstruct");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, filesIn(data / "rtutils_phantom", {"ct_1.dcm", "ct_2.dcm"}));
  auto report = importAs(*project, "rtstruct", data / "rtutils_phantom/rt.dcm");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->labels, 1) << all(report->warnings);
  EXPECT_GT(voxelsByClass(*project).at("ROI-1"), 0);
  ImportOptions options;
  options.path = data / "rtstruct.dcm";  // its pictures are nowhere
  options.medium = MediumId{project->media()->front().id};
  auto forced = findFormat("rtstruct")->importer()->read(*project, options, {});
  ASSERT_TRUE(forced) << forced.error().text();
  EXPECT_EQ(forced->labels + forced->skipped, 5) << all(forced->warnings);
}

TEST(GspsImport, GraphicsStandOnTheirPicture) {
  const fs::path data = sharedData("dicom/gsps");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {data / "ct.dcm"});
  auto report = importAs(*project, "gsps", data / "ct_pstate_annotations.dcm");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 0) << all(report->warnings);
  const auto annotations = project->annotations();
  ASSERT_EQ(annotations->size(), 7U);
  std::vector<std::string> kinds;
  for (const auto& annotation : *annotations) kinds.emplace_back(kindName(annotation.value.shape));
  EXPECT_EQ(kinds, (std::vector<std::string>{"polygon", "ellipse", "ellipse", "polyline", "points", "note", "note"}));
  const auto& square = std::get<Polygon>((*annotations)[0].value.shape);
  EXPECT_EQ(square.parts.front().front(), (Ring{{30, 30}, {60, 30}, {60, 60}, {30, 60}}));
  EXPECT_EQ(std::get<Ellipse>((*annotations)[1].value.shape), (Ellipse{{80, 80}, 15, 15, 0}));
  EXPECT_EQ(std::get<Ellipse>((*annotations)[2].value.shape), (Ellipse{{35, 90}, 15, 10, 0}));
  EXPECT_EQ(std::get<NoteAnchor>((*annotations)[5].value.shape).at, (ImagePoint{70, 20}));
  EXPECT_EQ((*annotations)[5].value.note, "lesion 1");
  std::vector<std::string> classes;
  const auto made = project->classes();
  for (const auto& labelClass : *made) classes.push_back(labelClass.value.name);
  EXPECT_EQ(classes, (std::vector<std::string>{"FINDINGS", "TEXT"}));
}

TEST(DicomSrImport, MeasurementGroupsStandOnTheirPictureWithTheirCodes) {
  const fs::path data = sharedData("dicom/sr/sr_document_with_multiple_groups.dcm");
  FIDUCIAL_REQUIRE_SHARED(data);
  test::TemporaryFolder folder;
  auto project = projectWith(folder, {sharedData("dicom/gsps/ct.dcm")});
  ImportOptions options;
  options.path = data;
  options.medium = MediumId{project->media()->front().id};
  auto report = findFormat("dicom-sr")->importer()->read(*project, options, {});
  ASSERT_TRUE(report) << report.error().text();
  // Four groups: without a region; a circle; a line; a point in space that is on none of the pictures.
  EXPECT_EQ(report->labels, 2) << all(report->warnings);
  EXPECT_EQ(report->skipped, 2) << all(report->warnings);
  const auto annotations = project->annotations();
  ASSERT_EQ(annotations->size(), 2U);
  const Annotation& nodule = (*annotations)[0].value;
  EXPECT_TRUE(std::holds_alternative<Ellipse>(nodule.shape));
  EXPECT_EQ(std::get<double>(nodule.attributes.at("Diameter")), 10.0);
  EXPECT_EQ(std::get<std::string>(nodule.attributes.at("Finding Site")), "Lung (SCT 39607008)");
  EXPECT_EQ(std::get<std::string>(nodule.attributes.at("tracking_id")), "LungNodule0001");
  const auto classes = project->classes();
  ASSERT_EQ(classes->size(), 2U);
  EXPECT_EQ((*classes)[0].value.name, "Nodule");
  EXPECT_EQ((*classes)[0].value.code, (Code{"SCT", "27925004", "Nodule"}));
}

TEST(DicomLabelImport, CutAndFlippedFilesNeverCrashAndNeverHalfImport) {
  const fs::path data = sharedData("dicom");
  FIDUCIAL_REQUIRE_SHARED(data);
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"dicom-seg", "seg/dcmqi_24x38x3/label_seg.dcm", "seg/dcmqi_24x38x3"},
      {"dicom-seg", "seg/dcmqi_24x38x3/sparse-labelmap-ppv5.dcm", "seg/dcmqi_24x38x3"},
      {"rtstruct", "rtstruct/rtutils_phantom/rt.dcm", "rtstruct/rtutils_phantom/ct_1.dcm"},
      {"dicom-sr", "sr/sr_document_with_multiple_groups.dcm", "gsps/ct.dcm"},
      {"gsps", "gsps/ct_pstate_annotations.dcm", "gsps/ct.dcm"},
  };
  for (const auto& [format, file, media] : cases) {
    SCOPED_TRACE(file);
    test::TemporaryFolder folder;
    auto project = projectWith(folder, {data / media});
    std::ifstream stream(data / file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    ImportOptions options;
    options.path = folder / "work.dcm";
    options.medium = MediumId{project->media()->front().id};
    std::ofstream(options.path, std::ios::binary) << bytes;
    auto reading =
        project::Project::open(project->path(), {.readOnly = true, .annotator = {}});  // refuses only at the very end
    ASSERT_TRUE(reading) << reading.error().text();
    const auto tryImport = [&](int n) {
      const bool writes = n % 8 == 0;
      const auto started = std::chrono::steady_clock::now();
      auto report = findFormat(format)->importer()->read(writes ? *project : **reading, options, {});
      EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5)) << n;
      if (report && report->edit) {
        ASSERT_TRUE(project->undo());
      }
    };
    std::fstream work(options.path, std::ios::binary | std::ios::in | std::ios::out);
    const auto put = [&](std::size_t at, char byte) {
      work.seekp(std::streamoff(at));
      work.put(byte);
      work.flush();
    };
    std::mt19937 random(7);
    for (int n = 0; n < 200; ++n) {
      const std::size_t at = random() % bytes.size();
      put(at, char(random()));
      tryImport(n);
      put(at, bytes[at]);
    }
    for (int n = 64; n-- > 0;) {
      fs::resize_file(options.path, bytes.size() * std::size_t(n) / 64);
      tryImport(n);
    }
    EXPECT_TRUE(project->verify()->problems.empty());
  }
}

}  // namespace
}  // namespace fiducial::exchange
