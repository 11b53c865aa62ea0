#include "panels/attribute_section.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <algorithm>

#include "panels/form_controls.h"
#include "panels/say_error.h"
#include "text.h"

namespace fiducial::ui {
namespace {

QString textOf(const std::optional<AttributeValue>& value) {
  if (!value) return {};
  if (const auto* number = std::get_if<double>(&*value)) return QLocale().toString(*number, 'g', 12);
  if (const auto* text = std::get_if<std::string>(&*value)) return qt(*text);
  return {};
}

QString nameOf(const AttributeSpec& spec) {
  QString name = qt(spec.name);
  if (!spec.unit.empty()) name = AttributeSection::tr("%1 (%2)").arg(name, qt(spec.unit));
  return name;
}

QString hintOf(const AttributeSpec& spec) {
  QStringList said{nameOf(spec)};
  if (spec.min && spec.max)
    said << AttributeSection::tr("from %1 to %2").arg(*spec.min).arg(*spec.max);
  else if (spec.min)
    said << AttributeSection::tr("at least %1").arg(*spec.min);
  else if (spec.max)
    said << AttributeSection::tr("at most %1").arg(*spec.max);
  if (spec.required) said << AttributeSection::tr("required");
  if (spec.perFrame) said << AttributeSection::tr("may differ from frame to frame");
  return said.join(QStringLiteral(", "));
}

}  // namespace

AttributeSection::AttributeSection(const UiContext& context, QWidget* parent) : FormSection(context, parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
}

std::vector<AttributeSpec> AttributeSection::specsOf(edit::LabelRef label) const {
  const workspace::LabelStore& labels = workspace().labels();
  std::vector<AttributeSpec> specs;
  ClassId id = labels.classOf(label).value_or(ClassId{});
  // The class's own first, then its parents'; a bound against a ring of parents.
  for (std::size_t steps = 0; steps <= labels.classes().size(); ++steps) {
    const LabelClass* labelClass = labels.findClass(id);
    if (!labelClass) break;
    for (const AttributeSpec& spec : labelClass->attributes)
      if (std::none_of(specs.begin(), specs.end(), [&](const AttributeSpec& s) { return s.name == spec.name; }))
        specs.push_back(spec);
    id = labelClass->parent;
  }
  return specs;
}

std::optional<AttributeValue> AttributeSection::valueOf(edit::LabelRef label, const AttributeSpec& spec) const {
  const workspace::LabelStore& labels = workspace().labels();
  if (label.kind == RecordKind::Track && spec.perFrame) {
    const auto track = labels.tracks().find(TrackId{label.id});
    std::optional<AttributeValue> held;  // a value holds until the next key frame that has one
    if (track != labels.tracks().end())
      for (const Stored<Keyframe>& key : track->second.keyframes) {
        if (key.value.frame > workspace().frame()) break;
        if (const auto it = key.value.attributes.find(spec.name); it != key.value.attributes.end()) held = it->second;
      }
    if (held) return held;
  }
  if (const Attributes* attributes = labels.attributesOf(label))
    if (const auto it = attributes->find(spec.name); it != attributes->end()) return it->second;
  return spec.defaultValue;
}

void AttributeSection::refresh() {
  follow();
  const auto label = shownLabel();
  const std::vector<AttributeSpec> specs = label ? specsOf(*label) : std::vector<AttributeSpec>();
  if (specs != specs_) rebuild(specs);
  setVisible(!fields_.empty());
  if (!label) return;
  for (const Field& field : fields_) {
    const auto value = valueOf(*label, field.spec);
    field.show(value);
    const bool missing = field.spec.required && !value;
    field.name->setText(missing ? tr("%1: required").arg(nameOf(field.spec)) : nameOf(field.spec));
    QPalette palette = field.name->palette();
    palette.setColor(QPalette::WindowText, context_.theme.color(missing ? "warning" : "textSecondary"));
    field.name->setPalette(palette);
  }
}

void AttributeSection::rebuild(const std::vector<AttributeSpec>& specs) {
  delete rows_;
  fields_.clear();
  specs_ = specs;
  rows_ = new QWidget(this);
  QFormLayout* form = makeForm();
  rows_->setLayout(form);
  for (const AttributeSpec& spec : specs) {
    fields_.push_back(makeField(spec));
    form->addRow(fields_.back().name, fields_.back().editor);
  }
  layout()->addWidget(rows_);
}

AttributeSection::Field AttributeSection::makeField(const AttributeSpec& spec) {
  Field field;
  field.spec = spec;
  field.name = nameLabel(nameOf(spec), rows_);
  switch (spec.type) {
    case AttributeType::Bool:
      makeCheck(field);
      break;
    case AttributeType::Choice:
      makeChoice(field);
      break;
    case AttributeType::Number:
    case AttributeType::Text:
      makeLine(field);
      break;
  }
  describe(field.editor, QStringLiteral("attribute.") + qt(spec.name), nameOf(spec), hintOf(spec));
  return field;
}

void AttributeSection::makeCheck(Field& field) {
  auto* box = new QCheckBox(rows_);
  box->setFocusPolicy(Qt::TabFocus);
  connect(box, &QCheckBox::clicked, this, [this, spec = field.spec](bool on) { write(spec, AttributeValue(on)); });
  field.show = [box](const std::optional<AttributeValue>& value) {
    const bool* on = value ? std::get_if<bool>(&*value) : nullptr;
    box->setChecked(on && *on);
  };
  field.editor = box;
}

void AttributeSection::makeChoice(Field& field) {
  auto* combo = new ChoiceField(rows_);
  if (!field.spec.required) combo->addItem(tr("not set"), QString());
  for (const std::string& choice : field.spec.choices) combo->addItem(qt(choice), qt(choice));
  connect(combo, &QComboBox::activated, this, [this, combo, spec = field.spec](int index) {
    const QString chosen = combo->itemData(index).toString();
    write(spec, chosen.isEmpty() ? std::nullopt : std::optional(AttributeValue(utf8(chosen))));
  });
  field.show = [combo](const std::optional<AttributeValue>& value) {
    const QSignalBlocker quiet(combo);
    combo->setCurrentIndex(combo->findData(textOf(value)));
  };
  field.editor = combo;
}

void AttributeSection::makeLine(Field& field) {
  auto* line = lineField(rows_);
  line->setFocusPolicy(Qt::StrongFocus);
  const bool isNumber = field.spec.type == AttributeType::Number;
  connect(line, &QLineEdit::editingFinished, this, [this, line, isNumber, spec = field.spec] {
    if (!line->isModified()) return;
    line->setModified(false);
    const QString text = line->text().trimmed();
    if (text.isEmpty()) return write(spec, std::nullopt);
    if (!isNumber) return write(spec, AttributeValue(utf8(text)));
    bool understood = false;
    double number = QLocale().toDouble(text, &understood);
    if (!understood) number = text.toDouble(&understood);
    if (understood) return write(spec, AttributeValue(number));
    sayError(workspace(), {ErrorCode::Invalid, utf8(tr("%1 is not a number").arg(text)), {}, {}});
    refresh();
  });
  field.show = [line](const std::optional<AttributeValue>& value) {
    if (line->hasFocus() && line->isModified()) return;
    if (line->text() != textOf(value)) line->setText(textOf(value));
  };
  field.editor = line;
}

void AttributeSection::write(const AttributeSpec& spec, std::optional<AttributeValue> value) {
  const auto label = shownLabel();
  if (!label || valueOf(*label, spec) == value) return;
  if (value) {
    if (const Status status = check(spec, *value); !status) {
      sayError(workspace(), status.error());
      return refresh();
    }
  }
  workspace().setAttribute(*label, spec.name, std::move(value));
}

}  // namespace fiducial::ui
