// The window's copy of the schema and of the current medium's labels, kept current by the project's changes, with the
// indices that drawing needs: labels of a frame without a scan of all of them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/records.h"
#include "fiducial/edit/scene.h"
#include "fiducial/project/project.h"
#include "fiducial/workspace/frame_spans.h"

namespace fiducial::workspace {

struct TrackEntry {
  Stored<Track> track;
  std::vector<Stored<Keyframe>> keyframes;  ///< sorted by frame
  [[nodiscard]] int firstFrame() const { return keyframes.empty() ? 0 : keyframes.front().value.frame; }
  /// First frame after the track's end, or `frameCount` where it reaches the end of the medium.
  [[nodiscard]] int endFrame(int frameCount) const;
};
struct SegmentEntry {
  Stored<Segmentation> segmentation;
  BrickVolume voxels;
};

/// Copyable: filled on a worker's thread, then handed to the window's. Thread: one at a time.
class LabelStore {
 public:
  /// Reads schema, and the labels of `medium` (none: only the schema); of a 4D medium those of one time point.
  Status load(const project::Project& project, MediumId medium, VolumeSize size, int time = 0);
  /// Reads classes, layers and questions only.
  Status loadSchema(const project::Project& project);
  /// Forgets all labels, keeps the schema; from here on it holds those of `medium` at `time`. What stands at another
  /// time passes by: annotations, and the voxels of segments.
  void clearLabels(MediumId medium, VolumeSize size, int time = 0);
  [[nodiscard]] int time() const { return time_; }
  /// What an edit changed here.
  struct Touched {
    bool labels = false;
    bool schema = false;
  };
  /// Applies one change set (each change with what now stands, or nothing); applying it twice does no harm.
  Touched apply(const AppliedEdit& edit);
  /// The record that a change is about as it stands here; nothing where there is none.
  [[nodiscard]] std::optional<Record> current(const Change& change) const;
  [[nodiscard]] bool contains(edit::LabelRef label) const;

  [[nodiscard]] const std::map<ClassId, Stored<LabelClass>>& classes() const { return classes_; }
  [[nodiscard]] const LabelClass* findClass(ClassId id) const;
  [[nodiscard]] std::optional<ClassId> classByHotkey(std::string_view hotkey) const;
  [[nodiscard]] const std::map<LayerId, Stored<Layer>>& layers() const { return layers_; }
  [[nodiscard]] const std::map<QuestionId, Stored<Question>>& questions() const { return questions_; }
  [[nodiscard]] const std::map<AnnotationId, Stored<Annotation>>& annotations() const { return annotations_; }
  [[nodiscard]] const std::map<TrackId, TrackEntry>& tracks() const { return tracks_; }
  [[nodiscard]] const std::map<SegmentationId, SegmentEntry>& segments() const { return segments_; }
  [[nodiscard]] const std::map<EventId, Stored<Event>>& events() const { return events_; }
  [[nodiscard]] const std::map<TagId, Stored<Tag>>& tags() const { return tags_; }
  [[nodiscard]] const std::map<MarkId, Stored<Mark>>& marks() const { return marks_; }
  /// Shapes standing on a frame, bottom to top (by id): annotations and tracks.
  [[nodiscard]] std::vector<edit::SceneShape> shapesOn(int frame) const;
  /// Where an ended track last stood, for a frame on which it is outside: moving it there starts it again. None before
  /// its first key frame and while it stands.
  [[nodiscard]] std::optional<edit::SceneShape> ghostOf(TrackId track, int frame) const;
  /// Frames that hold an annotation or key frame, sorted.
  [[nodiscard]] std::vector<int> labelledFrames() const;
  [[nodiscard]] bool isFrameDone(int frame) const;
  [[nodiscard]] bool isMediumDone() const;
  /// The track that holds a key frame; null: none here.
  [[nodiscard]] const TrackEntry* trackOf(KeyframeId keyframe) const;
  /// Number of labels of a class on this medium.
  [[nodiscard]] int countOf(ClassId id) const;
  [[nodiscard]] std::optional<ClassId> classOf(edit::LabelRef label) const;
  [[nodiscard]] const Attributes* attributesOf(edit::LabelRef label) const;

 private:
  Status readLabels(const project::Project& project);
  bool applySchema(const Change& change);
  bool applyLabel(const Change& change, const std::string& by);
  bool applyPart(const Change& change);
  bool setAnnotation(const Change& change, const std::string& by);
  bool setKeyframe(const Change& change);
  bool setBrick(const BrickContent& content);
  void eraseKeyframe(RawId id);
  bool eraseTrack(TrackId id);
  /// After the key frames of a track have changed.
  void indexTrack(const TrackEntry& entry);

  MediumId medium_{};
  VolumeSize size_;
  int time_ = 0;
  std::map<ClassId, Stored<LabelClass>> classes_;
  std::map<LayerId, Stored<Layer>> layers_;
  std::map<QuestionId, Stored<Question>> questions_;
  std::map<AnnotationId, Stored<Annotation>> annotations_;
  std::map<int, std::set<AnnotationId>> annotationsByFrame_;
  std::map<TrackId, TrackEntry> tracks_;
  FrameSpans tracksByFrame_;
  std::map<RawId, TrackId> trackOfKeyframe_;
  std::map<SegmentationId, SegmentEntry> segments_;
  std::map<EventId, Stored<Event>> events_;
  std::map<TagId, Stored<Tag>> tags_;
  std::map<MarkId, Stored<Mark>> marks_;
};

}  // namespace fiducial::workspace
