#include "dialogs/file_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QScreen>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>
#include <QWidget>
#include <algorithm>
#include <array>

namespace fiducial::ui {
namespace {

constexpr QSize kSize{960, 600};
constexpr int kPlacesPx = 170;
constexpr std::array kColumnsPx{340, 90, 140, 170};  ///< name, size, type, date

/// A project has files beside it while it is open, which nobody may open or copy alone.
class WithoutSideFiles final : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    static constexpr std::array kSideFiles{".fiducial-wal", ".fiducial-shm", ".fiducial.lock"};
    const QString name = sourceModel()->index(row, 0, parent).data().toString();
    return std::ranges::none_of(kSideFiles, [&](const char* end) { return name.endsWith(QLatin1String(end)); });
  }
};

void prepare(QFileDialog& dialog, const QString& place) {
  dialog.setProxyModel(new WithoutSideFiles(&dialog));
  const QWidget* window = dialog.parentWidget() ? dialog.parentWidget()->window() : nullptr;
  dialog.resize(window ? kSize.boundedTo(window->screen()->availableSize()) : kSize);
  if (auto* places = dialog.findChild<QSplitter*>()) places->setSizes({kPlacesPx, kSize.width() - kPlacesPx});
  if (auto* list = dialog.findChild<QTreeView*>(QStringLiteral("treeView")))
    for (int column = 0; column < static_cast<int>(kColumnsPx.size()); ++column)
      list->header()->resizeSection(column, kColumnsPx[static_cast<std::size_t>(column)]);
  const QFileInfo start(place.isEmpty() ? QDir::homePath() : place);
  QDir folder(start.isDir() ? start.absoluteFilePath() : start.absolutePath());
  while (!folder.exists() && !folder.isRoot()) folder = QDir(QFileInfo(folder.absolutePath()).absolutePath());
  dialog.setDirectory(folder);
  const bool isNew = dialog.acceptMode() == QFileDialog::AcceptSave;
  if (!start.isDir() && (isNew || start.exists())) dialog.selectFile(start.fileName());
}

QStringList run(QFileDialog& dialog) {
  return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles() : QStringList();
}

}  // namespace

QStringList chooseFiles(QWidget* parent, const QString& title, const QString& place, const QString& filters) {
  QFileDialog dialog(parent, title, {}, filters);
  dialog.setFileMode(QFileDialog::ExistingFiles);
  prepare(dialog, place);
  return run(dialog);
}

QString chooseFile(QWidget* parent, const QString& title, const QString& place, const QString& filters) {
  QFileDialog dialog(parent, title, {}, filters);
  dialog.setFileMode(QFileDialog::ExistingFile);
  prepare(dialog, place);
  return run(dialog).value(0);
}

QString chooseFolder(QWidget* parent, const QString& title, const QString& place) {
  QFileDialog dialog(parent, title);
  dialog.setFileMode(QFileDialog::Directory);
  dialog.setOption(QFileDialog::ShowDirsOnly);
  prepare(dialog, place);
  return run(dialog).value(0);
}

QString chooseNewFile(QWidget* parent, const QString& title, const QString& place, const QString& filters,
                      const QString& suffix) {
  QFileDialog dialog(parent, title, {}, filters);
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setDefaultSuffix(suffix);
  prepare(dialog, place);
  const QString file = run(dialog).value(0);
  // Qt adds nothing to a name with a dot in it: "Study 2026.11".
  const bool isNamed = file.isEmpty() || file.endsWith(QLatin1Char('.') + suffix, Qt::CaseInsensitive);
  return isNamed ? file : file + QLatin1Char('.') + suffix;
}

}  // namespace fiducial::ui
