#include "opened_project.h"

namespace fiducial::cli {

Result<ProjectPointer> openForReading(const std::filesystem::path& path) {
  project::OpenOptions options;
  options.readOnly = true;
  return project::Project::open(path, options);
}

Result<ProjectPointer> openForWriting(const std::filesystem::path& path, std::string annotator) {
  project::OpenOptions options;
  options.annotator = std::move(annotator);
  auto project = project::Project::open(path, options);
  if (project && (*project)->isReadOnly()) {
    return Error{
        ErrorCode::Unwritable, "the project cannot be changed: " + (*project)->readOnlyReason(), path.string(), {}};
  }
  return project;
}

}  // namespace fiducial::cli
