#include "panels/annotation_delegate.h"

#include <QPainter>

#include "panels/annotation_model.h"
#include "panels/row_painting.h"

namespace fiducial::ui {
namespace {

constexpr int kTogglePx = 24;
constexpr int kSwatchPx = 12;
constexpr int kIconPx = 16;

QRect middle(const QRect& rect, int size) {
  return {rect.center().x() - size / 2, rect.center().y() - size / 2, size, size};
}

}  // namespace

AnnotationDelegate::AnnotationDelegate(const UiContext& context, QObject* parent)
    : QStyledItemDelegate(parent), context_(context) {}

QRect AnnotationDelegate::lockRect(const QRect& row) {
  return {row.right() - kTogglePx, row.top(), kTogglePx, row.height()};
}

QRect AnnotationDelegate::eyeRect(const QRect& row) { return lockRect(row).translated(-kTogglePx, 0); }

QSize AnnotationDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {100, context_.theme.metric("rowHeight")};
}

void AnnotationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = context_.theme;
  const int padding = theme.metric("padding");
  const bool hidden = index.data(AnnotationModel::HiddenRole).toBool();
  const bool locked = index.data(AnnotationModel::LockedRole).toBool();
  painter->save();
  painter->setFont(option.font);
  paintRowGround(*painter, theme, option);

  const bool selected = option.state.testFlag(QStyle::State_Selected);
  const IconLook plain = selected ? IconLook::OnSelection : IconLook::Plain;
  const IconLook quiet = selected ? IconLook::OnSelection : IconLook::Quiet;
  QRect area = option.rect.adjusted(padding, 0, -2 * kTogglePx - 4, 0);
  if (const QColor color = index.data(AnnotationModel::ColorRole).value<QColor>(); color.isValid())
    paintSwatch(*painter, theme, middle({area.left(), area.top(), kSwatchPx, area.height()}, kSwatchPx), color);
  area.setLeft(area.left() + kSwatchPx + 6);
  paintIcon(*painter, context_.icons, index.data(AnnotationModel::IconRole).toString(),
            middle({area.left(), area.top(), kIconPx, area.height()}, kIconPx), hidden ? quiet : plain);
  area.setLeft(area.left() + kIconPx + 6);

  const QString where = index.data(AnnotationModel::WhereRole).toString();
  painter->setPen(rowTextColor(theme, option, true));
  painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, where);
  area.setRight(area.right() - painter->fontMetrics().horizontalAdvance(where) - padding);
  painter->setPen(hidden ? theme.color("textDisabled") : rowTextColor(theme, option));
  painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                    painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));

  if (index.data(AnnotationModel::OnPictureRole).toBool()) {
    paintIcon(*painter, context_.icons, hidden ? QStringLiteral("eye_off") : QStringLiteral("eye"),
              middle(eyeRect(option.rect), kIconPx), hidden ? plain : quiet);
    paintIcon(*painter, context_.icons, locked ? QStringLiteral("lock") : QStringLiteral("unlock"),
              middle(lockRect(option.rect), kIconPx), locked ? plain : quiet);
  }
  painter->restore();
}

}  // namespace fiducial::ui
