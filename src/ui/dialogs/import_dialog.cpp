#include "dialogs/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

#include "dialogs/file_dialog.h"
#include "panels/form_controls.h"
#include "text.h"

namespace fiducial::ui {

ImportDialog::ImportDialog(const UiContext& context, QWidget* parent)
    : QDialog(parent),
      context_(context),
      format_(new QComboBox(this)),
      file_(new QLineEdit(this)),
      medium_(new QComboBox(this)) {
  setObjectName(QStringLiteral("importDialog"));
  setWindowTitle(tr("Import labels"));
  for (const auto& format : exchange::formats())
    if (format.importer) format_->addItem(qt(format.title), qt(format.name));
  medium_->addItem(tr("Media named in the file"), QVariant::fromValue<qlonglong>(0));
  for (const auto& item : context.workspace.media())
    medium_->addItem(tr("All labels onto %1").arg(qt(item.medium.value.name)),
                     QVariant::fromValue<qlonglong>(item.medium.id));
  auto* browse = new QPushButton(tr("Choose..."), this);
  auto* fileRow = new QHBoxLayout;
  fileRow->addWidget(file_, 1);
  fileRow->addWidget(browse);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  import_ = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
  import_->setEnabled(false);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->addRow(tr("Format"), format_);
  form->addRow(tr("File"), fileRow);
  form->addRow(tr("Media"), medium_);
  form->addRow(buttons);
  setMinimumWidth(520);

  describe(format_, QStringLiteral("import.format"), tr("Format"), tr("How the labels are written"));
  describe(file_, QStringLiteral("import.file"), tr("File"), tr("The file that holds the labels"));
  describe(medium_, QStringLiteral("import.medium"), tr("Media"), tr("Which media the labels belong to"));
  describe(import_, QStringLiteral("import.import"), tr("Import"),
           tr("Adds the labels as one edit, which Undo takes back"));
  describe(browse, QStringLiteral("import.browse"), tr("Choose the file"));
  connect(browse, &QPushButton::clicked, this, [this] {
    const QString file = chooseFile(this, tr("Import labels from"), file_->text());
    if (!file.isEmpty()) file_->setText(file);
  });
  connect(file_, &QLineEdit::textChanged, this, [this] { import_->setEnabled(!file_->text().trimmed().isEmpty()); });
  connect(buttons, &QDialogButtonBox::accepted, this, &ImportDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ImportDialog::accept() {
  exchange::ImportOptions options;
  options.path = toPath(file_->text().trimmed());
  if (const qlonglong id = medium_->currentData().toLongLong(); id > 0) options.medium = static_cast<MediumId>(id);
  context_.workspace.importDataset(utf8(format_->currentData().toString()), std::move(options));
  QDialog::accept();
}

}  // namespace fiducial::ui
