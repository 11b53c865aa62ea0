// The classes of a project while labels are imported: found by name, made where there is none, with room for the
// attributes that the labels bring along.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"

namespace fiducial::exchange {

/// What a new attribute is like apart from its name and type.
struct NewAttributes {
  bool isPerFrame = false;
  std::map<std::string, std::string> units;  ///< of numbers, by attribute name
};

/// Thread: one.
class ImportClasses {
 public:
  static Result<ImportClasses> read(const project::Project& project, const ImportOptions& options);

  /// What a class of the file is called here: its name (NFC), or what the user's map makes of it.
  [[nodiscard]] std::string nameFor(std::string_view theirs);
  [[nodiscard]] std::optional<ClassId> find(const std::string& name) const;
  [[nodiscard]] const LabelClass& at(ClassId id) const { return classes_.at(id).value; }
  /// A new class; it gets a key, and without a colour one that is not in use. `parentName` is looked up when all are
  /// known.
  ClassId add(LabelClass value, RawId& nextId, std::string parentName = {});
  void setCode(ClassId id, Code code);
  /// In the class or one of its parents. Null: none has it.
  [[nodiscard]] const AttributeSpec* findSpec(ClassId id, const std::string& name) const;
  /// Makes room for the attributes of a label in its class. Values that the schema refuses are taken out: their names.
  [[nodiscard]] std::vector<std::string> takeAttributes(ClassId id, Attributes& attributes,
                                                        const NewAttributes& made = {});

  /// Creates and updates what changed, parents first. To be called last: its changes stand before the labels.
  [[nodiscard]] std::vector<Change> changes() const;
  /// Parents named by new classes that are no classes themselves.
  [[nodiscard]] std::vector<std::string> unknownParents() const;
  /// Names of the map that met no class of the file.
  [[nodiscard]] std::vector<std::string> unusedMapNames() const;

 private:
  struct Entry {
    LabelClass value;
    bool isChanged = false;
    std::string parentName;
  };
  ImportClasses() = default;
  void addAttribute(ClassId id, const std::string& name, const AttributeValue& value, const NewAttributes& made);
  [[nodiscard]] std::string freeHotkey() const;
  [[nodiscard]] std::string freeColor() const;

  std::map<std::string, std::string> map_;
  std::map<std::string, bool> isMapUsed_;
  std::map<ClassId, Entry> classes_;
  std::vector<ClassId> created_;  // in order
  std::map<std::string, ClassId> byName_;
};

}  // namespace fiducial::exchange
