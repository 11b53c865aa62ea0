#include "edit_check.h"

#include <algorithm>
#include <cmath>

#include "attribute_check.h"
#include "mask_difference.h"
#include "text_form.h"

namespace fiducial::project {
namespace {

Error invalid(std::string_view field, const std::string& what, ErrorCode code = ErrorCode::Invalid) {
  return {code, "field '" + std::string(field) + "': " + what, {}, {}};
}

class RecordCheck {
 public:
  RecordCheck(KnownRecords& known, const Record* before) : known_(known), before_(before) {}

  Status operator()(const Subject& r) const { return text("pseudonym", r.pseudonym); }
  Status operator()(const Study& r) const { return text("description", r.description); }
  Status operator()(const Medium& r) const {
    if (r.name.empty()) return invalid("name", "a medium needs a name");
    return text("name", r.name);
  }
  Status operator()(const LabelClass& r) const;
  Status operator()(const SkeletonTemplate& r) const;
  Status operator()(const Layer& r) const { return name(r.name); }
  Status operator()(const Question& r) const {
    if (r.scope < Scope::Frame || r.scope > Scope::Subject) return invalid("scope", "no such scope");
    return name(r.name);
  }
  Status operator()(const Annotation& r) const;
  Status operator()(const Track& r) const;
  Status operator()(const Keyframe& r) const;
  Status operator()(const Segmentation& r) const;
  Status operator()(const BrickContent& r) const;
  Status operator()(const Event& r) const;
  Status operator()(const Tag& r) const;
  Status operator()(const Measurement& r) const;
  Status operator()(const Mark& r) const;
  Status operator()(const Annotator& r) const { return name(r.name); }
  Status operator()(const Reading& r) const { return medium(r.medium); }

 private:
  Status text(std::string_view field, std::string_view value) const {
    return isUtf8(value) ? Status{} : invalid(field, "is not UTF-8 text");
  }
  Status name(std::string_view value) const {
    if (value.empty()) return invalid("name", "must not be empty");
    return text("name", value);
  }
  Status medium(MediumId id) const {
    if (known_.medium(id) == nullptr) return invalid("medium", "no medium with id " + std::to_string(raw(id)));
    return {};
  }
  Status labelClass(ClassId id) const {
    if (known_.find<LabelClass>(raw(id)) == nullptr)
      return invalid("class", "no class with id " + std::to_string(raw(id)));
    return {};
  }
  /// A new medium's frames are not known before it has been located.
  Status frame(MediumId id, int frame, std::string_view field = "frame") const {
    const MediumFacts& facts = *known_.medium(id);
    if (frame < 0)
      return invalid(field, std::to_string(frame) + " is before the first frame, 0", ErrorCode::OutOfRange);
    if (facts.frames > 0 && frame >= facts.frames) {
      return invalid(
          field,
          std::to_string(frame) + " is past the last frame of " + facts.name + ", " + std::to_string(facts.frames - 1),
          ErrorCode::OutOfRange);
    }
    return {};
  }
  Status time(MediumId id, int time) const {
    const MediumFacts& facts = *known_.medium(id);
    if (time >= 0 && (time < std::max(1, facts.times) || facts.frames == 0)) return {};
    return invalid(
        "time", std::to_string(time) + " is not one of the " + std::to_string(facts.times) + " times of " + facts.name,
        ErrorCode::OutOfRange);
  }
  Status shape(MediumId id, const Shape& shape) const;
  template <class R>
  Status attributes(ClassId id, const R& r) const {
    const auto* old = before_ != nullptr ? recordAs<R>(*before_) : nullptr;
    if constexpr (requires { r.labelClass; }) {
      if (old != nullptr && old->attributes == r.attributes && old->labelClass == r.labelClass) return {};
    } else {
      if (old != nullptr && old->attributes == r.attributes) return {};
    }
    return checkAttributes(known_, id, r.attributes);
  }

  KnownRecords& known_;
  const Record* before_;
};

Status RecordCheck::operator()(const LabelClass& r) const {
  if (Status done = name(r.name); !done) return done;
  const auto isHex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
  if (!r.color.empty() &&
      (r.color.size() != 7 || r.color[0] != '#' || !std::all_of(r.color.begin() + 1, r.color.end(), isHex))) {
    return invalid("color", "'" + r.color + "' is not of the form #rrggbb");
  }
  return checkSpecs(r.attributes);
}

Status RecordCheck::operator()(const SkeletonTemplate& r) const {
  if (Status done = name(r.name); !done) return done;
  if (r.points.empty()) return invalid("points", "a skeleton has at least one point");
  const auto count = static_cast<int>(r.points.size());
  for (const auto& [from, to] : r.edges) {
    if (from < 0 || to < 0 || from >= count || to >= count)
      return invalid("edges", "an edge names a point that is not there");
  }
  return {};
}

Status RecordCheck::shape(MediumId id, const Shape& shape) const {
  const MediumFacts& facts = *known_.medium(id);
  ImageSize size = facts.size;
  if (const auto* mask = std::get_if<RunMask>(&shape); mask != nullptr && size.pixels() <= 0) size = mask->size;
  if (Status done = fiducial::check(shape, size); !done) return invalid("shape", done.error().message);
  if (const auto* skeleton = std::get_if<Skeleton>(&shape)) {
    const auto found = known_.named<SkeletonTemplate>(skeleton->templateName);
    if (!found) return invalid("shape", "no skeleton named '" + skeleton->templateName + "'");
    const std::size_t points = known_.find<SkeletonTemplate>(*found)->points.size();
    if (points != skeleton->points.size()) {
      return invalid("shape", "skeleton '" + skeleton->templateName + "' has " + std::to_string(points) +
                                  " points, not " + std::to_string(skeleton->points.size()));
    }
  }
  return {};
}

Status RecordCheck::operator()(const Annotation& r) const {
  if (Status done = medium(r.medium); !done) return done;
  if (Status done = frame(r.medium, r.frame); !done) return done;
  if (Status done = time(r.medium, r.time); !done) return done;
  if (Status done = labelClass(r.labelClass); !done) return done;
  if (Status done = shape(r.medium, r.shape); !done) return done;
  if (Status done = text("note", r.note); !done) return done;
  return attributes(r.labelClass, r);
}

Status RecordCheck::operator()(const Track& r) const {
  if (Status done = medium(r.medium); !done) return done;
  if (Status done = labelClass(r.labelClass); !done) return done;
  return attributes(r.labelClass, r);
}

Status RecordCheck::operator()(const Keyframe& r) const {
  const Track* track = known_.trackOf(r.track);
  if (track == nullptr) return invalid("track", "no track with id " + std::to_string(raw(r.track)));
  if (Status done = frame(track->medium, r.frame); !done) return done;
  if (Status done = shape(track->medium, r.shape); !done) return done;
  return attributes(track->labelClass, r);
}

Status RecordCheck::operator()(const Segmentation& r) const {
  if (Status done = medium(r.medium); !done) return done;
  const MediumFacts& facts = *known_.medium(r.medium);
  if (facts.kind != MediumKind::Volume) {
    return invalid("medium", facts.name + " is no volume; use an annotation with a mask");
  }
  if (Status done = labelClass(r.labelClass); !done) return done;
  return attributes(r.labelClass, r);
}

Status RecordCheck::operator()(const BrickContent& r) const {
  const Segmentation* segmentation = known_.segmentationOf(r.segmentation);
  if (segmentation == nullptr) {
    return invalid("segmentation", "no segmentation with id " + std::to_string(raw(r.segmentation)));
  }
  if (!r.brick) return {};  // what lies outside since its segmentation got another medium can be erased
  if (Status done = time(segmentation->medium, r.time); !done) return done;
  const MediumFacts& facts = *known_.medium(segmentation->medium);
  const VolumeSize size = facts.volumeSize();
  const Voxel first{r.index.bi * kBrickSizeVoxels, r.index.bj * kBrickSizeVoxels, r.index.bk * kBrickSizeVoxels};
  if (r.index.bi < 0 || r.index.bj < 0 || r.index.bk < 0 || (size.voxels() > 0 && !size.contains(first))) {
    return invalid("runs", "voxels outside the volume", ErrorCode::OutOfRange);
  }
  if (size.voxels() <= 0) return {};
  // Only a brick on the far border can have bits outside.
  const int rowsInside = std::min(kBrickSizeVoxels, size.rows - first.j);
  const int slicesInside = std::min(kBrickSizeVoxels, size.slices - first.k);
  const int columnsInside = std::min(kBrickSizeVoxels, size.columns - first.i);
  const std::uint32_t outside = columnsInside == kBrickSizeVoxels ? 0U : ~((1U << columnsInside) - 1U);
  for (int k = 0; k < kBrickSizeVoxels; ++k) {
    for (int j = 0; j < kBrickSizeVoxels; ++j) {
      const std::uint32_t row = r.brick->rows[static_cast<std::size_t>(j + kBrickSizeVoxels * k)];
      const bool isInside = j < rowsInside && k < slicesInside;
      if ((isInside ? row & outside : row) != 0)
        return invalid("runs", "voxels outside the volume", ErrorCode::OutOfRange);
    }
  }
  return {};
}

Status RecordCheck::operator()(const Event& r) const {
  if (Status done = medium(r.medium); !done) return done;
  if (Status done = labelClass(r.labelClass); !done) return done;
  if (!isNone(r.layer) && known_.find<Layer>(raw(r.layer)) == nullptr) {
    return invalid("layer", "no layer with id " + std::to_string(raw(r.layer)));
  }
  if (Status done = frame(r.medium, r.firstFrame, "begin"); !done) return done;
  if (Status done = frame(r.medium, r.lastFrame, "end"); !done) return done;
  if (r.lastFrame < r.firstFrame) return invalid("end", "an event does not end before it begins");
  return attributes(r.labelClass, r);
}

Status RecordCheck::operator()(const Tag& r) const {
  if (r.scope < Scope::Frame || r.scope > Scope::Subject) return invalid("scope", "no such scope");
  if (Status done = medium(r.medium); !done) return done;
  if (r.scope == Scope::Frame) {
    if (Status done = frame(r.medium, r.frame); !done) return done;
  } else if (r.frame != 0) {
    return invalid("frame", "only a tag of scope 'frame' has one");
  }
  if (Status done = text("value", r.value); !done) return done;
  if (isNone(r.labelClass) == isNone(r.question)) return invalid("class", "a tag names a class or a question");
  if (isNone(r.question)) return labelClass(r.labelClass);
  const Question* question = known_.find<Question>(raw(r.question));
  if (question == nullptr) return invalid("class", "no question with id " + std::to_string(raw(r.question)));
  if (question->scope != r.scope)
    return invalid("scope", "question '" + question->name + "' is asked of another scope");
  if (!question->choices.empty() && std::ranges::find(question->choices, r.value) == question->choices.end()) {
    return invalid("value", "'" + r.value + "' is not an answer to '" + question->name + "'");
  }
  return {};
}

Status RecordCheck::operator()(const Measurement& r) const {
  constexpr std::array<std::size_t, 7> kPoints = {0, 2, 4, 3, 4, 3, 1};  // by type; of an area at least
  if (r.type < MeasurementType::Length || r.type > MeasurementType::Probe)
    return invalid("type", "no such measurement");
  if (Status done = medium(r.medium); !done) return done;
  if (Status done = frame(r.medium, r.frame); !done) return done;
  if (!isNone(r.labelClass)) {
    if (Status done = labelClass(r.labelClass); !done) return done;
  }
  const std::size_t needed = kPoints[static_cast<std::size_t>(r.type)];
  if (r.points.size() < needed || (r.points.size() > needed && r.type != MeasurementType::Area)) {
    return invalid("points", "needs " + std::to_string(needed) + " points, not " + std::to_string(r.points.size()));
  }
  for (const PatientPoint& p : r.points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z))
      return invalid("points", "not a finite number");
  }
  return {};
}

Status RecordCheck::operator()(const Mark& r) const {
  if (Status done = medium(r.medium); !done) return done;
  if (r.state != "done") return invalid("state", "'" + r.state + "' is not 'done'");
  return r.frame ? frame(r.medium, *r.frame) : Status{};
}

}  // namespace

void normalise(Record& record) {
  visitRecord(
      [](auto& r) {
        if constexpr (requires { r.name = std::string(); }) r.name = toNfc(r.name);
        if constexpr (requires { r.shape = Shape(); }) {
          if (auto* mask = std::get_if<RunMask>(&r.shape); mask != nullptr && check(*mask)) *mask = canonical(*mask);
        }
      },
      record);
}

Status checkRecord(KnownRecords& known, const Record& after, const Record* before) {
  Status done = visitRecord(RecordCheck(known, before), after);
  if (done && !known.status()) return known.status();
  return done;
}

}  // namespace fiducial::project
