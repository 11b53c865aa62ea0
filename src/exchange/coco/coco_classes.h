// The categories of COCO files against the classes of a project.
#pragma once

#include <unordered_map>

#include "coco/coco_document.h"
#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
#include "import_classes.h"
#include "left_out.h"

namespace fiducial::exchange {

/// Thread: one.
class CocoClasses {
 public:
  static Result<CocoClasses> read(const project::Project& project, const ImportOptions& options);

  /// One category: the class of its name (or what the map makes of it), made where there is none. False: its id was
  /// there.
  [[nodiscard]] bool add(const CocoCategory& category, RawId& nextId);
  void startFile() { byCategory_.clear(); }
  /// None: there is no such category.
  [[nodiscard]] ClassId find(std::int64_t categoryId) const;

  /// Makes room for the attributes of a label in its class; values that its schema refuses are taken out and counted.
  void takeAttributes(ClassId id, Attributes& attributes, bool isPerFrame, const Place& place, LeftOut& leftOut);
  [[nodiscard]] const ImportClasses& all() const { return all_; }

 private:
  explicit CocoClasses(ImportClasses all) : all_(std::move(all)) {}

  ImportClasses all_;
  std::unordered_map<std::int64_t, ClassId> byCategory_;
};

}  // namespace fiducial::exchange
