#include "panels/attribute_panel.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "panels/attribute_section.h"
#include "panels/event_section.h"
#include "panels/geometry_section.h"
#include "panels/note_section.h"
#include "panels/question_section.h"
#include "panels/row_painting.h"
#include "panels/selection_section.h"
#include "panels/track_section.h"
#include "panels/workspace_watch.h"

namespace fiducial::ui {

using workspace::Topic;

AttributePanel::AttributePanel(UiContext context, QWidget* parent) : QWidget(parent), context_(context) {
  setObjectName(QStringLiteral("attributePanel"));
  setAccessibleName(tr("Attributes of the selection"));
  setFont(listFont(context.theme, font()));
  auto* area = new QScrollArea(this);
  area->setObjectName(QStringLiteral("attributeScroll"));
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  auto* page = new QWidget;
  area->setWidget(page);
  empty_ = secondaryLabel(context, tr("Nothing selected: click a label"), page);
  empty_->setObjectName(QStringLiteral("emptyStateText"));
  empty_->setAlignment(Qt::AlignHCenter);
  empty_->setWordWrap(true);
  sections_ = {new SelectionSection(context, page), new AttributeSection(context, page),
               new TrackSection(context, page),     new EventSection(context, page),
               new GeometrySection(context, page),  new NoteSection(context, page),
               new QuestionSection(context, page)};
  const int padding = context.theme.metric("padding");
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(padding, padding, padding, padding);
  column->setSpacing(padding + context.theme.metric("grid"));
  column->addWidget(empty_);
  for (FormSection* section : sections_) column->addWidget(section);
  column->addStretch();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(area);
  new WorkspaceWatch(context.workspace, this,
                     topicsOf(Topic::Project, Topic::Medium, Topic::Frame, Topic::Labels, Topic::Schema,
                              Topic::Selection, Topic::Preview),
                     [this](workspace::Topics) { refresh(); });
  refresh();
}

void AttributePanel::refresh() {
  empty_->setVisible(context_.workspace.selection().empty());
  for (FormSection* section : sections_) section->refresh();
}

}  // namespace fiducial::ui
