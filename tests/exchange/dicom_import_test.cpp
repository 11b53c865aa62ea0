// Structure sets, presentation states and reports that arrive in DICOM: contour volumes of
// shared/data/dicom/reference/segments.json (pydicom), points read with dcmdump and dsrdump.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "label_project.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;
using test::all;
using test::filesIn;
using test::LabelProject;
using test::sharedData;

TEST(RtStructImport, VolumesAreThoseOfThePolygons) {
  const fs::path data = sharedData("dicom/rtstruct/ct_head_vault/rtstruct.dcm");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({sharedData("dicom/ct/head_vault_63")});
  auto report = project.import("rtstruct", data);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 0) << all(report->warnings);
  const auto counts = project.voxelsByClass();
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
  LabelProject project(filesIn(data / "rtutils_phantom", {"ct_1.dcm", "ct_2.dcm"}));
  auto report = project.import("rtstruct", data / "rtutils_phantom/rt.dcm");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->labels, 1) << all(report->warnings);
  EXPECT_GT(project.voxelsByClass().at("ROI-1"), 0);
  const MediumId medium{project->media()->front().id};
  auto forced = project.import("rtstruct", data / "rtstruct.dcm", medium);  // its pictures are nowhere
  ASSERT_TRUE(forced) << forced.error().text();
  EXPECT_EQ(forced->labels + forced->skipped, 5) << all(forced->warnings);
}

TEST(GspsImport, GraphicsStandOnTheirPicture) {
  const fs::path data = sharedData("dicom/gsps");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({data / "ct.dcm"});
  auto report = project.import("gsps", data / "ct_pstate_annotations.dcm");
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
  LabelProject project({sharedData("dicom/gsps/ct.dcm")});
  auto report = project.import("dicom-sr", data, MediumId{project->media()->front().id});
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

// tests/data/gsps_display/make.py: turned and mirrored as arrays by numpy.
TEST(GspsImport, DisplayUnitsAreThoseOfTheTurnedAndMirroredPartThatIsShown) {
  const fs::path picture = sharedData("dicom/gsps/ct.dcm");
  FIDUCIAL_REQUIRE_SHARED(picture);
  const fs::path data = test::sourceFolder() / "tests/data/gsps_display";
  std::ifstream stream(data / "answers.json");
  const auto answers = nlohmann::json::parse(stream);
  for (const std::string file : answers.at("files")) {
    SCOPED_TRACE(file);
    LabelProject project({picture});
    auto report = project.import("gsps", data / file);
    ASSERT_TRUE(report) << report.error().text();
    const auto annotations = project->annotations();
    ASSERT_EQ(annotations->size(), 2U) << all(report->warnings);
    const auto& line = std::get<Polyline>((*annotations)[0].value.shape);
    ASSERT_EQ(line.points.size(), answers.at("points").size());
    for (std::size_t n = 0; n < line.points.size(); ++n) {
      EXPECT_NEAR(line.points[n].x, double(answers.at("points")[n][0]), 1e-4) << n;
      EXPECT_NEAR(line.points[n].y, double(answers.at("points")[n][1]), 1e-4) << n;
    }
    const ImagePoint text = std::get<NoteAnchor>((*annotations)[1].value.shape).at;
    EXPECT_LT(distance(text, line.points.front()), 1e-4);
  }
}

AttributeSpec specOf(const project::Project& project, const std::string& name) {
  const auto classes = project.classes();
  for (const AttributeSpec& spec : classes->front().value.attributes) {
    if (spec.name == name) return spec;
  }
  return {};
}

// Numbers as dsrdump shows them; the volume of the report is also that of the voxels.
TEST(DicomSrImport, GroupsOnASegmentJoinTheSegmentationThatWasImported) {
  const fs::path data = sharedData("dicom/sr/dcmqi_tid1500");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({});
  ASSERT_TRUE(project.import("dicom-seg", data / "seg.dcm"));
  for (int pass = 0; pass < 2; ++pass) {  // twice, it says the same
    auto report = project.import("dicom-sr", data / "sr.dcm");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->skipped, 0) << all(report->warnings);
    EXPECT_EQ(report->labels, 1);
    const auto segmentations = project->segmentations();
    ASSERT_EQ(segmentations->size(), 1U);
    const Attributes& attributes = segmentations->front().value.attributes;
    EXPECT_EQ(std::get<double>(attributes.at("SUVbw, Mean")), 6.01529);
    EXPECT_EQ(std::get<double>(attributes.at("SUVbw, Peak Value Within ROI")), 9.45534);
    EXPECT_EQ(std::get<double>(attributes.at("Volume")), 33.5824);
    EXPECT_EQ(specOf(*project, "Volume").unit, "ml");
    EXPECT_EQ(std::get<std::string>(attributes.at("Finding Site")), "pharyngeal tonsil (adenoid) (SRT T-C5300)");
    EXPECT_EQ(std::get<std::string>(attributes.at("tracking_id")), "primary tumor");
    EXPECT_FALSE(attributes.contains("Volume 2"));
    const SegmentationId id{segmentations->front().id};
    const double voxel = project->media()->front().value.info.affine.voxelVolumeMm3();
    EXPECT_NEAR(double(project->voxels(id)->count()) * voxel / 1000, 33.5824, 1e-3);
  }
  ASSERT_TRUE(project->undo());
  ASSERT_TRUE(project->undo());
  EXPECT_FALSE(project->segmentations()->front().value.attributes.contains("Volume"));
}

TEST(DicomSrImport, AGroupOnASegmentThatIsNotHereIsListed) {
  const fs::path data = sharedData("dicom/sr/dcmqi_tid1500/sr.dcm");
  FIDUCIAL_REQUIRE_SHARED(data);
  LabelProject project({});
  auto report = project.import("dicom-sr", data);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->labels, 0);
  EXPECT_EQ(report->skipped, 1);
  EXPECT_NE(all(report->warnings).find("import its SEG first"), std::string::npos) << all(report->warnings);
  EXPECT_FALSE(report->edit);
}

}  // namespace
}  // namespace fiducial::exchange
