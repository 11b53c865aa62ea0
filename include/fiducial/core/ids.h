// One strong type for the local id of each kind of record. Ids are unique in a project over all kinds, from 1,
// never used again. Inside one Edit a negative id names a record that the same edit creates.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace fiducial {

using RawId = std::int64_t;

enum class SubjectId : RawId {};
enum class StudyId : RawId {};
enum class MediumId : RawId {};
enum class ClassId : RawId {};
enum class SkeletonId : RawId {};
enum class LayerId : RawId {};
enum class QuestionId : RawId {};
enum class AnnotationId : RawId {};
enum class TrackId : RawId {};
enum class KeyframeId : RawId {};
enum class SegmentationId : RawId {};
enum class EventId : RawId {};
enum class TagId : RawId {};
enum class MeasurementId : RawId {};
enum class MarkId : RawId {};
enum class AnnotatorId : RawId {};
enum class ReadingId : RawId {};
enum class EditId : RawId {};

template <class Id>
constexpr RawId raw(Id id) {
  return static_cast<RawId>(id);
}
/// True for "no such record" (0), the default of every optional reference.
template <class Id>
constexpr bool isNone(Id id) {
  return raw(id) == 0;
}

/// A UUIDv7 (RFC 9562) as 36 lower-case characters; the same in every copy of a project.
using Uid = std::string;

}  // namespace fiducial
