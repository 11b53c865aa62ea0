#include "panels/status_line.h"

#include <QHBoxLayout>
#include <QLabel>

#include "canvas/calibration_text.h"
#include "panels/fitting_row.h"
#include "panels/form_controls.h"
#include "panels/job_progress.h"
#include "panels/row_painting.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

using workspace::SavedState;
using workspace::Topic;

namespace {

constexpr int kIconPx = 16;
constexpr int kNarrowestPx = 300;

/// Icon and colour of a saved state: told by both.
struct SavedLook {
  const char* icon;
  const char* color;
};

SavedLook lookOf(SavedState::Kind kind) {
  switch (kind) {
    case SavedState::Kind::Saved:
      return {"done", "success"};
    case SavedState::Kind::Saving:
      return {"history", "textSecondary"};
    case SavedState::Kind::ReadOnly:
      return {"lock", "warning"};
    case SavedState::Kind::Failed:
      return {"error", "danger"};
    case SavedState::Kind::NoProject:
      break;
  }
  return {"", "textSecondary"};
}

}  // namespace

StatusLine::StatusLine(UiContext context, QWidget* parent) : QWidget(parent), context_(context) {
  setObjectName(QStringLiteral("statusLine"));
  setAccessibleName(tr("Status"));
  setFont(listFont(context.theme, font()));
  setFixedHeight(context.theme.metric("rowHeight"));
  auto* row = new QHBoxLayout(this);
  const int padding = context.theme.metric("padding");
  row->setContentsMargins(padding, 0, padding, 0);
  row->setSpacing(2 * padding);
  // Each field is as wide as its widest text, so that nothing jumps while the pointer moves.
  value_ = addField(row, QStringLiteral("probeValue"), tr("Value under the pointer"), QStringLiteral("255, 255, 255"));
  image_ =
      addField(row, QStringLiteral("probeImage"), tr("Image position in pixels"), QStringLiteral("x 1234.5  y 1234.5"));
  patient_ = addField(row, QStringLiteral("probePatient"), tr("Patient position in millimetres"),
                      QStringLiteral("L 123.4  P 123.4  S 1234.5 mm"));
  zoom_ = addField(row, QStringLiteral("zoom"), tr("Zoom of the active view"), QStringLiteral("1600 %"));
  frame_ = addField(row, QStringLiteral("frameAndTime"), tr("Frame and time"),
                    QStringLiteral("frame 12345 of 12345  00:00:00.000"));
  calibration_ = addField(row, QStringLiteral("calibration"), tr("How distances are known"), {});
  row->addStretch(1);
  row->addWidget(new JobProgress(context, this));
  savedIcon_ = new QLabel(this);
  saved_ = new QLabel(this);
  describe(saved_, QStringLiteral("savedState"), tr("Saved"), tr("Every edit is saved at once (Ctrl+S shows where)"));
  auto* saved = new QHBoxLayout;
  saved->setSpacing(context.theme.metric("grid"));
  saved->addWidget(savedIcon_);
  saved->addWidget(saved_);
  row->addLayout(saved);
  fitting_ = new FittingRow(
      this, row, {calibration_, image_, zoom_, patient_, frame_, value_});  // frame and zoom stand on the canvas too
  new WorkspaceWatch(context.workspace, this,
                     topicsOf(Topic::Project, Topic::Medium, Topic::Frame, Topic::Picture, Topic::View, Topic::Saved),
                     [this](workspace::Topics topics) { refresh(topics); });
  refresh(~workspace::Topics{0});
}

QSize StatusLine::minimumSizeHint() const { return {kNarrowestPx, context_.theme.metric("rowHeight")}; }

QLabel* StatusLine::addField(QHBoxLayout* row, const QString& name, const QString& what, const QString& widest) {
  auto* field = new QLabel(this);
  describe(field, name, what);
  field->setMinimumWidth(fontMetrics().horizontalAdvance(widest));
  row->addWidget(field);
  return field;
}

void StatusLine::setProbe(int view, std::optional<ImagePoint> at) {
  probeView_ = view;
  probeAt_ = at;
  showProbe();
}

void StatusLine::refresh(workspace::Topics topics) {
  showProbe();
  if ((topics & topicsOf(Topic::Frame, Topic::Medium, Topic::View, Topic::Project, Topic::Picture)) != 0) showPlace();
  if ((topics & topicsOf(Topic::Saved, Topic::Project)) != 0) showSaved();
}

void StatusLine::showProbe() {
  const bool known = probeAt_ && context_.workspace.currentMedium() && probeView_ < context_.workspace.viewCount();
  const auto probe = known ? context_.workspace.probe(probeView_, *probeAt_) : workspace::Workspace::Probe{};
  value_->setText(qt(probe.value));
  image_->setText(qt(probe.image));
  patient_->setText(qt(probe.patient));
}

void StatusLine::showPlace() {
  const workspace::Workspace& workspace = context_.workspace;
  const workspace::MediumItem* item = workspace.currentMedium();
  const bool isMeasured = item && item->medium.value.info.kind != MediumKind::Video;
  const QString known = isMeasured ? calibrationText(workspace.shownInfo()) : QString();
  if (known != calibration_->text()) {
    calibration_->setText(known);
    fitting_->fit();
  }
  if (!item) {
    zoom_->clear();
    frame_->clear();
    return;
  }
  const int view = workspace.activeView();
  zoom_->setText(tr("%1 %").arg(qRound(workspace.view(view).transform.zoom() * 100)));
  const MediumInfo& info = item->medium.value.info;
  if (info.kind == MediumKind::Volume) {
    frame_->setText(tr("slice %1 of %2").arg(workspace.view(view).step + 1).arg(workspace.viewStepCount(view)) +
                    (workspace.timeCount() > 1
                         ? tr("  time %1 of %2").arg(workspace.time() + 1).arg(workspace.timeCount())
                         : QString()));
  } else if (workspace.frameCount() > 1) {
    const QString about = info.framesProvisional ? QStringLiteral("~") : QString();
    frame_->setText(tr("frame %1 of %2%3  %4")
                        .arg(workspace.frame())
                        .arg(about)
                        .arg(workspace.frameCount())
                        .arg(qt(workspace.timecode(workspace.frame()))));
  } else {
    frame_->clear();
  }
}

void StatusLine::showSaved() {
  const SavedState& state = context_.workspace.saved();
  const SavedLook look = lookOf(state.kind);
  const QString icon = QString::fromLatin1(look.icon);
  savedIcon_->setVisible(!icon.isEmpty());
  if (!icon.isEmpty())
    savedIcon_->setPixmap(context_.icons.pixmap(icon, context_.theme.color(look.color), kIconPx, devicePixelRatioF()));
  saved_->setText(qt(state.text));
}

}  // namespace fiducial::ui
