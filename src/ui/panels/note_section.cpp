#include "panels/note_section.h"

#include <QLineEdit>

#include "panels/form_controls.h"
#include "text.h"

namespace fiducial::ui {

NoteSection::NoteSection(const UiContext& context, QWidget* parent)
    : FormSection(context, parent), note_(lineField(this)) {
  describe(note_, QStringLiteral("labelNote"), tr("Note"), tr("A note on this label; Enter writes it"));
  QFormLayout* form = makeForm();
  form->addRow(nameLabel(tr("Note"), this), note_);
  setLayout(form);
  connect(note_, &QLineEdit::editingFinished, this, &NoteSection::write);
}

const Annotation* NoteSection::annotation() const {
  const auto label = shownLabel();
  if (!label || label->kind != RecordKind::Annotation) return nullptr;
  const auto& annotations = workspace().labels().annotations();
  const auto it = annotations.find(AnnotationId{label->id});
  return it == annotations.end() ? nullptr : &it->second.value;
}

void NoteSection::refresh() {
  follow();
  const Annotation* shown = annotation();
  setVisible(shown);
  if (!shown || (note_->hasFocus() && note_->isModified())) return;
  if (note_->text() != qt(shown->note)) note_->setText(qt(shown->note));
}

void NoteSection::write() {
  const Annotation* shown = annotation();
  if (!shown || !note_->isModified()) return;
  note_->setModified(false);
  Annotation changed = *shown;
  changed.note = utf8(note_->text());
  if (changed == *shown) return;
  workspace().apply({"Write note", {fiducial::update(AnnotationId{shownLabel()->id}, Record{changed})}, {}});
}

}  // namespace fiducial::ui
