// The categories of COCO files against the classes of a project, and the attributes that imported labels bring along.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "coco/coco_document.h"
#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
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
  /// Creates and updates what changed, parents first. To be called last: its changes stand before the labels.
  [[nodiscard]] std::vector<Change> changes() const;
  /// Supercategories of new classes that are no classes themselves.
  [[nodiscard]] std::vector<std::string> unknownParents() const;
  /// Names of the map that met no category.
  [[nodiscard]] std::vector<std::string> unusedMapNames() const;

 private:
  struct Entry {
    LabelClass value;
    bool isChanged = false;
    std::string parentName;  // to be looked up when all are known
  };
  CocoClasses() = default;
  [[nodiscard]] const AttributeSpec* findSpec(ClassId id, const std::string& name) const;
  [[nodiscard]] std::string freeHotkey() const;

  std::map<std::string, std::string> map_;
  std::map<std::string, bool> isMapUsed_;
  std::map<ClassId, Entry> classes_;
  std::vector<ClassId> created_;  // in order
  std::map<std::string, ClassId> byName_;
  std::unordered_map<std::int64_t, ClassId> byCategory_;
};

}  // namespace fiducial::exchange
