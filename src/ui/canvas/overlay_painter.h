// Shapes, handles and the gesture in progress over a picture. Masks are drawn by the render module.
#pragma once

#include <QPainterPath>
#include <QTransform>

#include "fiducial/core/shape.h"
#include "ui_context.h"

class QPainter;

namespace fiducial::ui {

/// `toScreen` maps picture coordinates to the widget's logical pixels.
void paintShapes(QPainter& painter, const UiContext& context, const QTransform& toScreen);
/// The outline of a shape in picture coordinates; open for lines. Empty for masks, points and notes.
[[nodiscard]] QPainterPath outlineOf(const Shape& shape);
[[nodiscard]] QColor classColor(const UiContext& context, ClassId id);

}  // namespace fiducial::ui
