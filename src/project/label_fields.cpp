#include "label_fields.h"

#include <algorithm>
#include <array>

#include "schema_fields.h"
#include "shape_json.h"

namespace fiducial::project {
namespace {

constexpr std::array<std::string_view, 6> kMeasurements = {"length", "bidirectional", "angle", "cobb", "area", "probe"};

void readMedium(MediumId& medium, JsonFields& fields, EditNames& names, bool isNew) {
  if (isNew || fields.has("medium")) medium = names.medium(fields);
}

void readClass(ClassId& labelClass, JsonFields& fields, EditNames& names, bool isNew) {
  if (!isNew && !fields.has("class")) return;
  if (const Json* json = fields.get("class")) labelClass = names.labelClass(fields, *json);
}

void readShape(Shape& shape, JsonFields& fields, bool isNew) {
  if (!isNew && !fields.has("shape")) return;
  const Json* json = fields.get("shape");
  if (json == nullptr) return;
  auto read = shapeFrom(*json, fields.pathOf("shape"));
  if (!read) return fields.fail(read.error());
  shape = std::move(*read);
}

void readAttributes(Attributes& attributes, JsonFields& fields) {
  if (!fields.has("attributes")) return;
  const Json* json = fields.find("attributes");
  auto read = attributesFrom(json == nullptr ? Json() : *json, fields.pathOf("attributes"));
  if (!read) return fields.fail(read.error());
  attributes = std::move(*read);
}

void readNumber(int& number, const char* name, JsonFields& fields, bool required) {
  if (required || fields.has(name)) number = fields.number(name);
}

Keyframe keyframeFrom(const Json& json, const std::string& path, JsonFields& parent) {
  JsonFields fields(json, path + ".");
  Keyframe keyframe;
  keyframe.frame = fields.number("frame");
  readShape(keyframe.shape, fields, true);
  keyframe.outside = fields.findFlag("outside").value_or(false);
  keyframe.occluded = fields.findFlag("occluded").value_or(false);
  readAttributes(keyframe.attributes, fields);
  if (Status done = fields.finish(); !done) parent.fail(done.error());
  return keyframe;
}

std::optional<std::vector<std::uint64_t>> runLengths(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<std::uint64_t> counts;
  counts.reserve(json.size());
  for (const Json& run : json) {
    if (!run.is_number_unsigned()) return std::nullopt;
    counts.push_back(run.get<std::uint64_t>());
  }
  return counts;
}

}  // namespace

std::string_view nameOf(MeasurementType type) { return kMeasurements.at(static_cast<std::size_t>(type) - 1); }

void readInto(Annotation& record, JsonFields& fields, EditNames& names, bool isNew) {
  readMedium(record.medium, fields, names, isNew);
  readNumber(record.frame, "frame", fields, isNew);
  if (fields.has("time")) record.time = fields.findNumber("time").value_or(0);
  readClass(record.labelClass, fields, names, isNew);
  readShape(record.shape, fields, isNew);
  readAttributes(record.attributes, fields);
  if (fields.has("note")) record.note = fields.findText("note").value_or("");
}

void readInto(Track& record, JsonFields& fields, EditNames& names, bool isNew) {
  readMedium(record.medium, fields, names, isNew);
  readClass(record.labelClass, fields, names, isNew);
  if (const auto interpolation = fields.findText("interpolation"); interpolation && *interpolation != "linear") {
    fields.fail("interpolation", "is linear");
  }
  readAttributes(record.attributes, fields);
}

void readInto(Segmentation& record, JsonFields& fields, EditNames& names, bool isNew) {
  readMedium(record.medium, fields, names, isNew);
  readClass(record.labelClass, fields, names, isNew);
  readAttributes(record.attributes, fields);
}

void readInto(Event& record, JsonFields& fields, EditNames& names, bool isNew) {
  readMedium(record.medium, fields, names, isNew);
  readClass(record.labelClass, fields, names, isNew);
  if (fields.has("layer")) {
    const Json* layer = fields.find("layer");
    const bool isNone = layer == nullptr || (layer->is_string() && layer->get<std::string>().empty());
    record.layer = isNone ? LayerId{} : LayerId{names.resolve(RecordKind::Layer, fields, "layer", *layer)};
  }
  readNumber(record.firstFrame, "begin", fields, isNew);
  readNumber(record.lastFrame, "end", fields, isNew);
  readAttributes(record.attributes, fields);
}

void readInto(Tag& record, JsonFields& fields, EditNames& names, bool isNew) {
  if (isNew || fields.has("scope")) {
    const auto scope = scopeNamed(fields.text("scope"));
    if (!scope) fields.fail("scope", "is frame, medium, study or subject");
    if (scope) record.scope = *scope;
  }
  readMedium(record.medium, fields, names, isNew);
  readNumber(record.frame, "frame", fields, isNew && record.scope == Scope::Frame);
  if (isNew || fields.has("class")) {
    const Json* json = fields.get("class");
    if (json == nullptr) return;
    // A class, or a question by its name.
    const RawId question =
        json->is_string() && names.find(RecordKind::LabelClass, json->get<std::string>(), fields) == 0
            ? names.find(RecordKind::Question, json->get<std::string>(), fields)
            : 0;
    record.question = QuestionId{question};
    record.labelClass = question != 0 ? ClassId{} : names.labelClass(fields, *json);
  }
  if (const Json* value = fields.find("value")) {
    if (value->is_string()) {
      record.value = value->get<std::string>();
    } else if (value->is_number() || value->is_boolean()) {
      record.value = value->dump();
    } else {
      fields.fail("value", "must be text");
    }
  } else if (fields.has("value")) {
    record.value.clear();
  }
}

void readInto(Measurement& record, JsonFields& fields, EditNames& names, bool isNew) {
  readMedium(record.medium, fields, names, isNew);
  readNumber(record.frame, "frame", fields, false);
  if (isNew || fields.has("type")) {
    const std::string type = fields.text("type");
    const auto found = std::ranges::find(kMeasurements, type);
    if (found == kMeasurements.end())
      return fields.fail("type", "is length, bidirectional, angle, cobb, area or probe");
    record.type = static_cast<MeasurementType>(found - kMeasurements.begin() + 1);
  }
  if (isNew || fields.has("points")) {
    const Json* json = fields.get("points");
    if (json == nullptr) return;
    const auto medium = names.project().medium(record.medium);
    if (!medium) return fields.fail("medium", "no medium with id " + std::to_string(raw(record.medium)));
    auto points = pointsFrom(*json, medium->value.info.kind == MediumKind::Volume, fields.pathOf("points"));
    if (!points) return fields.fail(points.error());
    record.points = std::move(*points);
  }
  if (fields.has("class")) {
    const Json* json = fields.find("class");
    record.labelClass = json == nullptr ? ClassId{} : names.labelClass(fields, *json);
  }
}

void readInto(Mark& record, JsonFields& fields, EditNames& names, bool isNew) {
  readMedium(record.medium, fields, names, isNew);
  if (fields.has("frame")) record.frame = fields.findNumber("frame");
  if (isNew || fields.has("state")) record.state = fields.text("state");
}

namespace {

/// `place` is "keyframes[2]". What is not known of a medium that is missing is not checked.
void checkKeyframe(const Keyframe& keyframe, const MediumInfo& info, const std::string& place, JsonFields& fields) {
  if (keyframe.frame < 0 || (info.frames > 0 && keyframe.frame >= info.frames)) {
    return fields.fail(place + ".frame", std::to_string(keyframe.frame) + " is not one of the " +
                                             std::to_string(info.frames) + " frames of the medium");
  }
  ImageSize size = info.imageSize();
  if (const auto* mask = std::get_if<RunMask>(&keyframe.shape); mask != nullptr && size.pixels() <= 0) {
    size = mask->size;
  }
  if (Status sound = check(keyframe.shape, size); !sound) fields.fail(place + ".shape", sound.error().message);
}

}  // namespace

std::vector<Keyframe> keyframesFrom(const Json& json, MediumId medium, JsonFields& fields, const EditNames& names) {
  std::vector<Keyframe> keyframes;
  if (!json.is_array() || json.empty()) {
    fields.fail("keyframes", "is a list of at least one key frame");
    return keyframes;
  }
  const auto known = isNone(medium) ? Result<Stored<Medium>>(Error{}) : names.project().medium(medium);
  for (std::size_t i = 0; fields.ok() && i < json.size(); ++i) {
    const std::string place = "keyframes[" + std::to_string(i) + "]";
    keyframes.push_back(keyframeFrom(json[i], fields.pathOf(place), fields));
    if (fields.ok() && known) checkKeyframe(keyframes.back(), known->value.info, place, fields);
  }
  std::ranges::stable_sort(keyframes, {}, &Keyframe::frame);
  return keyframes;
}

BrickVolume voxelsFrom(const Json& json, MediumId medium, JsonFields& parent, const EditNames& names) {
  JsonFields fields(json, parent.pathOf("runs."));
  const Json* size = fields.get("size");
  const Json* counts = fields.get("counts");
  if (Status done = fields.finish(); !done) return parent.fail(done.error()), BrickVolume();
  const auto extent = finiteNumbers(*size);
  const auto runs = runLengths(*counts);
  if (!extent || extent->size() != 3) return parent.fail("runs.size", "is [ni,nj,nk]"), BrickVolume();
  if (!runs) return parent.fail("runs.counts", "is a list of whole numbers, not negative"), BrickVolume();
  const auto found = names.project().medium(medium);
  if (!found) return parent.fail("medium", "no medium with id " + std::to_string(raw(medium))), BrickVolume();
  const VolumeSize volume = found->value.info.volumeSize();
  if ((*extent)[0] != volume.columns || (*extent)[1] != volume.rows || (*extent)[2] != volume.slices) {
    parent.fail("runs.size", "the volume has " + std::to_string(volume.columns) + " x " + std::to_string(volume.rows) +
                                 " x " + std::to_string(volume.slices) + " voxels");
    return {};
  }
  auto voxels = decodeVolumeRuns(volume, *runs);
  if (!voxels) return parent.fail("runs.counts", voxels.error().message), BrickVolume();
  return std::move(*voxels);
}

}  // namespace fiducial::project
