#include "coco/coco_frames.h"

#include <algorithm>
#include <tuple>

#include "coco/coco_annotation.h"
#include "coco/coco_formats.h"

namespace fiducial::exchange {
namespace {

constexpr std::string_view kNotHeld = "coco does not hold them";
constexpr std::string_view kCoversNothing = "they cover no pixel of their image";

// The kind of the first key frame whose shape COCO does not hold; empty: it holds all.
std::string_view unheldKind(const TrackWithKeyframes& track) {
  for (const auto& keyframe : track.keyframes) {
    if (!keyframe.value.outside && !cocoHolds(keyframe.value.shape)) return kindName(keyframe.value.shape);
  }
  return {};
}

}  // namespace

Result<MediumLabels> MediumLabels::read(const project::Project& project, const Selection& selection,
                                        const Stored<Medium>& medium, LeftOut& leftOut) {
  MediumLabels result;
  const MediumId id{medium.id};
  auto done = selection.doneFrames(id);
  if (!done) return done.error();
  result.done_ = std::move(*done);
  project::LabelQuery query;
  query.medium = id;
  auto annotations = project.annotations(query);
  if (!annotations) return annotations.error();
  result.annotations_ = std::move(*annotations);
  auto tracks = tracksOf(project, id);
  if (!tracks) return tracks.error();
  result.tracks_ = std::move(*tracks);
  result.takeAnnotations(selection, medium.value, leftOut);
  result.takeTracks(selection, medium.value, leftOut);
  std::sort(result.labels_.begin(), result.labels_.end(),
            [](const FrameLabel& a, const FrameLabel& b) { return std::tie(a.frame, a.id) < std::tie(b.frame, b.id); });
  return result;
}

void MediumLabels::takeAnnotations(const Selection& selection, const Medium& medium, LeftOut& leftOut) {
  for (const auto& annotation : annotations_) {
    const Annotation& value = annotation.value;
    if (!selection.takesClass(value.labelClass) || !selection.takes(done_, value.frame, annotation.reading)) continue;
    const Place place{medium.name, value.frame};
    if (value.time != 0) {
      leftOut.add("shape", "they stand on a later time of a volume, for which coco has no place", place);
    } else if (!cocoHolds(value.shape)) {
      leftOut.add(kindName(value.shape), kNotHeld, place);
    } else if (!coversPixels(value.shape, medium.info.imageSize())) {
      leftOut.add(kindName(value.shape), kCoversNothing, place);
    } else {
      labels_.push_back({value.frame, annotation.id, &annotation, nullptr});
    }
  }
}

void MediumLabels::takeTracks(const Selection& selection, const Medium& medium, LeftOut& leftOut) {
  for (const auto& track : tracks_) {
    if (!selection.takesClass(track.track.value.labelClass)) continue;
    const auto kind = unheldKind(track);
    if (kind.empty()) {
      takeTrack(selection, track, medium, leftOut);
      continue;
    }
    for (const FrameSpan& span : framesOf(track, medium.info.frames)) {
      if (!selection.takes(done_, span, track.track.reading)) continue;
      leftOut.add(std::string(kind) + " track", kNotHeld, {medium.name, span.first});
      break;
    }
  }
}

void MediumLabels::takeTrack(const Selection& selection, const TrackWithKeyframes& track, const Medium& medium,
                             LeftOut& leftOut) {
  const bool canBeEmpty = std::ranges::any_of(track.keyframes, [](const auto& one) {
    return std::holds_alternative<RunMask>(one.value.shape) || hasHoles(one.value.shape);
  });
  for (const FrameSpan& span : framesOf(track, medium.info.frames)) {
    for (int frame = span.first; frame < span.end; ++frame) {
      if (!selection.takes(done_, frame, track.track.reading)) continue;
      const auto state = canBeEmpty ? stateAt(track.keyframes, frame) : std::nullopt;
      if (state && !coversPixels(state->shape, medium.info.imageSize())) {
        leftOut.add("frame of a track", kCoversNothing, {medium.name, frame});
      } else {
        labels_.push_back({frame, track.track.id, nullptr, &track});
      }
    }
  }
}

std::set<int> MediumLabels::chosenFrames(FrameChoice choice, int frameCount) const {
  std::set<int> frames;
  if (choice == FrameChoice::All || done_.all) {
    for (int frame = 0; frame < frameCount; ++frame) frames.insert(frames.end(), frame);
    return frames;
  }
  frames = done_.frames;
  if (choice == FrameChoice::Done) return frames;
  for (const FrameLabel& label : labels_) frames.insert(frames.end(), label.frame);
  return frames;
}

}  // namespace fiducial::exchange
