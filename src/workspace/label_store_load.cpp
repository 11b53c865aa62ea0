#include "fiducial/workspace/label_store.h"

namespace fiducial::workspace {
namespace {

/// Puts a list of records into a map by id; its error where there is none.
template <class Id, class T>
Status take(Result<std::vector<Stored<T>>> records, std::map<Id, Stored<T>>& into) {
  if (!records) return records.error();
  for (Stored<T>& record : *records) into.insert_or_assign(Id{record.id}, std::move(record));
  return {};
}

}  // namespace

void LabelStore::clearLabels(MediumId medium, VolumeSize size, int time) {
  medium_ = medium;
  size_ = size;
  time_ = time;
  annotations_.clear();
  annotationsByFrame_.clear();
  tracks_.clear();
  tracksByFrame_.clear();
  trackOfKeyframe_.clear();
  segments_.clear();
  events_.clear();
  tags_.clear();
  marks_.clear();
}

Status LabelStore::loadSchema(const project::Project& project) {
  classes_.clear();
  layers_.clear();
  questions_.clear();
  if (Status done = take(project.classes(), classes_); !done) return done;
  if (Status done = take(project.layers(), layers_); !done) return done;
  return take(project.questions(), questions_);
}

Status LabelStore::load(const project::Project& project, MediumId medium, VolumeSize size, int time) {
  if (Status done = loadSchema(project); !done) return done;
  clearLabels(medium, size, time);
  return isNone(medium) ? Status{} : readLabels(project);
}

Status LabelStore::readLabels(const project::Project& project) {
  const project::LabelQuery query{.medium = medium_, .firstFrame = {}, .endFrame = {}};
  if (Status done = take(project.annotations(query), annotations_); !done) return done;
  std::erase_if(annotations_, [this](const auto& annotation) { return annotation.second.value.time != time_; });
  for (const auto& [id, annotation] : annotations_) annotationsByFrame_[annotation.value.frame].insert(id);
  if (Status done = take(project.events(query), events_); !done) return done;
  if (Status done = take(project.tags(query), tags_); !done) return done;
  if (Status done = take(project.marks(query), marks_); !done) return done;

  Result<std::vector<Stored<Track>>> tracks = project.tracks(query);
  if (!tracks) return tracks.error();
  for (Stored<Track>& track : *tracks) {
    const TrackId id{track.id};
    tracks_[id].track = std::move(track);
  }
  Result<std::vector<Stored<Keyframe>>> keyframes = project.keyframes(medium_);
  if (!keyframes) return keyframes.error();
  for (Stored<Keyframe>& keyframe : *keyframes) {
    const auto track = tracks_.find(keyframe.value.track);
    if (track == tracks_.end()) continue;
    trackOfKeyframe_[keyframe.id] = track->first;
    track->second.keyframes.push_back(std::move(keyframe));
  }
  for (const auto& [id, entry] : tracks_) indexTrack(entry);

  Result<std::vector<Stored<Segmentation>>> segments = project.segmentations(query);
  if (!segments) return segments.error();
  for (Stored<Segmentation>& segment : *segments) {
    const SegmentationId id{segment.id};
    Result<BrickVolume> voxels = project.voxels(id, time_);
    if (!voxels) return voxels.error();
    segments_[id] = {std::move(segment), *std::move(voxels)};
  }
  return {};
}

}  // namespace fiducial::workspace
