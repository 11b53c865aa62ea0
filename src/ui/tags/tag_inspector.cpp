#include "tags/tag_inspector.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

#include "fiducial/exchange/project_media.h"
#include "tags/tag_model.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kWidthPx = 900;
constexpr int kHeightPx = 620;

/// The file of the shown slice or frame, at the shown time; empty where the medium is not there or is no DICOM.
std::filesystem::path shownFile(const workspace::Workspace& workspace) {
  const auto* session = workspace.currentMedium();
  const project::Project* project = workspace.project();
  if (session == nullptr || project == nullptr || session->medium.value.info.format != "dicom") return {};
  const auto location = exchange::locationOf(*project, session->medium.value);
  if (!location || location->files.empty()) return {};
  const std::size_t files = location->files.size();
  const auto frame = std::size_t(std::max(workspace.frame(), 0));
  const auto time = std::size_t(std::max(workspace.time(), 0));
  const auto slices = std::size_t(std::max(workspace.frameCount(), 1));
  // A file for each slice of each time, or one for each time; else one for each slice.
  const bool isWholeTimes = workspace.timeCount() > 1 && files == std::size_t(workspace.timeCount());
  const std::size_t wanted = isWholeTimes ? time : time * slices + frame;
  return files == 1 ? location->files.front() : location->files[std::min(wanted, files - 1)];
}

}  // namespace

TagInspector::TagInspector(const UiContext& context, QWidget* window)
    : QDialog(window),
      context_(context),
      search_(new QLineEdit(this)),
      heading_(new QLabel(this)),
      view_(new QTreeView(this)),
      model_(new TagModel(this)),
      proxy_(new QSortFilterProxyModel(this)) {
  setObjectName(QStringLiteral("tagInspector"));
  setWindowTitle(tr("Tags of the file"));
  setModal(false);
  resize(kWidthPx, kHeightPx);
  heading_->setObjectName(QStringLiteral("tagInspector.file"));
  heading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  heading_->setWordWrap(true);
  search_->setObjectName(QStringLiteral("tagInspector.search"));
  search_->setAccessibleName(tr("Search tags"));
  search_->setPlaceholderText(tr("Search tag, name or value"));
  search_->setToolTip(tr("Shows the elements whose tag, name or value contains the text"));
  search_->setClearButtonEnabled(true);
  search_->installEventFilter(this);
  proxy_->setSourceModel(model_);
  proxy_->setRecursiveFilteringEnabled(true);
  proxy_->setAutoAcceptChildRows(true);
  proxy_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  proxy_->setFilterKeyColumn(-1);
  view_->setObjectName(QStringLiteral("tagInspector.tree"));
  view_->setAccessibleName(tr("Elements of the file"));
  view_->setModel(proxy_);
  view_->setUniformRowHeights(true);
  view_->setAlternatingRowColors(true);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setIndentation(12);  // labels nest a dozen levels
  view_->header()->resizeSection(TagModel::TagColumn, 210);
  view_->header()->resizeSection(TagModel::NameColumn, 250);
  view_->header()->resizeSection(TagModel::TypeColumn, 50);
  auto* copyAction = new QAction(tr("Copy value"), this);
  copyAction->setShortcut(QKeySequence::Copy);
  copyAction->setShortcutContext(Qt::WidgetShortcut);
  connect(copyAction, &QAction::triggered, this, &TagInspector::copyValue);
  view_->addAction(copyAction);
  view_->setContextMenuPolicy(Qt::ActionsContextMenu);
  auto* copy = new QPushButton(tr("Copy value"), this);
  copy->setObjectName(QStringLiteral("tagInspector.copy"));
  copy->setAccessibleName(copy->text());
  copy->setToolTip(tr("Puts the whole value of the chosen element on the clipboard (Ctrl+C)"));
  copy->setAutoDefault(false);
  connect(copy, &QPushButton::clicked, this, &TagInspector::copyValue);
  connect(search_, &QLineEdit::textChanged, this, &TagInspector::filter);
  auto* column = new QVBoxLayout(this);
  column->addWidget(heading_);
  column->addWidget(search_);
  column->addWidget(view_, 1);
  column->addWidget(copy, 0, Qt::AlignRight);
  subscription_ = context.workspace.observe([this](workspace::Topics topics) {
    using workspace::Topic;
    if (isVisible() && (has(topics, Topic::Medium) || has(topics, Topic::Frame))) follow();
  });
}

void TagInspector::open() {
  follow();
  show();
  raise();
  activateWindow();
  search_->setFocus();
}

void TagInspector::follow() {
  const std::filesystem::path path = shownFile(context_.workspace);
  if (!path.empty()) return showFile(path);
  shown_.clear();
  model_->show(nullptr);
  heading_->setText(tr("The shown medium is not a DICOM file, or its file is not there."));
}

void TagInspector::showFile(const std::filesystem::path& path) {
  if (path == shown_) return;
  shown_ = path;
  auto dataset = media::DicomDataset::open(path);
  if (!dataset) {
    model_->show(nullptr);
    heading_->setText(qt(dataset.error().text()));
    return;
  }
  QString text = fromPath(path.filename());
  if (!(*dataset)->damage().empty()) text += tr(" - damaged: %1").arg(qt((*dataset)->damage()));
  heading_->setText(text);
  heading_->setToolTip(fromPath(path));
  model_->show(*dataset);
  filter(search_->text());
}

void TagInspector::filter(const QString& text) {
  proxy_->setFilterFixedString(text);
  if (!text.isEmpty()) view_->expandAll();
}

void TagInspector::copyValue() {
  const QModelIndex index = proxy_->mapToSource(view_->currentIndex());
  if (index.isValid()) QGuiApplication::clipboard()->setText(model_->wholeValue(index));
}

bool TagInspector::eventFilter(QObject* watched, QEvent* event) {
  // Down from the search goes to its first hit, as in the other lists.
  if (watched == search_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
      view_->setFocus();
      if (!view_->currentIndex().isValid()) view_->setCurrentIndex(proxy_->index(0, 0));
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace fiducial::ui
