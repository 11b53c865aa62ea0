#include "panels/row_painting.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyleOptionViewItem>

namespace fiducial::ui {
namespace {

constexpr int kSwatchIconPx = 14;

}  // namespace

void paintRowGround(QPainter& painter, const Theme& theme, const QStyleOptionViewItem& option) {
  if (option.state.testFlag(QStyle::State_Selected))
    painter.fillRect(option.rect, theme.color("selection"));
  else if (option.state.testFlag(QStyle::State_MouseOver))
    painter.fillRect(option.rect, theme.color("hover"));
  // Rows are reached with Tab and the arrows as well; a click does not draw the ring.
  if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
    const int ring = theme.metric("focusRing");
    painter.save();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color("focusRing"), ring));
    painter.drawRect(QRectF(option.rect).adjusted(ring / 2.0, ring / 2.0, -ring / 2.0, -ring / 2.0));
    painter.restore();
  }
}

QColor rowTextColor(const Theme& theme, const QStyleOptionViewItem& option, bool secondary) {
  if (option.state.testFlag(QStyle::State_Selected)) return theme.color("textOnSelection");
  return theme.color(secondary ? "textSecondary" : "text");
}

void paintSwatch(QPainter& painter, const Theme& theme, const QRect& rect, const QColor& color) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.color("ground"), 1));
  painter.setBrush(color);
  painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  painter.restore();
}

void paintKeyChip(QPainter& painter, const Theme& theme, const QRect& rect, const QString& key, const QColor& text) {
  const int width = std::max(16, painter.fontMetrics().horizontalAdvance(key) + 8);
  const QRect chip(rect.center().x() - width / 2, rect.center().y() - 8, width, 16);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.color("fieldEdge"), 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  painter.setPen(text);
  painter.drawText(chip, Qt::AlignCenter, key);
  painter.restore();
}

void paintIcon(QPainter& painter, const IconSet& icons, const QString& name, const QRect& rect, IconLook look) {
  icons.icon(name).paint(&painter, rect, Qt::AlignCenter, look == IconLook::Quiet ? QIcon::Disabled : QIcon::Normal,
                         look == IconLook::OnSelection ? QIcon::On : QIcon::Off);
}

QIcon swatchIcon(const Theme& theme, const QColor& color, qreal devicePixelRatio) {
  QPixmap pixmap(qRound(kSwatchIconPx * devicePixelRatio), qRound(kSwatchIconPx * devicePixelRatio));
  pixmap.setDevicePixelRatio(devicePixelRatio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  paintSwatch(painter, theme, QRect(0, 0, kSwatchIconPx, kSwatchIconPx), color);
  return QIcon(pixmap);
}

QFont listFont(const Theme& theme, const QFont& from) {
  QFont font = from;
  font.setPixelSize(theme.metric("listPx"));
  return font;
}

void setUpRows(QAbstractItemView* view, const Theme& theme, const QString& objectName, const QString& accessibleName) {
  view->setObjectName(objectName);
  view->setAccessibleName(accessibleName);
  view->setFont(listFont(theme, view->font()));
  view->setFrameShape(QFrame::NoFrame);
  view->setFocusPolicy(Qt::TabFocus);
  view->setMouseTracking(true);
  view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  view->setContextMenuPolicy(Qt::CustomContextMenu);
}

}  // namespace fiducial::ui
