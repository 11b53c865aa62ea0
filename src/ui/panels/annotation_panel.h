// The labels of this frame, or of the whole medium: select, go there, hide, lock, delete.
#pragma once

#include <QWidget>

#include "ui_context.h"

class QLabel;
class QListView;
class QMenu;
class QStackedLayout;
class QToolButton;

namespace fiducial::ui {

class AnnotationModel;
class EmptyState;

class AnnotationPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit AnnotationPanel(UiContext context, QWidget* parent = nullptr);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildHeader();
  void buildList();
  [[nodiscard]] QToolButton* extentButton(const QString& name, const QString& text, const QString& hint, bool all);
  void refresh(workspace::Topics topics);
  void showTexts();
  [[nodiscard]] QString emptyText() const;
  /// The window's selection to the list, and back.
  void showSelection();
  void passSelection();
  bool toggleAt(const QPoint& at);
  void openMenu(const QPoint& at);
  void fillMenu(QMenu& menu, edit::LabelRef label);

  UiContext context_;
  AnnotationModel* model_;
  QListView* list_;
  QToolButton* thisFrame_;
  QToolButton* all_;
  QLabel* count_;
  EmptyState* empty_;
  QStackedLayout* pages_;
  bool showingSelection_ = false;  ///< the list follows: nothing to pass on
};

}  // namespace fiducial::ui
