// The main job on a real CT without a window: label, undo, close, reopen, everything there, out and in again.
#include <nlohmann/json.hpp>

#include "fiducial/runtime/atomic_file.h"
#include "session.h"

namespace fiducial::workspace::test {
namespace {

const char* kHead = "dicom/ct/slicer_head_93";

class CtSession : public testing::Test {
 protected:
  void SetUp() override { FIDUCIAL_REQUIRE_SHARED(fiducial::test::sharedData(kHead)); }
  void begin(Session& session) {
    ASSERT_TRUE(session.workspace.newProject(folder / "head.fiducial").ok());
    session.open(fiducial::test::sharedData(kHead));
    ASSERT_NE(session.workspace.currentMedium(), nullptr) << session.message();
    ASSERT_TRUE(session.workspace.addClass("bone").ok());
    session.settle();
  }
  void drawBox(Session& session) {
    session.workspace.setTool("box");
    session.drag({{10, 12}, {30, 40}});
    session.settle();
  }
  fiducial::test::TemporaryFolder folder;
};

TEST_F(CtSession, OpensWithItsSlicesItsWindowAndTheMiddleSlice) {
  Session session;
  begin(session);
  Workspace& w = session.workspace;
  EXPECT_EQ(w.frameCount(), 93);
  EXPECT_EQ(w.frame(), 46);
  ASSERT_NE(w.volume(), nullptr);
  EXPECT_TRUE(w.volume()->isComplete());
  EXPECT_TRUE(w.isPictureCurrent());
  ASSERT_TRUE(w.pictureView(0).has_value());
  EXPECT_EQ(w.pictureView(0)->step, 46);
  ASSERT_GE(w.windowPresets().size(), 6U);
  EXPECT_EQ(w.windowPresets()[2].width, 1500);
  w.applyWindowPreset(2);
  EXPECT_EQ(w.tone().window.center, -600);
}

TEST_F(CtSession, BoxPolygonAndBrushSurviveUndoRedoClosingAndReopening) {
  Shape box;
  BrickVolume painted;
  {
    Session session;
    begin(session);
    Workspace& w = session.workspace;
    drawBox(session);
    ASSERT_EQ(w.shapes().size(), 1U);
    box = w.shapes()[0].shape;
    EXPECT_EQ(box, Shape(Box{10, 12, 20, 28}));
    EXPECT_EQ(w.selection().size(), 1U);

    w.stepFrame(1);
    w.setTool("polygon");
    for (const ImagePoint p : {ImagePoint{10, 10}, {40, 12}, {30, 50}}) session.click(p.x, p.y);
    session.run("edit.finish");
    session.settle();
    EXPECT_EQ(w.labels().annotations().size(), 2U);

    w.setTool("brush");
    session.drag({{20, 20}, {30, 20}, {30, 30}});
    EXPECT_EQ(w.labels().segments().size(), 1U) << "shown before it is durable";
    session.settle();
    ASSERT_EQ(w.labels().segments().size(), 1U);
    painted = w.labels().segments().begin()->second.voxels;
    EXPECT_GT(painted.count(), 100);
    EXPECT_FALSE(isNone(w.activeSegment()));

    w.undo();
    session.settle();
    EXPECT_TRUE(w.labels().segments().empty());
    w.redo();
    session.settle();
    ASSERT_EQ(w.labels().segments().size(), 1U);
    EXPECT_EQ(w.labels().segments().begin()->second.voxels, painted);
    EXPECT_EQ(w.saved().kind, SavedState::Kind::Saved);
    EXPECT_EQ(w.saved().text.substr(0, 6), "saved ");
    w.closeProject();
    EXPECT_EQ(w.project(), nullptr);
  }
  Session again;
  ASSERT_TRUE(again.workspace.openProject(folder / "head.fiducial").ok());
  again.settle();
  Workspace& w = again.workspace;
  EXPECT_EQ(w.labels().annotations().size(), 2U);
  ASSERT_EQ(w.shapes().size(), 1U);
  EXPECT_EQ(w.shapes()[0].shape, box);
  ASSERT_EQ(w.labels().segments().size(), 1U);
  EXPECT_EQ(w.labels().segments().begin()->second.voxels, painted);
  EXPECT_EQ(w.undoState().undoName, "Paint segment");
  EXPECT_EQ(w.media()[0].labels, 3);
  const auto report = w.project()->verify();
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->problems.empty()) << report->problems.front();
}

TEST_F(CtSession, TheNextStrokeBuildsOnOneThatIsNotDurableYet) {
  Session session;
  begin(session);
  Workspace& w = session.workspace;
  w.setTool("brush");
  for (int n = 0; n < 8; ++n) session.drag({{10.0 + 4 * n, 20}, {12.0 + 4 * n, 30}});  // the queue is not run between
  EXPECT_EQ(w.labels().segments().size(), 1U);
  const BrickVolume shown = w.labels().segments().begin()->second.voxels;
  session.settle();
  ASSERT_EQ(w.labels().segments().size(), 1U);
  EXPECT_EQ(w.labels().segments().begin()->second.voxels, shown);
  EXPECT_GT(w.labels().segments().begin()->first, SegmentationId{0});
  EXPECT_EQ(w.activeSegment(), w.labels().segments().begin()->first);
  for (int n = 0; n < 8; ++n) w.undo();
  session.settle();
  EXPECT_TRUE(w.labels().segments().empty());

  session.drag({{10, 20}, {12, 30}});
  session.drag({{40, 20}, {42, 30}});  // waits for the first one's segment
  w.undo();                            // means this one, though it is not sent yet
  session.settle();
  ASSERT_EQ(w.labels().segments().size(), 1U);
  EXPECT_TRUE(w.labels().segments().begin()->second.voxels.at({11, 25, 46}));
  EXPECT_FALSE(w.labels().segments().begin()->second.voxels.at({41, 25, 46}));
}

TEST_F(CtSession, ABoxIsMovedAndDeletedBeforeItIsDurable) {
  Session session;
  begin(session);
  Workspace& w = session.workspace;
  w.setTool("box");
  session.drag({{10, 10}, {40, 40}});
  w.setTool("select");
  session.drag({{25, 25}, {30, 25}});
  ASSERT_EQ(w.shapes().size(), 1U);
  EXPECT_EQ(w.shapes()[0].shape, Shape(Box{15, 10, 30, 30}));
  session.settle();
  ASSERT_EQ(w.selection().size(), 1U) << "the selection follows the label to its real id";
  EXPECT_EQ(w.selection()[0], w.shapes()[0].ref);
  w.deleteSelection();
  EXPECT_EQ(session.message(), "Deleted 1 annotation");
  EXPECT_EQ(w.message()->commandId, "edit.undo");
  EXPECT_TRUE(w.shapes().empty());
  session.settle();
  w.undo();
  session.settle();
  EXPECT_EQ(w.shapes().size(), 1U);
}

TEST_F(CtSession, ChangingTheSliceFinishesAValidShapeAndDropsAnotherSayingSo) {
  Session session;
  begin(session);
  Workspace& w = session.workspace;
  w.setTool("polygon");
  for (const ImagePoint p : {ImagePoint{10, 10}, {40, 12}, {30, 50}}) session.click(p.x, p.y);
  EXPECT_TRUE(w.isToolBusy());
  w.stepFrame(1);
  session.settle();
  EXPECT_EQ(w.labels().annotations().size(), 1U);
  session.click(10, 10);
  session.click(40, 12);
  w.stepFrame(1);
  EXPECT_FALSE(w.isToolBusy());
  EXPECT_FALSE(w.preview().has_value());
  EXPECT_NE(session.message().find("dropped"), std::string::npos);
}

TEST_F(CtSession, ThreePlanesAreLinkedByTheCrosshair) {
  Session session;
  begin(session);
  Workspace& w = session.workspace;
  w.setLayout(LayoutKind::ThreePlanes);
  ASSERT_EQ(w.viewCount(), 3);
  EXPECT_EQ(w.view(0).plane, render::Plane::Stored);
  w.setCrosshair(0, {20.5, 30.5});
  EXPECT_EQ(w.crosshair(), (VoxelPoint{20, 30, 46}));
  for (int n = 1; n < 3; ++n) {
    const ViewState& view = w.view(n);
    EXPECT_EQ(view.step, view.axes.axisStep == 0 ? 20 : 30);
    EXPECT_TRUE(w.pictureView(n).has_value());
  }
  w.setViewStep(1, 5);
  EXPECT_EQ(w.view(1).step, 5);
  w.setFrame(50);
  EXPECT_EQ(w.crosshair()->k, 50);

  w.setTool("brush");
  session.drag({{30, 30}, {34, 30}}, 1);
  session.settle();
  ASSERT_EQ(w.labels().segments().size(), 1U);
  const auto& bricks = w.labels().segments().begin()->second.voxels;
  EXPECT_GT(bricks.count(), 0);
}

TEST_F(CtSession, TheReadOutGivesHounsfieldUnitsAndPatientMillimetres) {
  Session session;
  begin(session);
  const Workspace& w = session.workspace;
  const Workspace::Probe probe = w.probe(0, {32.5, 32.5});
  const double expected = w.volume()->output({32, 32, 46});
  EXPECT_EQ(probe.value, std::to_string(static_cast<int>(expected)) + " HU");
  EXPECT_NE(probe.patient.find("mm"), std::string::npos);
  EXPECT_EQ(w.probe(0, {-5, 5}).value, "");
}

TEST_F(CtSession, ASecondWindowOpensReadOnlyAndSaysWhoHoldsTheProject) {
  Session first;
  begin(first);
  Session second;
  ASSERT_TRUE(second.workspace.openProject(folder / "head.fiducial").ok());
  second.settle();
  EXPECT_EQ(second.workspace.saved().kind, SavedState::Kind::ReadOnly);
  EXPECT_NE(second.message().find("process"), std::string::npos) << second.message();
  second.workspace.setTool("box");
  second.drag({{10, 12}, {30, 40}});
  second.settle();
  EXPECT_TRUE(second.workspace.shapes().empty());
  EXPECT_NE(second.message().find("read-only"), std::string::npos);
}

TEST_F(CtSession, WhatIsExportedComesBack) {
  Session session;
  begin(session);
  Workspace& w = session.workspace;
  drawBox(session);
  exchange::ExportOptions options;
  options.out = folder / "coco";
  w.exportDataset("coco", options);
  session.settle();
  EXPECT_EQ(w.message()->kind, Message::Kind::Info) << session.message();
  const std::filesystem::path file = folder / "coco" / "annotations" / "instances_default.json";
  const auto text = runtime::readText(file);
  ASSERT_TRUE(text.ok()) << text.error().text();
  const nlohmann::json coco = nlohmann::json::parse(*text);
  ASSERT_EQ(coco["annotations"].size(), 1U);
  EXPECT_EQ(coco["annotations"][0]["bbox"], nlohmann::json({10, 12, 20, 28}));

  w.deleteSelection();
  session.settle();
  EXPECT_TRUE(w.labels().annotations().empty());
  exchange::ImportOptions import;
  import.path = file;
  w.importDataset("coco", import);
  session.settle();
  ASSERT_EQ(w.labels().annotations().size(), 1U) << session.message();
  EXPECT_EQ(w.labels().annotations().begin()->second.value.shape, Shape(Box{10, 12, 20, 28}));
  EXPECT_EQ(w.labels().annotations().begin()->second.value.frame, 46);
}

TEST_F(CtSession, MediaWithoutAProjectGetOneBesideThemAndThumbnailsAreMade) {
  const std::filesystem::path scan = folder / "patient 7";
  std::filesystem::copy(fiducial::test::sharedData(kHead), scan);
  std::filesystem::permissions(scan, std::filesystem::perms::owner_all);
  {
    Session session(folder / "settings");
    session.open(scan);
    EXPECT_TRUE(std::filesystem::exists(folder / "patient 7.fiducial"));
    ASSERT_EQ(session.workspace.media().size(), 1U) << session.message();
    ASSERT_TRUE(session.queue.runUntil([&] { return !session.workspace.media()[0].thumbnail.empty(); }));
    const VolumeSize size = session.workspace.media()[0].thumbnail.size();
    EXPECT_EQ(std::max(size.columns, size.rows), 96);
    ASSERT_EQ(session.workspace.recentProjects().size(), 1U);
  }
  Session again(folder / "settings");
  EXPECT_EQ(again.workspace.recentProjects().at(0), folder / "patient 7.fiducial");
  again.open(scan);
  EXPECT_EQ(again.workspace.media().size(), 1U) << "the same scan opened again is the same medium";
}

TEST_F(CtSession, MarkingDoneIsKeptAndTheEmptyFrameCounts) {
  Session session;
  begin(session);
  Workspace& w = session.workspace;
  session.run("label.doneFrame");
  session.settle();
  EXPECT_TRUE(w.labels().isFrameDone(46));
  EXPECT_EQ(w.frame(), 47);
  session.run("label.doneMedium");
  session.settle();
  EXPECT_TRUE(w.labels().isMediumDone());
  EXPECT_TRUE(w.media()[0].done);
  EXPECT_EQ(session.message(), "All 1 done");
}

TEST_F(CtSession, ClosingWhileItLoadsLeavesNothingRunning) {
  Session session;
  ASSERT_TRUE(session.workspace.newProject(folder / "p.fiducial").ok());
  session.workspace.openPaths({fiducial::test::sharedData(kHead)});
  session.queue.runUntil([&] { return session.workspace.currentMedium() != nullptr; });
  session.workspace.closeProject();
  EXPECT_TRUE(session.workspace.jobs().empty());
  session.settle();
  EXPECT_EQ(session.workspace.currentMedium(), nullptr);
}

TEST(Opening, WhatIsNotThereOrNoMediumIsSaidAndNothingIsMade) {
  fiducial::test::TemporaryFolder folder;
  Session session;
  session.open(folder / "missing.dcm");
  EXPECT_NE(session.message().find("missing.dcm"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "missing.fiducial"));
  EXPECT_FALSE(session.workspace.openProject(folder / "none.fiducial").ok());
}

TEST(Opening, AProjectInACloudProgramsFolderIsOpenedAndTheRiskSaid) {
  fiducial::test::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "Dropbox");
  Session session;
  ASSERT_TRUE(session.workspace.newProject(folder / "Dropbox/p.fiducial").ok());
  EXPECT_NE(session.message().find("Dropbox"), std::string::npos);
}

}  // namespace
}  // namespace fiducial::workspace::test
