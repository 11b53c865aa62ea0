#include "coco/coco_frames.h"

#include <algorithm>
#include <tuple>

#include "coco/coco_annotation.h"
#include "coco/coco_formats.h"

namespace fiducial::exchange {
namespace {

constexpr std::string_view kNotHeld = "coco does not hold them";

Result<std::vector<TrackWithKeyframes>> tracksOf(const project::Project& project, MediumId medium) {
  project::LabelQuery query;
  query.medium = medium;
  auto tracks = project.tracks(query);
  if (!tracks) return tracks.error();
  std::vector<TrackWithKeyframes> result;
  if (tracks->empty()) return result;
  auto keyframes = project.keyframes(medium);
  if (!keyframes) return keyframes.error();
  std::map<RawId, std::size_t> at;
  for (auto& track : *tracks) {
    at[track.id] = result.size();
    result.push_back({std::move(track), {}});
  }
  for (auto& keyframe : *keyframes) {
    const auto found = at.find(raw(keyframe.value.track));
    if (found != at.end()) result[found->second].keyframes.push_back(std::move(keyframe));
  }
  return result;
}

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
  result.takeAnnotations(selection, leftOut);
  result.takeTracks(selection, medium.value.info.frames, leftOut);
  std::sort(result.labels_.begin(), result.labels_.end(),
            [](const FrameLabel& a, const FrameLabel& b) { return std::tie(a.frame, a.id) < std::tie(b.frame, b.id); });
  return result;
}

void MediumLabels::takeAnnotations(const Selection& selection, LeftOut& leftOut) {
  for (const auto& annotation : annotations_) {
    const Annotation& value = annotation.value;
    if (!selection.takesClass(value.labelClass) || !selection.takesStatus(done_, value.frame, annotation.reading))
      continue;
    if (value.time != 0) {
      leftOut.add("shape", "they stand on a later time of a volume, for which coco has no place");
    } else if (cocoHolds(value.shape)) {
      labels_.push_back({value.frame, annotation.id, &annotation, nullptr});
    } else if (std::holds_alternative<RunMask>(value.shape)) {
      leftOut.add("mask", "they are empty");
    } else {
      leftOut.add(kindName(value.shape), kNotHeld);
    }
  }
}

void MediumLabels::takeTracks(const Selection& selection, int frameCount, LeftOut& leftOut) {
  for (const auto& track : tracks_) {
    if (!selection.takesClass(track.track.value.labelClass)) continue;
    if (const auto kind = unheldKind(track); !kind.empty()) {
      leftOut.add(std::string(kind) + " track", kNotHeld);
      continue;
    }
    for (std::size_t i = 0; i < track.keyframes.size(); ++i) {
      if (track.keyframes[i].value.outside) continue;
      const int end = i + 1 < track.keyframes.size() ? track.keyframes[i + 1].value.frame : frameCount;
      for (int frame = track.keyframes[i].value.frame; frame < end; ++frame) {
        if (!selection.takesStatus(done_, frame, track.track.reading)) continue;
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
