// The header of the shown DICOM file, searchable: tag, name, type and value of every element.
#pragma once

#include <QDialog>
#include <filesystem>
#include <memory>

#include "ui_context.h"

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace fiducial::ui {

class TagModel;

/// Stays open beside the picture and follows it: the file of the current slice. Thread: the application's.
class TagInspector final : public QDialog {
  Q_OBJECT
 public:
  TagInspector(const UiContext& context, QWidget* window);

  void open() override;  ///< not modal
  /// Any DICOM file.
  void showFile(const std::filesystem::path& path);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void follow();
  void filter(const QString& text);
  void copyValue();

  const UiContext& context_;
  std::filesystem::path shown_;
  QLineEdit* search_;
  QLabel* heading_;
  QTreeView* view_;
  TagModel* model_;
  QSortFilterProxyModel* proxy_;
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
