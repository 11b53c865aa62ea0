#include "fiducial/edit/tool.h"

namespace fiducial::edit {
namespace {

Change reshapedTrack(const SceneShape& label, Shape shape, const ToolContext& context) {
  Keyframe keyframe{.track = TrackId{label.ref.id},
                    .frame = context.frame,
                    .shape = std::move(shape),
                    .outside = false,
                    .occluded = label.occluded,
                    .attributes = label.attributes};
  if (label.keyframeId != 0) return update(KeyframeId{label.keyframeId}, std::move(keyframe));
  return create(std::move(keyframe));
}

Change reshapedAnnotation(const SceneShape& label, Shape shape, const ToolContext& context) {
  return update(AnnotationId{label.ref.id}, Annotation{.medium = context.medium,
                                                       .frame = context.frame,
                                                       .time = context.time,
                                                       .labelClass = label.labelClass,
                                                       .shape = std::move(shape),
                                                       .attributes = label.attributes,
                                                       .note = label.note});
}

}  // namespace

Edit reshapeEdit(const SceneShape& label, Shape shape, const ToolContext& context, std::string name) {
  Edit edit{.name = std::move(name), .changes = {}, .by = {}};
  edit.changes.push_back(label.ref.kind == RecordKind::Track ? reshapedTrack(label, std::move(shape), context)
                                                             : reshapedAnnotation(label, std::move(shape), context));
  return edit;
}

Edit drawEdit(Shape shape, const ToolContext& context, std::string name) {
  Edit edit{.name = std::move(name), .changes = {}, .by = {}};
  if (!context.drawsTracks) {
    edit.changes.push_back(create(Annotation{.medium = context.medium,
                                             .frame = context.frame,
                                             .time = context.time,
                                             .labelClass = context.labelClass,
                                             .shape = std::move(shape),
                                             .attributes = {},
                                             .note = {}}));
    return edit;
  }
  constexpr RawId kNewTrack = -1;
  edit.changes.push_back(
      create(Track{.medium = context.medium, .labelClass = context.labelClass, .attributes = {}}, kNewTrack));
  edit.changes.push_back(create(Keyframe{.track = TrackId{kNewTrack},
                                         .frame = context.frame,
                                         .shape = std::move(shape),
                                         .outside = false,
                                         .occluded = false,
                                         .attributes = {}},
                                -2));
  return edit;
}

}  // namespace fiducial::edit
