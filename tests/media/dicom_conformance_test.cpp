// docs/dicom.md says what opening every DICOM file of the shared data gives, file by file.
#include "dicom_conformance.h"

#include <cstdlib>

#include "fiducial/runtime/atomic_file.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

TEST(DicomConformance, TheDocumentIsWhatOpeningEveryFileSays) {
  FIDUCIAL_REQUIRE_SHARED(fiducial::test::sharedData("dicom/malformed"));
  const std::filesystem::path file = fiducial::test::sourceFolder() / "docs" / "dicom.md";
  const std::string markdown = test::dicomConformanceMarkdown();
  if (std::getenv("FIDUCIAL_UPDATE_DOCS") != nullptr) {
    ASSERT_TRUE(runtime::writeFile(file, std::string_view(markdown)).ok());
  }
  const auto text = runtime::readText(file);
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(*text, markdown) << "run this test with FIDUCIAL_UPDATE_DOCS=1";
}

}  // namespace
}  // namespace fiducial::media
