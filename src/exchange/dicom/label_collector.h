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
#include "fiducial/media/dicom_runs.h"

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
  struct ClassEntry {
    LabelClass value;
    bool isChanged = false;
  };
  LabelCollector() = default;
  [[nodiscard]] const AttributeSpec* findSpec(ClassId id, const std::string& name) const;
  void takeAttributes(ClassId id, Attributes& attributes, const std::map<std::string, std::string>& units);
  [[nodiscard]] std::string freeHotkey() const;
  [[nodiscard]] std::string freeColor() const;

  std::map<std::string, std::string> map_;
  std::map<std::string, bool> isMapUsed_;
  std::string by_;
  std::map<ClassId, ClassEntry> classes_;
  std::vector<ClassId> created_;
  std::map<std::string, ClassId> byName_;
  std::vector<Annotation> annotations_;
  std::vector<Measurement> measurements_;
  std::vector<std::pair<Segmentation, std::map<int, BrickVolume>>> segmentations_;
  std::map<std::pair<std::string, std::string>, std::int64_t> leftOut_;
  std::vector<std::string> notes_;
  RawId nextId_ = -1;
};

}  // namespace fiducial::exchange
