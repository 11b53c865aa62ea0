// The row under the menu: project, undo and redo; layout, window; what the views show; the search.
#pragma once

#include <QWidget>
#include <initializer_list>

#include "ui_context.h"

class QHBoxLayout;
class QMenu;

namespace fiducial::ui {

class ElidedLabel;

class TopBar final : public QWidget {
  Q_OBJECT
 public:
  explicit TopBar(UiContext context, QWidget* parent = nullptr);

 private:
  void addCommand(QHBoxLayout* row, const QString& id);
  /// A button with a menu, filled when it opens.
  [[nodiscard]] QMenu* addMenu(QHBoxLayout* row, const QString& name, const QString& icon, const QString& text,
                               const QString& hint);
  void addSeparator(QHBoxLayout* row);
  void addSearch(QHBoxLayout* row);
  /// Commands of the table; an empty id is a separator.
  void fillCommands(QMenu* menu, std::initializer_list<const char*> ids);
  void fillPresets(QMenu* menu);
  void refresh();

  UiContext context_;
  ElidedLabel* project_;
  QMenu* layout_;  ///< children of their buttons
  QMenu* presets_;
  QMenu* options_;
};

}  // namespace fiducial::ui
