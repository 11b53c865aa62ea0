#include "panels/media_delegate.h"

#include <QPainter>

#include "panels/label_text.h"
#include "panels/row_painting.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kThumbnailWidthPx = 72;
constexpr int kThumbnailHeightPx = 64;
constexpr int kLinePx = 20;
constexpr int kSmallIconPx = 16;

QRect thumbnailRect(const QRect& row, int padding) {
  return {row.left() + padding, row.top() + padding / 2, kThumbnailWidthPx, kThumbnailHeightPx};
}

QRect textArea(const QRect& row, int padding) {
  return row.adjusted(2 * padding + kThumbnailWidthPx, padding / 2, -padding, -padding / 2);
}

}  // namespace

MediaDelegate::MediaDelegate(const UiContext& context, const MediaModel& model, QObject* parent)
    : QStyledItemDelegate(parent), context_(context), model_(model) {}

QSize MediaDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  const bool heading = !index.data(MediaModel::HeadingRole).toString().isEmpty();
  const int padding = context_.theme.metric("padding");
  return {100, heading ? context_.theme.metric("rowHeight") : kThumbnailHeightPx + padding};
}

QRect MediaDelegate::locateButton(const QRect& row, const QModelIndex& index) const {
  const workspace::MediumItem* item = model_.itemAt(index);
  if (!item || item->available) return {};
  const QRect area = textArea(row, context_.theme.metric("padding"));
  return {area.left(), area.top() + 2 * kLinePx + 1, std::min(area.width(), 84), 22};
}

void MediaDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  painter->save();
  painter->setFont(option.font);
  if (const workspace::MediumItem* item = model_.itemAt(index)) {
    paintRowGround(*painter, context_.theme, option);
    const int padding = context_.theme.metric("padding");
    const QRect thumbnail = thumbnailRect(option.rect, padding);
    paintThumbnail(*painter, thumbnail, *item);
    paintDuration(*painter, thumbnail, item->medium.value.info);
    const QRect area = textArea(option.rect, padding);
    paintTexts(*painter, option, area, *item);
    paintState(*painter, option, index, area, *item);
  } else {
    paintHeading(*painter, option, index);
  }
  painter->restore();
}

void MediaDelegate::paintHeading(QPainter& painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
  const int padding = context_.theme.metric("padding");
  const QRect area = option.rect.adjusted(padding, 0, -padding, 0);
  painter.setPen(context_.theme.color("textSecondary"));
  const QString count = index.data(MediaModel::HeadingCountRole).toString();
  painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, count);
  const int room = area.width() - painter.fontMetrics().horizontalAdvance(count) - padding;
  const QString heading = index.data(MediaModel::HeadingRole).toString();
  painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(heading, Qt::ElideRight, room));
}

void MediaDelegate::paintThumbnail(QPainter& painter, const QRect& rect, const workspace::MediumItem& item) const {
  painter.fillRect(rect, context_.theme.color("ground"));
  const QPixmap thumbnail = model_.thumbnail(item);
  if (thumbnail.isNull()) {
    paintIcon(painter, context_.icons, kindIcon(item.medium.value.info.kind), rect, IconLook::Quiet);
    return;
  }
  const QSize size = thumbnail.size().scaled(rect.size(), Qt::KeepAspectRatio);
  QRect target(QPoint(0, 0), size);
  target.moveCenter(rect.center());
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  if (!item.available) painter.setOpacity(0.4);
  painter.drawPixmap(target, thumbnail);
  painter.setOpacity(1);
}

void MediaDelegate::paintDuration(QPainter& painter, const QRect& thumbnail, const MediumInfo& info) const {
  if (info.kind != MediumKind::Video && info.kind != MediumKind::Cine) return;
  const int seconds = qRound(info.durationSeconds);
  if (seconds <= 0) return;
  const QString text = QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
  QRect chip(0, 0, painter.fontMetrics().horizontalAdvance(text) + 8, 16);
  chip.moveBottomRight(thumbnail.bottomRight() - QPoint(2, 2));
  QColor ground = context_.theme.color("overlayOutline");
  ground.setAlphaF(0.7F);
  painter.fillRect(chip, ground);
  painter.setPen(context_.theme.color("overlayText"));
  painter.drawText(chip, Qt::AlignCenter, text);
}

void MediaDelegate::paintTexts(QPainter& painter, const QStyleOptionViewItem& option, const QRect& area,
                               const workspace::MediumItem& item) const {
  const Medium& medium = item.medium.value;
  const QFontMetrics metrics = painter.fontMetrics();
  QRect line(area.left(), area.top(), area.width(), kLinePx);
  painter.setPen(rowTextColor(context_.theme, option));
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(qt(medium.name), Qt::ElideMiddle, line.width()));
  line.translate(0, kLinePx);
  const QRect icon(line.left(), line.center().y() - kSmallIconPx / 2, kSmallIconPx, kSmallIconPx);
  paintIcon(painter, context_.icons, kindIcon(medium.info.kind), icon,
            option.state.testFlag(QStyle::State_Selected) ? IconLook::OnSelection : IconLook::Quiet);
  painter.setPen(rowTextColor(context_.theme, option, true));
  QStringList said;
  if (!medium.info.modality.empty()) said << qt(medium.info.modality);
  said << extentText(medium.info);
  line.setLeft(icon.right() + 6);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(said.join(QStringLiteral(" · ")), Qt::ElideRight, line.width()));
}

void MediaDelegate::paintState(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                               const QRect& area, const workspace::MediumItem& item) const {
  const Theme& theme = context_.theme;
  if (const QRect button = locateButton(option.rect, index); !button.isEmpty()) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color("warning"), 1));
    painter.setBrush(theme.color("raised"));
    const int radius = theme.metric("radius");
    painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.setPen(theme.color("text"));
    painter.drawText(button, Qt::AlignCenter, tr("Locate..."));
    return;
  }
  QRect line(area.left(), area.top() + 2 * kLinePx, area.width(), kLinePx);
  if (item.done) {
    const QRect tick(line.left(), line.center().y() - kSmallIconPx / 2, kSmallIconPx, kSmallIconPx);
    painter.drawPixmap(tick, context_.icons.pixmap(QStringLiteral("done"), theme.color("success"), kSmallIconPx,
                                                   painter.device()->devicePixelRatioF()));
    line.setLeft(tick.right() + 6);
  }
  const QString labels = item.labels == 0 ? tr("no labels") : labelCountText(item.labels);
  painter.setPen(rowTextColor(theme, option, true));
  const QString text = item.done ? tr("done · %1").arg(labels) : labels;
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
}

}  // namespace fiducial::ui
