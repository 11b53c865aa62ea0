#include "timeline/timeline_painter.h"

#include <QPainter>
#include <QPainterPath>
#include <set>

#include "canvas/overlay_painter.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr double kTickMinPx = 70;

class TimelinePainter {
 public:
  TimelinePainter(QPainter& painter, const UiContext& context, const TimelinePicture& picture, const QRect& area)
      : painter_(painter), context_(context), picture_(picture), area_(area) {}

  void paint() {
    painter_.fillRect(area_, context_.theme.color("timeline"));
    painter_.setRenderHint(QPainter::Antialiasing);
    paintLanes();
    paintRuler();
    paintPlayhead();
  }

 private:
  [[nodiscard]] QRectF laneRect(std::size_t row) const {
    const int top = area_.top() + picture_.metrics.rulerHeight + static_cast<int>(row) * picture_.metrics.laneHeight -
                    picture_.scrollPx;
    return QRectF(area_.left(), top, area_.width(), picture_.metrics.laneHeight);
  }

  void paintLanes() {
    painter_.save();
    painter_.setClipRect(area_.adjusted(0, picture_.metrics.rulerHeight, 0, 0));
    for (std::size_t row = 0; row < picture_.lanes->size(); ++row) {
      const QRectF rect = laneRect(row);
      if (rect.bottom() < area_.top() + picture_.metrics.rulerHeight || rect.top() > area_.bottom()) continue;
      paintLane((*picture_.lanes)[row], rect);
    }
    painter_.restore();
  }

  void paintLane(const TimelineLane& lane, const QRectF& rect) {
    painter_.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), context_.theme.color("separator"));
    painter_.save();
    painter_.setClipRect(QRectF(picture_.scale.leftPx, rect.top(), rect.right() - picture_.scale.leftPx, rect.height()),
                         Qt::IntersectClip);
    for (const TimelineItem& item : lane.items) {
      const double right = picture_.scale.x(item.end);
      if (right < picture_.scale.leftPx || picture_.scale.x(item.first) > rect.right()) continue;
      if (!item.marksAt.empty())
        paintMarks(item, lane.labelClass, rect);
      else
        paintBar(item, rect);
    }
    painter_.restore();
    if (!isNone(lane.labelClass))
      painter_.fillRect(QRectF(rect.left() + 8, rect.center().y() - 4, 8, 8), classColor(context_, lane.labelClass));
    painter_.setPen(context_.theme.color("timelineText"));
    const QRectF title(rect.left() + (isNone(lane.labelClass) ? 8 : 22), rect.top(), picture_.titleWidth - 30,
                       rect.height());
    painter_.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                      painter_.fontMetrics().elidedText(lane.title, Qt::ElideRight, static_cast<int>(title.width())));
  }

  void paintBar(const TimelineItem& item, const QRectF& rect) {
    const auto selection = context_.workspace.selection();
    const bool selected = std::find(selection.begin(), selection.end(), item.ref) != selection.end();
    const ClassId labelClass = context_.workspace.labels().classOf(item.ref).value_or(ClassId{});
    const QColor color = classColor(context_, labelClass);
    int first = item.first;
    int end = item.end;
    if (picture_.dragged && picture_.dragged->ref == item.ref) {
      if (picture_.dragged->what == TimelineHit::What::EventBegin) first = std::min(picture_.dragged->frame, end - 1);
      if (picture_.dragged->what == TimelineHit::What::EventEnd) end = std::max(picture_.dragged->frame, first + 1);
    }
    const double left = picture_.scale.x(first);
    const QRectF bar(left, rect.top() + 3, std::max(2.0, picture_.scale.x(end) - left), rect.height() - 7);
    QColor fill = color;
    fill.setAlphaF(item.ref.kind == RecordKind::Event ? 0.75F : 0.35F);
    QPainterPath path;
    path.addRoundedRect(bar, 3, 3);
    painter_.fillPath(path, fill);
    painter_.strokePath(path, QPen(selected ? context_.theme.color("playhead") : color, selected ? 2 : 1));
    if (item.ref.kind == RecordKind::Event) paintName(bar, labelClass, fill);
    for (const TimelineKey& key : item.keys) paintKey(key, item, rect, color);
  }

  void paintName(const QRectF& bar, ClassId labelClass, const QColor& ground) {
    const LabelClass* known = context_.workspace.labels().findClass(labelClass);
    const QRectF visible =
        bar.intersected(QRectF(picture_.scale.leftPx, bar.top(), area_.right() - picture_.scale.leftPx, bar.height()));
    if (!known || visible.width() < 24) return;
    painter_.setPen(ground.lightnessF() > 0.45F ? context_.theme.color("overlayOutline")
                                                : context_.theme.color("overlayText"));
    const auto width = static_cast<int>(visible.width() - 8);
    painter_.drawText(visible.adjusted(4, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft,
                      painter_.fontMetrics().elidedText(qt(known->name), Qt::ElideRight, width));
  }

  void paintKey(const TimelineKey& key, const TimelineItem& item, const QRectF& rect, const QColor& color) {
    int frame = key.frame;
    if (picture_.dragged && picture_.dragged->what == TimelineHit::What::Keyframe &&
        picture_.dragged->keyframe == key.id)
      frame = picture_.dragged->frame;
    const double x = picture_.scale.x(frame + 0.5);
    if (x < picture_.scale.leftPx - 6 || x > area_.right() + 6) return;
    const double half = item.keys.size() > 40 && picture_.scale.pixelsPerFrame < 4 ? 3 : 4.5;
    const double y = rect.center().y() - 0.5;
    const QPolygonF diamond({{x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}});
    painter_.setPen(QPen(context_.theme.color("handleEdge"), 1));
    painter_.setBrush(key.outside ? context_.theme.color("timeline") : color.lighter(130));
    if (key.outside) painter_.setPen(QPen(color, 1.5));
    painter_.drawPolygon(diamond);
  }

  void paintMarks(const TimelineItem& item, ClassId labelClass, const QRectF& rect) {
    const double width = std::clamp(picture_.scale.pixelsPerFrame - 1, 2.0, 8.0);
    const QColor color = classColor(context_, labelClass);
    const std::set<int> selectedFrames = selectedMarks(labelClass);
    double last = -10;
    for (const int frame : item.marksAt) {
      const double x = picture_.scale.x(frame + 0.5);
      const bool selected = selectedFrames.contains(frame);
      if (x < picture_.scale.leftPx - width || x > area_.right() + width || (x - last < 0.5 && !selected)) continue;
      last = x;
      const QRectF mark(x - width / 2, rect.top() + 4, width, rect.height() - 9);
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(color);
      painter_.drawRoundedRect(mark, 1.5, 1.5);
      if (!selected) continue;
      painter_.setBrush(Qt::NoBrush);
      painter_.setPen(QPen(context_.theme.color("playhead"), 2));
      painter_.drawRoundedRect(mark.adjusted(-1, -1, 1, 1), 2, 2);
    }
  }

  [[nodiscard]] std::set<int> selectedMarks(ClassId labelClass) const {
    const workspace::LabelStore& labels = context_.workspace.labels();
    std::set<int> frames;
    for (const edit::LabelRef& label : context_.workspace.selection()) {
      if (labels.classOf(label) != labelClass) continue;
      if (label.kind == RecordKind::Annotation)
        frames.insert(labels.annotations().at(AnnotationId{label.id}).value.frame);
      if (label.kind == RecordKind::Tag) frames.insert(labels.tags().at(TagId{label.id}).value.frame);
    }
    return frames;
  }

  void paintRuler() {
    const QRectF ruler(area_.left(), area_.top(), area_.width(), picture_.metrics.rulerHeight);
    painter_.fillRect(ruler, context_.theme.color("panel"));
    painter_.fillRect(QRectF(ruler.left(), ruler.bottom() - 1, ruler.width(), 1), context_.theme.color("separator"));
    const int step = tickStep(picture_.scale.pixelsPerFrame, kTickMinPx);
    const int firstTick = static_cast<int>(picture_.scale.first) / step * step;
    for (int frame = firstTick; frame < picture_.frameCount; frame += step) {
      const double x = picture_.scale.x(frame);
      if (x > area_.right()) break;
      if (x < picture_.scale.leftPx - 1) continue;
      painter_.fillRect(QRectF(x, ruler.bottom() - 7, 1, 6), context_.theme.color("timelineTick"));
      painter_.setPen(context_.theme.color("timelineText"));
      painter_.drawText(QRectF(x + 4, ruler.top(), kTickMinPx, ruler.height() - 2), Qt::AlignVCenter | Qt::AlignLeft,
                        QString::number(frame));
    }
    painter_.setPen(context_.theme.color("textSecondary"));
    painter_.drawText(QRectF(ruler.left() + 8, ruler.top(), picture_.titleWidth - 12, ruler.height()),
                      Qt::AlignVCenter | Qt::AlignLeft, qt(context_.workspace.timecode(context_.workspace.frame())));
  }

  void paintPlayhead() {
    const double left = picture_.scale.x(context_.workspace.frame());
    const double width = std::max(1.5, picture_.scale.pixelsPerFrame);
    if (left + width < picture_.scale.leftPx || left > area_.right()) return;
    painter_.save();
    painter_.setClipRect(area_.adjusted(static_cast<int>(picture_.scale.leftPx) - 6, 0, 0, 0));
    QColor color = context_.theme.color("playhead");
    if (width > 3) {
      QColor wide = color;
      wide.setAlphaF(0.18F);
      painter_.fillRect(QRectF(left, area_.top(), width, area_.height()), wide);
    }
    const double middle = left + width / 2;
    painter_.fillRect(QRectF(middle - 0.75, area_.top(), 1.5, area_.height()), color);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(color);
    painter_.drawPolygon(
        QPolygonF({{middle - 5, double(area_.top())}, {middle + 5, double(area_.top())}, {middle, area_.top() + 7.0}}));
    painter_.restore();
  }

  QPainter& painter_;
  const UiContext& context_;
  const TimelinePicture& picture_;
  QRect area_;
};

}  // namespace

void paintTimeline(QPainter& painter, const UiContext& context, const TimelinePicture& picture, const QRect& area) {
  TimelinePainter(painter, context, picture, area).paint();
}

}  // namespace fiducial::ui
