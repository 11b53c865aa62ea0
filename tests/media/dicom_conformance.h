// docs/dicom.md, made from what the public interface answers for every DICOM file of the shared data and for the made
// ones of tests/data/dicom.
#pragma once

#include <string>

namespace fiducial::media::test {

/// The whole document; needs the shared data (dicom/).
[[nodiscard]] std::string dicomConformanceMarkdown();

/// What stands above the tables.
[[nodiscard]] std::string dicomConformanceProse();

}  // namespace fiducial::media::test
