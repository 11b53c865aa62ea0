// A DICOMDIR opened as a file lists what it refers to; in a folder it only says what is missing.
#include <fstream>

#include "media_opening.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;

std::size_t filesOf(const MediaListing& listing) {
  std::size_t files = 0;
  for (const FoundMedium& medium : listing.media) files += medium.location.files.size();
  return files;
}

TEST(DicomDirectory, OpenedAsAFileListsTheSameMediaAsItsFolder) {
  const auto folder = sharedData("dicom/dicomdir_tiny");
  FIDUCIAL_REQUIRE_SHARED(folder);
  auto byFile = findMedia(folder / "DICOMDIR");
  auto byFolder = findMedia(folder);
  ASSERT_TRUE(byFile && byFolder);
  EXPECT_EQ(filesOf(*byFile), 50u);  // MANIFEST.md: 50 instances
  ASSERT_EQ(byFile->media.size(), byFolder->media.size());
  for (std::size_t n = 0; n < byFile->media.size(); ++n) {
    EXPECT_EQ(byFile->media[n].location.files, byFolder->media[n].location.files);
  }
  EXPECT_TRUE(byFile->skipped.empty());
  EXPECT_TRUE(byFolder->skipped.empty());
}

TEST(DicomDirectory, ReferencesThatAreNotThereAreSaidAndTheRestOpens) {
  const auto folder = sharedData("dicom/dicomdir_tiny");
  FIDUCIAL_REQUIRE_SHARED(folder);
  const fiducial::test::TemporaryFolder copy;
  std::filesystem::copy(folder, copy.path(), std::filesystem::copy_options::recursive);
  std::filesystem::remove(copy / "PT000000/ST000000/SE000000/IM00000J");
  // A copy through another file system: lower case.
  std::filesystem::rename(copy / "PT000000/ST000000/SE000000/IM00000D", copy / "PT000000/ST000000/SE000000/im00000d");
  for (const auto& path : {copy.path(), copy / "DICOMDIR"}) {
    auto listing = findMedia(path);
    ASSERT_TRUE(listing);
    EXPECT_EQ(filesOf(*listing), 49u);
    ASSERT_EQ(listing->skipped.size(), 1u);
    EXPECT_EQ(listing->skipped.front().path.filename(), "IM00000J");
    EXPECT_NE(listing->skipped.front().reason.find("not there"), std::string::npos);
  }
}

}  // namespace
}  // namespace fiducial::media
