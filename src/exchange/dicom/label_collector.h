// Labels of one DICOM object on their way into a project: classes by name, attributes, voxels, annotations, and what
// had to be left out, put together as one edit.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dicom/referenced_media.h"
#include "fiducial/core/edit.h"
#include "fiducial/core/records.h"
#include "fiducial/exchange/format.h"
#include "import_classes.h"

namespace fiducial::exchange {

/// A class as the object describes it.
struct WantedClass {
  std::string name;
  std::string color;  ///< "#rrggbb"; empty: one that is not in use
  Code code;
};

/// Thread: one.
class LabelCollector {
 public:
  static Result<LabelCollector> read(const project::Project& project, const ImportOptions& options);

  /// The project's class of that name (or what the map makes of it), made where there is none.
  [[nodiscard]] ClassId classFor(const WantedClass& wanted);
  /// Temporary ids, for this edit only.
  [[nodiscard]] RawId& nextId() { return nextId_; }

  /// Attributes are added to the class where it does not have them; `units` of numbers by name. Values that the class
  /// refuses are left out and counted.
  void add(Annotation annotation, const std::map<std::string, std::string>& units = {});
  void add(Measurement measurement) { measurements_.push_back(std::move(measurement)); }
  /// More attributes for a label that the project has. A name that stands there with another value is numbered.
  template <class Label>
  void extend(RawId id, Label label, const Attributes& more, const std::map<std::string, std::string>& units = {});
  /// One segment: its voxels at each time.
  void add(Segmentation segmentation, std::map<int, BrickVolume> voxels);

  /// Something that could not be kept: `2 contours left out: <why>`. `what` in the singular.
  void leaveOut(std::string_view what, std::string_view why, std::int64_t count = 1);
  /// Something the user should know; nothing was lost.
  void note(std::string text);

  /// One edit with the media found, classes and labels.
  [[nodiscard]] Result<ImportReport> apply(project::Project& project, ReferencedMedia& media, std::string name,
                                           std::stop_token stop);

 private:
  explicit LabelCollector(ImportClasses classes) : classes_(std::move(classes)) {}
  void takeAttributes(ClassId id, Attributes& attributes, const std::map<std::string, std::string>& units,
                      const Attributes& standing = {});
  [[nodiscard]] ImportReport report(const ReferencedMedia& media) const;
  [[nodiscard]] std::vector<Change> labelChanges();

  std::string by_;
  ImportClasses classes_;
  std::vector<Annotation> annotations_;
  std::vector<Measurement> measurements_;
  std::vector<std::pair<Segmentation, std::map<int, BrickVolume>>> segmentations_;
  std::map<RawId, Record> extended_;
  std::map<std::pair<std::string, std::string>, std::int64_t> leftOut_;
  std::vector<std::string> notes_;
  RawId nextId_ = -1;
};

template <class Label>
void LabelCollector::extend(RawId id, Label label, const Attributes& more,
                            const std::map<std::string, std::string>& units) {
  if (const auto known = extended_.find(id); known != extended_.end()) label = std::get<Label>(known->second);
  Attributes added = more;
  takeAttributes(label.labelClass, added, units, label.attributes);
  for (auto& [name, value] : added) label.attributes.insert_or_assign(name, std::move(value));
  extended_.insert_or_assign(id, Record{std::move(label)});
}

}  // namespace fiducial::exchange
