// The labels of one medium in the order of a dataset: by frame, then by id, tracks as one label on each of their
// frames.
#pragma once

#include <set>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/track_interpolation.h"
#include "left_out.h"
#include "medium_tracks.h"
#include "selection.h"

namespace fiducial::exchange {

/// A label on one frame: an annotation, or a track's state there.
struct FrameLabel {
  int frame = 0;
  RawId id = 0;
  const Stored<Annotation>* annotation = nullptr;  ///< null: of a track
  const TrackWithKeyframes* track = nullptr;
};

/// Owner: holds the records its labels point to; moving keeps them valid, copying is not allowed.
class MediumLabels {
 public:
  static Result<MediumLabels> read(const project::Project& project, const Selection& selection,
                                   const Stored<Medium>& medium, LeftOut& leftOut);
  MediumLabels(MediumLabels&&) = default;
  MediumLabels& operator=(MediumLabels&&) = default;

  [[nodiscard]] const std::vector<FrameLabel>& labels() const { return labels_; }
  [[nodiscard]] const DoneFrames& done() const { return done_; }
  /// The frames that the export lists, by its option.
  [[nodiscard]] std::set<int> chosenFrames(FrameChoice choice, int frameCount) const;

 private:
  MediumLabels() = default;
  void takeAnnotations(const Selection& selection, const Medium& medium, LeftOut& leftOut);
  void takeTracks(const Selection& selection, const Medium& medium, LeftOut& leftOut);
  void takeTrack(const Selection& selection, const TrackWithKeyframes& track, const Medium& medium, LeftOut& leftOut);

  std::vector<Stored<Annotation>> annotations_;
  std::vector<TrackWithKeyframes> tracks_;
  std::vector<FrameLabel> labels_;
  DoneFrames done_;
};

}  // namespace fiducial::exchange
