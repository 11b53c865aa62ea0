// One line of text that gives way: cut with an ellipsis where it does not fit, whole in its tooltip.
#pragma once

#include <QWidget>

namespace fiducial::ui {

class ElidedLabel final : public QWidget {
  Q_OBJECT
 public:
  explicit ElidedLabel(QWidget* parent = nullptr);
  void setText(const QString& text);
  [[nodiscard]] const QString& text() const { return text_; }
  void setElideMode(Qt::TextElideMode mode) { mode_ = mode; }
  void setColor(const QColor& color);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString text_;
  QColor color_;
  Qt::TextElideMode mode_ = Qt::ElideRight;
};

}  // namespace fiducial::ui
