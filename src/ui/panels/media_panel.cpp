#include "panels/media_panel.h"

#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "dialogs/file_dialog.h"
#include "panels/empty_state.h"
#include "panels/form_controls.h"
#include "panels/media_delegate.h"
#include "panels/media_model.h"
#include "panels/row_painting.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

using workspace::Topic;

MediaPanel::MediaPanel(UiContext context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      model_(new MediaModel(context, this)),
      delegate_(new MediaDelegate(context, *model_, this)),
      list_(new QListView(this)),
      filter_(lineField(this)),
      pages_(new QStackedLayout),
      noMedia_(new EmptyState(context, QStringLiteral("folder"), tr("Drop a scan, a video or a folder here"), this)),
      noMatch_(new EmptyState(context, QStringLiteral("search"), {}, this)) {
  setObjectName(QStringLiteral("mediaPanel"));
  setAccessibleName(tr("Media of the project"));
  build();
  new WorkspaceWatch(context.workspace, this, topicsOf(Topic::Project, Topic::Media, Topic::Medium, Topic::Labels),
                     [this](workspace::Topics topics) { refresh(topics); });
  refresh(topicsOf(Topic::Media, Topic::Medium));
}

void MediaPanel::build() {
  describe(filter_, QStringLiteral("mediaFilter"), tr("Filter of the media list"),
           tr("Shows the media whose name, patient or study contains this"));
  filter_->setPlaceholderText(tr("Filter"));
  filter_->setClearButtonEnabled(true);
  connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
    model_->setFilter(text);
    showPages();
    markCurrent();
  });

  setUpRows(list_, context_.theme, QStringLiteral("mediaList"), tr("Media"));
  list_->setModel(model_);
  list_->setItemDelegate(delegate_);
  list_->viewport()->installEventFilter(this);
  connect(list_, &QListView::clicked, this, &MediaPanel::showMedium);
  connect(list_, &QListView::activated, this, &MediaPanel::showMedium);
  connect(list_, &QListView::customContextMenuRequested, this, &MediaPanel::openMenu);

  noMedia_->offer(QStringLiteral("file.open"));
  noMedia_->offer(QStringLiteral("file.add"));
  pages_->addWidget(list_);
  pages_->addWidget(noMedia_);
  pages_->addWidget(noMatch_);
  const int padding = context_.theme.metric("padding");
  auto* top = new QVBoxLayout;
  top->setContentsMargins(padding, padding, padding, padding);
  top->addWidget(filter_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(top);
  layout->addLayout(pages_, 1);
}

void MediaPanel::refresh(workspace::Topics topics) {
  if (topics != topicsOf(Topic::Medium)) model_->refresh();
  showPages();
  markCurrent();
}

void MediaPanel::showPages() {
  const bool any = !context_.workspace.media().empty();
  filter_->setVisible(any || !filter_->text().isEmpty());
  if (!any) {
    pages_->setCurrentWidget(noMedia_);
  } else if (model_->rowCount() == 0) {
    noMatch_->setText(tr("No medium's name, patient or study contains \"%1\"").arg(filter_->text()));
    pages_->setCurrentWidget(noMatch_);
  } else {
    pages_->setCurrentWidget(list_);
  }
}

void MediaPanel::markCurrent() {
  const workspace::MediumItem* current = context_.workspace.currentMedium();
  const QModelIndex index = current ? model_->indexOf(MediumId{current->medium.id}) : QModelIndex();
  if (index == list_->currentIndex() && list_->selectionModel()->isSelected(index)) return;
  list_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
  if (index.isValid()) list_->scrollTo(index);
}

void MediaPanel::showMedium(const QModelIndex& index) {
  if (const workspace::MediumItem* item = model_->itemAt(index))
    context_.workspace.showMedium(MediumId{item->medium.id});
}

void MediaPanel::locate(const workspace::MediumItem& item) {
  const Medium& medium = item.medium.value;
  const QString title = tr("Where is %1?").arg(qt(medium.name));
  // A series is found in its folder, everything else is one file.
  const project::Project* project = context_.workspace.project();
  const QString place = project ? fromPath(project->folder() / toPath(qt(medium.path))) : qt(medium.path);
  const QString chosen = medium.files.empty() ? chooseFile(this, title, place) : chooseFolder(this, title, place);
  if (!chosen.isEmpty()) context_.workspace.locateMedia(toPath(chosen));
}

void MediaPanel::openMenu(const QPoint& at) {
  const workspace::MediumItem* item = model_->itemAt(list_->indexAt(at));
  if (!item) return;
  const MediumId id{item->medium.id};
  QMenu menu(this);
  menu.addAction(tr("Show"), this, [this, id] { context_.workspace.showMedium(id); });
  QAction* find = menu.addAction(context_.icons.icon(QStringLiteral("locate")), tr("Locate..."), this, [this, id] {
    if (const workspace::MediumItem* medium = context_.workspace.findMedium(id)) locate(*medium);
  });
  find->setEnabled(!item->available);
  QAction* done = menu.addAction(context_.icons.icon(QStringLiteral("done")), tr("Mark as done"), this, [this, id] {
    context_.workspace.showMedium(id);
    context_.workspace.markDone(true);
  });
  done->setEnabled(!item->done);
  if (item->medium.value.info.format == "dicom") {
    menu.addAction(tr("Tags of the file..."), this, [this, id] {
      context_.workspace.showMedium(id);
      context_.actions.trigger(QStringLiteral("view.tags"));
    });
  }
  menu.exec(list_->viewport()->mapToGlobal(at));
}

bool MediaPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::MouseButtonPress) return QWidget::eventFilter(watched, event);
  const auto* mouse = static_cast<QMouseEvent*>(event);
  const QModelIndex index = list_->indexAt(mouse->position().toPoint());
  const workspace::MediumItem* item = model_->itemAt(index);
  const bool onButton = item && mouse->button() == Qt::LeftButton &&
                        delegate_->locateButton(list_->visualRect(index), index).contains(mouse->position().toPoint());
  if (!onButton) return QWidget::eventFilter(watched, event);
  locate(*item);
  return true;
}

}  // namespace fiducial::ui
