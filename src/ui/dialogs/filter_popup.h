// A field and a list that narrows while typing; arrows move, Enter takes, Esc closes. Used by palette and class popup.
#pragma once

#include <QFrame>
#include <QString>
#include <functional>
#include <vector>

#include "ui_context.h"

class QLineEdit;
class QListWidget;

namespace fiducial::ui {

class FilterPopup : public QFrame {
  Q_OBJECT
 public:
  struct Entry {
    QString text;
    QString secondary;  ///< at the right: a key, a count
    QColor swatch;      ///< invalid: none
    bool enabled = true;
    std::function<void()> take;
  };
  FilterPopup(const UiContext& context, QWidget* window, const QString& name, const QString& placeholder);

 protected:
  /// Entries for what is typed, best first.
  virtual std::vector<Entry> entriesFor(const QString& typed) = 0;
  void openAt(QPoint topLeft, int width);
  bool eventFilter(QObject* watched, QEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  [[nodiscard]] const UiContext& context() const { return context_; }

 private:
  void refill();
  void take();

  UiContext context_;
  QLineEdit* field_;
  QListWidget* list_;
  std::vector<Entry> entries_;
  int width_ = 0;  ///< kept while the list narrows
};

/// How well `typed` fits `text`: the letters of each word in order, whatever the order of the
/// words; word starts and runs count more; below 0: not at all.
[[nodiscard]] int matchScore(const QString& typed, const QString& text);

}  // namespace fiducial::ui
