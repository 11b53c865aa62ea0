#include "dicom/segment_labels.h"

namespace fiducial::exchange {
namespace {

template <class Label>
void sortIn(std::vector<Stored<Label>> labels, std::map<std::string, std::vector<Stored<Label>>>& byKey) {
  for (Stored<Label>& label : labels) {
    const auto key = label.value.attributes.find(kSegmentAttribute);
    if (key == label.value.attributes.end()) continue;
    if (const auto* text = std::get_if<std::string>(&key->second)) byKey[*text].push_back(std::move(label));
  }
}

}  // namespace

std::string segmentKey(const std::string& sopInstance, std::int64_t number) {
  return sopInstance.empty() ? std::string() : sopInstance + ':' + std::to_string(number);
}

Result<SegmentLabels> SegmentLabels::read(const project::Project& project) {
  auto segmentations = project.segmentations();
  if (!segmentations) return segmentations.error();
  auto annotations = project.annotations();
  if (!annotations) return annotations.error();
  SegmentLabels labels;
  sortIn(std::move(*segmentations), labels.volumes_);
  sortIn(std::move(*annotations), labels.masks_);
  return labels;
}

std::string SegmentLabels::join(const std::string& key, const Attributes& attributes,
                                const std::map<std::string, std::string>& units, LabelCollector& collector) const {
  if (const auto volumes = volumes_.find(key); volumes != volumes_.end()) {
    // Imported twice, the segment is the same.
    for (const auto& segment : volumes->second) collector.extend(segment.id, segment.value, attributes, units);
    return {};
  }
  const auto masks = masks_.find(key);
  if (masks == masks_.end()) return "they measure a segment that is not in this project; import its SEG first";
  if (masks->second.size() > 1) return "they measure a segment that is a mask on each of several frames here";
  const Stored<Annotation>& mask = masks->second.front();
  collector.extend(mask.id, mask.value, attributes, units);
  return {};
}

}  // namespace fiducial::exchange
