// The media of the project, by subject and study, with thumbnails and progress; a click shows one.
#pragma once

#include <QWidget>

#include "ui_context.h"

class QLineEdit;
class QListView;
class QStackedLayout;

namespace fiducial::ui {

class EmptyState;
class MediaDelegate;
class MediaModel;

class MediaPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit MediaPanel(UiContext context, QWidget* parent = nullptr);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void refresh(workspace::Topics topics);
  void showPages();
  void markCurrent();
  void showMedium(const QModelIndex& index);
  void openMenu(const QPoint& at);
  void locate(const workspace::MediumItem& item);

  UiContext context_;
  MediaModel* model_;
  MediaDelegate* delegate_;
  QListView* list_;
  QLineEdit* filter_;
  QStackedLayout* pages_;
  EmptyState* noMedia_;
  EmptyState* noMatch_;
};

}  // namespace fiducial::ui
