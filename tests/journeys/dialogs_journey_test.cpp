// The dialogs, filled in by hand: media that were moved are located, labels go out and come in again.
#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <fstream>
#include <nlohmann/json.hpp>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

namespace fs = std::filesystem;

std::string path(const fs::path& file) { return file.string(); }

template <class Widget>
Widget* part(QWidget& dialog, const char* name) {
  auto* found = dialog.findChild<Widget*>(QString::fromLatin1(name));
  EXPECT_NE(found, nullptr) << name;
  return found;
}

class DialogJourney : public ::testing::Test {
 protected:
  void start(const char* medium) {
    fs::create_directories(folder / "here");
    file = folder / "here" / medium;
    fs::copy_file(sourceFolder() / "resources/demo/media" / medium, file);
    ASSERT_TRUE(user.workspace().newProject(project));
    ASSERT_TRUE(user.open({file}));
    ASSERT_TRUE(user.workspace().addClass("grasper"));
    ASSERT_TRUE(user.settle());
  }
  void drawBox() {
    user.key(Qt::Key_B);
    user.drag({100, 100}, {200, 180});
    ASSERT_TRUE(user.settle());
  }
  /// Closes, moves the file away, and opens the project again.
  void moveMedium() {
    user.restart();
    fs::create_directories(folder / "there");
    fs::rename(file, folder / "there" / file.filename());
    user.workspace().openPaths({project});
    ASSERT_TRUE(user.waitUntil([&] { return user.workspace().isIdle() && !user.workspace().media().empty(); }));
    ASSERT_TRUE(user.waitUntil([&] { return !user.workspace().media().front().available; }));
  }
  void expectFound() {
    ASSERT_TRUE(user.waitUntil([&] { return user.workspace().isIdle() && user.workspace().pictureView(0); }));
    EXPECT_TRUE(user.workspace().media().front().available);
    EXPECT_EQ(user.workspace().labels().annotations().size(), 1U) << "its labels are still its own";
  }
  [[nodiscard]] const workspace::LabelStore& labels() { return user.workspace().labels(); }

  TemporaryFolder folder;
  fs::path project = folder / "work.fiducial";
  fs::path file;
  Journey user;
};

TEST_F(DialogJourney, AMovedPictureIsLocatedThroughTheMenuCommand) {
  start("chest_xray.dcm");
  drawBox();
  moveMedium();
  user.screenshot(QStringLiteral("missing"));
  const bool answered = user.inDialog([&] { EXPECT_TRUE(user.choose("file.locate")); },
                                      [&](QWidget& dialog) { Journey::answerFileDialog(dialog, folder / "there"); });
  ASSERT_TRUE(answered);
  expectFound();
}

TEST_F(DialogJourney, AMovedPictureIsLocatedByTheButtonBesideItsName) {
  start("chest_xray.dcm");
  drawBox();
  moveMedium();
  auto* list = user.find<QListView>("mediaList");
  ASSERT_NE(list, nullptr);
  const QRect row = list->visualRect(list->model()->index(1, 0));  // below the heading
  const bool answered =
      user.inDialog([&] { user.clickOn(list->viewport(), QPoint(row.left() + 110, row.bottom() - 14)); },
                    [&](QWidget& dialog) { Journey::answerFileDialog(dialog, folder / "there" / file.filename()); });
  ASSERT_TRUE(answered);
  expectFound();
}

TEST_F(DialogJourney, AVideoIsExportedByTheDialogAndTheCocoReadBackByTheImportDialog) {
  start("surgery.mp4");
  user.workspace().setFrame(10);
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().isPictureCurrent(); }));
  drawBox();
  ASSERT_EQ(labels().tracks().size(), 1U);
  user.workspace().setFrame(12);
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().isPictureCurrent(); }));
  user.key(Qt::Key_C, Qt::ShiftModifier);
  ASSERT_TRUE(user.settle());
  const Box drawn = std::get<Box>(labels().tracks().begin()->second.keyframes.front().value.shape);

  const fs::path out = folder / "dataset";
  const bool exported =
      user.inDialog([&] { user.key(Qt::Key_E, Qt::ControlModifier); },
                    [&](QWidget& dialog) {
                      auto* format = part<QComboBox>(dialog, "export.format");
                      format->setCurrentIndex(format->findData(QStringLiteral("coco")));
                      part<QLineEdit>(dialog, "export.folder")->setText(QString::fromStdString(path(out)));
                      part<QPushButton>(dialog, "export.export")->click();
                    });
  ASSERT_TRUE(exported);
  ASSERT_TRUE(user.settle());
  std::ifstream stream(out / "annotations/instances_default.json");
  const auto json = nlohmann::json::parse(stream, nullptr, false);
  ASSERT_TRUE(json.is_object());
  ASSERT_EQ(json["annotations"].size(), 3U) << "frames 10, 11 and 12";
  for (const auto& annotation : json["annotations"]) EXPECT_DOUBLE_EQ(annotation["bbox"][0].get<double>(), drawn.x);
  EXPECT_EQ(json["images"].size(), 3U);
  for (const auto& image : json["images"])
    EXPECT_TRUE(fs::exists(out / "images" / image["file_name"].get<std::string>()) ||
                fs::exists(out / image["file_name"].get<std::string>()))
        << image["file_name"];

  project = folder / "second.fiducial";
  user.restart();
  ASSERT_TRUE(user.workspace().newProject(project));
  ASSERT_TRUE(user.open({file}));
  const bool imported =
      user.inDialog([&] { user.key(Qt::Key_I, Qt::ControlModifier); },
                    [&](QWidget& dialog) {
                      auto* format = part<QComboBox>(dialog, "import.format");
                      format->setCurrentIndex(format->findData(QStringLiteral("coco")));
                      auto* import = part<QPushButton>(dialog, "import.import");
                      EXPECT_FALSE(import->isEnabled()) << "no file yet";
                      part<QLineEdit>(dialog, "import.file")
                          ->setText(QString::fromStdString(path(out / "annotations/instances_default.json")));
                      EXPECT_TRUE(import->isEnabled());
                      import->click();
                    });
  ASSERT_TRUE(imported);
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().tracks().size(), 1U) << (user.workspace().message() ? user.workspace().message()->text : "");
  const auto& track = labels().tracks().begin()->second;
  EXPECT_EQ(track.firstFrame(), 10);
  EXPECT_EQ(std::get<Box>(track.keyframes.front().value.shape), drawn);
  ASSERT_TRUE(user.workspace().message());
  EXPECT_EQ(user.workspace().message()->commandId, "edit.undo") << "an import is one edit, taken back by one button";
}

TEST_F(DialogJourney, AFileThatIsNoDatasetIsRefusedInTheStripAndNothingChanges) {
  start("chest_xray.dcm");
  std::ofstream(folder / "notes.json") << "{\"a\": ";
  const auto edits = user.workspace().project()->history()->size();
  const bool answered = user.inDialog(
      [&] { user.key(Qt::Key_I, Qt::ControlModifier); },
      [&](QWidget& dialog) {
        part<QLineEdit>(dialog, "import.file")->setText(QString::fromStdString(path(folder / "notes.json")));
        part<QPushButton>(dialog, "import.import")->click();
      });
  ASSERT_TRUE(answered);
  ASSERT_TRUE(user.settle());
  ASSERT_TRUE(user.workspace().message());
  EXPECT_EQ(user.workspace().message()->kind, workspace::Message::Kind::Error);
  EXPECT_NE(user.workspace().message()->text.find("notes.json"), std::string::npos);
  EXPECT_EQ(user.workspace().project()->history()->size(), edits);
}

}  // namespace
}  // namespace fiducial::test
