// A scan over time: its times are gone through on the same slice, each with labels of its own; the tags follow.
// Expected values: nibabel (img4d_11f.nii.gz); tests/data/dicom/mosaic/mosaic.json.
#include <gtest/gtest.h>

#include <QDialog>
#include <QLabel>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

class TimesJourney : public ::testing::Test {
 protected:
  void SetUp() override {
    FIDUCIAL_REQUIRE_SHARED(sharedData("volumes/itksnap/img4d_11f.nii.gz"));
    ASSERT_TRUE(user.workspace().newProject(project));
  }
  bool settled() {
    return user.waitUntil([&] { return user.workspace().isIdle() && user.workspace().isPictureCurrent(); });
  }

  TemporaryFolder folder;
  std::filesystem::path project = folder / "times.fiducial";
  Journey user;
};

TEST_F(TimesJourney, TheTimeBarAndKeysGoThroughTheTimesOfASlice) {
  ASSERT_TRUE(user.open({sharedData("volumes/itksnap/img4d_11f.nii.gz")}));
  ASSERT_EQ(user.workspace().timeCount(), 11);
  EXPECT_EQ(user.workspace().frame(), 19);
  QWidget* bar = user.find("timeBar");
  ASSERT_TRUE(bar && bar->isVisible());
  EXPECT_EQ(user.statusAt({15.5, 15.5}, "probeValue"), QStringLiteral("100.7"));
  EXPECT_TRUE(user.reads("frameAndTime", QStringLiteral("slice 20 of 38  time 1 of 11")));

  for (int n = 0; n < 5; ++n) user.key(Qt::Key_Down, Qt::ControlModifier);
  ASSERT_TRUE(settled());
  EXPECT_EQ(user.workspace().time(), 5);
  EXPECT_EQ(user.workspace().frame(), 19) << "the same slice";
  EXPECT_EQ(user.statusAt({15.5, 15.5}, "probeValue"), QStringLiteral("110.9"));
  EXPECT_TRUE(user.reads("frameAndTime", QStringLiteral("slice 20 of 38  time 6 of 11")));
  user.screenshot(QStringLiteral("times"));

  user.clickOn(bar, {14, bar->height() / 2});
  ASSERT_TRUE(settled());
  EXPECT_EQ(user.workspace().time(), 0);
  EXPECT_EQ(user.statusAt({15.5, 15.5}, "probeValue"), QStringLiteral("100.7"));
}

TEST_F(TimesJourney, LabelsStandAtTheTimeTheyWereDrawnAt) {
  ASSERT_TRUE(user.open({sharedData("volumes/itksnap/img4d_11f.nii.gz")}));
  ASSERT_TRUE(user.workspace().addClass("ventricle"));
  ASSERT_TRUE(user.settle());
  user.key(Qt::Key_Down, Qt::ControlModifier);
  ASSERT_TRUE(settled());
  user.key(Qt::Key_B);
  user.drag({8, 8}, {20, 20});
  user.key(Qt::Key_S);
  user.drag({24, 24}, {26, 26});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(user.workspace().shapes().size(), 1U);
  ASSERT_EQ(user.workspace().labels().segments().size(), 1U);
  EXPECT_GT(user.workspace().labels().segments().begin()->second.voxels.count(), 0);

  user.key(Qt::Key_Up, Qt::ControlModifier);
  ASSERT_TRUE(settled());
  EXPECT_TRUE(user.workspace().shapes().empty()) << "drawn at the second time";
  EXPECT_EQ(user.workspace().labels().segments().begin()->second.voxels.count(), 0) << "the segment is there, empty";

  user.restart();
  ASSERT_TRUE(user.open({project}));
  EXPECT_TRUE(user.workspace().shapes().empty());
  user.workspace().setTime(1);
  ASSERT_TRUE(settled());
  EXPECT_EQ(user.workspace().shapes().size(), 1U);
  EXPECT_GT(user.workspace().labels().segments().begin()->second.voxels.count(), 0);
  user.key(Qt::Key_Z, Qt::ControlModifier);
  user.key(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(user.settle());
  EXPECT_TRUE(user.workspace().shapes().empty());
}

TEST_F(TimesJourney, TheTagsAreThoseOfTheShownTimesFile) {
  ASSERT_TRUE(user.open({sourceFolder() / "tests/data/dicom/mosaic"}));
  ASSERT_EQ(user.workspace().timeCount(), 2) << "a mosaic file for each time";
  user.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
  auto* heading = user.find<QLabel>("tagInspector.file");
  ASSERT_TRUE(user.waitUntil([&] { return heading->text() == QLatin1String("time_0.dcm"); }))
      << heading->text().toStdString();
  user.workspace().setTime(1);
  EXPECT_TRUE(user.waitUntil([&] { return heading->text() == QLatin1String("time_1.dcm"); }))
      << heading->text().toStdString();
}

}  // namespace
}  // namespace fiducial::test
