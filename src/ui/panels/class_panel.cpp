#include "panels/class_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedLayout>
#include <QTreeView>

#include "panels/class_delegate.h"
#include "panels/class_menu.h"
#include "panels/class_model.h"
#include "panels/empty_state.h"
#include "panels/form_controls.h"
#include "panels/row_painting.h"
#include "panels/say_error.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

using workspace::Topic;

namespace {

constexpr int kIndentPx = 14;
constexpr int kAddButtonPx = 28;

}  // namespace

ClassPanel::ClassPanel(UiContext context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      model_(new ClassModel(context, this)),
      tree_(new QTreeView(this)),
      add_(iconButton(context, QStringLiteral("add"), this, kAddButtonPx)),
      name_(lineField(this)),
      empty_(new EmptyState(context, QStringLiteral("class"),
                            tr("No classes yet: press Q and type a name, or load a schema"), this)),
      header_(new QWidget(this)),
      pages_(new QStackedLayout) {
  setObjectName(QStringLiteral("classPanel"));
  setAccessibleName(tr("Classes"));
  buildTree();
  buildHeader();
  empty_->offer(QStringLiteral("file.loadSchema"));
  pages_->addWidget(tree_);
  pages_->addWidget(empty_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(pages_, 1);
  layout->addWidget(header_);
  new WorkspaceWatch(context.workspace, this,
                     topicsOf(Topic::Project, Topic::Schema, Topic::Labels, Topic::Medium, Topic::Tool),
                     [this](workspace::Topics topics) { refresh(topics); });
  rebuildTree();
}

void ClassPanel::buildTree() {
  setUpRows(tree_, context_.theme, QStringLiteral("classTree"), tr("Classes"));
  tree_->setModel(model_);
  tree_->setItemDelegate(new ClassDelegate(context_, this));
  tree_->setHeaderHidden(true);
  tree_->setUniformRowHeights(true);
  tree_->setIndentation(kIndentPx);
  tree_->setExpandsOnDoubleClick(false);
  tree_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  const auto use = [this](const QModelIndex& index) { context_.workspace.setCurrentClass(model_->classAt(index)); };
  connect(tree_, &QTreeView::clicked, this, use);
  connect(tree_, &QTreeView::activated, this, use);
  connect(tree_, &QTreeView::collapsed, this, [this](const QModelIndex& i) { folded_.insert(model_->classAt(i)); });
  connect(tree_, &QTreeView::expanded, this, [this](const QModelIndex& i) { folded_.erase(model_->classAt(i)); });
  connect(tree_, &QTreeView::customContextMenuRequested, this, &ClassPanel::openMenu);
}

void ClassPanel::buildHeader() {
  describe(add_, QStringLiteral("addClass"), tr("Add a class"), tr("Add a class by its name (Q at the pointer)"));
  describe(name_, QStringLiteral("newClassName"), tr("Name of the new class"), tr("Type a name, then Enter"));
  name_->setPlaceholderText(tr("Name of the new class"));
  name_->installEventFilter(this);
  name_->hide();
  connect(add_, &QToolButton::clicked, this, &ClassPanel::startAdding);
  connect(name_, &QLineEdit::returnPressed, this, &ClassPanel::addClass);
  connect(name_, &QLineEdit::editingFinished, this, [this] {
    if (!name_->hasFocus()) name_->hide();
  });
  auto* row = new QHBoxLayout(header_);
  const int padding = context_.theme.metric("padding");
  row->setContentsMargins(padding, 2, 4, 2);
  row->addWidget(name_, 1);
  row->addStretch();
  row->addWidget(add_);
}

void ClassPanel::startAdding() {
  name_->clear();
  name_->show();
  name_->setFocus();
}

void ClassPanel::addClass() {
  const QString name = name_->text().trimmed();
  if (name.isEmpty()) return name_->hide();
  if (const Status status = context_.workspace.addClass(utf8(name)); !status)
    return sayError(context_.workspace, status.error());
  name_->clear();  // the field stays: schemas have several classes
}

void ClassPanel::refresh(workspace::Topics topics) {
  if (workspace::has(topics, Topic::Schema) || workspace::has(topics, Topic::Project))
    rebuildTree();
  else
    model_->refreshValues();
  markCurrent();
}

void ClassPanel::rebuildTree() {
  const std::set<ClassId> folded = folded_;
  model_->rebuild();
  tree_->expandAll();
  for (const ClassId id : folded) tree_->collapse(model_->indexOf(id));
  folded_ = folded;
  const bool any = model_->rowCount() > 0;
  pages_->setCurrentWidget(any ? static_cast<QWidget*>(tree_) : empty_);
  header_->setEnabled(context_.workspace.project() != nullptr);
  markCurrent();
}

void ClassPanel::markCurrent() {
  const QModelIndex index = model_->indexOf(context_.workspace.currentClass());
  if (tree_->currentIndex() == index && tree_->selectionModel()->isSelected(index)) return;
  tree_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
  if (index.isValid()) tree_->scrollTo(index);
}

void ClassPanel::openMenu(const QPoint& at) {
  const QModelIndex index = tree_->indexAt(at);
  if (!index.isValid()) return;
  QMenu menu(this);
  fillClassMenu(menu, context_, model_->classAt(index),
                [this, row = QPersistentModelIndex(index)] { tree_->edit(row); });
  menu.exec(tree_->viewport()->mapToGlobal(at));
}

bool ClassPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == name_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    name_->clear();
    name_->hide();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace fiducial::ui
