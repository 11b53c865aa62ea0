#include "panels/track_section.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSignalBlocker>

#include "panels/form_controls.h"

namespace fiducial::ui {

TrackSection::TrackSection(const UiContext& context, QWidget* parent)
    : FormSection(context, parent),
      extent_(secondaryLabel(context, {}, this)),
      occluded_(new QCheckBox(tr("Occluded"), this)),
      keyframe_(makeButton(QStringLiteral("keyframeHere"), QStringLiteral("keyframe"), tr("Key frame here"),
                           tr("The shape as it stands here becomes a key frame (C)"))),
      ends_(makeButton(QStringLiteral("trackEndsHere"), QStringLiteral("stop"), tr("Ends here"),
                       tr("This is the track's last frame (Shift+C)"))) {
  describe(occluded_, QStringLiteral("trackOccluded"), tr("Occluded"), tr("Not visible on this frame (Shift+V)"));
  occluded_->setFocusPolicy(Qt::TabFocus);
  extent_->setObjectName(QStringLiteral("trackExtent"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(context.theme.metric("grid"));
  buttons->addWidget(keyframe_);
  buttons->addWidget(ends_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(context.theme.metric("grid"));
  layout->addWidget(extent_);
  layout->addWidget(occluded_);
  layout->addLayout(buttons);
  connect(occluded_, &QCheckBox::clicked, this, [this] { workspace().toggleOccluded(); });
  connect(keyframe_, &QPushButton::clicked, this, [this] { workspace().setKeyframeHere(); });
  connect(ends_, &QPushButton::clicked, this, [this] { workspace().endHere(); });
}

QPushButton* TrackSection::makeButton(const QString& name, const QString& icon, const QString& text,
                                      const QString& hint) {
  auto* button = new QPushButton(context_.icons.icon(icon), text, this);
  describe(button, name, text, hint);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

void TrackSection::refresh() {
  follow();
  const auto label = onlyLabel();
  const auto& tracks = workspace().labels().tracks();
  const auto track = label && label->kind == RecordKind::Track ? tracks.find(TrackId{label->id}) : tracks.end();
  setVisible(track != tracks.end());
  if (track == tracks.end()) return;
  const auto state = stateAt(track->second.keyframes, workspace().frame());
  const int keys = static_cast<int>(track->second.keyframes.size());
  const int last = track->second.endFrame(workspace().frameCount()) - 1;
  extent_->setText(
      (keys == 1 ? tr("1 key frame, frames %1 to %2") : tr("%n key frames, frames %1 to %2", nullptr, keys))
          .arg(track->second.firstFrame())
          .arg(last));
  const QSignalBlocker quiet(occluded_);
  occluded_->setChecked(state && state->occluded);
  occluded_->setEnabled(state.has_value());
  keyframe_->setEnabled(state && !state->isKeyframe);
  ends_->setEnabled(state && workspace().frame() < last);
}

}  // namespace fiducial::ui
