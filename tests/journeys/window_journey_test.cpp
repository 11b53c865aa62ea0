// The window itself: what stays in sight, what it remembers, and how two of them share a project.
#include <gtest/gtest.h>

#include <QApplication>
#include <QDockWidget>
#include <QImage>
#include <QLabel>
#include <QMenu>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

std::filesystem::path demo(const char* name) { return sourceFolder() / "resources/demo/media" / name; }

class WindowJourney : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(user.workspace().newProject(folder / "reading.fiducial")); }

  /// Bright pixels of the first view between two heights, near its left edge: letters of the corner on black.
  int lettersBetween(int top, int bottom) {
    user.view()->repaint();
    const QImage image = user.view()->grab().toImage();
    int bright = 0;
    for (int y = top; y < bottom; ++y)
      for (int x = 4; x < 90; ++x) bright += qGray(image.pixel(x, y)) > 180;
    return bright;
  }

  TemporaryFolder folder;
  Journey user;
};

TEST_F(WindowJourney, TheMessageStripNeverCoversTheCornerText) {
  ASSERT_TRUE(user.open({demo("ct_abdomen")}));
  user.workspace().dismissMessage();
  QWidget* strip = user.find("messageStrip");
  ASSERT_NE(strip, nullptr);
  ASSERT_TRUE(user.waitUntil([&] { return !strip->isVisible(); }));
  EXPECT_GT(lettersBetween(6, 30), 20) << "pseudonym and date";
  workspace::Message message;
  message.kind = workspace::Message::Kind::Warning;
  message.text = "Something to read";
  user.workspace().say(message);
  ASSERT_TRUE(user.waitUntil([&] { return strip->isVisible() && strip->height() >= 32; }));
  QCoreApplication::processEvents();
  EXPECT_EQ(lettersBetween(6, 30), 0) << "under the strip";
  EXPECT_GT(lettersBetween(strip->height() + 6, strip->height() + 30), 20) << "below it";
  user.workspace().dismissMessage();
  ASSERT_TRUE(user.waitUntil([&] { return !strip->isVisible(); }));
  EXPECT_GT(lettersBetween(6, 30), 20);
}

void expectCanvas(Journey& user, int width, int height) {
  QWidget* canvas = user.find("canvas");
  ASSERT_NE(canvas, nullptr);
  EXPECT_GE(canvas->width(), width);
  EXPECT_GE(canvas->height(), height);
}

TEST_F(WindowJourney, TheCanvasHasEightHundredByFiveHundredOnASmallScreen) {
  ASSERT_TRUE(user.open({demo("ct_abdomen")}));
  ASSERT_EQ(user.window().size(), QSize(1366, 768));
  expectCanvas(user, 800, 500);
  ASSERT_TRUE(user.open({demo("surgery.mp4")}));
  ASSERT_TRUE(user.show("surgery"));
  expectCanvas(user, 800, 500);
  user.screenshot(QStringLiteral("small_video"));
}

TEST_F(WindowJourney, TheWindowIsEightHundredWideWithEveryPanelAndTool) {
  ASSERT_TRUE(user.open({demo("ct_abdomen")}));
  user.key(Qt::Key_S);  // the brush has the longest row of options
  QCoreApplication::processEvents();
  for (const QWidget* part : user.window().findChildren<QWidget*>())
    if (part->isVisible() && part->minimumSizeHint().width() > 300)
      RecordProperty(part->objectName().toStdString(), part->minimumSizeHint().width());
  EXPECT_LE(user.window().minimumSizeHint().width(), 800);
  user.window().resize(800, 700);
  QCoreApplication::processEvents();
  EXPECT_EQ(user.window().width(), 800);
  EXPECT_TRUE(user.find("savedState")->isVisible());
  user.screenshot(QStringLiteral("narrow"));
}

class RememberedWindow : public ::testing::Test {
 protected:
  void openBoth() {
    ASSERT_TRUE(user.workspace().newProject(project));
    ASSERT_TRUE(user.open({demo("ct_abdomen")}));
    ASSERT_TRUE(user.open({demo("surgery.mp4")}));
  }
  void showKind(MediumKind kind) {
    for (const auto& item : user.workspace().media())
      if (item.medium.value.info.kind == kind) {
        ASSERT_TRUE(user.show(item.medium.value.name));
      }
    QCoreApplication::processEvents();
  }
  QDockWidget* dock(const char* name) { return user.find<QDockWidget>(name); }

  TemporaryFolder folder;
  std::filesystem::path project = folder / "reading.fiducial";
  Journey user{folder / "settings"};
};

TEST_F(RememberedWindow, StandsWhereItStoodHoweverOftenItIsOpened) {
  user.window().setWindowState(Qt::WindowNoState);
  user.window().setGeometry(10, 0, 700, 600);
  QCoreApplication::processEvents();
  const QRect place = user.window().geometry();
  for (int n = 0; n < 3; ++n) {
    user.restart();
    QCoreApplication::processEvents();
    EXPECT_EQ(user.window().geometry(), place) << "after " << n + 1 << " starts";
  }
}

TEST_F(RememberedWindow, PanelsAreArrangedForEachModalityAndAfterARestart) {
  openBoth();
  showKind(MediumKind::Volume);
  dock("annotationDock")->hide();
  dock("attributeDock")->setFloating(true);
  QCoreApplication::processEvents();
  showKind(MediumKind::Video);
  dock("annotationDock")->show();
  dock("attributeDock")->setFloating(false);
  dock("mediaDock")->hide();
  QCoreApplication::processEvents();

  const auto expectScan = [&] {
    showKind(MediumKind::Volume);
    EXPECT_TRUE(dock("annotationDock")->isHidden());
    EXPECT_TRUE(dock("attributeDock")->isFloating());
    EXPECT_FALSE(dock("mediaDock")->isHidden());
  };
  const auto expectVideo = [&] {
    showKind(MediumKind::Video);
    EXPECT_FALSE(dock("annotationDock")->isHidden());
    EXPECT_FALSE(dock("attributeDock")->isFloating());
    EXPECT_TRUE(dock("mediaDock")->isHidden());
  };
  expectScan();
  expectVideo();
  user.restart();
  ASSERT_TRUE(user.open({project}));
  expectScan();
  expectVideo();
}

TEST_F(RememberedWindow, F9HidesEveryPanelAndBringsBackThoseThatWereThere) {
  openBoth();
  dock("attributeDock")->hide();
  user.key(Qt::Key_F9);
  for (const char* name : {"mediaDock", "classDock", "annotationDock", "attributeDock"})
    EXPECT_TRUE(dock(name)->isHidden()) << name;
  user.key(Qt::Key_F9);
  EXPECT_FALSE(dock("mediaDock")->isHidden());
  EXPECT_FALSE(dock("classDock")->isHidden());
  EXPECT_TRUE(dock("attributeDock")->isHidden()) << "was closed by hand";
}

TEST_F(RememberedWindow, TheMouseOfAnotherProgramIsOfferedOnceAndRemembered) {
  ASSERT_TRUE(user.workspace().newProject(project));
  ASSERT_TRUE(user.open({demo("ct_abdomen")}));
  const auto isOffered = [&] {
    return user.workspace().message() && user.workspace().message()->actionText == "Mouse...";
  };
  if (!isOffered()) user.workspace().dismissMessage();
  ASSERT_TRUE(user.waitUntil(isOffered));
  ASSERT_TRUE(user.choose("mouse.viewers"));
  user.restart();
  ASSERT_TRUE(user.open({project}));
  user.workspace().dismissMessage();
  user.waitUntil(isOffered, 300);
  EXPECT_FALSE(isOffered());
  const auto window = user.workspace().tone().window;
  user.drag({30, 50}, {60, 60});
  EXPECT_NE(user.workspace().tone().window.width, window.width) << "left on empty picture windows";
  const double zoom = user.workspace().view(0).transform.zoom();
  user.drag({60, 60}, {60, 30}, Qt::RightButton);
  EXPECT_GT(user.workspace().view(0).transform.zoom(), zoom) << "right drag up zooms in";
}

TEST_F(WindowJourney, ASecondWindowIsReadOnlySaysWhoWritesAndRefusesToDraw) {
  ASSERT_TRUE(user.open({demo("ct_abdomen")}));
  ASSERT_TRUE(user.workspace().addClass("lesion"));
  ASSERT_TRUE(user.settle());
  Journey second;
  ASSERT_TRUE(second.open({folder / "reading.fiducial"}));
  EXPECT_EQ(second.workspace().saved().kind, workspace::SavedState::Kind::ReadOnly);
  ASSERT_TRUE(second.workspace().message());
  const std::string said = second.workspace().message()->text;
  EXPECT_NE(said.find("read-only"), std::string::npos) << said;
  EXPECT_NE(said.find(std::to_string(QCoreApplication::applicationPid())), std::string::npos) << "who: " << said;
  QCoreApplication::processEvents();
  EXPECT_TRUE(second.find<QLabel>("savedState")->text().contains(QStringLiteral("read-only")));
  second.key(Qt::Key_B);
  second.drag({30, 20}, {60, 45});
  ASSERT_TRUE(second.settle());
  EXPECT_TRUE(second.workspace().labels().annotations().empty());
  ASSERT_TRUE(second.workspace().message());
  EXPECT_NE(second.workspace().message()->text.find("read-only"), std::string::npos);
  second.screenshot(QStringLiteral("read_only"));
  // The first goes on writing.
  user.window().activateWindow();
  QCoreApplication::processEvents();
  user.view()->setFocus();
  user.key(Qt::Key_B);
  user.drag({30, 20}, {60, 45});
  ASSERT_TRUE(user.settle());
  EXPECT_EQ(user.workspace().labels().annotations().size(), 1U);
}

TEST_F(WindowJourney, EveryThemePaintsTheWindowInItsOwnColours) {
  for (const char* theme : {"light", "high-contrast", "dark"}) {
    ui::prepareApplication(*qobject_cast<QApplication*>(QCoreApplication::instance()), {}, QString::fromLatin1(theme));
    user.restart();
    ASSERT_TRUE(user.open({folder / "reading.fiducial", demo("ct_abdomen")}));
    if (user.workspace().labels().classes().empty()) {
      ASSERT_TRUE(user.workspace().addClass("lesion"));
    }
    user.key(Qt::Key_B);
    user.drag({30, 20}, {60, 45});
    ASSERT_TRUE(user.settle());
    const QImage image = user.window().grab().toImage();
    const bool isLight = QString::fromLatin1(theme) == QStringLiteral("light");
    const QPoint panel = user.find("mediaPanel")->mapTo(&user.window(), QPoint(2, 2));
    EXPECT_EQ(qGray(image.pixel(panel)) > 128, isLight) << theme;
    const QPoint ground = user.view()->mapTo(&user.window(), QPoint(3, user.view()->height() / 2 + 60));
    EXPECT_LT(qGray(image.pixel(ground)), 16) << theme << ": the ground of a picture stays black";
    user.screenshot(QStringLiteral("theme_%1").arg(QString::fromLatin1(theme)));
  }
}

TEST_F(WindowJourney, EscClosesTheKeyOverlayAndTheKeysWorkAgain) {
  ASSERT_TRUE(user.open({demo("ct_abdomen")}));
  user.key(Qt::Key_Question, Qt::ShiftModifier);
  QWidget* overlay = user.find("keyOverlay");
  ASSERT_NE(overlay, nullptr);
  EXPECT_TRUE(overlay->isVisible());
  user.screenshot(QStringLiteral("keys"));
  user.key(Qt::Key_Escape);
  EXPECT_FALSE(overlay->isVisible());
  user.key(Qt::Key_P);
  EXPECT_EQ(user.workspace().tool().id, "polygon");
}

TEST_F(WindowJourney, FindGoesToAMediumByItsName) {
  ASSERT_TRUE(user.open({demo("ct_abdomen")}));
  ASSERT_TRUE(user.open({demo("surgery.mp4")}));
  ASSERT_TRUE(user.show("surgery"));
  std::string other;
  for (const auto& item : user.workspace().media())
    if (item.medium.value.name != "surgery") other = item.medium.value.name;
  user.key(Qt::Key_F, Qt::ControlModifier);
  user.type(QString::fromStdString(other));
  user.key(Qt::Key_Return);
  ASSERT_TRUE(user.settle());
  EXPECT_EQ(user.workspace().currentMedium()->medium.value.name, other);
}

}  // namespace
}  // namespace fiducial::test
