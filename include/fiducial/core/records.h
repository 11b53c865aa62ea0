// Everything a project holds, as plain values. A field that names another record holds its id (0: none).
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fiducial/core/attribute.h"
#include "fiducial/core/boxed.h"
#include "fiducial/core/bricks.h"
#include "fiducial/core/ids.h"
#include "fiducial/core/medium.h"
#include "fiducial/core/shape.h"

namespace fiducial {

struct Subject {
  std::string pseudonym;
  friend bool operator==(const Subject&, const Subject&) = default;
};
struct Study {
  SubjectId subject{};
  std::string studyUid;
  std::string description;
  std::string date;
  friend bool operator==(const Study&, const Study&) = default;
};
/// `path` and `files` have forward slashes; `path` is relative to the project's folder where it can be.
struct Medium {
  using Id = MediumId;
  StudyId study{};
  std::string name;
  MediumInfo info;
  std::string path;                ///< the file, or the folder that holds `files`
  std::vector<std::string> files;  ///< relative to `path`, in stored order; empty: `path` is the file
  std::string hash;                ///< XXH3-128 of all bytes (or of a series' sorted instance UIDs and sizes), hex
  std::int64_t sizeBytes = 0;
  bool missing = false;  ///< known, not located yet
  friend bool operator==(const Medium&, const Medium&) = default;
};

struct Code {
  std::string scheme;
  std::string value;
  std::string meaning;
  friend bool operator==(const Code&, const Code&) = default;
};
struct LabelClass {
  using Id = ClassId;
  std::string name;    ///< unique in the project, NFC
  std::string color;   ///< "#rrggbb"
  std::string hotkey;  ///< "1".."9", "0" or empty
  ClassId parent{};
  Code code;
  std::vector<AttributeSpec> attributes;
  friend bool operator==(const LabelClass&, const LabelClass&) = default;
};
struct SkeletonTemplate {
  using Id = SkeletonId;
  std::string name;
  std::vector<std::string> points;
  std::vector<std::pair<int, int>> edges;  ///< indices into points, from 0
  friend bool operator==(const SkeletonTemplate&, const SkeletonTemplate&) = default;
};
struct Layer {
  using Id = LayerId;
  std::string name;
  bool exclusive = false;  ///< its events never overlap
  friend bool operator==(const Layer&, const Layer&) = default;
};
enum class Scope : std::uint8_t { Frame = 1, Medium = 2, Study = 3, Subject = 4 };  // stored
struct Question {
  using Id = QuestionId;
  std::string name;
  Scope scope = Scope::Medium;
  std::vector<std::string> choices;
  bool required = false;
  friend bool operator==(const Question&, const Question&) = default;
};

/// A shape on one frame (`frame` = slice k on a volume).
struct Annotation {
  using Id = AnnotationId;
  MediumId medium{};
  int frame = 0;
  int time = 0;
  ClassId labelClass{};
  Shape shape;
  Attributes attributes;
  std::string note;
  friend bool operator==(const Annotation&, const Annotation&) = default;
};
enum class Interpolation : std::uint8_t { Linear = 1 };  // stored
struct Track {
  using Id = TrackId;
  MediumId medium{};
  ClassId labelClass{};
  Interpolation interpolation = Interpolation::Linear;
  Attributes attributes;
  friend bool operator==(const Track&, const Track&) = default;
};
/// At most one for a track and frame. Between a key frame and an `outside` one the last shape holds.
struct Keyframe {
  using Id = KeyframeId;
  TrackId track{};
  int frame = 0;
  Shape shape;
  bool outside = false;
  bool occluded = false;
  Attributes attributes;
  friend bool operator==(const Keyframe&, const Keyframe&) = default;
};
/// One segment of a volume; its voxels are BrickContent records.
struct Segmentation {
  using Id = SegmentationId;
  MediumId medium{};
  ClassId labelClass{};
  Attributes attributes;
  friend bool operator==(const Segmentation&, const Segmentation&) = default;
};
/// The voxels of one brick of a segmentation; a null brick is absent. Keyed by (segmentation, time, index), has no id
/// of its own.
struct BrickContent {
  SegmentationId segmentation{};
  int time = 0;
  BrickIndex index;
  BrickPointer brick;
  friend bool operator==(const BrickContent& a, const BrickContent& b) {
    return a.segmentation == b.segmentation && a.time == b.time && a.index == b.index &&
           (a.brick == b.brick || (a.brick && b.brick && *a.brick == *b.brick));
  }
};
/// Frames first..last, both included.
struct Event {
  using Id = EventId;
  MediumId medium{};
  ClassId labelClass{};
  LayerId layer{};  ///< none: the free layer
  int firstFrame = 0;
  int lastFrame = 0;
  Attributes attributes;
  friend bool operator==(const Event&, const Event&) = default;
};
struct Tag {
  using Id = TagId;
  Scope scope = Scope::Medium;
  MediumId medium{};     ///< for study and subject scope: any medium of it
  int frame = 0;         ///< with Scope::Frame only
  ClassId labelClass{};  ///< a class, or none where the tag answers a question
  QuestionId question{};
  std::string value;
  friend bool operator==(const Tag&, const Tag&) = default;
};
enum class MeasurementType : std::uint8_t {  // stored
  Length = 1,
  Bidirectional = 2,
  Angle = 3,
  Cobb = 4,
  Area = 5,
  Probe = 6
};
/// Points: image pixels (z = 0), on a volume patient LPS mm.
struct Measurement {
  using Id = MeasurementId;
  MediumId medium{};
  int frame = 0;
  MeasurementType type = MeasurementType::Length;
  std::vector<PatientPoint> points;
  ClassId labelClass{};
  friend bool operator==(const Measurement&, const Measurement&) = default;
};
/// Looked at and complete, also when empty.
struct Mark {
  using Id = MarkId;
  MediumId medium{};
  std::optional<int> frame;  ///< none: the whole medium
  std::string state = "done";
  friend bool operator==(const Mark&, const Mark&) = default;
};
struct Annotator {
  std::string name;
  friend bool operator==(const Annotator&, const Annotator&) = default;
};
enum class ReadingState : std::uint8_t { Draft = 1, Submitted = 2, Accepted = 3, Returned = 4 };  // stored
/// One annotator's pass over one medium; made by the project at the annotator's first edit there.
struct Reading {
  MediumId medium{};
  AnnotatorId annotator{};
  ReadingState state = ReadingState::Draft;
  friend bool operator==(const Reading&, const Reading&) = default;
};

enum class RecordKind : std::uint8_t {  // stored; the order is that of the variant below
  Subject = 0,
  Study = 1,
  Medium = 2,
  LabelClass = 3,
  SkeletonTemplate = 4,
  Layer = 5,
  Question = 6,
  Annotation = 7,
  Track = 8,
  Keyframe = 9,
  Segmentation = 10,
  BrickContent = 11,
  Event = 12,
  Tag = 13,
  Measurement = 14,
  Mark = 15,
  Annotator = 16,
  Reading = 17,
};
/// The two large and rare kinds are boxed: there may be a million of the others. visitRecord() and recordAs() see
/// through it.
using Record =
    std::variant<Subject, Study, Boxed<Medium>, Boxed<LabelClass>, SkeletonTemplate, Layer, Question, Annotation, Track,
                 Keyframe, Segmentation, BrickContent, Event, Tag, Measurement, Mark, Annotator, Reading>;
static_assert(sizeof(Record) <= 200);

/// Calls `visitor` with the record as its own type (Medium, not the box around it).
template <class Visitor, class AnyRecord>
requires std::same_as<std::remove_const_t<AnyRecord>, Record>
decltype(auto) visitRecord(Visitor&& visitor, AnyRecord& record) {
  return std::visit([&](auto& value) -> decltype(auto) { return visitor(unboxed(value)); }, record);
}
/// The record as R; null where it is of another kind.
template <class R>
[[nodiscard]] R* recordAs(Record& record) {
  if constexpr (std::same_as<R, Medium> || std::same_as<R, LabelClass>) {
    auto* box = std::get_if<Boxed<R>>(&record);
    return box != nullptr ? &**box : nullptr;
  } else {
    return std::get_if<R>(&record);
  }
}
template <class R>
[[nodiscard]] const R* recordAs(const Record& record) {
  return recordAs<R>(const_cast<Record&>(record));
}

[[nodiscard]] inline RecordKind kindOf(const Record& record) { return static_cast<RecordKind>(record.index()); }
/// "class", "annotation", "track" ...: the KIND of the command line.
[[nodiscard]] std::string_view nameOf(RecordKind kind);
/// The medium a label stands on; none for schema records, key frames and bricks.
[[nodiscard]] MediumId mediumOf(const Record& record);

}  // namespace fiducial
