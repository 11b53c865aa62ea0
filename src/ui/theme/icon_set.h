// The program's line icons in the colours of the theme, crisp at any device pixel ratio.
#pragma once

#include <QHash>
#include <QIcon>
#include <QString>

#include "theme/theme.h"

namespace fiducial::ui {

class IconSet {
 public:
  explicit IconSet(const Theme& theme) : theme_(theme) {}
  /// resources/icons/<name>.svg; an unknown name gives an empty icon.
  [[nodiscard]] QIcon icon(const QString& name) const;
  [[nodiscard]] QPixmap pixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio) const;

 private:
  const Theme& theme_;
  mutable QHash<QString, QIcon> cache_;
};

}  // namespace fiducial::ui
