// What a distance means: ultrasound regions with their own units, detectors, magnification, declared calibrations.
// The files are made here; what is expected follows from PS3.3 C.8.5.5 and 10.7.1.3.
#include "fiducial/core/calibration.h"
#include "made_dicom.h"
#include "media_opening.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::TemporaryFolder;
using test::MadeElements;
using test::MadeSlice;

MediumInfo infoOfPicture(const std::string& modality, MadeElements extra) {
  const TemporaryFolder folder;
  MadeSlice slice;
  slice.modality = modality;
  for (const std::uint32_t tag : {0x00200032u, 0x00200037u, 0x00280030u, 0x00180050u}) slice.extra[tag] = {};
  for (auto& [tag, element] : extra) slice.extra[tag] = element;
  test::writeSlice(folder / "p.dcm", slice);
  return test::onlyMediumAt(folder / "p.dcm").info;
}

CalibrationSource sourceOf(const MediumInfo& info) { return info.extras.calibration.source; }

TEST(DicomCalibration, ProjectionsSayWhetherTheirSpacingIsTheDetectors) {
  const std::pair<std::string, std::string> detector{"DS", "0.2\\0.1"};
  const MediumInfo plain = infoOfPicture("DX", {{0x00181164, detector}});
  EXPECT_EQ(plain.spacing, (std::vector{0.1, 0.2}));
  EXPECT_EQ(sourceOf(plain), CalibrationSource::Detector);

  const MediumInfo same = infoOfPicture("DX", {{0x00181164, detector}, {0x00280030, detector}});
  EXPECT_EQ(sourceOf(same), CalibrationSource::Detector);

  const MediumInfo corrected = infoOfPicture(
      "DX", {{0x00181164, detector}, {0x00280030, {"DS", "0.16\\0.08"}}, {0x00280A02, {"CS", "GEOMETRY"}}});
  EXPECT_EQ(corrected.spacing, (std::vector{0.08, 0.16}));
  EXPECT_EQ(sourceOf(corrected), CalibrationSource::Geometry);

  const MediumInfo breast = infoOfPicture("MG", {{0x00181164, detector}, {0x00181114, {"DS", "1.25"}}});
  EXPECT_EQ(sourceOf(breast), CalibrationSource::DetectorMagnified);
  EXPECT_NEAR(breast.spacing.at(0), 0.08, 1e-12);
  EXPECT_NEAR(breast.spacing.at(1), 0.16, 1e-12);

  EXPECT_EQ(sourceOf(infoOfPicture("CR", {{0x00182010, {"DS", "0.175\\0.175"}}})), CalibrationSource::Nominal);
  EXPECT_EQ(sourceOf(infoOfPicture("OT", {{0x00280030, {"DS", "1\\1"}}})), CalibrationSource::Declared);
  const MediumInfo none = infoOfPicture("XC", {});
  EXPECT_EQ(sourceOf(none), CalibrationSource::None);
  EXPECT_TRUE(none.spacing.empty());
}

MadeElements region(std::uint16_t format, std::array<std::uint32_t, 4> box, std::uint16_t unitX, std::uint16_t unitY,
                    double deltaX, double deltaY) {
  return {{0x00186012, {"US", test::word(format)}},     {0x00186018, {"UL", test::longWord(box[0])}},
          {0x0018601A, {"UL", test::longWord(box[1])}}, {0x0018601C, {"UL", test::longWord(box[2])}},
          {0x0018601E, {"UL", test::longWord(box[3])}}, {0x00186020, {"SL", test::longWord(0)}},
          {0x00186022, {"SL", test::longWord(2)}},      {0x00186024, {"US", test::word(unitX)}},
          {0x00186026, {"US", test::word(unitY)}},      {0x00186028, {"FD", test::real(0)}},
          {0x0018602A, {"FD", test::real(0)}},          {0x0018602C, {"FD", test::real(deltaX)}},
          {0x0018602E, {"FD", test::real(deltaY)}}};
}

TEST(DicomCalibration, UltrasoundRegionsHaveTheirOwnUnitsAndNoneIsMeasuredAcross) {
  const std::string regions =
      test::sequence({region(1, {0, 0, 2, 3}, 3, 3, 0.05, 0.04), region(3, {3, 0, 4, 3}, 4, 7, 0.002, -1.5)});
  const MediumInfo info = infoOfPicture("US", {{0x00186011, {"SQ", regions}}});
  const ImageCalibration& calibration = info.extras.calibration;
  EXPECT_EQ(calibration.source, CalibrationSource::Regions);
  ASSERT_EQ(calibration.regions.size(), 2u);
  EXPECT_EQ(calibration.regions[0].kind, "2D");
  EXPECT_EQ(calibration.regions[0].unitX, "mm");
  EXPECT_NEAR(calibration.regions[0].perPixelX, 0.5, 1e-12);
  EXPECT_NEAR(calibration.regions[0].perPixelY, 0.4, 1e-12);
  EXPECT_EQ(calibration.regions[1].unitX + calibration.regions[1].unitY, "scm/s");
  std::string reason;
  EXPECT_EQ(regionOf(calibration, std::array{ImagePoint{0.5, 0.5}, ImagePoint{2.9, 3.9}}, reason),
            &calibration.regions[0]);
  EXPECT_EQ(regionOf(calibration, std::array{ImagePoint{0.5, 0.5}, ImagePoint{3.1, 1}}, reason), nullptr);
  EXPECT_EQ(reason, "the points lie in regions of different units");
  const auto value = valueAt(calibration.regions[1], ImagePoint{4.5, 0.5});
  ASSERT_TRUE(value);
  EXPECT_NEAR(value->x, 0.002, 1e-12);  // a pixel behind the first
  EXPECT_NEAR(value->y, 3.0, 1e-12);    // two pixels above the base line
}

TEST(DicomCalibration, TheEchoCineOfTheSharedDataHasItsRegions) {
  const auto path = fiducial::test::sharedData("dicom/us/cine_echo_30frames_jpeg.dcm");
  FIDUCIAL_REQUIRE_SHARED(path);
  const MediumInfo info = test::onlyMediumAt(path).info;
  EXPECT_EQ(info.kind, MediumKind::Cine);
  ASSERT_EQ(info.extras.calibration.regions.size(), 1u);
  const CalibratedRegion& region = info.extras.calibration.regions.front();  // as dcmdump prints it
  EXPECT_EQ((std::vector{region.left, region.top, region.right, region.bottom}),
            (std::vector{84.0, 31.0, 596.0, 415.0}));
  EXPECT_EQ(region.unitX + region.unitY, "mmmm");
}

}  // namespace
}  // namespace fiducial::media
