#include "panels/annotation_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStackedLayout>
#include <QToolButton>

#include "panels/annotation_delegate.h"
#include "panels/annotation_model.h"
#include "panels/empty_state.h"
#include "panels/form_controls.h"
#include "panels/label_text.h"
#include "panels/row_painting.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

using workspace::Topic;

AnnotationPanel::AnnotationPanel(UiContext context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      model_(new AnnotationModel(context, this)),
      list_(new QListView(this)),
      thisFrame_(extentButton(QStringLiteral("labelsOfFrame"), tr("This frame"), tr("Labels on this frame"), false)),
      all_(extentButton(QStringLiteral("labelsOfMedium"), tr("All"), tr("All labels of this medium"), true)),
      count_(secondaryLabel(context, {}, this)),
      empty_(new EmptyState(context, QStringLiteral("list"), {}, this)),
      pages_(new QStackedLayout) {
  setObjectName(QStringLiteral("annotationPanel"));
  setAccessibleName(tr("Labels"));
  buildList();
  pages_->addWidget(list_);
  pages_->addWidget(empty_);
  buildHeader();
  new WorkspaceWatch(context.workspace, this,
                     topicsOf(Topic::Project, Topic::Medium, Topic::Frame, Topic::Labels, Topic::Schema,
                              Topic::Selection, Topic::View),
                     [this](workspace::Topics topics) { refresh(topics); });
  refresh(topicsOf(Topic::Labels, Topic::Selection));
}

QToolButton* AnnotationPanel::extentButton(const QString& name, const QString& text, const QString& hint, bool all) {
  auto* button = new QToolButton(this);
  describe(button, name, text, hint);
  button->setText(text);
  button->setCheckable(true);
  button->setChecked(!all);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  connect(button, &QToolButton::clicked, this, [this, all] {
    model_->setExtent(all ? AnnotationModel::Extent::All : AnnotationModel::Extent::ThisFrame);
    showTexts();
    showSelection();
  });
  return button;
}

void AnnotationPanel::buildHeader() {
  auto* choice = new QButtonGroup(this);
  choice->addButton(thisFrame_);
  choice->addButton(all_);
  count_->setObjectName(QStringLiteral("labelCount"));
  auto* row = new QHBoxLayout;
  const int padding = context_.theme.metric("padding");
  row->setContentsMargins(4, 4, padding, 4);
  row->setSpacing(4);
  row->addWidget(thisFrame_);
  row->addWidget(all_);
  row->addStretch();
  row->addWidget(count_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(row);
  layout->addLayout(pages_, 1);
}

void AnnotationPanel::buildList() {
  setUpRows(list_, context_.theme, QStringLiteral("labelList"), tr("Labels"));
  list_->setModel(model_);
  list_->setItemDelegate(new AnnotationDelegate(context_, this));
  list_->setUniformItemSizes(true);
  list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  list_->viewport()->installEventFilter(this);
  list_->installEventFilter(this);
  connect(list_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AnnotationPanel::passSelection);
  const auto go = [this](const QModelIndex& index) { context_.workspace.goTo(model_->labelAt(index.row())); };
  connect(list_, &QListView::doubleClicked, this, go);
  connect(list_, &QListView::activated, this, go);
  connect(list_, &QListView::customContextMenuRequested, this, &AnnotationPanel::openMenu);
}

void AnnotationPanel::refresh(workspace::Topics topics) {
  const int scrolled = list_->verticalScrollBar()->value();
  const workspace::Topics contents = topics & ~topicsOf(Topic::Selection);
  bool moved = false;
  // In the list of all a step changes no row.
  const bool onlyFrame = contents == topicsOf(Topic::Frame) && model_->extent() == AnnotationModel::Extent::All;
  if (contents != 0 && !onlyFrame)
    moved = model_->refresh((topics & topicsOf(Topic::Labels, Topic::Medium, Topic::Project)) != 0);
  showTexts();
  if (!moved && !workspace::has(topics, Topic::Selection)) return;
  list_->verticalScrollBar()->setValue(scrolled);
  showSelection();
}

void AnnotationPanel::showTexts() {
  const bool several = context_.workspace.frameCount() > 1;
  thisFrame_->setVisible(several);
  all_->setVisible(several);
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  const bool volume = item && item->medium.value.info.kind == MediumKind::Volume;
  thisFrame_->setText(volume ? tr("This slice") : tr("This frame"));
  const int rows = model_->rowCount();
  count_->setText(rows == 0 ? QString() : labelCountText(rows));
  if (rows == 0) empty_->setText(emptyText());
  pages_->setCurrentWidget(rows == 0 ? static_cast<QWidget*>(empty_) : list_);
}

QString AnnotationPanel::emptyText() const {
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  if (!item) return tr("Labels are listed here once a medium is shown");
  if (model_->extent() == AnnotationModel::Extent::All) return tr("No labels on this medium yet");
  const bool done = context_.workspace.labels().isFrameDone(context_.workspace.frame());
  if (item->medium.value.info.kind == MediumKind::Volume)
    return done ? tr("Nothing on this slice, and it is marked as done")
                : tr("Nothing on this slice: B box, P polygon, Shift+Enter if it is truly empty");
  return done ? tr("Nothing on this frame, and it is marked as done")
              : tr("Nothing on this frame: B box, P polygon, Shift+Enter if it is truly empty");
}

void AnnotationPanel::showSelection() {
  QItemSelection rows;
  QModelIndex first;
  const auto selected = context_.workspace.selection();
  const std::set<edit::LabelRef> wanted(selected.begin(), selected.end());
  for (int row = 0; !wanted.empty() && row < model_->rowCount(); ++row) {
    if (!wanted.contains(model_->labelAt(row))) continue;
    const int begin = row;  // neighbours as one range: everything selected is one
    while (row + 1 < model_->rowCount() && wanted.contains(model_->labelAt(row + 1))) ++row;
    rows.select(model_->index(begin), model_->index(row));
    if (!first.isValid()) first = model_->index(begin);
  }
  if (list_->selectionModel()->selection() == rows) return;
  showingSelection_ = true;
  list_->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
  if (first.isValid()) list_->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
  showingSelection_ = false;
  if (first.isValid()) list_->scrollTo(first);
}

void AnnotationPanel::passSelection() {
  if (showingSelection_) return;
  std::vector<edit::LabelRef> labels;
  for (const QModelIndex& index : list_->selectionModel()->selectedIndexes())
    labels.push_back(model_->labelAt(index.row()));
  context_.workspace.select(std::move(labels));
}

bool AnnotationPanel::toggleAt(const QPoint& at) {
  const QModelIndex index = list_->indexAt(at);
  if (!index.data(AnnotationModel::OnPictureRole).toBool()) return false;
  const QRect row = list_->visualRect(index);
  const edit::LabelRef label = model_->labelAt(index.row());
  workspace::Workspace& workspace = context_.workspace;
  if (AnnotationDelegate::eyeRect(row).contains(at))
    workspace.setHidden(label, !workspace.isHidden(label));
  else if (AnnotationDelegate::lockRect(row).contains(at))
    workspace.setLocked(label, !workspace.isLocked(label));
  else
    return false;
  list_->update(index);
  return true;
}

bool AnnotationPanel::eventFilter(QObject* watched, QEvent* event) {
  const QEvent::Type type = event->type();
  if (watched == list_->viewport() && (type == QEvent::MouseButtonPress || type == QEvent::MouseButtonDblClick)) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() == Qt::LeftButton && toggleAt(mouse->position().toPoint())) return true;
  }
  if (watched == list_ && type == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
    context_.workspace.deleteSelection();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

void AnnotationPanel::fillMenu(QMenu& menu, edit::LabelRef label) {
  workspace::Workspace& workspace = context_.workspace;
  menu.addAction(context_.icons.icon(QStringLiteral("locate")), tr("Go there"), this,
                 [&workspace, label] { workspace.goTo(label); });
  const bool hidden = workspace.isHidden(label);
  menu.addAction(context_.icons.icon(hidden ? QStringLiteral("eye") : QStringLiteral("eye_off")),
                 hidden ? tr("Show") : tr("Hide"), this,
                 [&workspace, label, hidden] { workspace.setHidden(label, !hidden); });
  const bool locked = workspace.isLocked(label);
  menu.addAction(context_.icons.icon(locked ? QStringLiteral("unlock") : QStringLiteral("lock")),
                 locked ? tr("Unlock") : tr("Lock"), this,
                 [&workspace, label, locked] { workspace.setLocked(label, !locked); });
  QMenu* classes = menu.addMenu(context_.icons.icon(QStringLiteral("class")), tr("Class"));
  for (const auto& [id, stored] : workspace.labels().classes())
    classes->addAction(swatchIcon(context_.theme, QColor(qt(stored.value.color)), devicePixelRatioF()),
                       qt(stored.value.name), this,
                       [&workspace, chosen = id] { workspace.setClassOfSelection(chosen); });
  menu.addSeparator();
  menu.addAction(context_.icons.icon(QStringLiteral("trash")), tr("Delete"), this,
                 [&workspace] { workspace.deleteSelection(); });
}

void AnnotationPanel::openMenu(const QPoint& at) {
  const QModelIndex index = list_->indexAt(at);
  if (!index.isValid()) return;
  QMenu menu(this);
  fillMenu(menu, model_->labelAt(index.row()));
  menu.exec(list_->viewport()->mapToGlobal(at));
}

}  // namespace fiducial::ui
