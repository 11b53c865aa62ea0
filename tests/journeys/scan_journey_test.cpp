// A radiologist's day at the real window: open a CT series, window it, draw, brush, undo, close, reopen, export, read
// the export back. Proves that every part of the main job works together, with real events.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "fiducial/exchange/format.h"
#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

std::filesystem::path ctFolder() { return sourceFolder() / "resources/demo/media/ct_abdomen"; }

nlohmann::json readJson(const std::filesystem::path& path) {
  std::ifstream file(path);
  return nlohmann::json::parse(file, nullptr, false);
}

/// A project beside a CT, with the class "lesion" and its picture shown.
class ScanJourney : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(user.workspace().newProject(project));
    ASSERT_TRUE(user.open({ctFolder()}));
    ASSERT_TRUE(user.workspace().addClass("lesion"));
    ASSERT_TRUE(user.settle());
  }
  [[nodiscard]] const workspace::LabelStore& labels() { return user.workspace().labels(); }
  void reopen() {
    user.restart();
    ASSERT_TRUE(user.open({project}));
  }

  TemporaryFolder folder;
  std::filesystem::path project = folder / "reading.fiducial";
  Journey user;
};

TEST_F(ScanJourney, ABoxDrawnByDraggingIsThereAfterReopening) {
  user.key(Qt::Key_B);
  user.drag({30, 20}, {60, 45});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().annotations().size(), 1U);
  reopen();
  ASSERT_EQ(labels().annotations().size(), 1U);
  const auto& annotation = labels().annotations().begin()->second.value;
  ASSERT_TRUE(std::holds_alternative<Box>(annotation.shape));
  const Box box = std::get<Box>(annotation.shape);
  EXPECT_NEAR(box.x, 30, 0.6);
  EXPECT_NEAR(box.y, 20, 0.6);
  EXPECT_NEAR(box.width, 30, 0.6);
  EXPECT_NEAR(box.height, 25, 0.6);
}

TEST_F(ScanJourney, ARightDragWidensTheWindowAndIsNoEdit) {
  const double width = user.workspace().tone().window.width;
  user.drag({30, 50}, {80, 50}, Qt::RightButton);
  EXPECT_GT(user.workspace().tone().window.width, width);
  EXPECT_EQ(user.workspace().project()->history()->size(), 2U) << "the media and the class, nothing else";
}

TEST_F(ScanJourney, APolygonIsClickedAndClosedByEnter) {
  user.key(Qt::Key_P);
  user.click({30, 30});
  user.click({60, 30});
  user.click({45, 60});
  user.key(Qt::Key_Return);
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().annotations().size(), 1U);
  const auto& shape = labels().annotations().begin()->second.value.shape;
  ASSERT_TRUE(std::holds_alternative<Polygon>(shape));
  EXPECT_EQ(std::get<Polygon>(shape).parts.front().front().size(), 3U);
}

TEST_F(ScanJourney, ABrushStrokePaintsASegmentThatUndoTakesAwayAndRedoBringsBack) {
  user.key(Qt::Key_S);
  user.drag({40, 40}, {70, 40});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().segments().size(), 1U);
  const BrickVolume painted = labels().segments().begin()->second.voxels;
  EXPECT_GT(painted.count(), 100);
  EXPECT_TRUE(painted.at({55, 40, user.workspace().frame()}));
  user.key(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(user.settle());
  EXPECT_TRUE(labels().segments().empty());
  user.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().segments().size(), 1U);
  EXPECT_EQ(labels().segments().begin()->second.voxels, painted);
}

TEST_F(ScanJourney, TheEraserTakesVoxelsAway) {
  user.key(Qt::Key_S);
  user.drag({40, 40}, {70, 40});
  ASSERT_TRUE(user.settle());
  const auto before = labels().segments().begin()->second.voxels.count();
  user.key(Qt::Key_X);
  user.drag({50, 40}, {60, 40});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().segments().size(), 1U);
  EXPECT_LT(labels().segments().begin()->second.voxels.count(), before);
}

TEST_F(ScanJourney, AShapeIsSelectedMovedAndDeletedAndTheDeletionUndone) {
  user.key(Qt::Key_B);
  user.drag({30, 20}, {60, 45});
  ASSERT_TRUE(user.settle());
  user.key(Qt::Key_V);
  user.click({45, 33});
  ASSERT_EQ(user.workspace().selection().size(), 1U);
  user.drag({45, 33}, {55, 43});
  ASSERT_TRUE(user.settle());
  EXPECT_NEAR(std::get<Box>(labels().annotations().begin()->second.value.shape).x, 40, 0.8);
  user.key(Qt::Key_Delete);
  ASSERT_TRUE(user.settle());
  EXPECT_TRUE(labels().annotations().empty());
  user.key(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(user.settle());
  EXPECT_EQ(labels().annotations().size(), 1U);
}

TEST_F(ScanJourney, WheelAndKeysMoveThroughSlices) {
  user.workspace().setFrame(10);
  user.wheel(-1);
  EXPECT_EQ(user.workspace().frame(), 11);
  user.key(Qt::Key_D);
  EXPECT_EQ(user.workspace().frame(), 10);
  user.key(Qt::Key_F);
  EXPECT_EQ(user.workspace().frame(), 11);
  user.key(Qt::Key_Home);
  EXPECT_EQ(user.workspace().frame(), 0);
  user.key(Qt::Key_End);
  EXPECT_EQ(user.workspace().frame(), user.workspace().frameCount() - 1);
}

TEST_F(ScanJourney, LabelsSurviveReopeningAndUndoGoesOnFromThere) {
  user.key(Qt::Key_B);
  user.drag({30, 20}, {60, 45});
  user.key(Qt::Key_S);
  user.drag({40, 60}, {70, 60});
  ASSERT_TRUE(user.settle());
  reopen();
  EXPECT_EQ(labels().annotations().size(), 1U);
  EXPECT_EQ(labels().segments().size(), 1U);
  user.key(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(user.settle());
  EXPECT_TRUE(labels().segments().empty());
  const auto report = user.workspace().project()->verify();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->problems.empty()) << report->problems.front();
}

TEST_F(ScanJourney, ACocoExportIsReadBackIntoAnEmptyProjectWithTheSameBox) {
  user.key(Qt::Key_B);
  user.drag({30, 20}, {60, 45});
  ASSERT_TRUE(user.settle());
  const Box drawn = std::get<Box>(labels().annotations().begin()->second.value.shape);
  exchange::ExportOptions options;
  options.out = folder / "coco";
  user.workspace().exportDataset("coco", options);
  ASSERT_TRUE(user.settle());
  const auto json = readJson(options.out / "annotations/instances_default.json");
  ASSERT_TRUE(json.is_object());
  ASSERT_EQ(json["annotations"].size(), 1U);
  EXPECT_DOUBLE_EQ(json["annotations"][0]["bbox"][0].get<double>(), drawn.x);

  project = folder / "second.fiducial";
  user.restart();
  ASSERT_TRUE(user.workspace().newProject(project));
  ASSERT_TRUE(user.open({ctFolder()}));
  exchange::ImportOptions import;
  import.path = options.out / "annotations/instances_default.json";
  user.workspace().importDataset("coco", import);
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().annotations().size(), 1U);
  EXPECT_EQ(std::get<Box>(labels().annotations().begin()->second.value.shape), drawn);
}

TEST_F(ScanJourney, TheClassPopupMakesAClassThatTheNextShapeTakes) {
  user.key(Qt::Key_Q);
  user.type(QStringLiteral("kidney"));
  user.key(Qt::Key_Return);
  ASSERT_TRUE(user.settle());
  user.key(Qt::Key_B);
  user.drag({30, 20}, {60, 45});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().annotations().size(), 1U);
  EXPECT_EQ(labels().findClass(labels().annotations().begin()->second.value.labelClass)->name, "kidney");
}

TEST_F(ScanJourney, EscapeCancelsAShapeInProgressAndLeavesNothing) {
  user.key(Qt::Key_P);
  user.click({30, 30});
  user.click({60, 30});
  EXPECT_TRUE(user.workspace().isToolBusy());
  user.key(Qt::Key_Escape);
  EXPECT_FALSE(user.workspace().isToolBusy());
  ASSERT_TRUE(user.settle());
  EXPECT_TRUE(labels().annotations().empty());
}

}  // namespace
}  // namespace fiducial::test
