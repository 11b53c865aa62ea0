// What the message strip only counts, as a list to read and to copy: files left out, labels a format could not hold.
#pragma once

#include <QFrame>
#include <string>
#include <vector>

#include "ui_context.h"

class QListWidget;

namespace fiducial::ui {

/// Owner: itself; deleted when it closes. Esc or a click elsewhere closes it.
class MessageDetails final : public QFrame {
  Q_OBJECT
 public:
  MessageDetails(const UiContext& context, const QString& heading, const std::vector<std::string>& notes,
                 QWidget* window);
  void openUnder(QPoint globalPosition, int width);

 protected:
  void hideEvent(QHideEvent* event) override;

 private:
  void copyAll() const;
  QWidget* window_;
  QListWidget* list_;
};

}  // namespace fiducial::ui
