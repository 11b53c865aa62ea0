// Draws a class: swatch, name, number of labels, key. Editing writes its name in place.
#pragma once

#include <QStyledItemDelegate>

#include "ui_context.h"

namespace fiducial::ui {

class ClassDelegate final : public QStyledItemDelegate {
  Q_OBJECT
 public:
  explicit ClassDelegate(const UiContext& context, QObject* parent = nullptr);

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const override;

 private:
  UiContext context_;
};

}  // namespace fiducial::ui
