// Text that gives way: one line, or a few, cut with an ellipsis where it does not fit, whole in its tooltip.
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
  /// More than one: the text is wrapped, and the height follows the width.
  void setMaxLines(int lines);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;
  [[nodiscard]] bool hasHeightForWidth() const override { return maxLines_ > 1; }
  [[nodiscard]] int heightForWidth(int width) const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  [[nodiscard]] QStringList linesFor(int width) const;

  QString text_;
  int maxLines_ = 1;
  QColor color_;
  Qt::TextElideMode mode_ = Qt::ElideRight;
};

}  // namespace fiducial::ui
