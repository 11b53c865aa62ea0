// listJson() of record_json.h: the documents of `list ... --json`.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <map>

#include "fiducial/project/record_json.h"
#include "label_fields.h"
#include "medium_json.h"
#include "schema_fields.h"
#include "shape_json.h"

namespace fiducial::project {
namespace {

/// ISO 8601, UTC, with milliseconds.
std::string timeText(std::int64_t timeMs) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(timeMs)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

class ListWriter {
 public:
  ListWriter(const Project& project, const ListOptions& options) : project_(project), options_(options) {}

  template <class Items, class F>
  Result<std::string> document(std::string_view name, Items items, F&& writeItem) {
    if (!items) return items.error();
    out_.beginObject().key(name).beginArray();
    for (const auto& item : *items) {
      out_.beginObject();
      if (Status done = writeItem(item); !done) return done.error();
      out_.endObject();
    }
    out_.endArray().endObject();
    return out_.take();
  }

  Result<std::string> media() {
    return document("media", project_.media(), [&](const Stored<Medium>& item) {
      head(item);
      out_.field("name", item.value.name).field("hash", item.value.hash).field("path", item.value.path);
      out_.flagField("missing", item.value.missing).field("size_bytes", item.value.sizeBytes);
      writeMediumFields(out_, item.value.info);
      return Status{};
    });
  }
  Result<std::string> classes() {
    if (Status done = loadNames(); !done) return done.error();
    return document("classes", project_.classes(), [&](const Stored<LabelClass>& item) {
      head(item);
      writeClassFields(out_, item.value, classNames_[raw(item.value.parent)]);
      return Status{};
    });
  }
  Result<std::string> annotations() {
    if (Status done = loadNames(); !done) return done.error();
    return document("annotations", project_.annotations(), [&](const Stored<Annotation>& item) {
      label(item);
      out_.field("frame", item.value.frame);
      if (item.value.time != 0) out_.field("time", item.value.time);
      labelClass(item.value.labelClass);
      out_.key("shape");
      write(out_, item.value.shape);
      attributes(item.value.attributes);
      out_.textField("note", item.value.note);
      return Status{};
    });
  }
  Result<std::string> tracks() {
    if (Status done = loadNames(); !done) return done.error();
    return document("tracks", project_.tracks(), [&](const Stored<Track>& item) -> Status {
      label(item);
      labelClass(item.value.labelClass);
      out_.field("interpolation", "linear");
      attributes(item.value.attributes);
      const auto keyframes = project_.keyframes(TrackId{item.id});
      if (!keyframes) return keyframes.error();
      out_.key("keyframes").beginArray();
      for (const auto& keyframe : *keyframes) writeKeyframe(keyframe.value);
      out_.endArray();
      return {};
    });
  }
  Result<std::string> events() {
    if (Status done = loadNames(); !done) return done.error();
    return document("events", project_.events(), [&](const Stored<Event>& item) {
      label(item);
      labelClass(item.value.labelClass);
      out_.textField("layer", layerNames_[raw(item.value.layer)]);
      out_.field("begin", item.value.firstFrame).field("end", item.value.lastFrame);
      attributes(item.value.attributes);
      return Status{};
    });
  }
  Result<std::string> tags() {
    if (Status done = loadNames(); !done) return done.error();
    return document("tags", project_.tags(), [&](const Stored<Tag>& item) {
      label(item);
      out_.field("scope", nameOf(item.value.scope));
      if (item.value.scope == Scope::Frame) out_.field("frame", item.value.frame);
      out_.field("class", isNone(item.value.question) ? classNames_[raw(item.value.labelClass)]
                                                      : questionNames_[raw(item.value.question)]);
      out_.textField("value", item.value.value);
      return Status{};
    });
  }
  Result<std::string> measurements() {
    if (Status done = loadNames(); !done) return done.error();
    return document("measurements", project_.measurements(), [&](const Stored<Measurement>& item) -> Status {
      const auto medium = project_.medium(item.value.medium);
      if (!medium) return medium.error();
      const bool isVolume = medium->value.info.kind == MediumKind::Volume;
      label(item);
      out_.field("frame", item.value.frame).field("type", nameOf(item.value.type)).key("points").beginArray();
      for (const PatientPoint& p : item.value.points) {
        out_.value(p.x).value(p.y);
        if (isVolume) out_.value(p.z);
      }
      out_.endArray();
      if (!isNone(item.value.labelClass)) labelClass(item.value.labelClass);
      return {};
    });
  }
  Result<std::string> segmentations() {
    if (Status done = loadNames(); !done) return done.error();
    return document("segmentations", project_.segmentations(), [&](const Stored<Segmentation>& item) -> Status {
      const auto medium = project_.medium(item.value.medium);
      if (!medium) return medium.error();
      label(item);
      labelClass(item.value.labelClass);
      attributes(item.value.attributes);
      return voxels(SegmentationId{item.id}, medium->value.info);
    });
  }
  Result<std::string> marks() {
    return document("marks", project_.marks(), [&](const Stored<Mark>& item) {
      label(item);
      if (item.value.frame) out_.field("frame", *item.value.frame);
      out_.field("state", item.value.state);
      return Status{};
    });
  }
  Result<std::string> history() {
    return document("edits", project_.history(), [&](const HistoryEntry& item) {
      out_.field("id", raw(item.id)).field("uid", item.uid).field("name", item.name).field("by", item.by);
      out_.field("time", timeText(item.timeMs)).field("undone", item.undone);
      return Status{};
    });
  }

 private:
  Status loadNames() {
    const auto classes = project_.classes();
    const auto layers = project_.layers();
    const auto questions = project_.questions();
    if (!classes) return classes.error();
    if (!layers) return layers.error();
    if (!questions) return questions.error();
    for (const auto& one : *classes) classNames_[one.id] = one.value.name;
    for (const auto& one : *layers) layerNames_[one.id] = one.value.name;
    for (const auto& one : *questions) questionNames_[one.id] = one.value.name;
    return {};
  }
  template <class R>
  void head(const Stored<R>& item) {
    out_.field("id", item.id).field("uid", item.uid);
  }
  template <class R>
  void label(const Stored<R>& item) {
    head(item);
    out_.field("by", item.by).field("medium", raw(item.value.medium));
  }
  void labelClass(ClassId id) { out_.field("class", classNames_[raw(id)]); }
  void attributes(const Attributes& attributes) {
    if (attributes.empty()) return;
    out_.key("attributes");
    write(out_, attributes);
  }
  void writeKeyframe(const Keyframe& keyframe) {
    out_.beginObject().field("frame", keyframe.frame).key("shape");
    write(out_, keyframe.shape);
    out_.field("outside", keyframe.outside).field("occluded", keyframe.occluded);
    attributes(keyframe.attributes);
    out_.endObject();
  }
  Status voxels(SegmentationId id, const MediumInfo& info) {
    const auto volume = project_.voxels(id);
    if (!volume) return volume.error();
    std::int64_t count = volume->count();
    for (int time = 1; time < info.times; ++time) {
      const auto later = project_.voxels(id, time);
      if (!later) return later.error();
      count += later->count();
    }
    out_.field("voxels", count);
    // Without a geometry there are no millimetres.
    if (info.hasGeometry) out_.field("volume_mm3", static_cast<double>(count) * info.affine.voxelVolumeMm3());
    if (!options_.runs) return {};
    const VolumeSize size = volume->size();
    out_.key("runs").beginObject().key("size").beginArray();
    out_.value(size.columns).value(size.rows).value(size.slices).endArray().key("counts").beginArray();
    for (const std::uint64_t run : encodeVolumeRuns(*volume)) out_.value(run);
    out_.endArray().endObject();
    return {};
  }

  const Project& project_;
  const ListOptions& options_;
  JsonWriter out_;
  std::map<RawId, std::string> classNames_;
  std::map<RawId, std::string> layerNames_;
  std::map<RawId, std::string> questionNames_;
};

struct List {
  std::string_view name;
  Result<std::string> (ListWriter::*write)();
};
constexpr std::array kLists = {
    List{"annotations", &ListWriter::annotations},
    List{"classes", &ListWriter::classes},
    List{"events", &ListWriter::events},
    List{"history", &ListWriter::history},
    List{"marks", &ListWriter::marks},
    List{"measurements", &ListWriter::measurements},
    List{"media", &ListWriter::media},
    List{"segmentations", &ListWriter::segmentations},
    List{"tags", &ListWriter::tags},
    List{"tracks", &ListWriter::tracks},
};

}  // namespace

Result<std::string> listJson(const Project& project, std::string_view what, const ListOptions& options) {
  const auto found = std::ranges::find(kLists, what, &List::name);
  if (found == kLists.end()) {
    return Error{
        ErrorCode::Invalid,
        "there is no list of '" + std::string(what) + "'",
        {},
        "one of media, classes, annotations, tracks, events, tags, measurements, segmentations, marks, history"};
  }
  ListWriter writer(project, options);
  return (writer.*found->write)();
}

}  // namespace fiducial::project
