// The cursor tells the tool: guide lines with a gap for shapes, a ring for brushes, a swatch of the class beside it.
#pragma once

#include <QPointF>

#include "ui_context.h"

class QPainter;
class QSize;

namespace fiducial::ui {

/// `zoom`: logical screen pixels per picture pixel.
void paintToolCursor(QPainter& painter, const UiContext& context, QPointF pointer, const QSize& area, double zoom,
                     bool resizing);
[[nodiscard]] Qt::CursorShape cursorShapeOf(const UiContext& context);

}  // namespace fiducial::ui
