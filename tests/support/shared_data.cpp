#include "support/shared_data.h"

#include <cstdlib>

namespace fiducial::test {
namespace {

std::filesystem::path fromEnvironment(const char* name, const std::filesystem::path& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::filesystem::path(value) : otherwise;
}

}  // namespace

std::filesystem::path sharedData(std::string_view relative) {
  return fromEnvironment("FIDUCIAL_SHARED", sourceFolder().parent_path() / "shared" / "data") / relative;
}

bool isSharedDataRequired() {
  const char* value = std::getenv("FIDUCIAL_SHARED");
  return value != nullptr && *value != '\0';
}

std::filesystem::path sourceFolder() { return fromEnvironment("FIDUCIAL_SOURCE_DIR", FIDUCIAL_SOURCE_DIR); }

std::filesystem::path cliProgram() { return fromEnvironment("FIDUCIAL_CLI", FIDUCIAL_CLI); }

std::filesystem::path pythonProgram() { return fromEnvironment("FIDUCIAL_PYTHON", "/usr/bin/python3"); }

}  // namespace fiducial::test
