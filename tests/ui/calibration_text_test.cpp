// What the corner says about how distances are known.
#include "canvas/calibration_text.h"

#include <gtest/gtest.h>

namespace fiducial::ui {
namespace {

MediumInfo picture(CalibrationSource source, std::vector<double> spacing) {
  MediumInfo info;
  info.spacing = std::move(spacing);
  info.extras.calibration.source = source;
  return info;
}

TEST(CalibrationText, SaysTheDistanceAndWhereItIsFrom) {
  EXPECT_EQ(calibrationText(picture(CalibrationSource::Detector, {0.14, 0.14})),
            QStringLiteral("0.14 mm at the detector, magnification unknown"));
  MediumInfo corrected = picture(CalibrationSource::DetectorMagnified, {0.1, 0.1});
  corrected.extras.calibration.magnification = 1.5;
  EXPECT_EQ(calibrationText(corrected), QStringLiteral("0.1 mm, detector by magnification 1.5"));
  EXPECT_EQ(calibrationText(picture(CalibrationSource::Nominal, {0.2, 0.1})),
            QStringLiteral("0.2 × 0.1 mm on the scanned film"));
  EXPECT_EQ(calibrationText(picture(CalibrationSource::None, {})), QStringLiteral("uncalibrated"));
}

TEST(CalibrationText, RegionsAreNamedWithTheirUnitsOnceEach) {
  MediumInfo info = picture(CalibrationSource::Regions, {});
  CalibratedRegion flat;
  flat.kind = "2D";
  flat.unitX = flat.unitY = "mm";
  CalibratedRegion flow = flat;
  flow.kind = "spectral";
  flow.unitX = "s";
  flow.unitY = "cm/s";
  info.extras.calibration.regions = {flat, flow, flat};
  EXPECT_EQ(calibrationText(info), QStringLiteral("regions: 2D in mm, spectral in s and cm/s"));
}

TEST(CalibrationText, PlacesInThePatientAndFilesNotOpenYetSayNothing) {
  EXPECT_EQ(calibrationText(picture(CalibrationSource::Patient, {1, 1, 2})), QString());
  EXPECT_EQ(calibrationText(picture(CalibrationSource::None, {1, 1})), QString());
}

}  // namespace
}  // namespace fiducial::ui
