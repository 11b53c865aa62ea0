// Fusion with flat separators, thin fields and a focus ring for the keyboard only; sizes come from the theme.
#pragma once

#include <QProxyStyle>

#include "theme/icon_set.h"
#include "theme/theme.h"

namespace fiducial::ui {

class FiducialStyle final : public QProxyStyle {
  Q_OBJECT
 public:
  explicit FiducialStyle(const Theme& theme);

  int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* returnData) const override;
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget) const override;
  QIcon standardIcon(StandardPixmap which, const QStyleOption* option = nullptr,
                     const QWidget* widget = nullptr) const override;

 private:
  void drawCheckBox(const QStyleOption& option, QPainter* painter) const;

  const Theme& theme_;
  IconSet icons_;
};

}  // namespace fiducial::ui
