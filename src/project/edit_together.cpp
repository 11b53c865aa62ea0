// checkTogether(): rules over several records (edit_check.h).
#include <set>

#include "edit_check.h"
#include "record_fields.h"
#include "record_table.h"
#include "shape_codec.h"

namespace fiducial::project {
namespace {

Error invalid(std::string_view field, const std::string& what) {
  return {ErrorCode::Invalid, "field '" + std::string(field) + "': " + what, {}, {}};
}

/// A table that refers to another, and how its rows are called.
struct Use {
  std::string_view countSql;
  std::string_view what;
};

constexpr Use kUsesOfClass[] = {
    {"SELECT count(*) FROM annotation WHERE class = ?", "annotations"},
    {"SELECT count(*) FROM track WHERE class = ?", "tracks"},
    {"SELECT count(*) FROM segmentation WHERE class = ?", "segmentations"},
    {"SELECT count(*) FROM event WHERE class = ?", "events"},
    {"SELECT count(*) FROM tag WHERE class = ?", "tags"},
    {"SELECT count(*) FROM measurement WHERE class = ?", "measurements"},
    {"SELECT count(*) FROM class WHERE parent = ?", "child classes"},
};
constexpr Use kUsesOfMedium[] = {
    {"SELECT count(*) FROM annotation WHERE medium = ?", "annotations"},
    {"SELECT count(*) FROM track WHERE medium = ?", "tracks"},
    {"SELECT count(*) FROM segmentation WHERE medium = ?", "segmentations"},
    {"SELECT count(*) FROM event WHERE medium = ?", "events"},
    {"SELECT count(*) FROM tag WHERE medium = ?", "tags"},
    {"SELECT count(*) FROM measurement WHERE medium = ?", "measurements"},
    {"SELECT count(*) FROM mark WHERE medium = ?", "marks"},
};
constexpr Use kUsesOfLayer[] = {{"SELECT count(*) FROM event WHERE layer = ?", "events"}};
constexpr Use kUsesOfQuestion[] = {{"SELECT count(*) FROM tag WHERE question = ?", "answers"}};
constexpr Use kUsesOfSubject[] = {{"SELECT count(*) FROM study WHERE subject = ?", "studies"}};
constexpr Use kUsesOfStudy[] = {{"SELECT count(*) FROM medium WHERE study = ?", "media"}};

std::span<const Use> usesOf(RecordKind kind) {
  switch (kind) {
    case RecordKind::LabelClass:
      return kUsesOfClass;
    case RecordKind::Medium:
      return kUsesOfMedium;
    case RecordKind::Layer:
      return kUsesOfLayer;
    case RecordKind::Question:
      return kUsesOfQuestion;
    case RecordKind::Subject:
      return kUsesOfSubject;
    case RecordKind::Study:
      return kUsesOfStudy;
    default:
      return {};
  }
}

std::string calledBy(const Record& record) {
  return visitRecord(
      [](const auto& r) -> std::string {
        if constexpr (requires { r.name; }) return " '" + r.name + "'";
        return {};
      },
      record);
}

class TogetherCheck {
 public:
  explicit TogetherCheck(Store& store) : store_(store) {}

  Status operator()(const Change& change) {
    if (!change.after) return erased(change);
    switch (change.kind) {
      case RecordKind::LabelClass:
        return labelClass(change);
      case RecordKind::SkeletonTemplate:
        return skeleton(change);
      case RecordKind::Layer:
        return layer(change);
      case RecordKind::Question:
        return uniqueName<Question>(change);
      case RecordKind::Annotator:
        return uniqueName<Annotator>(change);
      case RecordKind::Keyframe:
        return keyframe(std::get<Keyframe>(*change.after));
      case RecordKind::Track:
        return keyframesOf(change);
      case RecordKind::Segmentation:
        return bricksOf(change);
      case RecordKind::Event:
        return event(change.id, std::get<Event>(*change.after));
      default:
        return {};
    }
  }

 private:
  template <class R>
  Status uniqueName(const Change& change) {
    const R& record = *recordAs<R>(*change.after);
    for (const auto& [id, other] : store_.known.all<R>()) {
      if (id != change.id && other.name == record.name) {
        return invalid("name",
                       "there is already a " + std::string(nameOf(change.kind)) + " named '" + record.name + "'");
      }
    }
    return {};
  }

  Status labelClass(const Change& change) {
    const auto& record = *recordAs<LabelClass>(*change.after);
    const auto* old = change.before ? recordAs<LabelClass>(*change.before) : nullptr;
    if (old == nullptr || old->name != record.name) {
      if (Status done = uniqueName<LabelClass>(change); !done) return done;
    }
    std::set<ClassId> seen = {ClassId{change.id}};
    for (ClassId up = record.parent; !isNone(up);) {
      if (!seen.insert(up).second) return invalid("parent", "a class cannot be its own ancestor");
      const auto* parent = store_.known.find<LabelClass>(raw(up));
      if (parent == nullptr) return invalid("parent", "no class with id " + std::to_string(raw(up)));
      up = parent->parent;
    }
    return {};
  }

  /// Shapes name their skeleton: neither name nor number of points changes under them.
  Status skeleton(const Change& change) {
    if (Status done = uniqueName<SkeletonTemplate>(change); !done) return done;
    if (!change.before) return {};
    const auto& old = std::get<SkeletonTemplate>(*change.before);
    const auto& record = std::get<SkeletonTemplate>(*change.after);
    if (old.name == record.name && old.points.size() == record.points.size()) return {};
    return unusedSkeleton(old.name);
  }

  Status unusedSkeleton(const std::string& name) {
    Statement& select = store_.database.prepared(
        "SELECT shape FROM annotation WHERE substr(shape, 1, 1) = x'07' UNION ALL "
        "SELECT shape FROM keyframe WHERE substr(shape, 1, 1) = x'07'");
    while (select.step()) {
      const auto shape = shapeFromColumn(select.blob(0));
      const auto* found = shape ? std::get_if<Skeleton>(&*shape) : nullptr;
      if (found != nullptr && found->templateName == name) {
        select.reset();
        return invalid("name", "skeleton '" + name + "' is used by labels");
      }
    }
    return select.failed() ? Status{store_.database.lastError("read the project")} : Status{};
  }

  Status layer(const Change& change) {
    if (Status done = uniqueName<Layer>(change); !done) return done;
    if (!std::get<Layer>(*change.after).exclusive || !change.before) return {};
    if (std::get<Layer>(*change.before).exclusive) return {};
    Statement& overlap = store_.database.prepared(
        "SELECT 1 FROM event a JOIN event b ON a.medium = b.medium AND a.reading = b.reading AND a.id < b.id "
        "AND a.first_frame <= b.last_frame AND b.first_frame <= a.last_frame WHERE a.layer = ?1 AND b.layer = ?1 LIMIT "
        "1");
    return refuseIfAny(overlap.bind(change.id), "exclusive", "events of this layer overlap");
  }

  Status keyframe(const Keyframe& record) {
    Statement& twice =
        store_.database.prepared("SELECT 1 FROM keyframe WHERE track = ? AND frame = ? LIMIT 1 OFFSET 1");
    return refuseIfAny(twice.bind(raw(record.track)).bind(record.frame), "keyframes",
                       "the track has two key frames on frame " + std::to_string(record.frame));
  }

  /// Key frames that the edit leaves alone were checked against the track's old medium and class.
  Status keyframesOf(const Change& change) {
    if (!change.before) return {};
    const auto& old = std::get<Track>(*change.before);
    const auto& track = std::get<Track>(*change.after);
    const bool isOtherClass = old.labelClass != track.labelClass;
    if (old.medium == track.medium && !isOtherClass) return {};
    static const std::string select =
        "SELECT " + tableOf(RecordKind::Keyframe).columns + " FROM keyframe WHERE track = ?";
    auto rows = rowsOf<Keyframe>(store_.database, store_.database.prepared(select).bind(change.id));
    if (!rows) return rows.error();
    for (Row<Keyframe>& row : *rows) {
      const Record keyframe(std::move(row.value));
      if (Status done = checkRecord(store_.known, keyframe, isOtherClass ? nullptr : &keyframe); !done) return done;
    }
    return {};
  }

  Status bricksOf(const Change& change) {
    if (!change.before) return {};
    if (std::get<Segmentation>(*change.before).medium == std::get<Segmentation>(*change.after).medium) return {};
    auto bricks = project::bricksOf(store_.database, SegmentationId{change.id});
    if (!bricks) return bricks.error();
    for (BrickContent& brick : *bricks) {
      if (Status done = checkRecord(store_.known, Record(std::move(brick)), nullptr); !done) return done;
    }
    return {};
  }

  Status event(RawId id, const Event& record) {
    const auto* layer = store_.known.find<Layer>(raw(record.layer));
    if (layer == nullptr || !layer->exclusive) return {};
    Statement& overlap = store_.database.prepared(
        "SELECT 1 FROM event WHERE medium = ?1 AND layer = ?2 AND id <> ?3 AND first_frame <= ?4 AND last_frame >= ?5 "
        "AND reading = (SELECT reading FROM event WHERE id = ?3) LIMIT 1");
    overlap.bind(raw(record.medium)).bind(raw(record.layer)).bind(id).bind(record.lastFrame).bind(record.firstFrame);
    return refuseIfAny(overlap, "layer",
                       "layer '" + layer->name + "' is exclusive and another event overlaps frames " +
                           std::to_string(record.firstFrame) + " to " + std::to_string(record.lastFrame));
  }

  Status refuseIfAny(Statement& statement, std::string_view field, const std::string& what) {
    const bool found = statement.step();
    if (statement.failed()) return store_.database.lastError("read the project");
    statement.reset();
    return found ? Status{invalid(field, what)} : Status{};
  }

  Status erased(const Change& change) {
    if (change.kind == RecordKind::SkeletonTemplate && change.before) {
      return unusedSkeleton(std::get<SkeletonTemplate>(*change.before).name);
    }
    for (const Use& use : usesOf(change.kind)) {
      Statement& count = store_.database.prepared(use.countSql).bind(change.id);
      const std::int64_t found = count.step() ? count.number(0) : 0;
      if (count.failed()) return store_.database.lastError("read the project");
      count.reset();
      if (found == 0) continue;
      const std::string called = change.before ? calledBy(*change.before) : std::string();
      return Error{ErrorCode::Invalid,
                   "cannot delete " + std::string(nameOf(change.kind)) + called + ": it is still used (" +
                       std::string(use.what) + ": " + std::to_string(found) + ")",
                   {},
                   "delete them in the same edit"};
    }
    return {};
  }

  Store& store_;
};

}  // namespace

Status checkTogether(Store& store, std::span<const Change> changes) {
  TogetherCheck check(store);
  for (const Change& change : changes) {
    if (Status done = check(change); !done) return done;
  }
  return store.known.status();
}

}  // namespace fiducial::project
