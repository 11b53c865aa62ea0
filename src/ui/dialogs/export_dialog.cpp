#include "dialogs/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <cmath>

#include "dialogs/file_dialog.h"
#include "panels/form_controls.h"
#include "text.h"

namespace fiducial::ui {

using exchange::FrameChoice;
using exchange::StatusChoice;

std::optional<std::vector<std::pair<std::string, double>>> parseSplit(const QString& text) {
  std::vector<std::pair<std::string, double>> split;
  for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
    const QStringList sides = part.split(QLatin1Char('='));
    bool ok = false;
    const double share = sides.size() == 2 ? sides[1].trimmed().toDouble(&ok) : 0;
    if (!ok || !(share > 0) || !std::isfinite(share) || sides[0].trimmed().isEmpty()) return std::nullopt;
    split.emplace_back(utf8(sides[0].trimmed()), share);
  }
  return split;
}

ExportDialog::ExportDialog(const UiContext& context, QWidget* parent)
    : QDialog(parent),
      context_(context),
      format_(new QComboBox(this)),
      holds_(new QLabel(this)),
      media_(new QComboBox(this)),
      frames_(new QComboBox(this)),
      status_(new QComboBox(this)),
      split_(new QLineEdit(this)),
      folder_(new QLineEdit(this)),
      strict_(new QCheckBox(tr("Stop if anything cannot be held by this format"), this)),
      problem_(new QLabel(this)) {
  setObjectName(QStringLiteral("exportDialog"));
  setWindowTitle(tr("Export"));
  for (const auto& format : exchange::formats())
    if (format.exporter) format_->addItem(qt(format.title), qt(format.name));
  media_->addItem(tr("The whole project"), false);
  if (const auto* item = context.workspace.currentMedium())
    media_->addItem(tr("Only %1").arg(qt(item->medium.value.name)), true);
  frames_->addItem(tr("Labelled or marked done"), static_cast<int>(FrameChoice::Labelled));
  frames_->addItem(tr("Marked done"), static_cast<int>(FrameChoice::Done));
  frames_->addItem(tr("All frames"), static_cast<int>(FrameChoice::All));
  frames_->addItem(tr("No pictures, labels only"), static_cast<int>(FrameChoice::None));
  status_->addItem(tr("All labels"), static_cast<int>(StatusChoice::All));
  status_->addItem(tr("Of media marked done"), static_cast<int>(StatusChoice::Done));
  status_->addItem(tr("Of accepted readings"), static_cast<int>(StatusChoice::Accepted));
  split_->setPlaceholderText(tr("none, or train=0.8, val=0.2"));
  if (const auto* project = context.workspace.project())
    folder_->setText(fromPath(project->folder() / (project->path().stem().string() + "-export")));
  holds_->setForegroundRole(QPalette::PlaceholderText);
  holds_->setWordWrap(true);
  problem_->setForegroundRole(QPalette::BrightText);
  problem_->setWordWrap(true);

  auto* folderRow = new QHBoxLayout;
  auto* browse = new QPushButton(tr("Choose..."), this);
  folderRow->addWidget(folder_, 1);
  folderRow->addWidget(browse);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  export_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->addRow(tr("Format"), format_);
  form->addRow(QString(), holds_);
  form->addRow(tr("What"), media_);
  form->addRow(tr("Frames"), frames_);
  form->addRow(tr("Labels"), status_);
  form->addRow(tr("Split"), split_);
  form->addRow(tr("Folder"), folderRow);
  form->addRow(QString(), strict_);
  form->addRow(problem_);
  form->addRow(buttons);
  setMinimumWidth(520);

  const auto name = [](QWidget* widget, const char* id, const QString& text, const QString& hint) {
    describe(widget, QStringLiteral("export.%1").arg(QString::fromLatin1(id)), text, hint);
  };
  name(format_, "format", tr("Format"), tr("How the dataset is written"));
  name(media_, "media", tr("What"), tr("All media of the project, or only the one on show"));
  name(frames_, "frames", tr("Frames"), tr("Which frames and slices are written as pictures"));
  name(status_, "status", tr("Labels"), tr("Whose labels: all, of finished media, or of accepted readings"));
  name(split_, "split", tr("Split"), tr("Shares of training and validation; a patient is never in two of them"));
  name(folder_, "folder", tr("Folder"), tr("Where the dataset is written"));
  name(strict_, "strict", strict_->text(), tr("Nothing is written then, and the strip says what could not be held"));
  name(export_, "export", tr("Export"), tr("Writes the dataset in the background"));
  name(browse, "browse", tr("Choose the folder"), {});
  connect(browse, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
  connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(format_, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
  connect(folder_, &QLineEdit::textChanged, this, &ExportDialog::refresh);
  connect(split_, &QLineEdit::textChanged, this, &ExportDialog::refresh);
  refresh();
}

void ExportDialog::chooseFolder() {
  const QString folder = ui::chooseFolder(this, tr("Export to"), folder_->text());
  if (!folder.isEmpty()) folder_->setText(folder);
}

void ExportDialog::refresh() {
  const auto* format = exchange::findFormat(utf8(format_->currentData().toString()));
  QStringList kinds;
  if (format)
    for (const std::string& kind : exchange::names(format->kinds))
      kinds << qt(kind).replace(QLatin1Char('_'), QLatin1Char(' '));
  holds_->setText(tr("Holds: %1.").arg(kinds.join(QStringLiteral(", "))));
  QString problem;
  if (folder_->text().trimmed().isEmpty())
    problem = tr("Choose a folder.");
  else if (!parseSplit(split_->text()))
    problem = tr("A split is written like train=0.8, val=0.2.");
  problem_->setText(problem);
  problem_->setVisible(!problem.isEmpty());
  export_->setEnabled(problem.isEmpty() && format);
}

void ExportDialog::accept() {
  exchange::ExportOptions options;
  options.out = toPath(folder_->text().trimmed());
  if (media_->currentData().toBool() && context_.workspace.currentMedium())
    options.media = {static_cast<MediumId>(context_.workspace.currentMedium()->medium.id)};
  options.frames = static_cast<FrameChoice>(frames_->currentData().toInt());
  options.status = static_cast<StatusChoice>(status_->currentData().toInt());
  options.split = parseSplit(split_->text()).value_or(decltype(options.split){});
  options.strict = strict_->isChecked();
  context_.workspace.exportDataset(utf8(format_->currentData().toString()), std::move(options));
  QDialog::accept();
}

}  // namespace fiducial::ui
