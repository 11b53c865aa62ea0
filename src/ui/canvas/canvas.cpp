#include "canvas/canvas.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "text.h"

namespace fiducial::ui {
namespace {
constexpr std::size_t kRecentShown = 5;
}

Canvas::Canvas(UiContext context, KeyRouter& keys, QWidget* parent)
    : QWidget(parent), context_(context), keys_(keys), stack_(new QStackedLayout(this)) {
  setObjectName(QStringLiteral("canvas"));
  setAccessibleName(tr("Canvas"));
  viewsHost_ = new QWidget(this);
  grid_ = new QGridLayout(viewsHost_);
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(1);
  stack_->addWidget(makeEmptyState());
  stack_->addWidget(viewsHost_);
  arrange();
  subscription_ = context_.workspace.observe([this](workspace::Topics topics) { refresh(topics); });
}

QWidget* Canvas::makeEmptyState() {
  auto* empty = new QWidget(this);
  empty->setAutoFillBackground(true);
  QPalette palette = empty->palette();
  palette.setColor(QPalette::Window, context_.theme.color("ground"));
  empty->setPalette(palette);
  auto* column = new QVBoxLayout(empty);
  column->setAlignment(Qt::AlignCenter);
  column->setSpacing(context_.theme.metric("grid") * 3);
  headline_ = new QLabel(empty);
  headline_->setObjectName(QStringLiteral("empty.headline"));
  QFont font = headline_->font();
  font.setPixelSize(18);
  headline_->setFont(font);
  headline_->setAlignment(Qt::AlignCenter);
  auto* hint =
      new QLabel(tr("DICOM, NIfTI, PNG, JPEG, TIFF, MP4, MKV, AVI and more. Nothing leaves this computer."), empty);
  hint->setForegroundRole(QPalette::PlaceholderText);
  hint->setAlignment(Qt::AlignCenter);
  hint->setWordWrap(true);  // or the whole window could not be narrower than this line
  auto* row = new QHBoxLayout;
  row->setAlignment(Qt::AlignCenter);
  for (const char* id : {"file.open", "file.add"}) {
    QAction* action = context_.actions.find(QString::fromLatin1(id));
    if (!action) continue;
    auto* button = new QPushButton(action->icon(), action->text(), empty);
    button->setObjectName(QStringLiteral("empty.%1").arg(QString::fromLatin1(id)));
    button->setAccessibleName(action->text());
    button->setToolTip(action->toolTip());
    button->setMinimumHeight(context_.theme.metric("button"));
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    row->addWidget(button);
  }
  column->addWidget(headline_);
  offers_ = new QWidget(empty);
  auto* offers = new QVBoxLayout(offers_);
  offers->setAlignment(Qt::AlignCenter);
  offers->addWidget(hint);
  offers->addLayout(row);
  addRecent(*offers, offers_);
  column->addWidget(offers_);
  showEmptyState();
  return empty;
}

void Canvas::showEmptyState() {
  const auto jobs = context_.workspace.jobs();
  headline_->setText(jobs.empty() ? tr("Drop a scan, a video or a folder here") : qt(jobs.front().what) + tr("..."));
  offers_->setVisible(jobs.empty());
}

void Canvas::addRecent(QVBoxLayout& column, QWidget* empty) {
  const auto recent = context_.workspace.recentProjects();
  if (recent.empty()) return;
  auto* heading = new QLabel(tr("Recent projects"), empty);
  heading->setForegroundRole(QPalette::PlaceholderText);
  heading->setAlignment(Qt::AlignCenter);
  column.addSpacing(context_.theme.metric("grid") * 4);
  column.addWidget(heading);
  for (std::size_t n = 0; n < std::min(recent.size(), kRecentShown); ++n) {
    const std::filesystem::path path = recent[n];
    auto* button = new QPushButton(fromPath(path.stem()), empty);
    button->setFlat(true);
    button->setObjectName(QStringLiteral("recent%1").arg(n));
    button->setAccessibleName(tr("Open the project %1").arg(button->text()));
    button->setToolTip(fromPath(path));
    connect(button, &QPushButton::clicked, this, [this, path] { context_.workspace.openPaths({path}); });
    column.addWidget(button, 0, Qt::AlignCenter);
  }
}

void Canvas::arrange() {
  const int count = arranged_ = context_.workspace.viewCount();
  while (static_cast<int>(views_.size()) < count) {
    auto* view = new ViewWidget(context_, keys_, static_cast<int>(views_.size()), viewsHost_);
    connect(view, &ViewWidget::hovered, this, &Canvas::hovered);
    connect(view, &ViewWidget::menuWished, this, &Canvas::menuWished);
    connect(view, &ViewWidget::maximiseWished, this, &Canvas::toggleMaximised);
    views_.push_back(view);
  }
  if (maximised_ >= count) maximised_ = -1;
  for (int n = 0; n < static_cast<int>(views_.size()); ++n) {
    ViewWidget* view = views_[static_cast<std::size_t>(n)];
    grid_->removeWidget(view);
    const bool shown = n < count && (maximised_ < 0 || maximised_ == n);
    view->setVisible(shown);
    if (!shown) continue;
    if (maximised_ == n || count == 1)
      grid_->addWidget(view, 0, 0, 2, 2);
    else if (count == 3)
      grid_->addWidget(view, n == 0 ? 0 : n - 1, n == 0 ? 0 : 1, n == 0 ? 2 : 1, 1);
    else
      grid_->addWidget(view, n / 2, n % 2);
  }
  QMetaObject::invokeMethod(this, &Canvas::tellCover, Qt::QueuedConnection);
}

void Canvas::setCoveredTop(int px) {
  coveredTopPx_ = px;
  tellCover();
}

void Canvas::tellCover() {
  for (ViewWidget* view : views_) view->setCoveredTop(std::max(0, coveredTopPx_ - view->y()));
}

bool Canvas::event(QEvent* event) {
  if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
    QMetaObject::invokeMethod(this, &Canvas::tellCover, Qt::QueuedConnection);  // once the views have their places
  return QWidget::event(event);
}

void Canvas::toggleMaximised(int view) {
  if (context_.workspace.viewCount() == 1) {
    context_.workspace.fit(view);
    return;
  }
  maximised_ = maximised_ == view ? -1 : view;
  arrange();
}

void Canvas::focusPicture() {
  const int active = context_.workspace.activeView();
  if (active >= 0 && active < static_cast<int>(views_.size())) view(active)->setFocus(Qt::OtherFocusReason);
}

void Canvas::refresh(workspace::Topics topics) {
  stack_->setCurrentIndex(context_.workspace.currentMedium() ? 1 : 0);
  if (!context_.workspace.currentMedium() && has(topics, workspace::Topic::Job)) showEmptyState();
  if (context_.workspace.viewCount() != arranged_) arrange();
  for (ViewWidget* view : views_)
    if (view->isVisible()) view->refresh(topics);
}

}  // namespace fiducial::ui
