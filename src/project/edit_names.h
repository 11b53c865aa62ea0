// Names in an edit's JSON and the ids they stand for: in the project, or made by the same edit.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/project/project.h"
#include "json_fields.h"

namespace fiducial::project {

class EditNames {
 public:
  explicit EditNames(const Project& project) : project_(project) {}
  [[nodiscard]] const Project& project() const { return project_; }

  /// A record that this edit creates under a temporary id.
  void add(RecordKind kind, std::string_view name, RawId temporaryId);
  [[nodiscard]] RawId nextTemporaryId() { return --lastTemporaryId_; }

  /// By id, name or uid. On failure `fields` keeps it and 0 is returned.
  [[nodiscard]] RawId resolve(RecordKind kind, JsonFields& fields, const char* field, const Json& json);
  [[nodiscard]] MediumId medium(JsonFields& fields);
  /// As resolve(); in a project without any class a new name makes its class.
  [[nodiscard]] ClassId labelClass(JsonFields& fields, const Json& json);
  /// The id under a name, in this edit or in the project; 0 if there is none.
  [[nodiscard]] RawId find(RecordKind kind, const std::string& name, JsonFields& fields);

  /// The classes made for new names, to go last.
  [[nodiscard]] std::vector<Change> takeImpliedClasses() { return std::move(impliedClasses_); }

 private:
  const Project& project_;
  std::map<std::pair<RecordKind, std::string>, RawId> made_;
  std::vector<Change> impliedClasses_;
  RawId lastTemporaryId_ = 0;
};

}  // namespace fiducial::project
