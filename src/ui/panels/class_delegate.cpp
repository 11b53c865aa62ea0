#include "panels/class_delegate.h"

#include <QPainter>

#include "panels/class_model.h"
#include "panels/row_painting.h"

namespace fiducial::ui {
namespace {

constexpr int kSwatchPx = 14;
constexpr int kKeyPx = 24;
constexpr int kCountPx = 40;

QRect nameRect(const QRect& row, int padding) {
  return row.adjusted(kSwatchPx + padding + 4, 0, -kKeyPx - kCountPx, 0);
}

}  // namespace

ClassDelegate::ClassDelegate(const UiContext& context, QObject* parent)
    : QStyledItemDelegate(parent), context_(context) {}

QSize ClassDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {100, context_.theme.metric("rowHeight")};
}

void ClassDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex&) const {
  editor->setGeometry(nameRect(option.rect, context_.theme.metric("padding")).adjusted(-4, 0, 0, 0));
}

void ClassDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = context_.theme;
  const int padding = theme.metric("padding");
  painter->save();
  painter->setFont(option.font);
  paintRowGround(*painter, theme, option);
  const QRect row = option.rect;
  const QRect swatch(row.left() + 4, row.center().y() - kSwatchPx / 2, kSwatchPx, kSwatchPx);
  paintSwatch(*painter, theme, swatch, index.data(ClassModel::ColorRole).value<QColor>());
  const QRect name = nameRect(row, padding);
  QFont font = option.font;
  font.setBold(index.data(ClassModel::IsCurrentRole).toBool());
  painter->setFont(font);
  painter->setPen(rowTextColor(theme, option));
  painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                    painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, name.width()));
  painter->setFont(option.font);
  const QColor secondary = rowTextColor(theme, option, true);
  painter->setPen(secondary);
  const QRect count(row.right() - kKeyPx - kCountPx, row.top(), kCountPx - 6, row.height());
  if (const int labels = index.data(ClassModel::CountRole).toInt(); labels > 0)
    painter->drawText(count, Qt::AlignRight | Qt::AlignVCenter, QString::number(labels));
  const QRect key(row.right() - kKeyPx, row.top(), kKeyPx - 4, row.height());
  if (const QString sign = index.data(ClassModel::HotkeyRole).toString(); !sign.isEmpty())
    paintKeyChip(*painter, theme, key, sign, secondary);
  painter->restore();
}

}  // namespace fiducial::ui
