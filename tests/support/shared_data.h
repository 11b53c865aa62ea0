// Where tests find the things that lie outside the test: the shared test data, this source tree, fiducial-cli.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace fiducial::test {

/// The file or folder `relative` of the shared test data, whether or not it is there.
/// The root is the environment variable FIDUCIAL_SHARED, else `shared/data` beside this repository's folder.
[[nodiscard]] std::filesystem::path sharedData(std::string_view relative);

/// True where FIDUCIAL_SHARED is set: then missing data is a failure, not a skip.
[[nodiscard]] bool isSharedDataRequired();

/// The root of this repository: the environment variable FIDUCIAL_SOURCE_DIR, else where the tests were built from.
[[nodiscard]] std::filesystem::path sourceFolder();

/// The program fiducial-cli: the environment variable FIDUCIAL_CLI, else that of this build.
[[nodiscard]] std::filesystem::path cliProgram();

/// The Python that sees the distribution's packages (python3-nibabel, python3-numpy): the environment variable
/// FIDUCIAL_PYTHON, else /usr/bin/python3, whatever comes first in PATH.
[[nodiscard]] std::filesystem::path pythonProgram();

}  // namespace fiducial::test

/// Ends the test where `file` (from sharedData) is missing: a skip with its reason; a failure with FIDUCIAL_SHARED set.
#define FIDUCIAL_REQUIRE_SHARED(file)                                                                                \
  do {                                                                                                               \
    const std::filesystem::path requiredPath = (file);                                                               \
    if (!std::filesystem::exists(requiredPath)) {                                                                    \
      if (::fiducial::test::isSharedDataRequired()) {                                                                \
        GTEST_FAIL() << "FIDUCIAL_SHARED is set, but there is no " << requiredPath.string();                         \
      }                                                                                                              \
      GTEST_SKIP() << "shared test data missing: " << requiredPath.string() << " (set FIDUCIAL_SHARED to its root)"; \
    }                                                                                                                \
  } while (false)
