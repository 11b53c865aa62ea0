// Draws a label's row: swatch, kind, class, place, eye and lock.
#pragma once

#include <QStyledItemDelegate>

#include "ui_context.h"

namespace fiducial::ui {

class AnnotationDelegate final : public QStyledItemDelegate {
  Q_OBJECT
 public:
  explicit AnnotationDelegate(const UiContext& context, QObject* parent = nullptr);

  [[nodiscard]] static QRect eyeRect(const QRect& row);
  [[nodiscard]] static QRect lockRect(const QRect& row);

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  UiContext context_;
};

}  // namespace fiducial::ui
