// Brightness and contrast as a radiologist chooses them: presets of the modality by key and menu, the windows a file
// names, the presentation states beside it. What is checked is the light on the screen.
// Expected values: the formula of DICOM PS3.3 C.11.2.1.2 on values of pydicom 2.3; tests/data/dicom/values.json
// (pydicom's apply_voi_lut); pictures that DCMTK drew.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QImage>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

constexpr ImagePoint kPlace{30.5, 40.5};  ///< 56 HU, by pydicom
constexpr double kValue = 56;

double lightOf(double value, double center, double width) {
  return std::clamp(((value - (center - 0.5)) / (width - 1) + 0.5) * 255, 0.0, 255.0);
}

class WindowPresetsJourney : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(user.workspace().newProject(folder / "windows.fiducial")); }
  /// So large that a pixel of the picture is a square on the screen.
  void lookCloseAt(ImagePoint place) {
    auto& workspace = user.workspace();
    workspace.fit(0);
    workspace.setZoom(0, std::max(24.0, 1.5 * workspace.view(0).transform.zoom()));
    const ScreenPoint now = workspace.view(0).transform.toScreen(place);
    workspace.panView(0, workspace.view(0).width / 2 - now.x, workspace.view(0).height / 2 - now.y);
    QCoreApplication::processEvents();
  }
  [[nodiscard]] QString button() { return user.find<QToolButton>("windowPresets")->text(); }

  TemporaryFolder folder;
  Journey user;
};

TEST_F(WindowPresetsJourney, KeysChooseThePresetsOfACtAndTheLightFollows) {
  ASSERT_TRUE(user.open({sourceFolder() / "resources/demo/media/ct_abdomen"}));
  lookCloseAt(kPlace);
  struct Preset {
    Qt::Key key;
    const char* name;
    double width, center;
  };
  for (const Preset& preset : {Preset{Qt::Key_1, "Soft tissue", 400, 40}, Preset{Qt::Key_2, "Lung", 1500, -600},
                               Preset{Qt::Key_3, "Liver", 150, 90}, Preset{Qt::Key_4, "Bone", 2500, 480},
                               Preset{Qt::Key_5, "Brain", 80, 40}}) {
    user.key(preset.key, Qt::AltModifier);
    EXPECT_NEAR(user.lightAt(kPlace).red(), lightOf(kValue, preset.center, preset.width), 1) << preset.name;
    EXPECT_TRUE(button().startsWith(QString::fromLatin1(preset.name))) << button().toStdString();
  }
  user.key(Qt::Key_0, Qt::AltModifier);
  EXPECT_NEAR(user.lightAt(kPlace).red(), lightOf(kValue, 40, 400), 1) << "as stored";
  EXPECT_TRUE(button().startsWith(QStringLiteral("As stored"))) << button().toStdString();
  EXPECT_EQ(user.workspace().project()->history()->size(), 1U) << "adding the scan; a window is no edit";
}

TEST_F(WindowPresetsJourney, TheMenuOffersTheWindowsThatTheFileNames) {
  ASSERT_TRUE(user.open({sourceFolder() / "tests/data/dicom/values/window_linear.dcm"}));
  const ImagePoint hundred{2.5, 1.5};
  lookCloseAt(hundred);
  EXPECT_NEAR(user.lightAt(hundred).red(), 150.83, 1) << "its first window, SOFT";
  ASSERT_TRUE(user.chooseFromBar("windowPresets", QStringLiteral("Lunge")));
  EXPECT_NEAR(user.lightAt(hundred).red(), 242.58, 1);
  ASSERT_TRUE(user.chooseFromBar("windowPresets", QStringLiteral("THRESHOLD")));
  EXPECT_EQ(user.lightAt(hundred).red(), 255);
  user.key(Qt::Key_0, Qt::AltModifier);
  EXPECT_NEAR(user.lightAt(hundred).red(), 150.83, 1);
}

TEST_F(WindowPresetsJourney, APresentationStateOfTheFolderIsAmongThem) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/gsps/ct.dcm"));
  std::filesystem::create_directories(folder / "study");
  for (const char* file : {"ct.dcm", "ct_pstate_inverse.dcm", "ct_pstate_window.dcm"})
    std::filesystem::copy_file(sharedData(std::string("dicom/gsps/") + file), folder / "study" / file);
  ASSERT_TRUE(user.open({folder / "study"}));
  for (const auto& [name, file] :
       {std::pair{"INVERSE", "ct_pstate_inverse"}, std::pair{"WINDOW", "ct_pstate_window"}}) {
    ASSERT_TRUE(user.chooseFromBar("windowPresets", QString::fromLatin1(name))) << name;
    const QImage expected(
        QString::fromStdString(sharedData(std::string("dicom/gsps/") + file + "_dcmtk_render.png").string()));
    ASSERT_FALSE(expected.isNull());
    for (const QPoint at : {QPoint(40, 60), QPoint(64, 64), QPoint(90, 100)}) {
      const ImagePoint place{at.x() + 0.5, at.y() + 0.5};
      lookCloseAt(place);
      EXPECT_NEAR(user.lightAt(place).red(), qGray(expected.pixel(at)), 2) << name << " " << at.x() << "," << at.y();
    }
  }
}

}  // namespace
}  // namespace fiducial::test
