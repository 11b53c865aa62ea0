// The fields of every record, named once: the number in encoded records (never changes, never used again), the column
// of the table, and the member. Encoding, tables, references and JSON columns all follow from these lists.
#pragma once

#include <concepts>
#include <type_traits>

#include "fiducial/core/records.h"

namespace fiducial::project {

/// R is `Record` or `const Record`.
template <class R, class Plain>
concept Is = std::same_as<std::remove_const_t<R>, Plain>;

template <class R, class V>
requires Is<R, Subject>
void visitFields(R& r, V&& v) { v(1, "pseudonym", r.pseudonym); }

template <class R, class V>
requires Is<R, Study>
void visitFields(R& r, V&& v) {
  v(1, "subject", r.subject);
  v(2, "study_uid", r.studyUid);
  v(3, "description", r.description);
  v(4, "date", r.date);
}

template <class R, class V>
requires Is<R, Rational>
void visitFields(R& r, V&& v) {
  v(1, "num", r.num);
  v(2, "den", r.den);
}

template <class R, class V>
requires Is<R, WindowLevel>
void visitFields(R& r, V&& v) {
  v(1, "center", r.center);
  v(2, "width", r.width);
  v(3, "name", r.name);
}

template <class R, class V>
requires Is<R, MediumInfo>
void visitFields(R& r, V&& v) {
  v(1, "kind", r.kind);
  v(2, "format", r.format);
  v(3, "modality", r.modality);
  v(4, "series_description", r.seriesDescription);
  v(5, "patient_name", r.patientName);
  v(6, "study_uid", r.studyUid);
  v(7, "study_description", r.studyDescription);
  v(8, "study_date", r.studyDate);
  v(9, "series_uid", r.seriesUid);
  v(10, "selector", r.selector);
  v(11, "columns", r.columns);
  v(12, "rows", r.rows);
  v(13, "frames", r.frames);
  v(14, "times", r.times);
  v(15, "components", r.components);
  v(16, "scalar", r.scalar);
  v(17, "slope", r.slope);
  v(18, "intercept", r.intercept);
  v(19, "inverted", r.inverted);
  v(20, "padding_value", r.paddingValue);
  v(21, "unit", r.unit);
  v(22, "has_geometry", r.hasGeometry);
  v(23, "affine", r.affine);
  v(24, "spacing", r.spacing);
  v(25, "windows", r.windows);
  v(26, "transfer_syntax", r.transferSyntax);
  v(27, "codec", r.codec);
  v(28, "time_base", r.timeBase);
  v(29, "sample_aspect", r.sampleAspect);
  v(30, "duration_s", r.durationSeconds);
  v(31, "frame_rate", r.frameRate);
  v(32, "variable_rate", r.variableRate);
  v(33, "frames_provisional", r.framesProvisional);
  v(34, "rotation", r.rotation);
  v(35, "lossy", r.lossy);
  v(36, "file_count", r.files);
  v(37, "warnings", r.warnings);
}

template <class R, class V>
requires Is<R, Medium>
void visitFields(R& r, V&& v) {
  v(1, "study", r.study);
  v(2, "name", r.name);
  v(3, "info", r.info);
  v(4, "path", r.path);
  v(5, "files", r.files);
  v(6, "hash", r.hash);
  v(7, "size_bytes", r.sizeBytes);
  v(8, "missing", r.missing);
}

template <class R, class V>
requires Is<R, AttributeSpec>
void visitFields(R& r, V&& v) {
  v(1, "name", r.name);
  v(2, "type", r.type);
  v(3, "unit", r.unit);
  v(4, "min", r.min);
  v(5, "max", r.max);
  v(6, "choices", r.choices);
  v(7, "default", r.defaultValue);
  v(8, "required", r.required);
  v(9, "per_frame", r.perFrame);
}

template <class R, class V>
requires Is<R, LabelClass>
void visitFields(R& r, V&& v) {
  v(1, "name", r.name);
  v(2, "color", r.color);
  v(3, "hotkey", r.hotkey);
  v(4, "parent", r.parent);
  v(5, "code_scheme", r.code.scheme);
  v(6, "code_value", r.code.value);
  v(7, "code_meaning", r.code.meaning);
  v(8, "attributes", r.attributes);
}

template <class R, class V>
requires Is<R, SkeletonTemplate>
void visitFields(R& r, V&& v) {
  v(1, "name", r.name);
  v(2, "points", r.points);
  v(3, "edges", r.edges);
}

template <class R, class V>
requires Is<R, Layer>
void visitFields(R& r, V&& v) {
  v(1, "name", r.name);
  v(2, "exclusive", r.exclusive);
}

template <class R, class V>
requires Is<R, Question>
void visitFields(R& r, V&& v) {
  v(1, "name", r.name);
  v(2, "scope", r.scope);
  v(3, "choices", r.choices);
  v(4, "required", r.required);
}

template <class R, class V>
requires Is<R, Annotation>
void visitFields(R& r, V&& v) {
  v(1, "medium", r.medium);
  v(2, "frame", r.frame);
  v(3, "time", r.time);
  v(4, "class", r.labelClass);
  v(5, "shape", r.shape);
  v(6, "attributes", r.attributes);
  v(7, "note", r.note);
}

template <class R, class V>
requires Is<R, Track>
void visitFields(R& r, V&& v) {
  v(1, "medium", r.medium);
  v(2, "class", r.labelClass);
  v(3, "interpolation", r.interpolation);
  v(4, "attributes", r.attributes);
}

template <class R, class V>
requires Is<R, Keyframe>
void visitFields(R& r, V&& v) {
  v(1, "track", r.track);
  v(2, "frame", r.frame);
  v(3, "shape", r.shape);
  v(4, "outside", r.outside);
  v(5, "occluded", r.occluded);
  v(6, "attributes", r.attributes);
}

template <class R, class V>
requires Is<R, Segmentation>
void visitFields(R& r, V&& v) {
  v(1, "medium", r.medium);
  v(2, "class", r.labelClass);
  v(3, "attributes", r.attributes);
}

/// Only for references: a brick is encoded and stored in its own way (brick_table, change_codec).
template <class R, class V>
requires Is<R, BrickContent>
void visitFields(R& r, V&& v) { v(1, "segmentation", r.segmentation); }

template <class R, class V>
requires Is<R, Event>
void visitFields(R& r, V&& v) {
  v(1, "medium", r.medium);
  v(2, "class", r.labelClass);
  v(3, "layer", r.layer);
  v(4, "first_frame", r.firstFrame);
  v(5, "last_frame", r.lastFrame);
  v(6, "attributes", r.attributes);
}

template <class R, class V>
requires Is<R, Tag>
void visitFields(R& r, V&& v) {
  v(1, "scope", r.scope);
  v(2, "medium", r.medium);
  v(3, "frame", r.frame);
  v(4, "class", r.labelClass);
  v(5, "question", r.question);
  v(6, "value", r.value);
}

template <class R, class V>
requires Is<R, PatientPoint>
void visitFields(R& r, V&& v) {
  v(1, "x", r.x);
  v(2, "y", r.y);
  v(3, "z", r.z);
}

template <class R, class V>
requires Is<R, Measurement>
void visitFields(R& r, V&& v) {
  v(1, "medium", r.medium);
  v(2, "frame", r.frame);
  v(3, "type", r.type);
  v(4, "points", r.points);
  v(5, "class", r.labelClass);
}

template <class R, class V>
requires Is<R, Mark>
void visitFields(R& r, V&& v) {
  v(1, "medium", r.medium);
  v(2, "frame", r.frame);
  v(3, "state", r.state);
}

template <class R, class V>
requires Is<R, Annotator>
void visitFields(R& r, V&& v) { v(1, "name", r.name); }

template <class R, class V>
requires Is<R, Reading>
void visitFields(R& r, V&& v) {
  v(1, "medium", r.medium);
  v(2, "annotator", r.annotator);
  v(3, "state", r.state);
}

/// Calls f.operator()<R>() with the record type of `kind`.
template <class F>
decltype(auto) withRecordType(RecordKind kind, F&& f) {
  switch (kind) {
    case RecordKind::Subject:
      return f.template operator()<Subject>();
    case RecordKind::Study:
      return f.template operator()<Study>();
    case RecordKind::Medium:
      return f.template operator()<Medium>();
    case RecordKind::LabelClass:
      return f.template operator()<LabelClass>();
    case RecordKind::SkeletonTemplate:
      return f.template operator()<SkeletonTemplate>();
    case RecordKind::Layer:
      return f.template operator()<Layer>();
    case RecordKind::Question:
      return f.template operator()<Question>();
    case RecordKind::Annotation:
      return f.template operator()<Annotation>();
    case RecordKind::Track:
      return f.template operator()<Track>();
    case RecordKind::Keyframe:
      return f.template operator()<Keyframe>();
    case RecordKind::Segmentation:
      return f.template operator()<Segmentation>();
    case RecordKind::BrickContent:
      return f.template operator()<BrickContent>();
    case RecordKind::Event:
      return f.template operator()<Event>();
    case RecordKind::Tag:
      return f.template operator()<Tag>();
    case RecordKind::Measurement:
      return f.template operator()<Measurement>();
    case RecordKind::Mark:
      return f.template operator()<Mark>();
    case RecordKind::Annotator:
      return f.template operator()<Annotator>();
    case RecordKind::Reading:
      break;
  }
  return f.template operator()<Reading>();
}

constexpr int kRecordKinds = 18;

template <class R, class... All>
constexpr RecordKind kindAmong(const std::variant<All...>*) {
  int index = 0;
  (void)(((std::same_as<R, All> || std::same_as<Boxed<R>, All>) || (++index, false)) || ...);
  return static_cast<RecordKind>(index);
}
template <class R>
constexpr RecordKind kKindOf = kindAmong<R>(static_cast<const Record*>(nullptr));
static_assert(kKindOf<Medium> == RecordKind::Medium && kKindOf<LabelClass> == RecordKind::LabelClass);
static_assert(kKindOf<Reading> == RecordKind::Reading);

/// Kinds whose rows belong to a reading.
template <class R>
constexpr bool kIsLabel =
    std::same_as<R, Annotation> || std::same_as<R, Track> || std::same_as<R, Segmentation> || std::same_as<R, Event> ||
    std::same_as<R, Tag> || std::same_as<R, Measurement> || std::same_as<R, Mark>;

/// A strong id (ids.h).
template <class T>
constexpr bool kIsId = false;
template <class T>
requires std::is_enum_v<T>
constexpr bool kIsId<T> = std::same_as<std::underlying_type_t<T>, RawId>;

/// Has its own list of fields above.
template <class T>
concept HasFields = requires(T& t) {
  visitFields(t, [](int, const char*, auto&) {});
};

}  // namespace fiducial::project
