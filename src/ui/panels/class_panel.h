// The classes: a click makes one the class of the next label; names, colours and keys are changed here.
#pragma once

#include <QWidget>
#include <set>

#include "ui_context.h"

class QLineEdit;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace fiducial::ui {

class ClassModel;
class EmptyState;

class ClassPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit ClassPanel(UiContext context, QWidget* parent = nullptr);

 public Q_SLOTS:
  /// Shows the field for a new class's name and puts the cursor into it.
  void startAdding();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildTree();
  void buildHeader();
  void refresh(workspace::Topics topics);
  void rebuildTree();
  void markCurrent();
  void addClass();
  void openMenu(const QPoint& at);

  UiContext context_;
  ClassModel* model_;
  QTreeView* tree_;
  QToolButton* add_;
  QLineEdit* name_;
  EmptyState* empty_;
  QWidget* header_;
  QStackedLayout* pages_;
  std::set<ClassId> folded_;
};

}  // namespace fiducial::ui
