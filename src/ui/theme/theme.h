// One table of colours and sizes for the whole window, read from resources/themes. No colour stands in code.
#pragma once

#include <QColor>
#include <QHash>
#include <QPalette>
#include <QString>
#include <QStringList>

namespace fiducial::ui {

/// Owner: the application; widgets borrow it for their whole life. Sizes are logical pixels.
class Theme {
 public:
  /// "dark", "light" or "high-contrast"; an unknown name gives dark.
  static Theme load(const QString& name);
  static QStringList names();

  [[nodiscard]] QColor color(const char* name) const;
  [[nodiscard]] int metric(const char* name) const;
  [[nodiscard]] QPalette palette() const;
  /// Colour of the n-th new class; repeats after the palette's length.
  [[nodiscard]] const QStringList& labelPalette() const { return labelPalette_; }
  [[nodiscard]] const QString& name() const { return name_; }

 private:
  QString name_;
  QHash<QString, QColor> colors_;
  QHash<QString, int> metrics_;
  QStringList labelPalette_;
};

}  // namespace fiducial::ui
