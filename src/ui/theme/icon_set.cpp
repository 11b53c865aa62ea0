#include "theme/icon_set.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace fiducial::ui {

QPixmap IconSet::pixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio) const {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QByteArray svg = file.readAll();
  svg.replace("currentColor", color.name().toLatin1());
  QSvgRenderer renderer(svg);
  QPixmap pixmap(qRound(size * devicePixelRatio), qRound(size * devicePixelRatio));
  pixmap.setDevicePixelRatio(devicePixelRatio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter, QRectF(0, 0, size, size));
  return pixmap;
}

QIcon IconSet::icon(const QString& name) const {
  if (name.isEmpty()) return {};
  if (const auto it = cache_.constFind(name); it != cache_.constEnd()) return *it;
  QIcon icon;
  const int size = theme_.metric("icon");
  for (const qreal ratio : {1.0, 1.5, 2.0, 3.0}) {
    const QPixmap normal = pixmap(name, theme_.color("text"), size, ratio);
    if (normal.isNull()) break;
    icon.addPixmap(normal, QIcon::Normal, QIcon::Off);
    icon.addPixmap(pixmap(name, theme_.color("textOnSelection"), size, ratio), QIcon::Normal, QIcon::On);
    icon.addPixmap(pixmap(name, theme_.color("textDisabled"), size, ratio), QIcon::Disabled, QIcon::Off);
  }
  cache_.insert(name, icon);
  return icon;
}

}  // namespace fiducial::ui
