#include "canvas/overlay_painter.h"

#include <QPainter>

#include "fiducial/edit/tool.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr double kOutlinePx = 1.5;
constexpr double kSelectedOutlinePx = 2.0;
constexpr double kHaloPx = 4.5;
constexpr double kDotPx = 3.0;
constexpr double kGhostOpacity = 0.45;  ///< of a track that has ended: where it last stood

QPointF at(ImagePoint p) { return {p.x, p.y}; }

QPainterPath ringPath(const Ring& ring, bool closed) {
  QPainterPath path;
  if (ring.empty()) return path;
  path.moveTo(at(ring.front()));
  for (std::size_t n = 1; n < ring.size(); ++n) path.lineTo(at(ring[n]));
  if (closed) path.closeSubpath();
  return path;
}

QPainterPath turned(const QRectF& box, ImagePoint center, double degrees, bool ellipse) {
  QPainterPath path;
  if (ellipse)
    path.addEllipse(box);
  else
    path.addRect(box);
  QTransform turn;
  turn.translate(center.x, center.y);
  turn.rotate(degrees);
  return turn.map(path);
}

struct OutlineVisitor {
  QPainterPath operator()(const Box& b) const {
    QPainterPath path;
    path.addRect(QRectF(b.x, b.y, b.width, b.height));
    return path;
  }
  QPainterPath operator()(const RotatedBox& b) const {
    return turned(QRectF(-b.width / 2, -b.height / 2, b.width, b.height), b.center, b.degrees, false);
  }
  QPainterPath operator()(const Ellipse& e) const {
    return turned(QRectF(-e.radiusX, -e.radiusY, 2 * e.radiusX, 2 * e.radiusY), e.center, e.degrees, true);
  }
  QPainterPath operator()(const Polygon& polygon) const {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const auto& part : polygon.parts)
      for (const auto& ring : part) path.addPath(ringPath(ring, true));
    return path;
  }
  QPainterPath operator()(const Polyline& line) const { return ringPath(line.points, false); }
  QPainterPath operator()(const Arrow& arrow) const { return ringPath({arrow.from, arrow.to}, false); }
  QPainterPath operator()(const Points&) const { return {}; }
  QPainterPath operator()(const Skeleton&) const { return {}; }
  QPainterPath operator()(const NoteAnchor&) const { return {}; }
  QPainterPath operator()(const RunMask&) const { return {}; }
};

std::vector<ImagePoint> dotsOf(const Shape& shape) {
  if (const auto* points = std::get_if<Points>(&shape)) return points->points;
  if (const auto* note = std::get_if<NoteAnchor>(&shape)) return {note->at};
  std::vector<ImagePoint> dots;
  if (const auto* skeleton = std::get_if<Skeleton>(&shape))
    for (const auto& point : skeleton->points)
      if (point.visibility != Visibility::Absent) dots.push_back(point.at);
  return dots;
}

bool isFilled(const Shape& shape) {
  return std::holds_alternative<Box>(shape) || std::holds_alternative<RotatedBox>(shape) ||
         std::holds_alternative<Ellipse>(shape) || std::holds_alternative<Polygon>(shape);
}

QPen cosmetic(const QColor& color, double width, Qt::PenStyle style = Qt::SolidLine) {
  QPen pen(color, width, style, Qt::RoundCap, Qt::RoundJoin);
  pen.setCosmetic(true);
  return pen;
}

/// Draws shapes of one painting pass; the painter stays in logical pixels.
class ShapePainter {
 public:
  ShapePainter(QPainter& painter, const UiContext& context, const QTransform& toScreen)
      : painter_(painter), context_(context), toScreen_(toScreen) {}

  void draw(const Shape& shape, const QColor& color, bool selected, bool dashed) {
    const auto style = context_.workspace.overlay().style;
    const QPainterPath path = toScreen_.map(outlineOf(shape));
    if (!path.isEmpty()) {
      if (isFilled(shape) && style != workspace::OverlayOptions::Style::Outline) {
        QColor fill = color;
        fill.setAlphaF(selected ? 0.20F : 0.05F);
        painter_.fillPath(path, fill);
      }
      if (selected) {
        QColor halo = context_.theme.color("halo");
        halo.setAlphaF(0.45F);
        painter_.strokePath(path, cosmetic(halo, kHaloPx));
      }
      if (style != workspace::OverlayOptions::Style::Fill || selected)
        painter_.strokePath(
            path, cosmetic(color, selected ? kSelectedOutlinePx : kOutlinePx, dashed ? Qt::DashLine : Qt::SolidLine));
    }
    for (const ImagePoint& dot : dotsOf(shape)) drawDot(toScreen_.map(at(dot)), color, selected);
  }

  void drawMaskSelection(const RunMask& mask) {
    const auto box = bounds(mask);
    if (!box) return;
    const QRectF rect = toScreen_.mapRect(QRectF(box->left, box->top, box->width(), box->height()));
    painter_.setBrush(Qt::NoBrush);
    painter_.setPen(cosmetic(context_.theme.color("halo"), 1, Qt::DotLine));
    painter_.drawRect(rect.adjusted(-3, -3, 3, 3));
  }

  void drawHandles(const Shape& shape) {
    const double size = context_.theme.metric("handlePx");
    painter_.setPen(cosmetic(context_.theme.color("handleEdge"), 1));
    painter_.setBrush(context_.theme.color("handle"));
    for (const edit::Handle& handle : edit::handlesOf(shape)) {
      if (handle.kind == edit::Handle::Kind::Body) continue;
      const QPointF p = toScreen_.map(at(handle.at));
      const double half = (handle.kind == edit::Handle::Kind::Edge ? size * 0.75 : size) / 2;
      if (handle.kind == edit::Handle::Kind::Vertex || handle.kind == edit::Handle::Kind::Rotate)
        painter_.drawEllipse(p, half, half);
      else
        painter_.drawRect(QRectF(p.x() - half, p.y() - half, 2 * half, 2 * half));
    }
  }

  void drawOpen(const std::vector<ImagePoint>& points, const QColor& color) {
    const QPainterPath path = toScreen_.map(ringPath(points, false));
    painter_.strokePath(path, cosmetic(color, kOutlinePx));
    painter_.setPen(cosmetic(context_.theme.color("handleEdge"), 1));
    painter_.setBrush(context_.theme.color("handle"));
    for (std::size_t n = 0; n + 1 < points.size(); ++n) painter_.drawEllipse(toScreen_.map(at(points[n])), 3, 3);
  }

 private:
  void drawDot(QPointF p, const QColor& color, bool selected) {
    painter_.setPen(cosmetic(context_.theme.color(selected ? "halo" : "handleEdge"), 1));
    painter_.setBrush(color);
    painter_.drawEllipse(p, kDotPx, kDotPx);
  }

  QPainter& painter_;
  const UiContext& context_;
  const QTransform& toScreen_;
};

bool isSelected(const workspace::Workspace& workspace, const edit::LabelRef& ref) {
  const auto selection = workspace.selection();
  return std::find(selection.begin(), selection.end(), ref) != selection.end();
}

}  // namespace

QPainterPath outlineOf(const Shape& shape) { return std::visit(OutlineVisitor{}, shape); }

QColor classColor(const UiContext& context, ClassId id) {
  const LabelClass* labelClass = context.workspace.labels().findClass(id);
  return labelClass ? QColor(qt(labelClass->color)) : context.theme.color("text");
}

void paintShapes(QPainter& painter, const UiContext& context, const QTransform& toScreen) {
  const workspace::Workspace& workspace = context.workspace;
  if (!workspace.overlay().labelsVisible) return;
  painter.setRenderHint(QPainter::Antialiasing);
  ShapePainter shapes(painter, context, toScreen);
  const auto& preview = workspace.preview();

  for (const edit::SceneShape& scene : workspace.shapes()) {
    if (workspace.isHidden(scene.ref)) continue;
    if (preview && preview->replaces == scene.ref) continue;
    shapes.draw(scene.shape, classColor(context, scene.labelClass), isSelected(workspace, scene.ref),
                scene.interpolated);
  }
  if (const auto ghost = workspace.ghost(); ghost && !(preview && preview->replaces == ghost->ref)) {
    painter.setOpacity(kGhostOpacity);
    shapes.draw(ghost->shape, classColor(context, ghost->labelClass), false, true);
    painter.setOpacity(1);
  }
  for (const edit::SceneShape& scene : workspace.shapes()) {
    if (!isSelected(workspace, scene.ref) || workspace.isHidden(scene.ref)) continue;
    if (preview && preview->replaces == scene.ref) continue;
    if (const auto* mask = std::get_if<RunMask>(&scene.shape))
      shapes.drawMaskSelection(*mask);
    else if (!scene.locked)
      shapes.drawHandles(scene.shape);
  }
  if (!preview) return;
  ClassId previewClass = workspace.currentClass();
  if (preview->replaces)
    if (const auto known = workspace.labels().classOf(*preview->replaces)) previewClass = *known;
  const QColor color = classColor(context, previewClass);
  if (preview->shape) {
    shapes.draw(*preview->shape, color, preview->replaces.has_value(), false);
    if (preview->replaces) shapes.drawHandles(*preview->shape);
  }
  if (!preview->openPoints.empty()) shapes.drawOpen(preview->openPoints, color);
  if (preview->rubberBand) {
    const Box& b = *preview->rubberBand;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(cosmetic(context.theme.color("accent"), 1, Qt::DashLine));
    painter.drawRect(toScreen.mapRect(QRectF(b.x, b.y, b.width, b.height)));
  }
}

}  // namespace fiducial::ui
