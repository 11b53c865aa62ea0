// Labels of a project that were segments of DICOM segmentations, so that a report can say more of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dicom/label_collector.h"
#include "fiducial/core/records.h"
#include "fiducial/core/result.h"
#include "fiducial/project/project.h"

namespace fiducial::exchange {

/// The attribute of imported segments that says which one they are: "1.2.840.113654.2.55:3", instance and number.
inline constexpr const char* kSegmentAttribute = "dicom_segment";
/// Empty for no instance.
[[nodiscard]] std::string segmentKey(const std::string& sopInstance, std::int64_t number);

/// Thread: one.
class SegmentLabels {
 public:
  static Result<SegmentLabels> read(const project::Project& project);

  /// Gives the attributes to the label of that segment. The answer is why not, in the words of
  /// LabelCollector::leaveOut(); empty: done.
  [[nodiscard]] std::string join(const std::string& key, const Attributes& attributes,
                                 const std::map<std::string, std::string>& units, LabelCollector& collector) const;

 private:
  std::map<std::string, std::vector<Stored<Segmentation>>> volumes_;
  std::map<std::string, std::vector<Stored<Annotation>>> masks_;
};

}  // namespace fiducial::exchange
