#include "dialogs/settings_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>

#include "panels/form_controls.h"
#include "text.h"
#include "window_preferences.h"

namespace fiducial::ui {
namespace {

constexpr double kMostGigabytes = 1024;
constexpr int kLargestStep = 1000;

}  // namespace

SettingsDialog::SettingsDialog(const UiContext& context, WindowPreferences& preferences, QWidget* parent)
    : QDialog(parent), context_(context), preferences_(preferences) {
  setObjectName(QStringLiteral("settingsDialog"));
  setWindowTitle(tr("Settings"));
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->addRow(tr("Theme"), commandChoice(QStringLiteral("theme."), QStringLiteral("settings.theme"), tr("Theme")));
  form->addRow(tr("Mouse"), commandChoice(QStringLiteral("mouse."), QStringLiteral("settings.mouse"), tr("Mouse")));
  form->addRow(tr("Large step"), stepField());
  form->addRow(tr("Memory for a volume"), memoryField());
  auto* what = new QLabel(tr("A larger volume lies in a temporary file, and its slices are read again when they are "
                             "looked at. Holds for the next one that is opened."),
                          this);
  what->setForegroundRole(QPalette::PlaceholderText);
  what->setWordWrap(true);
  form->addRow({}, what);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::accept);
  setMinimumWidth(460);
}

QWidget* SettingsDialog::commandChoice(const QString& prefix, const QString& name, const QString& text) {
  auto* choice = new ChoiceField(this);
  describe(choice, name, text);
  for (const workspace::Command& command : workspace::commands()) {
    const QString id = qt(command.id);
    QAction* action = id.startsWith(prefix) ? context_.actions.find(id) : nullptr;
    if (!action) continue;
    choice->addItem(asSentence(action->text().section(QLatin1String(": "), 1)), id);
    choice->setItemData(choice->count() - 1, action->toolTip(), Qt::ToolTipRole);
    if (action->isChecked()) choice->setCurrentIndex(choice->count() - 1);
  }
  connect(choice, &QComboBox::activated, this, [this, choice](int index) {
    const QString id = choice->itemData(index).toString();
    if (id.startsWith(QLatin1String("theme."))) accept();  // the window opens again
    context_.actions.trigger(id);
  });
  return choice;
}

QWidget* SettingsDialog::stepField() {
  auto* step = new QSpinBox(this);
  describe(step, QStringLiteral("settings.largeStep"), tr("Large step"), tr("What Shift with a step key moves"));
  step->setButtonSymbols(QAbstractSpinBox::NoButtons);  // framed like the other fields; arrow keys step
  step->setRange(2, kLargestStep);
  step->setSuffix(tr(" frames or slices"));
  step->setValue(context_.workspace.largeStep());
  connect(step, &QSpinBox::valueChanged, this, [this](int frames) { preferences_.setLargeStep(frames); });
  return step;
}

QWidget* SettingsDialog::memoryField() {
  auto* memory = new QDoubleSpinBox(this);
  describe(memory, QStringLiteral("settings.memory"), tr("Memory for a volume"),
           tr("How much memory the voxels of one volume may take"));
  memory->setButtonSymbols(QAbstractSpinBox::NoButtons);
  memory->setDecimals(1);
  memory->setRange(0, kMostGigabytes);
  memory->setSingleStep(0.5);
  memory->setSuffix(tr(" GB"));
  memory->setSpecialValueText(tr("automatic: %1 GB").arg(WindowPreferences::automaticMemoryGigabytes(), 0, 'f', 1));
  memory->setValue(preferences_.memoryGigabytes());
  connect(memory, &QDoubleSpinBox::valueChanged, this,
          [this](double gigabytes) { preferences_.setMemoryGigabytes(gigabytes); });
  return memory;
}

}  // namespace fiducial::ui
