// Classes, skeletons, layers and questions from JSON: the same in a schema and in an edit.
#pragma once

#include "edit_names.h"
#include "fiducial/core/records.h"
#include "json_fields.h"

namespace fiducial::project {

/// Overwrite the members whose fields are there. Failures are kept by `fields`, unknown keys are told by its finish().
void readInto(LabelClass& record, JsonFields& fields, EditNames& names);
void readInto(SkeletonTemplate& record, JsonFields& fields, EditNames& names);
void readInto(Layer& record, JsonFields& fields, EditNames& names);
void readInto(Question& record, JsonFields& fields, EditNames& names);

[[nodiscard]] std::optional<Scope> scopeNamed(std::string_view name);
[[nodiscard]] std::string_view nameOf(Scope scope);
[[nodiscard]] std::string_view nameOf(AttributeType type);

}  // namespace fiducial::project
