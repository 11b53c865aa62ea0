#include "panels/label_text.h"

#include <QCoreApplication>
#include <QLocale>

#include "text.h"

namespace fiducial::ui {
namespace {

constexpr double kMm3PerMl = 1000;

QString tr(const char* text) { return QCoreApplication::translate("LabelText", text); }

template <class Map, class Id = typename Map::key_type>
const typename Map::mapped_type* found(const Map& map, edit::LabelRef label) {
  const auto it = map.find(Id{label.id});
  return it == map.end() ? nullptr : &it->second;
}

QString shapeIcon(const Shape& shape) {
  const QString kind = qt(kindName(shape));
  return kind == QLatin1String("mask") ? QStringLiteral("brush") : kind;
}

QString shapeText(const Shape& shape) {
  struct Name {
    QString operator()(const Box&) const { return tr("box"); }
    QString operator()(const RotatedBox&) const { return tr("rotated box"); }
    QString operator()(const Ellipse&) const { return tr("ellipse"); }
    QString operator()(const Polygon&) const { return tr("polygon"); }
    QString operator()(const Polyline&) const { return tr("line"); }
    QString operator()(const Points&) const { return tr("points"); }
    QString operator()(const Skeleton&) const { return tr("skeleton"); }
    QString operator()(const Arrow&) const { return tr("arrow"); }
    QString operator()(const NoteAnchor&) const { return tr("note"); }
    QString operator()(const RunMask&) const { return tr("mask"); }
  };
  return std::visit(Name{}, shape);
}

QString spanText(int first, int last) {
  return first == last ? QString::number(first)
                       : QCoreApplication::translate("LabelText", "%1 to %2").arg(first).arg(last);
}

}  // namespace

QString iconOf(const workspace::LabelStore& labels, edit::LabelRef label) {
  switch (label.kind) {
    case RecordKind::Annotation: {
      const auto* annotation = found(labels.annotations(), label);
      return annotation ? shapeIcon(annotation->value.shape) : QString();
    }
    case RecordKind::Track:
      return QStringLiteral("track");
    case RecordKind::Segmentation:
      return QStringLiteral("segmentation");
    case RecordKind::Event:
      return QStringLiteral("event");
    case RecordKind::Tag:
      return QStringLiteral("tag");
    default:
      return {};
  }
}

QString kindText(const workspace::LabelStore& labels, edit::LabelRef label) {
  switch (label.kind) {
    case RecordKind::Annotation: {
      const auto* annotation = found(labels.annotations(), label);
      return annotation ? shapeText(annotation->value.shape) : QString();
    }
    case RecordKind::Track: {
      const auto* track = found(labels.tracks(), label);
      if (!track || track->keyframes.empty()) return tr("track");
      return tr("%1 track").arg(shapeText(track->keyframes.front().value.shape));
    }
    case RecordKind::Segmentation:
      return tr("segment");
    case RecordKind::Event:
      return tr("event");
    case RecordKind::Tag:
      return tr("tag");
    default:
      return {};
  }
}

QString nameText(const workspace::LabelStore& labels, edit::LabelRef label) {
  if (label.kind == RecordKind::Tag) {
    const auto* tag = found(labels.tags(), label);
    if (tag && !isNone(tag->value.question)) {
      const auto question = labels.questions().find(tag->value.question);
      if (question != labels.questions().end())
        return tr("%1: %2").arg(qt(question->second.value.name), qt(tag->value.value));
    }
  }
  const auto id = labels.classOf(label);
  const LabelClass* labelClass = id ? labels.findClass(*id) : nullptr;
  return labelClass ? qt(labelClass->name) : tr("no class");
}

int firstFrameOf(const workspace::LabelStore& labels, edit::LabelRef label) {
  switch (label.kind) {
    case RecordKind::Annotation: {
      const auto* annotation = found(labels.annotations(), label);
      return annotation ? annotation->value.frame : -1;
    }
    case RecordKind::Track: {
      const auto* track = found(labels.tracks(), label);
      return track ? track->firstFrame() : -1;
    }
    case RecordKind::Event: {
      const auto* event = found(labels.events(), label);
      return event ? event->value.firstFrame : -1;
    }
    case RecordKind::Tag: {
      const auto* tag = found(labels.tags(), label);
      return tag && tag->value.scope == Scope::Frame ? tag->value.frame : -1;
    }
    default:
      return -1;
  }
}

QString frameText(const workspace::Workspace& workspace, int frame) {
  const workspace::MediumItem* item = workspace.currentMedium();
  if (!item || workspace.frameCount() <= 1) return {};
  if (item->medium.value.info.kind == MediumKind::Volume) return tr("slice %1").arg(frame + 1);
  return tr("frame %1").arg(frame);
}

QString whereText(const workspace::Workspace& workspace, edit::LabelRef label) {
  const workspace::LabelStore& labels = workspace.labels();
  if (label.kind == RecordKind::Track) {
    const auto* track = found(labels.tracks(), label);
    return track ? spanText(track->firstFrame(), track->endFrame(workspace.frameCount()) - 1) : QString();
  }
  if (label.kind == RecordKind::Event) {
    const auto* event = found(labels.events(), label);
    return event ? spanText(event->value.firstFrame, event->value.lastFrame) : QString();
  }
  const int frame = firstFrameOf(labels, label);
  return frame < 0 ? QString() : frameText(workspace, frame);
}

QString labelCountText(std::int64_t labels) {
  return labels == 1 ? tr("1 label") : tr("%1 labels").arg(QLocale().toString(static_cast<qlonglong>(labels)));
}

QString volumeText(const MediumInfo& info, std::int64_t voxels) {
  const QLocale locale;
  if (!info.hasGeometry) return tr("%1 voxels").arg(locale.toString(static_cast<qlonglong>(voxels)));
  const double mm3 = static_cast<double>(voxels) * info.affine.voxelVolumeMm3();
  if (mm3 < kMm3PerMl) return tr("%1 mm³").arg(locale.toString(mm3, 'f', mm3 < 10 ? 1 : 0));
  const double ml = mm3 / kMm3PerMl;
  return tr("%1 ml").arg(locale.toString(ml, 'f', ml < 100 ? 1 : 0));
}

}  // namespace fiducial::ui
