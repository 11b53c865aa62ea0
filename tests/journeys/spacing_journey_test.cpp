// How large things are: said in the corner where the file knows it, asked for where it does not.
// Expected values: the DICOM attributes as pydicom shows them.
#include <gtest/gtest.h>

#include <QDoubleSpinBox>
#include <QPushButton>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

class SpacingJourney : public ::testing::Test {
 protected:
  void SetUp() override {
    FIDUCIAL_REQUIRE_SHARED(sharedData("images/stack_16bit_7pages.tif"));
    ASSERT_TRUE(user.workspace().newProject(project));
  }
  void give(double across, double down, double between) {
    auto* offer = user.find<QPushButton>("messageAction");
    ASSERT_NE(offer, nullptr);
    const bool answered = user.inDialog([&] { offer->click(); },
                                        [&](QWidget& dialog) {
                                          const auto field = [&](const char* name) {
                                            return dialog.findChild<QDoubleSpinBox*>(QString::fromLatin1(name));
                                          };
                                          field("spacing.column")->setValue(across);
                                          EXPECT_EQ(field("spacing.row")->value(), across) << "square until told";
                                          field("spacing.row")->setValue(down);
                                          field("spacing.slice")->setValue(between);
                                          dialog.findChild<QPushButton*>(QStringLiteral("spacing.give"))->click();
                                        });
    ASSERT_TRUE(answered);
    ASSERT_TRUE(user.waitUntil([&] { return user.workspace().isIdle() && user.workspace().pictureView(0); }));
  }

  TemporaryFolder folder;
  std::filesystem::path project = folder / "spacing.fiducial";
  Journey user;
};

TEST_F(SpacingJourney, AStackOfPagesIsAskedForItsSpacingWhichIsKeptAndUndone) {
  ASSERT_TRUE(user.open({sharedData("images/stack_16bit_7pages.tif")}));
  EXPECT_EQ(user.statusAt({20.5, 10.5}, "probePatient"), QStringLiteral("uncalibrated"));
  EXPECT_TRUE(user.reads("calibration", QStringLiteral("uncalibrated")));
  ASSERT_TRUE(user.workspace().message());
  EXPECT_EQ(user.workspace().message()->kind, workspace::Message::Kind::Info) << "an offer, no alarm";
  EXPECT_EQ(user.workspace().message()->commandId, "medium.spacing");
  give(0.5, 0.25, 3);
  EXPECT_EQ(user.workspace().shownInfo().spacing, (std::vector<double>{0.5, 0.25, 3}));
  EXPECT_EQ(user.statusAt({20, 10}, "probePatient"), QStringLiteral("10.0 x 2.5 mm"));
  EXPECT_TRUE(user.reads("calibration", QStringLiteral("0.5 × 0.25 mm given by the user")));
  user.screenshot(QStringLiteral("spacing_given"));

  user.restart();
  ASSERT_TRUE(user.open({project}));
  EXPECT_EQ(user.statusAt({20, 10}, "probePatient"), QStringLiteral("10.0 x 2.5 mm")) << "kept with the project";
  user.key(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(user.waitUntil([&] {
    return user.workspace().isIdle() && user.workspace().pictureView(0) && user.workspace().shownInfo().spacing.empty();
  }));
  EXPECT_EQ(user.statusAt({20, 10}, "probePatient"), QStringLiteral("uncalibrated"));
  user.key(Qt::Key_Y, Qt::ControlModifier);
  ASSERT_TRUE(user.waitUntil([&] {
    return user.workspace().isIdle() && user.workspace().pictureView(0) &&
           user.workspace().shownInfo().spacing == std::vector<double>{0.5, 0.25, 3};
  }));
}

TEST_F(SpacingJourney, AFileThatSaysItsOwnIsNotAsked) {
  ASSERT_TRUE(user.open({sourceFolder() / "resources/demo/media/ct_abdomen"}));
  EXPECT_FALSE(user.workspace().canGiveSpacing());
  EXPECT_FALSE(user.workspace().giveSpacing({1, 1, 1}).ok());
  EXPECT_TRUE(user.reads("calibration", QString())) << "places in the patient: the corner says the distance of slices";
}

TEST_F(SpacingJourney, TheCornerSaysHowTheDistancesAreKnown) {
  ASSERT_TRUE(user.open({sharedData("dicom/xray/dx_mono1_8bit.dcm")}));
  EXPECT_TRUE(user.reads("calibration", QStringLiteral("1.2 mm at the detector, magnification unknown")))
      << "Imager Pixel Spacing 1.2";
  user.screenshot(QStringLiteral("calibration_detector"));
  ASSERT_TRUE(user.open({sharedData("dicom/xray/cr_leg_mono1_j2k.dcm")}));
  ASSERT_TRUE(user.show("cr_leg_mono1_j2k"));
  EXPECT_TRUE(user.reads("calibration", QStringLiteral("uncalibrated"))) << "no spacing of any kind in the file";
  ASSERT_TRUE(user.open({sourceFolder() / "resources/demo/media/echo.dcm"}));
  ASSERT_TRUE(user.show("echo"));
  EXPECT_TRUE(user.reads("calibration", QStringLiteral("regions: 2D in mm")))
      << "one region, centimetres in both directions";
  // The region begins at (84, 31); a pixel is 0.0510497 cm.
  EXPECT_EQ(user.statusAt({184, 131}, "probePatient"), QStringLiteral("51.0 mm  51.0 mm (2D)"));
  EXPECT_EQ(user.statusAt({10, 10}, "probePatient"), QStringLiteral("outside the calibrated regions"));
}

}  // namespace
}  // namespace fiducial::test
