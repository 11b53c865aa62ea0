// What an empty list says: what belongs here, how to get it, and a button that does it.
#pragma once

#include <QWidget>

#include "ui_context.h"

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace fiducial::ui {

class EmptyState final : public QWidget {
  Q_OBJECT
 public:
  EmptyState(const UiContext& context, const QString& icon, const QString& text, QWidget* parent = nullptr);
  void setText(const QString& text);
  /// Adds a button for a command; nothing where the table has no such command.
  void offer(const QString& commandId);

 private:
  const UiContext context_;
  QLabel* text_;
  QVBoxLayout* layout_;
};

}  // namespace fiducial::ui
