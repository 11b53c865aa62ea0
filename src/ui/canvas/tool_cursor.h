// The cursor tells the tool: guide lines with a gap for shapes, a ring for brushes, a swatch of the class beside it.
#pragma once

#include <QPointF>
#include <optional>

#include "fiducial/edit/tool.h"
#include "ui_context.h"

class QPainter;
class QSize;

namespace fiducial::ui {

/// `zoom`: logical screen pixels per picture pixel.
void paintToolCursor(QPainter& painter, const UiContext& context, QPointF pointer, const QSize& area, double zoom,
                     bool resizing);
[[nodiscard]] Qt::CursorShape cursorShapeOf(const UiContext& context);
/// What a press would do to the selected shape: over a handle or an edge of it. `reach` in picture pixels.
[[nodiscard]] std::optional<Qt::CursorShape> cursorOverSelection(const UiContext& context, ImagePoint at, double reach);
[[nodiscard]] Qt::CursorShape handleCursor(const Shape& shape, const edit::Handle& handle);

}  // namespace fiducial::ui
