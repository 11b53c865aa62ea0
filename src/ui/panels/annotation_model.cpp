#include "panels/annotation_model.h"

#include <QColor>
#include <algorithm>

#include "canvas/overlay_painter.h"
#include "panels/label_text.h"
#include "text.h"

namespace fiducial::ui {

AnnotationModel::AnnotationModel(const UiContext& context, QObject* parent)
    : QAbstractListModel(parent), context_(context) {
  rows_ = rowsOfFrame();
}

void AnnotationModel::setExtent(Extent extent) {
  extent_ = extent;
  refresh(false);
}

std::vector<AnnotationModel::Row> AnnotationModel::rowsOfFrame() const {
  const workspace::LabelStore& labels = context_.workspace.labels();
  const int frame = context_.workspace.frame();
  std::vector<Row> rows;
  for (const edit::SceneShape& shape : labels.shapesOn(frame)) rows.push_back({frame, shape.ref});
  for (const auto& [id, segment] : labels.segments()) rows.push_back({-1, {RecordKind::Segmentation, raw(id)}});
  for (const auto& [id, event] : labels.events())
    if (event.value.firstFrame <= frame && frame <= event.value.lastFrame)
      rows.push_back({event.value.firstFrame, {RecordKind::Event, raw(id)}});
  for (const auto& [id, tag] : labels.tags()) {
    const bool onFrame = tag.value.scope == Scope::Frame;
    if (!onFrame || tag.value.frame == frame) rows.push_back({onFrame ? frame : -1, {RecordKind::Tag, raw(id)}});
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<AnnotationModel::Row> AnnotationModel::rowsOfMedium() const {
  const workspace::LabelStore& labels = context_.workspace.labels();
  std::vector<Row> rows;
  for (const auto& [id, annotation] : labels.annotations())
    rows.push_back({annotation.value.frame, {RecordKind::Annotation, raw(id)}});
  for (const auto& [id, track] : labels.tracks()) rows.push_back({track.firstFrame(), {RecordKind::Track, raw(id)}});
  for (const auto& [id, segment] : labels.segments()) rows.push_back({-1, {RecordKind::Segmentation, raw(id)}});
  for (const auto& [id, event] : labels.events())
    rows.push_back({event.value.firstFrame, {RecordKind::Event, raw(id)}});
  for (const auto& [id, tag] : labels.tags())
    rows.push_back({tag.value.scope == Scope::Frame ? tag.value.frame : -1, {RecordKind::Tag, raw(id)}});
  std::sort(rows.begin(), rows.end());
  return rows;
}

bool AnnotationModel::refresh(bool labelsChanged) {
  if (labelsChanged) volumes_.clear();
  std::vector<Row> rows = extent_ == Extent::ThisFrame ? rowsOfFrame() : rowsOfMedium();
  if (rows == rows_) {
    if (!rows_.empty()) Q_EMIT dataChanged(index(0), index(static_cast<int>(rows_.size()) - 1));
    return false;
  }
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
  return true;
}

int AnnotationModel::rowOf(edit::LabelRef label) const {
  const auto it = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.label == label; });
  return it == rows_.end() ? -1 : static_cast<int>(it - rows_.begin());
}

int AnnotationModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QString AnnotationModel::whereOf(edit::LabelRef label) const {
  if (label.kind != RecordKind::Segmentation) return whereText(context_.workspace, label);
  const auto kept = volumes_.constFind(label.id);
  if (kept != volumes_.constEnd()) return *kept;
  const auto& segments = context_.workspace.labels().segments();
  const auto segment = segments.find(SegmentationId{label.id});
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  if (segment == segments.end() || !item) return {};
  return *volumes_.insert(label.id, volumeText(item->medium.value.info, segment->second.voxels.count()));
}

QVariant AnnotationModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const edit::LabelRef label = labelAt(index.row());
  const workspace::LabelStore& labels = context_.workspace.labels();
  switch (role) {
    case Qt::DisplayRole:
      return nameText(labels, label);
    case ColorRole:
      if (const auto id = labels.classOf(label); id && !isNone(*id)) return classColor(context_, *id);
      return {};
    case IconRole:
      return iconOf(labels, label);
    case WhereRole:
      return whereOf(label);
    case HiddenRole:
      return context_.workspace.isHidden(label);
    case LockedRole:
      return context_.workspace.isLocked(label);
    case OnPictureRole:
      return label.kind == RecordKind::Annotation || label.kind == RecordKind::Track ||
             label.kind == RecordKind::Segmentation;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
      QStringList said{nameText(labels, label), kindText(labels, label)};
      if (const QString where = whereOf(label); !where.isEmpty()) said << where;
      if (context_.workspace.isHidden(label)) said << tr("hidden");
      if (context_.workspace.isLocked(label)) said << tr("locked");
      return said.join(QStringLiteral(", "));
    }
    default:
      return {};
  }
}

}  // namespace fiducial::ui
