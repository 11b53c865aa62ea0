// A folder as it comes from a disk: a CT, an X-ray, an ultrasound cine, a video, and what is none of them. Expected
// values: pydicom 2.3 (CT); FFmpeg 5.1 (video: Y 74, Cb 122, Cr 157 there, by the formula of BT.709).
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <algorithm>
#include <fstream>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

namespace fs = std::filesystem;

class MixedFolderJourney : public ::testing::Test {
 protected:
  void SetUp() override {
    const fs::path demo = sourceFolder() / "resources/demo/media";
    fs::create_directories(mixed / "more");
    fs::copy(demo / "ct_abdomen", mixed / "ct_abdomen");
    fs::copy_file(demo / "echo.dcm", mixed / "more/echo.dcm");
    fs::copy_file(demo / "chest_xray.dcm", mixed / "more/chest_xray.dcm");
    fs::copy_file(demo / "surgery.mp4", mixed / "surgery.mp4");
    std::ofstream(mixed / "readme.txt") << "from the archive";
    std::ofstream(mixed / "more/empty.dcm");
    std::ifstream whole(demo / "surgery.mp4", std::ios::binary);
    std::string start(3000, '\0');
    whole.read(start.data(), 3000);
    std::ofstream(mixed / "more/cut.mp4", std::ios::binary) << start;
    ASSERT_TRUE(user.open({mixed}));
  }

  /// Clicks the row of that name in the media list, and waits for its picture.
  bool clickRow(const char* name) {
    auto* list = user.find<QListView>("mediaList");
    for (int row = 0; row < list->model()->rowCount(); ++row) {
      const QModelIndex index = list->model()->index(row, 0);
      if (index.data().toString() != QLatin1String(name)) continue;
      list->scrollTo(index);
      user.clickOn(list->viewport(), list->visualRect(index).center());
      return user.waitUntil([&] {
        const auto* shown = user.workspace().currentMedium();
        return shown && shown->medium.value.name == name && user.workspace().isIdle() &&
               user.workspace().pictureView(0);
      });
    }
    return false;
  }
  [[nodiscard]] QString status(const char* field) { return user.find<QLabel>(field)->text(); }
  /// The first view without its texts.
  QImage picture() {
    workspace::OverlayOptions overlay = user.workspace().overlay();
    overlay.text = false;
    user.workspace().setOverlay(overlay);
    QCoreApplication::processEvents();
    return user.view()->grab().toImage();
  }
  bool goTo(int frame) {
    user.workspace().setFrame(frame);
    return user.waitUntil([&] {
      const auto shown = user.workspace().shownFrame();
      return shown && shown->index == frame;
    });
  }

  TemporaryFolder folder;
  fs::path mixed = folder / "disk";
  Journey user;
};

TEST_F(MixedFolderJourney, EverythingInItIsListedAndWhatIsNotIsSaidByName) {
  ASSERT_EQ(user.workspace().media().size(), 4U);
  EXPECT_EQ(user.workspace().project()->path(), folder / "disk.fiducial") << "beside the folder";
  ASSERT_TRUE(user.workspace().message());
  EXPECT_EQ(user.workspace().message()->kind, workspace::Message::Kind::Warning);
  QWidget* strip = user.find("messageStrip");
  ASSERT_TRUE(strip && strip->isVisible());
  auto* all = user.find<QPushButton>("messageDetails");
  ASSERT_TRUE(all->isVisible()) << "two files are left out, the strip has room for one";
  all->click();
  auto* list = user.find<QListWidget>("messageDetailsList.list");
  ASSERT_NE(list, nullptr);
  QStringList said;
  for (int row = 0; row < list->count(); ++row) said << list->item(row)->text().section(QLatin1Char(':'), 0, 0);
  said.sort();
  EXPECT_EQ(said, (QStringList{QStringLiteral("cut.mp4"), QStringLiteral("empty.dcm")}));
  user.screenshot(QStringLiteral("mixed_left_out"));
  list->window()->close();
}

TEST_F(MixedFolderJourney, EachRowClickedShowsItsPictureAndItsNumbers) {
  ASSERT_TRUE(clickRow("ct_abdomen"));
  EXPECT_TRUE(user.reads("frameAndTime", QStringLiteral("slice 16 of 30")));
  EXPECT_EQ(user.statusAt({30.5, 40.5}, "probeValue"), QStringLiteral("56 HU"));
  EXPECT_EQ(user.statusAt({75.5, 25.5}, "probeValue"), QStringLiteral("23 HU"));

  ASSERT_TRUE(clickRow("surgery"));
  EXPECT_TRUE(user.reads("frameAndTime", QStringLiteral("frame 0 of 125  0:00:00.000")));
  EXPECT_EQ(user.statusAt({640.5, 360.5}, "probeValue"), QStringLiteral("120, 53, 55"));
  const QColor tissue = user.lightAt({640.5, 360.5});
  EXPECT_NEAR(tissue.red(), 120, 12) << "drawn smaller, its neighbours in it";
  EXPECT_NEAR(tissue.green(), 53, 12);
  EXPECT_EQ(user.statusAt({640.5, 360.5}, "probePatient"), QStringLiteral("uncalibrated"));

  ASSERT_TRUE(clickRow("echo"));
  EXPECT_TRUE(user.reads("frameAndTime", QStringLiteral("frame 0 of 30  0:00:00.000")));
  ASSERT_TRUE(clickRow("chest_xray"));
  EXPECT_TRUE(user.reads("frameAndTime", QString())) << "one picture has no frames to count";
  EXPECT_GT(user.lightAt({400.5, 500.5}).red(), 0);
  user.screenshot(QStringLiteral("mixed_xray"));
}

TEST_F(MixedFolderJourney, KeysGoThroughItAndTheFilterNarrowsIt) {
  ASSERT_TRUE(clickRow("ct_abdomen"));
  user.view()->setFocus();
  std::vector<std::string> seen{user.workspace().currentMedium()->medium.value.name};
  for (int n = 0; n < 3; ++n) {
    user.key(Qt::Key_PageDown);
    ASSERT_TRUE(user.waitUntil([&] { return user.workspace().isIdle() && user.workspace().pictureView(0); }));
    seen.push_back(user.workspace().currentMedium()->medium.value.name);
  }
  std::ranges::sort(seen);
  EXPECT_EQ(seen, (std::vector<std::string>{"chest_xray", "ct_abdomen", "echo", "surgery"}));
  user.key(Qt::Key_PageDown);
  EXPECT_EQ(user.workspace().message()->text, "This is the last one");

  auto* list = user.find<QListView>("mediaList");
  user.find<QLineEdit>("mediaFilter")->setText(QStringLiteral("surg"));
  ASSERT_EQ(list->model()->rowCount(), 2) << "a heading and the video";
  EXPECT_EQ(list->model()->index(1, 0).data().toString(), QStringLiteral("surgery"));
}

TEST_F(MixedFolderJourney, ACineOfTheFolderPlaysAtItsRecordedTimeGoesRoundAndShowsTheFrameItNames) {
  ASSERT_TRUE(clickRow("echo"));
  user.view()->setFocus();
  ASSERT_TRUE(goTo(0));
  const QImage first = picture();
  ASSERT_TRUE(goTo(15));
  EXPECT_TRUE(user.reads("frameAndTime", QStringLiteral("frame 15 of 30  0:00:00.500"))) << "15 frames of 33.333 ms";
  const QImage fifteenth = picture();
  EXPECT_NE(first, fifteenth) << "the heart has moved";

  ASSERT_TRUE(goTo(20));
  QElapsedTimer since;
  since.start();
  user.key(Qt::Key_Space);
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().frame() < 20; })) << "a cine goes round";
  EXPECT_GT(since.elapsed(), 9 * 33) << "ten frames never take less than they took";
  user.key(Qt::Key_Space);
  EXPECT_FALSE(user.workspace().isPlaying());
  const int stopped = user.workspace().frame();
  ASSERT_TRUE(goTo(stopped));
  EXPECT_TRUE(user.waitUntil([&] {
    return status("frameAndTime").startsWith(QStringLiteral("frame %1 of 30  ").arg(stopped));
  })) << stopped
      << ": " << status("frameAndTime").toStdString();
  const QImage shown = picture();
  ASSERT_TRUE(goTo(stopped == 25 ? 26 : 25));
  EXPECT_NE(picture(), shown);
  ASSERT_TRUE(goTo(stopped));
  EXPECT_EQ(picture(), shown) << "what played is the frame that the status line names";

  user.key(Qt::Key_End);
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().shownFrame()->index == 29; }));
  user.key(Qt::Key_D);
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().shownFrame()->index == 28; }));
  EXPECT_TRUE(user.waitUntil([&] { return status("frameAndTime").startsWith(QStringLiteral("frame 28 of 30")); }));
}

}  // namespace
}  // namespace fiducial::test
