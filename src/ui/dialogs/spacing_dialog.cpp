#include "dialogs/spacing_dialog.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

#include "panels/form_controls.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr double kSmallestMm = 0.00001;  ///< 10 nm: below what light can tell apart
constexpr double kLargestMm = 10'000;
constexpr int kDecimals = 5;
constexpr double kAtFirstMm = 1;

}  // namespace

SpacingDialog::SpacingDialog(const UiContext& context, QWidget* parent)
    : QDialog(parent), context_(context), problem_(new QLabel(this)) {
  setObjectName(QStringLiteral("spacingDialog"));
  setWindowTitle(tr("Give spacing"));
  const MediumInfo& info = context.workspace.shownInfo();
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  auto* why = new QLabel(tr("The file does not say how large its pixels are. What you enter is kept in the project and "
                            "used for every measurement and export."),
                         this);
  why->setWordWrap(true);
  form->addRow(why);
  struct Distance {
    const char* name;
    QString text;
    QString hint;
  };
  const std::array<Distance, 3> distances{
      Distance{"spacing.column", tr("Across"), tr("From the middle of one pixel to the next in a row")},
      Distance{"spacing.row", tr("Down"), tr("From the middle of one row to the next")},
      Distance{"spacing.slice", tr("Between slices"), tr("From the middle of one slice to the next")}};
  for (std::size_t n = 0; n < fields_.size(); ++n) {
    fields_[n] = new QDoubleSpinBox(this);
    fields_[n]->setButtonSymbols(QAbstractSpinBox::NoButtons);
    fields_[n]->setDecimals(kDecimals);
    fields_[n]->setRange(kSmallestMm, kLargestMm);
    fields_[n]->setSingleStep(0.1);
    fields_[n]->setSuffix(tr(" mm"));
    fields_[n]->setValue(n < info.spacing.size() ? info.spacing[n] : kAtFirstMm);
    describe(fields_[n], QString::fromLatin1(distances[n].name), distances[n].text, distances[n].hint);
    if (n == 2 && info.kind != MediumKind::Volume)
      fields_[n]->hide();
    else
      form->addRow(distances[n].text, fields_[n]);
  }
  // Pixels are square until somebody says otherwise.
  connect(fields_[0], &QDoubleSpinBox::valueChanged, fields_[1], &QDoubleSpinBox::setValue);
  problem_->setWordWrap(true);
  problem_->hide();
  form->addRow(problem_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  QPushButton* give = buttons->addButton(tr("Give spacing"), QDialogButtonBox::AcceptRole);
  describe(give, QStringLiteral("spacing.give"), tr("Give spacing"), tr("Kept as one edit, which Undo takes back"));
  give->setDefault(true);
  form->addRow(buttons);
  setMinimumWidth(420);
  connect(buttons, &QDialogButtonBox::accepted, this, &SpacingDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void SpacingDialog::accept() {
  const Status given = context_.workspace.giveSpacing({fields_[0]->value(), fields_[1]->value(), fields_[2]->value()});
  if (given) return QDialog::accept();
  problem_->setText(asSentence(qt(given.error().message)));
  problem_->show();
}

}  // namespace fiducial::ui
