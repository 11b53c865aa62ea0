#include "dicom/label_collector.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "fiducial/project/unicode.h"

namespace fiducial::exchange {
namespace {

// Colours that stay apart also for colour-blind readers (after Okabe and Ito).
constexpr std::array<std::string_view, 8> kColors{"#e69f00", "#56b4e9", "#009e73", "#f0e442",
                                                  "#0072b2", "#d55e00", "#cc79a7", "#999999"};

AttributeType typeOf(const AttributeValue& value) {
  if (std::holds_alternative<bool>(value)) return AttributeType::Bool;
  return std::holds_alternative<double>(value) ? AttributeType::Number : AttributeType::Text;
}

}  // namespace

Result<LabelCollector> LabelCollector::read(const project::Project& project, const ImportOptions& options) {
  auto classes = project.classes();
  if (!classes) return classes.error();
  LabelCollector collector;
  collector.by_ = options.by;
  for (const auto& [theirs, ours] : options.map) {
    collector.map_[project::toNfc(theirs)] = project::toNfc(ours);
    collector.isMapUsed_[project::toNfc(theirs)] = false;
  }
  for (auto& one : *classes) {
    collector.byName_[one.value.name] = ClassId{one.id};
    collector.classes_[ClassId{one.id}] = {std::move(one.value), false};
  }
  return collector;
}

ClassId LabelCollector::classFor(const WantedClass& wanted) {
  std::string theirs = project::toNfc(wanted.name.empty() ? wanted.code.meaning : wanted.name);
  if (theirs.empty()) theirs = "unnamed";
  const auto mapped = map_.find(theirs);
  if (mapped != map_.end()) isMapUsed_[theirs] = true;
  const std::string name = mapped == map_.end() ? theirs : mapped->second;
  if (const auto known = byName_.find(name); known != byName_.end()) {
    ClassEntry& entry = classes_[known->second];
    if (entry.value.code.value.empty() && !wanted.code.value.empty()) {
      entry.value.code = wanted.code;
      entry.isChanged = true;
    } else if (!wanted.code.value.empty() && entry.value.code.value != wanted.code.value) {
      note("class \"" + name + "\" keeps its code " + entry.value.code.value + "; the file has " + wanted.code.value);
    }
    return known->second;
  }
  ClassEntry entry;
  entry.value.name = name;
  entry.value.color = wanted.color.empty() ? freeColor() : wanted.color;
  entry.value.hotkey = freeHotkey();
  entry.value.code = wanted.code;
  entry.isChanged = true;
  const ClassId id{nextId_--};
  byName_[name] = id;
  created_.push_back(id);
  classes_[id] = std::move(entry);
  return id;
}

std::string LabelCollector::freeHotkey() const {
  std::set<std::string> used;
  for (const auto& [id, entry] : classes_) used.insert(entry.value.hotkey);
  for (char key = '1'; key <= '9'; ++key) {
    if (!used.contains(std::string(1, key))) return std::string(1, key);
  }
  return {};
}

std::string LabelCollector::freeColor() const {
  for (const std::string_view color : kColors) {
    const bool isUsed = std::any_of(classes_.begin(), classes_.end(),
                                    [&](const auto& entry) { return entry.second.value.color == color; });
    if (!isUsed) return std::string(color);
  }
  return std::string(kColors[classes_.size() % kColors.size()]);
}

const AttributeSpec* LabelCollector::findSpec(ClassId id, const std::string& name) const {
  constexpr int kDeepest = 64;  // a bound, should parents go in a circle
  for (int depth = 0; depth < kDeepest; ++depth) {
    const auto entry = classes_.find(id);
    if (entry == classes_.end()) return nullptr;
    for (const AttributeSpec& spec : entry->second.value.attributes) {
      if (spec.name == name) return &spec;
    }
    id = entry->second.value.parent;
  }
  return nullptr;
}

void LabelCollector::takeAttributes(ClassId id, Attributes& attributes,
                                    const std::map<std::string, std::string>& units) {
  for (auto it = attributes.begin(); it != attributes.end();) {
    if (const AttributeSpec* spec = findSpec(id, it->first)) {
      if (check(*spec, it->second)) {
        ++it;
        continue;
      }
      leaveOut("value",
               "they do not fit the attribute \"" + it->first + "\" of class \"" + classes_[id].value.name + '"');
      it = attributes.erase(it);
      continue;
    }
    AttributeSpec made;
    made.name = it->first;
    made.type = typeOf(it->second);
    if (const auto unit = units.find(it->first); unit != units.end()) made.unit = unit->second;
    classes_[id].value.attributes.push_back(std::move(made));
    classes_[id].isChanged = true;
    ++it;
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

Result<ImportReport> LabelCollector::apply(project::Project& project, ReferencedMedia& media, std::string name,
                                           std::stop_token stop) {
  ImportReport report;
  report.labels = std::int64_t(annotations_.size() + measurements_.size() + segmentations_.size());
  report.media = media.added();
  for (const auto& [what, count] : leftOut_) {
    report.skipped += count;
    report.warnings.push_back(std::to_string(count) + ' ' + what.first + (count == 1 ? "" : "s") +
                              " left out: " + what.second);
  }
  report.warnings.insert(report.warnings.end(), notes_.begin(), notes_.end());
  for (const auto& [theirs, isUsed] : isMapUsed_) {
    if (!isUsed) report.warnings.push_back("the class map names \"" + theirs + "\", which is no class of the file");
  }
  Edit edit;
  edit.name = std::move(name);
  edit.by = by_;
  edit.changes = std::move(media.changes());
  for (const ClassId id : created_) edit.changes.push_back(create(classes_[id].value, raw(id)));
  for (const auto& [id, entry] : classes_) {
    if (entry.isChanged && raw(id) > 0) edit.changes.push_back(update(id, entry.value));
  }
  for (Annotation& annotation : annotations_) edit.changes.push_back(create(std::move(annotation), nextId_--));
  for (Measurement& measurement : measurements_) edit.changes.push_back(create(std::move(measurement), nextId_--));
  for (auto& [segmentation, times] : segmentations_) {
    const SegmentationId id{nextId_--};
    edit.changes.push_back(create(std::move(segmentation), raw(id)));
    for (const auto& [time, voxels] : times) {
      for (const auto& [index, brick] : voxels.bricks()) edit.changes.push_back(paint({id, time, index, brick}));
    }
    times.clear();
  }
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
  if (report.labels == 0) {
    edit.changes.clear();  // classes and media without a label are nothing anybody asked for
    report.media = 0;
  }
  if (edit.changes.empty()) return report;
  auto applied = project.apply(std::move(edit));
  if (!applied) return applied.error();
  report.edit = applied->id;
  return report;
}

}  // namespace fiducial::exchange
