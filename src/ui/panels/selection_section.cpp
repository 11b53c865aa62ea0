#include "panels/selection_section.h"

#include <QSignalBlocker>

#include "panels/label_text.h"

namespace fiducial::ui {

SelectionSection::SelectionSection(const UiContext& context, QWidget* parent)
    : FormSection(context, parent), what_(secondaryLabel(context, {}, this)), class_(new ChoiceField(this)) {
  what_->setObjectName(QStringLiteral("selectionText"));
  what_->setWordWrap(true);
  describe(class_, QStringLiteral("labelClass"), tr("Class"), tr("Class of the selection (a digit, or Q by name)"));
  QFormLayout* form = makeForm();
  form->addRow(nameLabel(tr("Class"), this), class_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(what_);
  layout->addLayout(form);
  connect(class_, &QComboBox::activated, this,
          [this](int index) { this->workspace().setClassOfSelection(ClassId{class_->itemData(index).toLongLong()}); });
}

ClassId SelectionSection::commonClass() const {
  std::optional<ClassId> common;
  for (const edit::LabelRef label : workspace().selection()) {
    const ClassId one = workspace().labels().classOf(label).value_or(ClassId{});
    if (common && *common != one) return ClassId{};
    common = one;
  }
  return common.value_or(ClassId{});
}

void SelectionSection::refresh() {
  const auto selection = workspace().selection();
  setVisible(!selection.empty());
  if (selection.empty()) return;
  if (selection.size() == 1) {
    QStringList said{kindText(workspace().labels(), selection.front())};
    const QString where = whereText(workspace(), selection.front());
    if (!where.isEmpty()) said << where;
    what_->setText(said.join(QStringLiteral(" · ")));
  } else {
    what_->setText(tr("%n labels selected", nullptr, static_cast<int>(selection.size())));
  }
  const QSignalBlocker quiet(class_);
  fillWithClasses(class_, context_);
  class_->setCurrentIndex(class_->findData(QVariant::fromValue(qlonglong(raw(commonClass())))));
}

}  // namespace fiducial::ui
