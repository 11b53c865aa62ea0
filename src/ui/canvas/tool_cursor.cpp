#include "canvas/tool_cursor.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "canvas/outlined_text.h"
#include "canvas/overlay_painter.h"

namespace fiducial::ui {
namespace {

constexpr double kGuideGapPx = 12;
constexpr double kSwatchPx = 8;

bool isShapeTool(const edit::ToolInfo& tool) { return !tool.usesSize && tool.needsClass; }

void paintGuides(QPainter& painter, const Theme& theme, QPointF p, const QSize& area) {
  QColor color = theme.color("guide");
  color.setAlphaF(0.55F);
  painter.setPen(QPen(color, 1));
  const double x = std::floor(p.x()) + 0.5;
  const double y = std::floor(p.y()) + 0.5;
  painter.drawLine(QPointF(0, y), QPointF(x - kGuideGapPx, y));
  painter.drawLine(QPointF(x + kGuideGapPx, y), QPointF(area.width(), y));
  painter.drawLine(QPointF(x, 0), QPointF(x, y - kGuideGapPx));
  painter.drawLine(QPointF(x, y + kGuideGapPx), QPointF(x, area.height()));
}

QString radiusText(const UiContext& context, double radiusPx) {
  const QLocale locale;
  const auto* item = context.workspace.currentMedium();
  if (!item || item->medium.value.info.spacing.empty())
    return QStringLiteral("%1 px").arg(locale.toString(radiusPx, 'g', 3));
  const double mm = radiusPx * item->medium.value.info.spacing.front();
  return QStringLiteral("%1 mm").arg(locale.toString(mm, 'g', 3));
}

}  // namespace

namespace {

/// Away from the middle of the shape through the handle, to the nearest eighth of a turn; as if the shape were as wide
/// as high, so that corners of flat boxes are corners.
Qt::CursorShape awayFrom(ImagePoint middle, double width, double height, ImagePoint handle) {
  const double dx = (handle.x - middle.x) / std::max(width, 1.0);
  const double dy = (handle.y - middle.y) / std::max(height, 1.0);
  const double degrees = std::atan2(dy, dx) * 180 / std::numbers::pi;
  const int eighth = static_cast<int>(std::lround(degrees / 45) + 8) % 4;
  constexpr std::array kShapes{Qt::SizeHorCursor, Qt::SizeFDiagCursor, Qt::SizeVerCursor, Qt::SizeBDiagCursor};
  return kShapes[static_cast<std::size_t>(eighth)];
}

bool isMadeOfPoints(const Shape& shape) {
  return std::holds_alternative<Polygon>(shape) || std::holds_alternative<Polyline>(shape);
}

}  // namespace

Qt::CursorShape handleCursor(const Shape& shape, const edit::Handle& handle) {
  using Kind = edit::Handle::Kind;
  if (handle.kind == Kind::Rotate) return Qt::PointingHandCursor;
  if (handle.kind == Kind::Edge && isMadeOfPoints(shape)) return Qt::CrossCursor;  // a press puts a new vertex here
  const auto box = boundsOf(shape);
  if (handle.kind == Kind::Vertex || handle.kind == Kind::Body || !box) return Qt::SizeAllCursor;
  return awayFrom({box->x + box->width / 2, box->y + box->height / 2}, box->width, box->height, handle.at);
}

std::optional<Qt::CursorShape> cursorOverSelection(const UiContext& context, ImagePoint at, double reach) {
  const workspace::Workspace& workspace = context.workspace;
  if (workspace.tool().usesSize || workspace.isCoding() || !workspace.overlay().labelsVisible) return std::nullopt;
  const auto selection = workspace.selection();
  for (const edit::SceneShape& scene : workspace.shapes()) {
    const bool isSelected = std::ranges::find(selection, scene.ref) != selection.end();
    if (!isSelected || scene.locked || workspace.isHidden(scene.ref)) continue;
    if (const auto handle = edit::handleAt(scene.shape, at, reach)) return handleCursor(scene.shape, *handle);
  }
  return std::nullopt;
}

Qt::CursorShape cursorShapeOf(const UiContext& context) {
  const edit::ToolInfo& tool = context.workspace.tool();
  if (tool.usesSize) return Qt::BlankCursor;
  return tool.needsClass ? Qt::CrossCursor : Qt::ArrowCursor;
}

void paintToolCursor(QPainter& painter, const UiContext& context, QPointF pointer, const QSize& area, double zoom,
                     bool resizing) {
  const edit::ToolInfo& tool = context.workspace.tool();
  const Theme& theme = context.theme;
  if (isShapeTool(tool) && !context.workspace.isCoding()) paintGuides(painter, theme, pointer, area);
  if (tool.usesSize) {
    const double radius = std::max(1.0, context.workspace.toolSettings().brushRadiusPx * zoom);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color("handleEdge"), 3));
    painter.drawEllipse(pointer, radius, radius);
    painter.setPen(QPen(theme.color("handle"), 1));
    painter.drawEllipse(pointer, radius, radius);
    if (resizing)
      paintOutlinedText(painter, theme, pointer + QPointF(radius + 14, 0), Qt::AlignLeft | Qt::AlignVCenter,
                        radiusText(context, context.workspace.toolSettings().brushRadiusPx));
  }
  if (tool.needsClass && context.workspace.labels().findClass(context.workspace.currentClass())) {
    const double offset = tool.usesSize ? context.workspace.toolSettings().brushRadiusPx * zoom * 0.71 + 4 : 10;
    const QRectF swatch(pointer.x() + offset, pointer.y() + offset, kSwatchPx, kSwatchPx);
    painter.setPen(QPen(theme.color("handleEdge"), 1));
    painter.setBrush(classColor(context, context.workspace.currentClass()));
    painter.drawRect(swatch);
  }
}

}  // namespace fiducial::ui
