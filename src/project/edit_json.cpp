#include "fiducial/project/edit_json.h"

#include <algorithm>
#include <array>
#include <map>

#include "edit_names.h"
#include "fiducial/core/class_colors.h"
#include "json_fields.h"
#include "label_fields.h"
#include "schema_fields.h"

namespace fiducial::project {
namespace {

constexpr std::array kKinds = {
    RecordKind::LabelClass,   RecordKind::SkeletonTemplate,
    RecordKind::Layer,        RecordKind::Question,
    RecordKind::Annotation,   RecordKind::Track,
    RecordKind::Segmentation, RecordKind::Event,
    RecordKind::Tag,          RecordKind::Measurement,
    RecordKind::Mark,
};

std::optional<RecordKind> kindNamed(std::string_view name) {
  const auto found = std::ranges::find_if(kKinds, [&](RecordKind kind) { return nameOf(kind) == name; });
  if (found == kKinds.end()) return std::nullopt;
  return *found;
}

class EditParser {
 public:
  explicit EditParser(const Project& project) : project_(project), names_(project) {}

  Result<Edit> parse(const Json& json) {
    JsonFields fields(json);
    Edit edit;
    edit.name = fields.findText("name").value_or("");
    edit.by = fields.findText("by").value_or("");
    const Json* changes = fields.get("changes");
    if (changes != nullptr && !changes->is_array()) fields.fail("changes", "is a list of changes");
    if (Status done = fields.finish(); !done) return done.error();
    if (Status done = nameCreated(*changes); !done) return done.error();
    for (std::size_t i = 0; i < changes->size(); ++i) {
      if (Status done = change((*changes)[i], i); !done) return inChange(done.error(), i, changes->size());
    }
    if (edit.name.empty()) edit.name = defaultName();
    edit.changes = std::move(changes_);
    // Ids are given in the order of the changes: those of the line first, then what belongs to them.
    for (Part& part : parts_) edit.changes.push_back(std::move(part.change));
    append(edit.changes, names_.takeImpliedClasses());
    return edit;
  }

 private:
  /// A key frame or brick, and the record that it belongs to.
  struct Part {
    RawId owner = 0;
    Change change;
  };

  static void append(std::vector<Change>& to, std::vector<Change> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  }
  static Error inChange(Error error, std::size_t index, std::size_t count) {
    if (count > 1) error.message = "change " + std::to_string(index + 1) + ": " + error.message;
    return error;
  }
  [[nodiscard]] std::string defaultName() const {
    if (changes_.empty()) return "Edit";
    const Change& first = changes_.front();
    const char* verb = !first.after ? "Delete " : first.id > 0 ? "Change " : "Create ";
    return verb + std::string(nameOf(first.kind));
  }

  /// Records of a line may refer to each other by name in any order.
  Status nameCreated(const Json& changes) {
    temporaryIds_.assign(changes.size(), 0);
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const Json& change = changes[i];
      if (!change.is_object() || !change.contains("create")) continue;
      temporaryIds_[i] = names_.nextTemporaryId();
      const Json& kind = change["create"];
      const auto value = change.find("value");
      if (!kind.is_string() || value == change.end() || !value->is_object() || !value->contains("name")) continue;
      const auto found = kindNamed(kind.get<std::string>());
      const Json& name = (*value)["name"];
      if (found && name.is_string()) names_.add(*found, name.get<std::string>(), temporaryIds_[i]);
    }
    return {};
  }

  Status change(const Json& json, std::size_t index) {
    JsonFields fields(json, json.is_object() ? std::string() : "changes[" + std::to_string(index) + ']');
    constexpr std::array<const char*, 3> kVerbs = {"create", "update", "delete"};
    const char* verb = nullptr;
    for (const char* candidate : kVerbs) {
      if (!fields.has(candidate)) continue;
      if (verb != nullptr) fields.fail(candidate, "a change has one of create, update and delete");
      verb = candidate;
    }
    if (verb == nullptr)
      return fields.ok() ? Status{fieldError("create", "a change has one of create, update and delete")}
                         : fields.finish();
    const auto kind = kindNamed(fields.text(verb));
    if (fields.ok() && !kind) fields.fail(verb, "no such kind of record");
    RawId id = temporaryIds_[index];
    if (verb != kVerbs[0]) {
      const Json* given = fields.get("id");
      if (given != nullptr && !given->is_number_integer()) fields.fail("id", "must be a whole number");
      if (fields.ok()) id = given->get<RawId>();
    }
    const Json* value = verb == kVerbs[2] ? nullptr : fields.get("value");
    if (Status done = fields.finish(); !done) return done;
    if (verb == kVerbs[2]) {
      changes_.push_back({*kind, id, std::nullopt, std::nullopt});
      return {};
    }
    JsonFields content(*value, value->is_object() ? std::string() : "value");
    if (verb == kVerbs[0]) {
      read(*kind, id, content, nullptr);
    } else {
      auto old = current(id);
      if (!old || kindOf(*old) != *kind) {
        return fieldError("id", "there is no " + std::string(nameOf(*kind)) + " with id " + std::to_string(id));
      }
      read(*kind, id, content, &*old);
    }
    return content.finish();
  }

  /// A record as the changes before this one leave it.
  [[nodiscard]] Result<Record> current(RawId id) const {
    const auto updated = updated_.find(id);
    return updated != updated_.end() ? Result<Record>(updated->second) : project_.record(id);
  }
  /// A second list of all parts replaces the first one of the line.
  void dropParts(RawId owner) {
    if (updated_.contains(owner)) std::erase_if(parts_, [&](const Part& part) { return part.owner == owner; });
  }

  template <class R>
  void readAs(RawId id, JsonFields& fields, const Record* old) {
    R record = old != nullptr ? *recordAs<R>(*old) : R{};
    if constexpr (requires { readInto(record, fields, names_, true); }) {
      readInto(record, fields, names_, old == nullptr);
    } else {
      readInto(record, fields, names_);
    }
    if constexpr (std::same_as<R, LabelClass>) {
      if (old == nullptr && record.color.empty()) record.color = classColor(classCount());
    }
    if constexpr (std::same_as<R, Track>) readKeyframes(id, record.medium, fields, old == nullptr);
    if constexpr (std::same_as<R, Segmentation>) readVoxels(id, record, fields, old == nullptr);
    if (old != nullptr) updated_.insert_or_assign(id, Record(record));
    changes_.push_back({kindOf(Record(record)), id, std::nullopt, Record(std::move(record))});
  }

  void read(RecordKind kind, RawId id, JsonFields& fields, const Record* old) {
    switch (kind) {
      case RecordKind::LabelClass:
        return readAs<LabelClass>(id, fields, old);
      case RecordKind::SkeletonTemplate:
        return readAs<SkeletonTemplate>(id, fields, old);
      case RecordKind::Layer:
        return readAs<Layer>(id, fields, old);
      case RecordKind::Question:
        return readAs<Question>(id, fields, old);
      case RecordKind::Annotation:
        return readAs<Annotation>(id, fields, old);
      case RecordKind::Track:
        return readAs<Track>(id, fields, old);
      case RecordKind::Segmentation:
        return readAs<Segmentation>(id, fields, old);
      case RecordKind::Event:
        return readAs<Event>(id, fields, old);
      case RecordKind::Tag:
        return readAs<Tag>(id, fields, old);
      case RecordKind::Measurement:
        return readAs<Measurement>(id, fields, old);
      default:
        return readAs<Mark>(id, fields, old);
    }
  }

  std::size_t classCount() {
    const auto classes = project_.classes();
    return (classes ? classes->size() : 0) + newClasses_++;
  }

  /// `keyframes` names all of a track's: those on the same frame are changed, the others made or deleted.
  void readKeyframes(RawId track, MediumId medium, JsonFields& fields, bool isNew) {
    if (!isNew && !fields.has("keyframes")) return;
    const Json* json = fields.get("keyframes");
    if (json == nullptr) return;
    std::vector<Keyframe> wanted = keyframesFrom(*json, medium, fields, names_);
    dropParts(track);
    std::vector<Stored<Keyframe>> old;
    if (!isNew) {
      auto stored = project_.keyframes(TrackId{track});
      if (!stored) return fields.fail(stored.error());
      old = std::move(*stored);
    }
    for (const Stored<Keyframe>& keyframe : old) {
      if (std::ranges::find(wanted, keyframe.value.frame, &Keyframe::frame) == wanted.end()) {
        parts_.push_back({track, {RecordKind::Keyframe, keyframe.id, std::nullopt, std::nullopt}});
      }
    }
    for (Keyframe& keyframe : wanted) {
      keyframe.track = TrackId{track};
      const auto same = std::ranges::find(old, keyframe.frame, [](const auto& stored) { return stored.value.frame; });
      if (same != old.end() && same->value == keyframe) continue;
      const RawId id = same != old.end() ? same->id : 0;
      if (same != old.end()) old.erase(same);  // a second one on this frame is new, and refused when it is applied
      parts_.push_back({track, {RecordKind::Keyframe, id, std::nullopt, Record(std::move(keyframe))}});
    }
  }

  void readVoxels(RawId segmentation, const Segmentation& record, JsonFields& fields, bool isNew) {
    if (!isNew && !fields.has("runs")) return;
    const Json* json = fields.get("runs");
    if (json == nullptr || !fields.ok()) return;
    const BrickVolume wanted = voxelsFrom(*json, record.medium, fields, names_);
    dropParts(segmentation);
    BrickVolume old;
    if (!isNew) {
      auto stored = project_.voxels(SegmentationId{segmentation});
      if (!stored) return fields.fail(stored.error());
      old = std::move(*stored);
    }
    const auto paintBrick = [&](BrickIndex index, BrickPointer brick) {
      parts_.push_back({segmentation, paint({SegmentationId{segmentation}, 0, index, std::move(brick)})});
    };
    for (const auto& [index, brick] : old.bricks()) {
      if (!wanted.brick(index)) paintBrick(index, nullptr);
    }
    for (const auto& [index, brick] : wanted.bricks()) {
      const BrickPointer before = old.brick(index);
      if (!before || !(*before == *brick)) paintBrick(index, brick);
    }
  }

  const Project& project_;
  EditNames names_;
  std::vector<RawId> temporaryIds_;
  std::vector<Change> changes_;
  std::map<RawId, Record> updated_;  // existing records, as changed so far
  std::vector<Part> parts_;
  std::size_t newClasses_ = 0;
};

}  // namespace

Result<Edit> parseEdit(std::string_view line, const Project& project) {
  auto json = parseObject(line);
  if (!json) return json.error();
  return EditParser(project).parse(*json);
}

}  // namespace fiducial::project
