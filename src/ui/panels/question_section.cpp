#include "panels/question_section.h"

#include <QButtonGroup>
#include <QLabel>
#include <QLineEdit>

#include "panels/form_controls.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kColumns = 3;  ///< of choices: a panel is about 280 px wide

QString scopeText(Scope scope) {
  switch (scope) {
    case Scope::Frame:
      return QuestionSection::tr("this frame");
    case Scope::Medium:
      return QuestionSection::tr("this medium");
    case Scope::Study:
      return QuestionSection::tr("this study");
    case Scope::Subject:
      break;
  }
  return QuestionSection::tr("this patient");
}

}  // namespace

QuestionSection::QuestionSection(const UiContext& context, QWidget* parent) : FormSection(context, parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
}

bool QuestionSection::isBuilt() const {
  const auto& questions = workspace().labels().questions();
  if (questions.size() != built_.size()) return false;
  auto row = built_.begin();
  for (const auto& [id, stored] : questions) {
    if (row->id != id || !(row->question == stored.value)) return false;
    ++row;
  }
  return true;
}

void QuestionSection::rebuild() {
  delete rows_;
  built_.clear();
  rows_ = new QWidget(this);
  auto* column = new QVBoxLayout(rows_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(context_.theme.metric("grid"));
  for (const auto& [id, stored] : workspace().labels().questions()) built_.push_back(makeRow(id, stored.value));
  layout()->addWidget(rows_);
}

QuestionSection::Row QuestionSection::makeRow(QuestionId id, const Question& question) {
  Row row{id, question, secondaryLabel(context_, {}, rows_), nullptr, nullptr};
  row.name->setText(tr("%1 (%2)").arg(qt(question.name), scopeText(question.scope)));
  row.name->setWordWrap(true);
  rows_->layout()->addWidget(row.name);
  if (question.choices.empty())
    addWords(row, rows_->layout());
  else
    addChoices(row, rows_->layout());
  return row;
}

void QuestionSection::addChoices(Row& row, QLayout* into) {
  auto* holder = new QWidget(rows_);
  auto* grid = new QGridLayout(holder);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(context_.theme.metric("grid"));
  row.choices = new QButtonGroup(holder);
  int n = 0;
  for (const std::string& choice : row.question.choices) {
    auto* button = new AnswerButton(context_, qt(choice), holder);
    describe(button, QStringLiteral("answer.%1.%2").arg(qt(row.question.name), qt(choice)),
             tr("%1: %2").arg(qt(row.question.name), qt(choice)));
    row.choices->addButton(button, n);
    grid->addWidget(button, n / kColumns, n % kColumns);
    connect(button, &QToolButton::clicked, this, [this, id = row.id, choice] { workspace().answer(id, choice); });
    ++n;
  }
  into->addWidget(holder);
}

void QuestionSection::addWords(Row& row, QLayout* into) {
  row.words = lineField(rows_);
  describe(row.words, QStringLiteral("answer.") + qt(row.question.name), qt(row.question.name),
           tr("Your answer; Enter writes it"));
  connect(row.words, &QLineEdit::editingFinished, this, [this, line = row.words, id = row.id] {
    if (!line->isModified()) return;
    line->setModified(false);
    workspace().answer(id, utf8(line->text().trimmed()));
  });
  into->addWidget(row.words);
}

QString QuestionSection::answerTo(QuestionId id, Scope scope) const {
  for (const auto& [tagId, tag] : workspace().labels().tags()) {
    if (tag.value.question != id) continue;
    if (scope == Scope::Frame && tag.value.frame != workspace().frame()) continue;
    return qt(tag.value.value);
  }
  return {};
}

void QuestionSection::refresh() {
  follow();
  if (!isBuilt()) rebuild();
  setVisible(!built_.empty() && workspace().currentMedium());
  for (const Row& row : built_) {
    const QString answer = answerTo(row.id, row.question.scope);
    if (row.words && !(row.words->hasFocus() && row.words->isModified()) && row.words->text() != answer)
      row.words->setText(answer);
    if (!row.choices) continue;
    row.choices->setExclusive(false);  // so that "no answer" can be shown
    for (QAbstractButton* button : row.choices->buttons()) button->setChecked(button->text() == answer);
    row.choices->setExclusive(true);
    const bool missing = row.question.required && answer.isEmpty();
    QPalette palette = row.name->palette();
    palette.setColor(QPalette::WindowText, context_.theme.color(missing ? "warning" : "textSecondary"));
    row.name->setPalette(palette);
  }
}

}  // namespace fiducial::ui
