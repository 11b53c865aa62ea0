#include "canvas/view_widget.h"

#include <QEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QTabletEvent>
#include <QTime>
#include <QWheelEvent>

#include "canvas/corner_text.h"
#include "canvas/outlined_text.h"
#include "canvas/overlay_painter.h"
#include "canvas/tool_cursor.h"
#include "text.h"

namespace fiducial::ui {
namespace {

using workspace::Topic;

constexpr int kSpinnerDelayMs = 150;
constexpr int kSizeReadoutMs = 900;
constexpr double kCrosshairGapPx = 24;
constexpr double kEdgeLetterPx = 24;  ///< room of the orientation letters
constexpr double kScaleBarPx = 52;    ///< room of the scale bar and the letter below it
constexpr double kHandleReachPx = 8;  ///< as the tools' (edit::reachOf)

QTransform toQt(const render::ViewTransform& transform) {
  const auto m = transform.matrix();
  return {m[0], m[3], m[1], m[4], m[2], m[5]};
}

}  // namespace

ViewWidget::ViewWidget(UiContext context, KeyRouter& keys, int view, QWidget* parent)
    : QWidget(parent), context_(context), view_(view), pointer_(context, keys, view) {
  setObjectName(QStringLiteral("view%1").arg(view));
  setAccessibleName(view == 0 ? tr("Picture") : tr("Picture, view %1").arg(view + 1));
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setTabletTracking(true);
  setMinimumSize(120, 90);
  waiting_.setSingleShot(true);
  connect(&waiting_, &QTimer::timeout, this, qOverload<>(&QWidget::update));
  connect(&keys, &KeyRouter::toolModifierChanged, this, &ViewWidget::updateCursor);
  updateCursor();
}

void ViewWidget::refresh(workspace::Topics topics) {
  if (has(topics, Topic::Picture) || has(topics, Topic::Medium) || has(topics, Topic::Frame) ||
      has(topics, Topic::View)) {
    pictureStale_ = true;
    if (!context_.workspace.isPictureCurrent()) waiting_.start(kSpinnerDelayMs);
  }
  if (has(topics, Topic::Labels) || has(topics, Topic::Preview) || has(topics, Topic::Selection) ||
      has(topics, Topic::Schema))
    masksStale_ = true;
  if (has(topics, Topic::Tool)) {
    masksStale_ = true;
    const int tenths = qRound(context_.workspace.toolSettings().brushRadiusPx * 10);
    if (std::exchange(lastSizeTenths_, tenths) != tenths) {
      sizeChanged_.start();
      QTimer::singleShot(kSizeReadoutMs + 20, this, qOverload<>(&QWidget::update));
    }
    updateCursor();
  }
  update();
}

void ViewWidget::setCoveredTop(int px) {
  if (std::exchange(coveredTopPx_, px) != px) update();
}

void ViewWidget::renderStale() {
  if (!pictureStale_ && !masksStale_) return;
  const qreal ratio = devicePixelRatioF();
  const QSize pixels = (QSizeF(size()) * ratio).toSize();
  const workspace::ViewState& view = context_.workspace.view(view_);
  const render::ViewTransform transform = view.transform.scaled(ratio);
  auto picture = context_.workspace.pictureView(view_);
  if (picture) picture->squaresFromZoom *= ratio;
  hasPicture_ = picture.has_value();
  if (pictureStale_) {
    picture_.resize(pixels.width(), pixels.height());
    if (picture)
      render::renderPicture(*picture, transform, picture_);
    else
      std::fill(picture_.pixels.begin(), picture_.pixels.end(), context_.theme.color("ground").rgb());
  }
  shown_.resize(picture_.width, picture_.height);
  std::copy(picture_.pixels.begin(), picture_.pixels.end(), shown_.pixels.begin());
  if (picture && context_.workspace.overlay().labelsVisible) {
    auto layers = context_.workspace.maskLayers(view_);
    for (render::MaskLayer& layer : layers) layer.outlinePx *= ratio;
    if (!layers.empty()) render::renderMasks(layers, view.axes, view.step, transform, shown_);
  }
  pictureStale_ = masksStale_ = false;
}

void ViewWidget::paintEvent(QPaintEvent*) {
  renderStale();
  QPainter painter(this);
  QImage image(reinterpret_cast<const uchar*>(shown_.pixels.data()), shown_.width, shown_.height, shown_.width * 4,
               QImage::Format_RGB32);
  image.setDevicePixelRatio(devicePixelRatioF());
  painter.drawImage(QPointF(0, 0), image);
  if (hasPicture_) {
    const workspace::ViewState& view = context_.workspace.view(view_);
    if (view.plane == render::Plane::Stored) {
      paintShapes(painter, context_, toQt(view.transform));
    }
    paintCrosshair(painter);
    const QRectF area(rect());
    paintCorners(painter, context_, view_, area, coveredTopPx_);
    paintOrientation(painter, context_, view_, area, coveredTopPx_);
    paintScaleBar(painter, context_, view_, area);
    if (hovering_ && !pointer_.isPanning()) {
      const bool resizing = sizeChanged_.isValid() && sizeChanged_.elapsed() < kSizeReadoutMs;
      paintToolCursor(painter, context_, hover_, size(), view.transform.zoom(), resizing);
      if (context_.workspace.preview() && !context_.workspace.preview()->readout.empty())
        paintOutlinedText(painter, context_.theme, hover_ + QPointF(16, -18), Qt::AlignLeft | Qt::AlignBottom,
                          qt(context_.workspace.preview()->readout));
    }
  }
  paintWaiting(painter);
  paintMissing(painter);
  if (context_.workspace.viewCount() > 1 && context_.workspace.activeView() == view_) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(context_.theme.color("accent"), context_.theme.metric("activeFrame")));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

void ViewWidget::paintCrosshair(QPainter& painter) {
  if (context_.workspace.viewCount() < 2) return;
  const auto crosshair = context_.workspace.crosshair();
  if (!crosshair) return;
  const workspace::ViewState& view = context_.workspace.view(view_);
  const ScreenPoint at = view.transform.toScreen(render::voxelToPicture(view.axes, *crosshair));
  // A line stands for the plane that another view shows, in that plane's colour.
  static constexpr std::array<const char*, 3> kColors{"crosshairSagittal", "crosshairCoronal", "crosshairAxial"};
  const auto axisColor = [&](int axis) { return context_.theme.color(kColors[static_cast<std::size_t>(axis)]); };
  const int across = view.axes.transpose ? view.axes.axisY : view.axes.axisX;
  const int down = view.axes.transpose ? view.axes.axisX : view.axes.axisY;
  const double x = std::floor(at.x) + 0.5;
  const double y = std::floor(at.y) + 0.5;
  painter.setRenderHint(QPainter::Antialiasing, false);
  // Not through the letters at the edges, nor the scale bar.
  const bool hasText = context_.workspace.overlay().text;
  const double side = hasText ? kEdgeLetterPx : 0;
  const double top = hasText ? coveredTopPx_ + kEdgeLetterPx : 0;
  const double bottom = height() - (hasText ? kScaleBarPx : 0.0);
  const auto line = [&](QPointF from, QPointF to) {
    if (to.x() > from.x() || to.y() > from.y()) painter.drawLine(from, to);
  };
  painter.setPen(QPen(axisColor(across), 1));
  line(QPointF(x, top), QPointF(x, y - kCrosshairGapPx));
  line(QPointF(x, y + kCrosshairGapPx), QPointF(x, bottom));
  painter.setPen(QPen(axisColor(down), 1));
  line(QPointF(side, y), QPointF(x - kCrosshairGapPx, y));
  line(QPointF(x + kCrosshairGapPx, y), QPointF(width() - side, y));
}

void ViewWidget::paintWaiting(QPainter& painter) {
  if (!context_.workspace.currentMedium() || context_.workspace.isPictureCurrent() || waiting_.isActive()) return;
  const auto turn = static_cast<int>(QTime::currentTime().msecsSinceStartOfDay() / 60 % 12);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPointF center = QRectF(rect()).center();
  for (int n = 0; n < 12; ++n) {
    QColor color = context_.theme.color("overlayText");
    color.setAlphaF(0.15F + 0.07F * static_cast<float>((n - turn + 12) % 12));
    painter.setPen(QPen(color, 2.5, Qt::SolidLine, Qt::RoundCap));
    painter.save();
    painter.translate(center);
    painter.rotate(30.0 * n);
    painter.drawLine(QPointF(0, -10), QPointF(0, -16));
    painter.restore();
  }
  waiting_.start(60);
}

void ViewWidget::paintMissing(QPainter& painter) {
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  if (hasPicture_ || view_ != 0 || !item) return;
  painter.setPen(context_.theme.color("overlayText"));
  if (item->available) {
    painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                     asSentence(qt(context_.workspace.pictureFailure())));
    return;
  }
  painter.drawText(
      rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
      tr("\"%1\" is not where it was. Its labels are kept.\nPut its files back, or press Locate... beside its "
         "name.")
          .arg(qt(item->medium.value.name)));
}

void ViewWidget::resizeEvent(QResizeEvent*) {
  context_.workspace.resizeView(view_, width(), height());
  pictureStale_ = true;
}

void ViewWidget::mousePressEvent(QMouseEvent* event) {
  pointer_.press(*event);
  updateCursor();
}

void ViewWidget::mouseMoveEvent(QMouseEvent* event) {
  hover_ = event->position();
  hovering_ = true;
  pointer_.move(*event);
  Q_EMIT hovered(view_, context_.workspace.view(view_).transform.toPicture({hover_.x(), hover_.y()}));
  if (event->buttons() == Qt::NoButton) updateCursor();
  update();
}

void ViewWidget::mouseReleaseEvent(QMouseEvent* event) {
  if (pointer_.release(*event)) Q_EMIT menuWished(view_, event->globalPosition().toPoint());
  updateCursor();
}

void ViewWidget::mouseDoubleClickEvent(QMouseEvent* event) {
  pointer_.doubleClick(*event);
  if (pointer_.takeMaximiseWish()) Q_EMIT maximiseWished(view_);
}

void ViewWidget::wheelEvent(QWheelEvent* event) {
  pointer_.wheel(*event);
  event->accept();
}

void ViewWidget::tabletEvent(QTabletEvent* event) {
  hover_ = event->position();
  hovering_ = true;
  pointer_.tablet(*event);
  event->accept();
  update();
}

void ViewWidget::leaveEvent(QEvent*) {
  hovering_ = false;
  Q_EMIT hovered(view_, std::nullopt);
  update();
}

void ViewWidget::focusOutEvent(QFocusEvent* event) {
  if (event->reason() == Qt::ActiveWindowFocusReason) pointer_.cancel();
  QWidget::focusOutEvent(event);
}

bool ViewWidget::event(QEvent* event) {
  if (event->type() == QEvent::NativeGesture && pointer_.gesture(*static_cast<QNativeGestureEvent*>(event)))
    return true;
  if (event->type() == QEvent::UngrabMouse) pointer_.cancel();
  return QWidget::event(event);
}

void ViewWidget::updateCursor() {
  if (pointer_.isPanning()) return setCursor(Qt::ClosedHandCursor);
  if (pointer_.isAboutToPan()) return setCursor(Qt::OpenHandCursor);
  const double zoom = context_.workspace.view(view_).transform.zoom();
  const bool isStored = context_.workspace.view(view_).plane == render::Plane::Stored;
  if (hovering_ && isStored && zoom > 0 && !context_.workspace.isToolBusy()) {
    const ImagePoint at = context_.workspace.view(view_).transform.toPicture({hover_.x(), hover_.y()});
    if (const auto shape = cursorOverSelection(context_, at, kHandleReachPx / zoom)) return setCursor(*shape);
  }
  setCursor(cursorShapeOf(context_));
}

}  // namespace fiducial::ui
