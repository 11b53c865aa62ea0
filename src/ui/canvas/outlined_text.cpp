#include "canvas/outlined_text.h"

#include <QPainter>
#include <QPainterPath>

namespace fiducial::ui {

void paintOutlinedText(QPainter& painter, const Theme& theme, QPointF at, Qt::Alignment alignment,
                       const QString& text) {
  QFont font = painter.font();
  font.setPixelSize(theme.metric("overlayPx"));
  const QFontMetricsF metrics(font);
  const QStringList lines = text.split(QLatin1Char('\n'));
  const double lineHeight = metrics.height() + 2;
  double y = at.y() + metrics.ascent();
  if (alignment.testFlag(Qt::AlignBottom))
    y = at.y() - lineHeight * static_cast<double>(lines.size()) + metrics.ascent() + 2;
  if (alignment.testFlag(Qt::AlignVCenter))
    y = at.y() - lineHeight * static_cast<double>(lines.size()) / 2 + metrics.ascent();

  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (const QString& line : lines) {
    double x = at.x();
    if (alignment.testFlag(Qt::AlignRight)) x -= metrics.horizontalAdvance(line);
    if (alignment.testFlag(Qt::AlignHCenter)) x -= metrics.horizontalAdvance(line) / 2;
    QPainterPath path;
    path.addText(QPointF(x, y), font, line);
    painter.strokePath(path, QPen(theme.color("overlayOutline"), 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(path, theme.color("overlayText"));
    y += lineHeight;
  }
  painter.restore();
}

}  // namespace fiducial::ui
