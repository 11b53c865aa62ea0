#include "timeline/timeline.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>
#include <cmath>

#include "text.h"
#include "timeline/timeline_painter.h"

namespace fiducial::ui {
namespace {

using workspace::Topic;
using What = TimelineHit::What;

constexpr int kTitleWidth = 128;
constexpr int kRightMarginPx = 12;
constexpr int kMinLanes = 3;
constexpr int kMaxLanes = 8;
constexpr int kSmallWindowPx = 768;   ///< its canvas keeps 500 px with kMinLanes
constexpr int kTallerPerLanePx = 60;  ///< every so much more of a window is worth a lane
constexpr double kZoomPerNotch = 1.25;

}  // namespace

TimelineLanes::TimelineLanes(const UiContext& context, QWidget* parent)
    : QWidget(parent), context_(context), bar_(new QScrollBar(Qt::Vertical, this)) {
  setObjectName(QStringLiteral("timelineLanes"));
  setAccessibleName(tr("Timeline"));
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  QFont laneFont = font();
  laneFont.setPixelSize(context_.theme.metric("listPx") - 1);
  setFont(laneFont);
  bar_->setObjectName(QStringLiteral("timelineScroll"));
  bar_->setAccessibleName(tr("Lanes"));
  bar_->setToolTip(tr("Scrolls the lanes (wheel over them)"));
  bar_->setSingleStep(metrics_.laneHeight);
  connect(bar_, &QScrollBar::valueChanged, this, &TimelineLanes::scrollTo);
}

int TimelineLanes::room() const { return std::max(0, height() - metrics_.rulerHeight); }

void TimelineLanes::scrollTo(int px) {
  const int most = std::max(0, contentHeight() - room());
  scrollPx_ = std::clamp(px, 0, most);
  const QSignalBlocker quiet(bar_);
  bar_->setRange(0, most);
  bar_->setPageStep(room());
  bar_->setValue(scrollPx_);
  bar_->setVisible(most > 0);
  update();
}

double TimelineLanes::lanesWidth() const { return std::max(10, width() - kTitleWidth - kRightMarginPx); }

int TimelineLanes::contentHeight() const { return static_cast<int>(lanes_.size()) * metrics_.laneHeight; }

/// By the window's height and not by the number of lanes: a new track must not move the picture under the hand.
int TimelineLanes::shownLanes() const {
  return std::clamp(kMinLanes + (window()->height() - kSmallWindowPx) / kTallerPerLanePx, kMinLanes, kMaxLanes);
}

QSize TimelineLanes::sizeHint() const { return {400, metrics_.rulerHeight + shownLanes() * metrics_.laneHeight + 2}; }

void TimelineLanes::showSelectedLane() {
  const auto selection = context_.workspace.selection();
  if (selection.empty()) return;
  const auto lane = laneOf(lanes_, context_.workspace.labels(), selection.front());
  if (!lane) return;
  const int top = static_cast<int>(*lane) * metrics_.laneHeight;
  scrollPx_ = std::clamp(scrollPx_, std::min(top, top + metrics_.laneHeight - room()), top);
}

void TimelineLanes::refresh(workspace::Topics topics) {
  if (has(topics, Topic::Medium)) {
    fitted_ = true;
    scrollPx_ = 0;
    dragged_.reset();
    pressed_.reset();
  }
  if (has(topics, Topic::Medium) || has(topics, Topic::Labels) || has(topics, Topic::Schema)) {
    lanes_ = timelineLanes(context_.workspace.labels(), context_.workspace.frameCount());
    updateGeometry();
  }
  scale_.leftPx = kTitleWidth;
  if (fitted_) scale_ = TimelineScale::fitted(context_.workspace.frameCount(), kTitleWidth, lanesWidth());
  if (has(topics, Topic::Frame) && !scrubbing_) keepPlayheadVisible();
  if (has(topics, Topic::Selection) || has(topics, Topic::Labels)) showSelectedLane();
  scrollTo(scrollPx_);
}

void TimelineLanes::keepPlayheadVisible() {
  const double x = scale_.x(context_.workspace.frame() + 0.5);
  const double right = kTitleWidth + lanesWidth();
  if (x >= kTitleWidth && x <= right) return;
  const double target = x < kTitleWidth ? right - lanesWidth() * 0.1 : kTitleWidth + lanesWidth() * 0.1;
  scale_ = scale_.pannedBy((x - target) / scale_.pixelsPerFrame, context_.workspace.frameCount(), lanesWidth());
}

void TimelineLanes::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  TimelinePicture picture;
  picture.lanes = &lanes_;
  picture.scale = scale_;
  picture.metrics = metrics_;
  picture.scrollPx = scrollPx_;
  picture.titleWidth = kTitleWidth;
  picture.frameCount = context_.workspace.frameCount();
  picture.dragged = dragged_;
  paintTimeline(painter, context_, picture, rect());
  if (lanes_.empty()) {
    painter.setPen(context_.theme.color("textSecondary"));
    painter.drawText(rect().adjusted(kTitleWidth + 12, metrics_.rulerHeight, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     tr("Tracks and events appear here. B draws a box that follows; T then a digit starts an event."));
  }
}

void TimelineLanes::resizeEvent(QResizeEvent*) {
  const int extent = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  bar_->setGeometry(width() - extent, metrics_.rulerHeight, extent, room());
  refresh(0);
  if (height() != sizeHint().height()) updateGeometry();  // the window has another height
}

TimelineHit TimelineLanes::hitAt(QPointF position) const {
  return hitTimeline(lanes_, scale_, metrics_, position.x(), position.y(), scrollPx_);
}

void TimelineLanes::scrubTo(double x) { context_.workspace.setFrame(static_cast<int>(std::floor(scale_.frameAt(x)))); }

void TimelineLanes::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::MiddleButton) {
    panFrom_ = event->position();
    return;
  }
  if (event->button() != Qt::LeftButton || event->position().x() < kTitleWidth - metrics_.reachPx) return;
  const TimelineHit hit = hitAt(event->position());
  if (hit.what == What::Ruler || hit.what == What::Nothing) {
    scrubbing_ = true;
    scrubTo(event->position().x());
    return;
  }
  press(hit);
}

void TimelineLanes::press(const TimelineHit& hit) {
  pressed_ = hit;
  if (hit.what == What::Keyframe || hit.isMark) context_.workspace.setFrame(hit.frame);
  if (hit.isMark)
    context_.workspace.select(labelsOfMark(context_.workspace.labels(), hit.labelClass, hit.frame));
  else if (hit.ref.id != 0)
    context_.workspace.select({hit.ref});
}

/// What a row or mark is called: names are elided, and marks have none.
QString TimelineLanes::textAt(QPointF position) const {
  const auto named = [&](ClassId id) {
    const LabelClass* known = context_.workspace.labels().findClass(id);
    return known ? qt(known->name) : tr("no class");
  };
  const TimelineHit hit = hitAt(position);
  if (hit.what == What::Ruler) return tr("Drag to move through the frames; Ctrl+wheel zooms, Shift+wheel moves");
  const int row = (static_cast<int>(position.y()) - metrics_.rulerHeight + scrollPx_) / metrics_.laneHeight;
  if (position.x() < kTitleWidth && row < static_cast<int>(lanes_.size()))
    return lanes_[static_cast<std::size_t>(row)].title;
  if (hit.what == What::Nothing) return {};
  if (hit.isMark) return tr("%1, frame %2").arg(named(hit.labelClass)).arg(hit.frame);
  const QString name = named(context_.workspace.labels().classOf(hit.ref).value_or(ClassId{}));
  switch (hit.what) {
    case What::Keyframe:
      return tr("%1, key frame %2: drag to move it").arg(name).arg(hit.frame);
    case What::EventBegin:
      return tr("%1 begins: drag to move the border").arg(name);
    case What::EventEnd:
      return tr("%1 ends: drag to move the border").arg(name);
    default:
      return name;
  }
}

bool TimelineLanes::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QToolTip::showText(help->globalPos(), textAt(help->pos()), this);
  return true;
}

void TimelineLanes::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  if (panFrom_) {
    const double frames = (panFrom_->x() - at.x()) / scale_.pixelsPerFrame;
    scale_ = scale_.pannedBy(frames, context_.workspace.frameCount(), lanesWidth());
    panFrom_ = at;
    update();
    return;
  }
  if (scrubbing_) return scrubTo(at.x());
  if (pressed_ && pressed_->what != What::Item) {
    dragged_ = pressed_;
    // A border stands between frames, a key frame on one.
    const double frame = scale_.frameAt(at.x());
    const int target = static_cast<int>(pressed_->what == What::Keyframe ? std::floor(frame) : std::round(frame));
    dragged_->frame = std::clamp(target, 0, context_.workspace.frameCount());
    update();
    return;
  }
  if (pressed_) {
    scrubTo(at.x());
    return;
  }
  const What what = hitAt(at).what;
  if (what == What::EventBegin || what == What::EventEnd)
    setCursor(Qt::SplitHCursor);
  else if (what == What::Keyframe)
    setCursor(Qt::SizeHorCursor);
  else
    unsetCursor();
}

void TimelineLanes::mouseReleaseEvent(QMouseEvent*) {
  finishDrag();
  panFrom_.reset();
  pressed_.reset();
  scrubbing_ = false;
  update();
}

void TimelineLanes::finishDrag() {
  if (!dragged_) return;
  const TimelineHit drop = *dragged_;
  dragged_.reset();
  workspace::Workspace& workspace = context_.workspace;
  const int lastFrame = workspace.frameCount() - 1;
  switch (drop.what) {
    case What::Keyframe:
      workspace.moveKeyframe(drop.keyframe, std::min(drop.frame, lastFrame));
      break;
    case What::EventBegin:
      workspace.moveEventBorder(static_cast<EventId>(drop.ref.id), false, std::min(drop.frame, lastFrame));
      break;
    case What::EventEnd:
      workspace.moveEventBorder(static_cast<EventId>(drop.ref.id), true, std::max(0, drop.frame - 1));
      break;
    default:
      break;
  }
}

void TimelineLanes::mouseDoubleClickEvent(QMouseEvent* event) {
  const TimelineHit hit = hitAt(event->position());
  if (hit.what != What::Nothing && hit.what != What::Ruler && hit.ref.id != 0) context_.workspace.goTo(hit.ref);
}

void TimelineLanes::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    scale_ = scale_.zoomedAt(event->position().x(), std::pow(kZoomPerNotch, notches), context_.workspace.frameCount(),
                             lanesWidth());
    fitted_ = scale_.pixelsPerFrame <= lanesWidth() / std::max(1, context_.workspace.frameCount()) * 1.001;
  } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    scale_ = scale_.pannedBy(-notches * 60 / scale_.pixelsPerFrame, context_.workspace.frameCount(), lanesWidth());
  } else if (contentHeight() > room() && event->position().y() >= metrics_.rulerHeight) {
    scrollTo(scrollPx_ - static_cast<int>(std::lround(notches * metrics_.laneHeight)));
  } else {
    context_.workspace.stepFrame(notches > 0 ? -1 : 1);
  }
  event->accept();
  update();
}

Timeline::Timeline(const UiContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      lanes_(new TimelineLanes(context, this)),
      position_(new QLabel(this)),
      rate_(new QLabel(this)) {
  setObjectName(QStringLiteral("timeline"));
  auto* row = new QHBoxLayout;
  row->setContentsMargins(4, 2, 8, 2);
  row->setSpacing(2);
  for (const char* id : {"go.first", "go.previousStop", "go.previousFrame"}) addButton(row, id);
  play_ = addButton(row, "video.play");
  for (const char* id : {"go.nextFrame", "go.nextStop", "go.last"}) addButton(row, id);
  row->addSpacing(8);
  position_->setAccessibleName(tr("Position"));
  rate_->setAccessibleName(tr("Speed"));
  rate_->setForegroundRole(QPalette::PlaceholderText);
  row->addWidget(position_);
  row->addWidget(rate_);
  row->addStretch(1);
  for (const char* id : {"label.keyframe", "label.endHere"}) addButton(row, id);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row);
  column->addWidget(lanes_);
  subscription_ = context_.workspace.observe([this](workspace::Topics topics) { refresh(topics); });
  refresh(~0U);
}

QToolButton* Timeline::addButton(QHBoxLayout* row, const char* commandId) {
  QAction* action = context_.actions.find(QString::fromLatin1(commandId));
  if (!action) return nullptr;
  auto* button = new QToolButton(this);
  button->setDefaultAction(action);
  button->setObjectName(QStringLiteral("timeline.%1").arg(QString::fromLatin1(commandId)));
  button->setAccessibleName(action->text());
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  button->setFixedSize(28, 28);
  if (action->icon().isNull()) {
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setMaximumWidth(QWIDGETSIZE_MAX);
    button->setMinimumWidth(28);
  }
  row->addWidget(button);
  return button;
}

void Timeline::refresh(workspace::Topics topics) {
  const workspace::Workspace& workspace = context_.workspace;
  const auto* item = workspace.currentMedium();
  const bool wanted =
      item && (item->medium.value.info.kind == MediumKind::Video || item->medium.value.info.kind == MediumKind::Cine) &&
      workspace.frameCount() > 1;
  setVisible(wanted);
  if (!wanted) return;
  constexpr auto kShown =
      Topic::Medium | Topic::Frame | Topic::Labels | Topic::Schema | Topic::Selection | Topic::Playback | Topic::Media;
  if ((topics & kShown) == 0) return;
  const int digits = static_cast<int>(QString::number(workspace.frameCount()).size());
  position_->setText(tr("frame %1 of %2").arg(workspace.frame(), digits).arg(workspace.frameCount()));
  QString rate;
  if (workspace.isPlaying()) {
    rate = tr("%1x").arg(workspace.playbackRate());
    if (std::abs(workspace.shownRate()) < std::abs(workspace.playbackRate()) * 0.95)
      rate = tr("%1x of %2x").arg(workspace.shownRate(), 0, 'f', 1).arg(workspace.playbackRate());
  }
  rate_->setText(rate);
  if (play_)
    play_->setIcon(context_.icons.icon(workspace.isPlaying() ? QStringLiteral("pause") : QStringLiteral("play")));
  lanes_->refresh(topics);
}

}  // namespace fiducial::ui
