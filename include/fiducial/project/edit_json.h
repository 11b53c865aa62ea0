// Edits and schemas as the JSON of the command line (docs: command line contract, section JSON).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/project/project.h"

namespace fiducial::project {

/// One line for `apply`. Media, classes, layers and questions are named by id, uid or name. An `update` is completed
/// with the fields it does not name. While a project has no classes at all a new class name makes its class in the same
/// edit (so that a first label needs no schema); with a schema an unknown name is refused. Errors: Invalid, naming the
/// field. The project still checks the edit when it is applied.
[[nodiscard]] Result<Edit> parseEdit(std::string_view line, const Project& project);
/// A label schema as one edit that adds or updates classes (by name), skeletons, layers and questions.
[[nodiscard]] Result<Edit> parseSchema(std::string_view json, const Project& project);
/// The project's schema in the same form; deterministic.
[[nodiscard]] Result<std::string> schemaJson(const Project& project);

}  // namespace fiducial::project
