// Reads instances_*.json (one file, or all of a dataset's folder) into the project as one edit.
#include <algorithm>
#include <iterator>
#include <system_error>
#include <unordered_set>

#include "coco/coco_annotation.h"
#include "coco/coco_classes.h"
#include "coco/coco_document.h"
#include "coco/coco_formats.h"
#include "coco/coco_media.h"
#include "coco/coco_tracks.h"
#include "left_out.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> filesAt(const fs::path& path) {
  std::error_code failed;
  if (!fs::exists(path, failed))
    return Error{ErrorCode::NotFound, "there is no such file or folder", path.string(), {}};
  if (!fs::is_directory(path, failed)) return std::vector<fs::path>{path};
  const fs::path folder = fs::is_directory(path / "annotations", failed) ? path / "annotations" : path;
  std::vector<fs::path> instances;
  std::vector<fs::path> others;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    if (entry.path().extension() != ".json" || entry.path().filename() == "fiducial-export.json") continue;
    const bool isInstances = entry.path().filename().string().starts_with("instances");
    (isInstances ? instances : others).push_back(entry.path());
  }
  auto& files = instances.empty() ? others : instances;
  if (files.empty()) {
    return Error{ErrorCode::NotFound, "there is no COCO file in this folder", path.string(),
                 "give the JSON file itself, or a folder with annotations/instances_*.json"};
  }
  std::sort(files.begin(), files.end());
  return files;
}

class CocoImport {
 public:
  CocoImport(project::Project& project, const ImportOptions& options, std::stop_token stop)
      : project_(project), options_(options), stop_(std::move(stop)) {}

  Result<ImportReport> run() {
    auto files = filesAt(options_.path);
    if (!files) return files.error();
    auto media = CocoMedia::read(project_, options_);
    if (!media) return media.error();
    auto classes = CocoClasses::read(project_, options_);
    if (!classes) return classes.error();
    media_ = std::move(*media);
    classes_ = std::move(*classes);
    for (const fs::path& file : *files) {
      if (auto status = readFile(file); !status) return status.error();
    }
    return apply();
  }

 private:
  Status readFile(const fs::path& file) {
    media_->startFile();
    classes_->startFile();
    fileName_ = file.filename().string();
    tracks_.startFile(fileName_);
    annotationIds_.clear();
    isMatched_ = false;
    CocoReader reader;
    reader.onImage = [&](CocoImage image) -> Status {
      const std::int64_t id = image.id;
      if (media_->add(std::move(image), file)) return {};
      return Error{ErrorCode::Invalid, "two images have the id " + std::to_string(id), file.string(), {}};
    };
    reader.onCategory = [&](const CocoCategory& category) -> Status {
      if (classes_->add(category, nextId_)) return {};
      return Error{ErrorCode::Invalid, "two categories have the id " + std::to_string(category.id), file.string(), {}};
    };
    reader.onAnnotation = [&](CocoAnnotation annotation) -> Status {
      if (annotation.id && !annotationIds_.insert(*annotation.id).second) {
        return Error{
            ErrorCode::Invalid, "two annotations have the id " + std::to_string(*annotation.id), file.string(), {}};
      }
      if (auto status = matchOnce(); !status) return status;
      take(std::move(annotation));
      return {};
    };
    reader.onUnknownKeys = [&](const UnknownKeys& unknown) { sayUnknown(unknown); };
    if (auto status = readCoco(file, reader, stop_); !status) return status;
    return matchOnce();  // a file of images without annotations
  }

  void sayUnknown(const UnknownKeys& unknown) {
    const auto leave = [&](const KeyCounts& keys, std::string_view of) {
      for (const auto& [key, count] : keys) {
        leftOut_.add("value of \"" + key + '"', std::string(of) + " have no place for it here", {fileName_}, count);
      }
    };
    leave(unknown.root, "projects");
    leave(unknown.categories, "classes");
    leave(unknown.annotations, "annotations");
    for (const auto& [key, count] : unknown.images) {  // where a picture came from is no label
      notes_.push_back('"' + key + "\" of " + std::to_string(count) + " images of \"" + fileName_ + "\" is not kept");
    }
  }

  Status matchOnce() {
    if (isMatched_) return {};
    isMatched_ = true;
    if (options_.progress) options_.progress(0, 0, "matching media");
    return media_->match(mediaChanges_, nextId_, stop_);
  }

  void take(CocoAnnotation annotation) {
    const Place place{fileName_, annotation.id};
    const CocoTarget* target = media_->find(annotation.imageId);
    if (target == nullptr) return leftOut_.add("annotation", "their image is not there or has no place", place);
    const ClassId labelClass = classes_->find(annotation.categoryId);
    if (isNone(labelClass)) return leftOut_.add("annotation", "their category is not in the file", place);
    if (annotation.keypoints > 0) leftOut_.add("set of key points", "these are not read yet", place);
    std::optional<Shape> shape = shapeOf(annotation, place);
    if (!shape) return;
    if (const auto* mask = std::get_if<RunMask>(&*shape); mask != nullptr && mask->size != target->size) {
      return leftOut_.add("mask", "their size is not that of their image", place);
    }
    if (!coversPixels(*shape, target->size)) return leftOut_.add(kindName(*shape), "they cover no pixel", place);
    if (auto status = check(*shape, target->size); !status) {
      return leftOut_.add(kindName(*shape), status.error().message, place);
    }
    if (annotation.isCrowd) annotation.attributes["iscrowd"] = true;
    if (annotation.trackId && target->frameCount > 1 && annotation.note.empty()) {
      return takeTracked(std::move(annotation), std::move(*shape), *target, labelClass);
    }
    if (annotation.trackId) annotation.attributes["track_id"] = static_cast<double>(*annotation.trackId);
    classes_->takeAttributes(labelClass, annotation.attributes, false, place, leftOut_);
    Annotation label;
    label.medium = target->medium;
    label.frame = target->frame;
    label.labelClass = labelClass;
    label.shape = std::move(*shape);
    label.attributes = std::move(annotation.attributes);
    label.note = std::move(annotation.note);
    annotations_.push_back(std::move(label));
  }

  void takeTracked(CocoAnnotation annotation, Shape shape, const CocoTarget& target, ClassId labelClass) {
    CocoTracks::State state;
    state.frame = target.frame;
    state.shape = std::move(shape);
    state.isKeyframe = annotation.isKeyframe.value_or(true);
    state.isOccluded = annotation.isOccluded;
    annotation.attributes.erase("keyframe");
    annotation.attributes.erase("occluded");
    state.attributes = std::move(annotation.attributes);
    tracks_.add(target, labelClass, *annotation.trackId, std::move(state));
  }

  // The most that the annotation says of its shape; nothing (counted) where it says none that can be used.
  std::optional<Shape> shapeOf(CocoAnnotation& annotation, const Place& place) {
    const auto& original = annotation.original;
    if (original && stillFits(*original, annotation.bbox) && isStillOf(*original, annotation.rings, annotation.mask)) {
      return std::move(*annotation.original);
    }
    if (annotation.mask) return std::move(*annotation.mask);
    if (annotation.badRings > 0) leftOut_.add("ring", "of fewer than three points", place, annotation.badRings);
    if (annotation.hasBadMask) {
      leftOut_.add("mask", "their runs are damaged or do not add up to their size", place);
    } else if (!annotation.rings.empty()) {
      Polygon polygon;
      for (Ring& ring : annotation.rings) polygon.parts.push_back({std::move(ring)});
      return polygon;
    }
    const auto& box = annotation.bbox;
    if (box && box->width > 0 && box->height > 0) return *box;
    if (!annotation.hasBadMask) leftOut_.add("annotation", "they have neither a shape nor a box", place);
    return std::nullopt;
  }

  // Our own record of the shape counts as long as nobody has changed what stands beside it.
  static bool stillFits(const Shape& shape, const std::optional<Box>& bbox) {
    const auto bounds = boundsOf(shape);
    if (!bounds || !bbox) return bounds.has_value();
    constexpr double kPixel = 1.0;  // the box of a mask made from the shape is rounded to whole pixels
    return std::abs(bounds->x - bbox->x) <= kPixel && std::abs(bounds->y - bbox->y) <= kPixel &&
           std::abs(bounds->right() - bbox->right()) <= kPixel && std::abs(bounds->bottom() - bbox->bottom()) <= kPixel;
  }

  Result<ImportReport> apply() {
    ImportReport report;
    report.labels = static_cast<std::int64_t>(annotations_.size()) + tracks_.count();
    report.media = media_->added();
    std::vector<Change> trackChanges;
    tracks_.put(*classes_, leftOut_, trackChanges, nextId_);
    std::vector<Change> classChanges = classes_->all().changes();
    Edit edit;
    edit.name = "Import COCO " + options_.path.filename().string();
    edit.by = options_.by;
    edit.changes.reserve(mediaChanges_.size() + classChanges.size() + annotations_.size() + trackChanges.size());
    const auto put = [&](std::vector<Change>& changes) {
      std::move(changes.begin(), changes.end(), std::back_inserter(edit.changes));
      changes = {};
    };
    put(mediaChanges_);
    put(classChanges);
    for (Annotation& annotation : annotations_) edit.changes.push_back(create(std::move(annotation), nextId_--));
    annotations_ = {};
    put(trackChanges);
    addWarnings(report);
    if (stop_.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
    if (edit.changes.empty()) return report;
    if (options_.progress) options_.progress(0, 0, "writing");
    auto applied = project_.apply(std::move(edit));
    if (!applied) return applied.error();
    report.edit = applied->id;
    return report;
  }

  void addWarnings(ImportReport& report) const {
    report.warnings = leftOut_.warnings();
    for (const std::string& text : media_->skipped()) report.warnings.push_back(text + "; its labels are left out");
    report.skipped = leftOut_.count() + static_cast<std::int64_t>(media_->skipped().size());
    report.warnings.insert(report.warnings.end(), notes_.begin(), notes_.end());
    for (const std::string& text : media_->notes()) report.warnings.push_back(text);
    if (media_->missingCount() > 0) {
      const std::int64_t count = media_->missingCount();
      report.warnings.push_back(
          count == 1 ? "1 medium is not there; it is added as missing, to be located later"
                     : std::to_string(count) + " media are not there; they are added as missing, to be located later");
    }
    for (const std::string& name : classes_->all().unusedMapNames()) {
      report.warnings.push_back("the class map names \"" + name + "\", which is no category of the dataset");
    }
    for (const std::string& name : classes_->all().unknownParents()) {
      report.warnings.push_back("the supercategory \"" + name + "\" is no category itself; it is not kept as a class");
    }
  }

  project::Project& project_;
  const ImportOptions& options_;
  std::stop_token stop_;
  std::optional<CocoMedia> media_;
  std::optional<CocoClasses> classes_;
  CocoTracks tracks_;
  LeftOut leftOut_{"annotation"};
  std::string fileName_;
  std::vector<std::string> notes_;
  std::vector<Change> mediaChanges_;
  std::vector<Annotation> annotations_;  // a Change is ten times as large, so these are made at the end
  std::unordered_set<std::int64_t> annotationIds_;
  RawId nextId_ = -1;
  bool isMatched_ = false;
};

class CocoImporter final : public Importer {
 public:
  Result<ImportReport> read(project::Project& project, const ImportOptions& options, std::stop_token stop) override {
    return CocoImport(project, options, std::move(stop)).run();
  }
};

}  // namespace

std::unique_ptr<Importer> cocoImporter() { return std::make_unique<CocoImporter>(); }

}  // namespace fiducial::exchange
