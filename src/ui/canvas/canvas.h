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

 Q_SIGNALS:
  void hovered(int view, std::optional<ImagePoint> at);
  void menuWished(int view, const QPoint& globalPosition);

 private:
  void refresh(workspace::Topics topics);
  void arrange();
  void toggleMaximised(int view);
  [[nodiscard]] QWidget* makeEmptyState();
  void addRecent(QVBoxLayout& column, QWidget* empty);

  UiContext context_;
  KeyRouter& keys_;
  QStackedLayout* stack_;
  QGridLayout* grid_;
  QWidget* viewsHost_;
  std::vector<ViewWidget*> views_;
  int maximised_ = -1;
  int arranged_ = 0;  ///< views the grid was laid out for
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
