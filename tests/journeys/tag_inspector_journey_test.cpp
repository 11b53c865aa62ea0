// The tags of the shown file at the real window: opened from the palette's command, searched, followed to another
// slice, a value copied. Expected values: dcmdump of the demo series.
#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

/// All rows of a tree: "tag|name|type|value".
QStringList rowsOf(const QAbstractItemModel& model, const QModelIndex& parent = {}) {
  QStringList rows;
  for (int row = 0; row < model.rowCount(parent); ++row) {
    QStringList cells;
    for (int column = 0; column < model.columnCount(parent); ++column) {
      cells << model.index(row, column, parent).data().toString();
    }
    rows << cells.join(QLatin1Char('|')) << rowsOf(model, model.index(row, 0, parent));
  }
  return rows;
}

TEST(TagInspectorJourney, TagsAreFoundCopiedAndFollowTheSlice) {
  TemporaryFolder folder;
  Journey user;
  ASSERT_TRUE(user.workspace().newProject(folder / "tags.fiducial"));
  ASSERT_TRUE(user.open({sourceFolder() / "resources/demo/media/ct_abdomen"}));
  user.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
  auto* dialog = user.find<QDialog>("tagInspector");
  ASSERT_NE(dialog, nullptr);
  ASSERT_TRUE(user.waitUntil([&] { return dialog->isVisible(); }));
  auto* tree = user.find<QTreeView>("tagInspector.tree");
  auto* search = user.find<QLineEdit>("tagInspector.search");
  auto* heading = user.find<QLabel>("tagInspector.file");
  const int whole = tree->model()->rowCount();
  EXPECT_GT(whole, 20);

  search->setText(QStringLiteral("modality"));
  const QStringList found = rowsOf(*tree->model());
  ASSERT_EQ(found.size(), 1) << found.join(QLatin1Char('\n')).toStdString();
  EXPECT_EQ(found.front(), QStringLiteral("(0008,0060)|Modality|CS|CT"));
  tree->setCurrentIndex(tree->model()->index(0, 0));
  user.find<QPushButton>("tagInspector.copy")->click();
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("CT"));
  if (const QByteArray screenshots = qgetenv("FIDUCIAL_SCREENSHOTS"); !screenshots.isEmpty()) {
    search->setText(QStringLiteral("pixel"));
    QApplication::processEvents();
    dialog->grab().save(QString::fromLocal8Bit(screenshots) + QStringLiteral("/tag_inspector_search.png"));
  }
  search->clear();
  EXPECT_EQ(tree->model()->rowCount(), whole);
  if (const QByteArray screenshots = qgetenv("FIDUCIAL_SCREENSHOTS"); !screenshots.isEmpty()) {
    QApplication::processEvents();
    dialog->grab().save(QString::fromLocal8Bit(screenshots) + QStringLiteral("/tag_inspector.png"));
  }

  const QString first = heading->text();
  user.workspace().stepFrame(1);
  EXPECT_TRUE(user.waitUntil([&] { return heading->text() != first; })) << "the file of the next slice is shown";
  search->setFocus();
  user.key(Qt::Key_Escape);
  EXPECT_FALSE(dialog->isVisible()) << "from its search field too";
}

}  // namespace
}  // namespace fiducial::test
