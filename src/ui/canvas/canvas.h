// The middle of the window: one view or four around a crosshair, or what to do while there is nothing to show.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "canvas/view_widget.h"
#include "ui_context.h"

class QGridLayout;
class QLabel;
class QStackedLayout;
class QVBoxLayout;

namespace fiducial::ui {

class Canvas final : public QWidget {
  Q_OBJECT
 public:
  Canvas(UiContext context, KeyRouter& keys, QWidget* parent = nullptr);
  [[nodiscard]] ViewWidget* view(int index) const { return views_.at(static_cast<std::size_t>(index)); }
  void focusPicture();
  /// The message strip hides so many pixels from the top: texts of the views keep clear of it.
  void setCoveredTop(int px);

 Q_SIGNALS:
  void hovered(int view, std::optional<ImagePoint> at);
  void menuWished(int view, const QPoint& globalPosition);

 protected:
  bool event(QEvent* event) override;

 private:
  void refresh(workspace::Topics topics);
  void arrange();
  void tellCover();
  void toggleMaximised(int view);
  [[nodiscard]] QWidget* makeEmptyState();
  void addRecent(QVBoxLayout& column, QWidget* empty);
  /// What to do, or what is being done about it.
  void showEmptyState();

  UiContext context_;
  KeyRouter& keys_;
  QStackedLayout* stack_;
  QGridLayout* grid_;
  QWidget* viewsHost_;
  QLabel* headline_ = nullptr;
  QWidget* offers_ = nullptr;
  std::vector<ViewWidget*> views_;
  int maximised_ = -1;
  int coveredTopPx_ = 0;
  int arranged_ = 0;  ///< views the grid was laid out for
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
