#include "dicom/label_collector.h"

#include <algorithm>
#include <iterator>

namespace fiducial::exchange {
namespace {

void append(std::vector<Change>& changes, std::vector<Change> more) {
  changes.insert(changes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool isFree(const Attributes& in, const std::string& name, const AttributeValue& value) {
  const auto known = in.find(name);
  return known == in.end() || known->second == value;
}

/// `name`, numbered where another value stands under it.
std::string freeName(const Attributes& standing, const Attributes& named, const std::string& name,
                     const AttributeValue& value) {
  std::string as = name;
  for (int n = 2;; ++n) {
    if (isFree(standing, as, value) && isFree(named, as, value)) return as;
    as = name + ' ' + std::to_string(n);
  }
}

}  // namespace

Result<LabelCollector> LabelCollector::read(const project::Project& project, const ImportOptions& options) {
  auto classes = ImportClasses::read(project, options);
  if (!classes) return classes.error();
  LabelCollector collector(std::move(*classes));
  collector.by_ = options.by;
  return collector;
}

ClassId LabelCollector::classFor(const WantedClass& wanted) {
  const std::string& theirs = wanted.name.empty() ? wanted.code.meaning : wanted.name;
  const std::string name = classes_.nameFor(theirs.empty() ? "unnamed" : theirs);
  const std::optional<ClassId> known = classes_.find(name);
  if (!known) {
    LabelClass made;
    made.name = name;
    made.color = wanted.color;
    made.code = wanted.code;
    return classes_.add(std::move(made), nextId_);
  }
  const std::string& code = classes_.at(*known).code.value;
  if (wanted.code.value.empty() || code == wanted.code.value) return *known;
  if (code.empty()) {
    classes_.setCode(*known, wanted.code);
  } else {
    note("class \"" + name + "\" keeps its code " + code + "; the file has " + wanted.code.value);
  }
  return *known;
}

void LabelCollector::takeAttributes(ClassId id, Attributes& attributes, const std::map<std::string, std::string>& units,
                                    const Attributes& standing) {
  NewAttributes made;
  Attributes named;
  for (auto& [name, value] : attributes) {
    std::string as = name;
    const auto unit = units.find(name);
    const AttributeSpec* spec = classes_.findSpec(id, name);
    const bool isOther = unit != units.end() && !unit->second.empty() && spec != nullptr && spec->unit != unit->second;
    if (isOther) as += " (" + unit->second + ')';  // a number in another unit is another attribute
    as = freeName(standing, named, as, value);
    if (unit != units.end()) made.units[as] = unit->second;
    named.insert_or_assign(std::move(as), std::move(value));
  }
  attributes = std::move(named);
  for (const std::string& name : classes_.takeAttributes(id, attributes, made)) {
    leaveOut("value", "they do not fit the attribute \"" + name + "\" of class \"" + classes_.at(id).name + '"');
  }
}

void LabelCollector::add(Annotation annotation, const std::map<std::string, std::string>& units) {
  takeAttributes(annotation.labelClass, annotation.attributes, units);
  annotations_.push_back(std::move(annotation));
}

void LabelCollector::add(Segmentation segmentation, std::map<int, BrickVolume> voxels) {
  takeAttributes(segmentation.labelClass, segmentation.attributes, {});
  segmentations_.emplace_back(std::move(segmentation), std::move(voxels));
}

void LabelCollector::leaveOut(std::string_view what, std::string_view why, std::int64_t count) {
  leftOut_[{std::string(what), std::string(why)}] += count;
}

void LabelCollector::note(std::string text) {
  if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(std::move(text));
}

ImportReport LabelCollector::report(const ReferencedMedia& media) const {
  ImportReport report;
  report.labels = std::int64_t(annotations_.size() + measurements_.size() + segmentations_.size() + extended_.size());
  report.media = media.added();
  for (const auto& [what, count] : leftOut_) {
    report.skipped += count;
    report.warnings.push_back(std::to_string(count) + ' ' + what.first + (count == 1 ? "" : "s") +
                              " left out: " + what.second);
  }
  report.warnings.insert(report.warnings.end(), notes_.begin(), notes_.end());
  for (const std::string& theirs : classes_.unusedMapNames()) {
    report.warnings.push_back("the class map names \"" + theirs + "\", which is no class of the file");
  }
  return report;
}

std::vector<Change> LabelCollector::labelChanges() {
  std::vector<Change> changes;
  for (Annotation& annotation : annotations_) changes.push_back(create(std::move(annotation), nextId_--));
  for (Measurement& measurement : measurements_) changes.push_back(create(std::move(measurement), nextId_--));
  for (auto& [id, label] : extended_) {
    const RecordKind kind = kindOf(label);
    changes.push_back({kind, id, std::nullopt, std::move(label)});
  }
  for (auto& [segmentation, times] : segmentations_) {
    const SegmentationId id{nextId_--};
    changes.push_back(create(std::move(segmentation), raw(id)));
    for (const auto& [time, voxels] : times) {
      for (const auto& [index, brick] : voxels.bricks()) changes.push_back(paint({id, time, index, brick}));
    }
    times.clear();
  }
  return changes;
}

Result<ImportReport> LabelCollector::apply(project::Project& project, ReferencedMedia& media, std::string name,
                                           std::stop_token stop) {
  ImportReport report = this->report(media);
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
  if (report.labels == 0) {  // classes and media without a label are nothing anybody asked for
    report.media = 0;
    return report;
  }
  Edit edit;
  edit.name = std::move(name);
  edit.by = by_;
  edit.changes = std::move(media.changes());
  append(edit.changes, classes_.changes());
  append(edit.changes, labelChanges());
  auto applied = project.apply(std::move(edit));
  if (!applied) return applied.error();
  report.edit = applied->id;
  return report;
}

}  // namespace fiducial::exchange
