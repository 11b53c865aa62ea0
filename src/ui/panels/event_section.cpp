#include "panels/event_section.h"

#include <QSignalBlocker>

#include "text.h"

namespace fiducial::ui {

EventSection::EventSection(const UiContext& context, QWidget* parent)
    : FormSection(context, parent),
      first_(makeField(QStringLiteral("eventFirst"), tr("First frame"), Border::First)),
      last_(makeField(QStringLiteral("eventLast"), tr("Last frame"), Border::Last)),
      times_(secondaryLabel(context, {}, this)) {
  times_->setObjectName(QStringLiteral("eventTimes"));
  QFormLayout* form = makeForm();
  form->addRow(nameLabel(tr("First frame"), this), first_);
  form->addRow(nameLabel(tr("Last frame"), this), last_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(form);
  layout->addWidget(times_);
}

NumberField* EventSection::makeField(const QString& name, const QString& text, Border border) {
  auto* field = new NumberField(this);
  const bool last = border == Border::Last;
  describe(field, name, text,
           last ? tr("Last frame of the event, included (Shift+C ends it here)")
                : tr("First frame of the event (C starts it here)"));
  field->setDecimals(0);
  connect(field, &NumberField::valueChanged, this, [this, last](double frame) {
    const auto label = shownLabel();
    if (label && label->kind == RecordKind::Event)
      workspace().moveEventBorder(EventId{label->id}, last, static_cast<int>(frame));
  });
  return field;
}

void EventSection::refresh() {
  follow();
  const auto label = onlyLabel();
  const auto& events = workspace().labels().events();
  const auto event = label && label->kind == RecordKind::Event ? events.find(EventId{label->id}) : events.end();
  setVisible(event != events.end());
  if (event == events.end()) return;
  const Event& value = event->second.value;
  const QSignalBlocker quietFirst(first_);
  const QSignalBlocker quietLast(last_);
  first_->setRange(0, value.lastFrame);
  last_->setRange(value.firstFrame, std::max(value.lastFrame, workspace().frameCount() - 1));
  first_->showValue(value.firstFrame);
  last_->showValue(value.lastFrame);
  const int frames = value.lastFrame - value.firstFrame + 1;
  times_->setText((frames == 1 ? tr("%1 to %2, 1 frame") : tr("%1 to %2, %n frames", nullptr, frames))
                      .arg(qt(workspace().timecode(value.firstFrame)), qt(workspace().timecode(value.lastFrame))));
}

}  // namespace fiducial::ui
