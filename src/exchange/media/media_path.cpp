#include "media/media_path.h"

#include <system_error>

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

// Resolves links, so that a project reached through one still finds media beside it; what is not there stays as it is.
fs::path resolved(const fs::path& path) {
  std::error_code failed;
  fs::path result = fs::weakly_canonical(path, failed);
  return failed ? fs::absolute(path, failed).lexically_normal() : result;
}

}  // namespace

void storePaths(const media::MediumLocation& location, const fs::path& folder, Medium& medium) {
  const fs::path base = resolved(folder);
  const fs::path path = resolved(location.path);
  const fs::path relative = path.lexically_relative(base);
  medium.path = (relative.empty() ? path : relative).generic_string();
  medium.files.clear();
  if (location.files.size() == 1 && resolved(location.files.front()) == path) return;
  medium.files.reserve(location.files.size());
  for (const fs::path& file : location.files) {
    const fs::path inside = file.lexically_relative(location.path);
    medium.files.push_back((inside.empty() ? resolved(file) : inside).generic_string());
  }
}

media::MediumLocation storedLocation(const Medium& medium, const fs::path& folder) {
  media::MediumLocation location;
  location.info = medium.info;
  location.path = (resolved(folder) / fs::path(medium.path)).lexically_normal();
  if (medium.files.empty()) {
    location.files.push_back(location.path);
    return location;
  }
  location.files.reserve(medium.files.size());
  for (const std::string& file : medium.files) location.files.push_back((location.path / file).lexically_normal());
  return location;
}

}  // namespace fiducial::exchange
