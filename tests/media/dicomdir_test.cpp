// A DICOMDIR opened as a file lists what it refers to; in a folder it only says what is missing.
#include <fstream>
#include <iterator>

#include "made_dicom.h"
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

/// Six slices in IMAGES and a DICOMDIR that lists them.
void writeFileSet(const fiducial::test::TemporaryFolder& folder) {
  std::filesystem::create_directory(folder / "IMAGES");
  std::vector<test::MadeElements> records{{{0x00041430, {"CS", "SERIES"}}}};
  for (int k = 0; k < 6; ++k) {
    const std::string name = "IM" + std::to_string(k);
    test::MadeSlice slice;
    slice.position = {0, 0, 2.0 * k};
    slice.instance = k + 1;
    test::writeSlice(folder.path() / "IMAGES" / name, slice);
    records.push_back({{0x00041430, {"CS", "IMAGE"}}, {0x00041500, {"CS", "IMAGES\\" + name}}});
  }
  test::MadeSlice directory;
  directory.sopClass = "1.2.840.10008.1.3.10";
  directory.extra[0x00041220] = {"SQ", test::sequence(records)};
  // As in real ones, nothing follows the records.
  for (const std::uint32_t tag :
       {0x00080016u, 0x00080018u, 0x00080060u, 0x0008103Eu, 0x00180050u, 0x0020000Du, 0x0020000Eu,
        0x00200013u, 0x00200032u, 0x00200037u, 0x00280002u, 0x00280004u, 0x00280010u, 0x00280011u,
        0x00280030u, 0x00280100u, 0x00280101u, 0x00280102u, 0x00280103u, 0x7FE00010u}) {
    directory.extra[tag] = {};
  }
  test::writeSlice(folder / "DICOMDIR", directory);
}

TEST(DicomDirectory, OpenedAsAFileListsTheSameMediaAsItsFolder) {
  const fiducial::test::TemporaryFolder folder;
  writeFileSet(folder);
  auto byFile = findMedia(folder / "DICOMDIR");
  auto byFolder = findMedia(folder.path());
  ASSERT_TRUE(byFile && byFolder);
  EXPECT_EQ(filesOf(*byFile), 6u);
  ASSERT_EQ(byFile->media.size(), 1u);
  ASSERT_EQ(byFolder->media.size(), 1u);
  EXPECT_EQ(byFile->media.front().location.files, byFolder->media.front().location.files);
  EXPECT_TRUE(byFile->skipped.empty());
  EXPECT_TRUE(byFolder->skipped.empty());
}

TEST(DicomDirectory, ReferencesThatAreNotThereAreSaidAndTheRestOpens) {
  const fiducial::test::TemporaryFolder folder;
  writeFileSet(folder);
  std::filesystem::remove(folder.path() / "IMAGES" / "IM2");
  // A copy through another file system: lower case.
  std::filesystem::rename(folder.path() / "IMAGES" / "IM4", folder.path() / "IMAGES" / "im4");
  for (const auto& path : {folder.path(), folder / "DICOMDIR"}) {
    auto listing = findMedia(path);
    ASSERT_TRUE(listing);
    EXPECT_EQ(filesOf(*listing), 5u);
    ASSERT_EQ(listing->skipped.size(), 1u);
    EXPECT_EQ(listing->skipped.front().path.filename(), "IM2");
    EXPECT_NE(listing->skipped.front().reason.find("not there"), std::string::npos);
  }
}

/// The last record of the directory claims 24 bytes more than the file has.
void cutLastRecordShort(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const std::size_t item = bytes.rfind(std::string("\xFE\xFF\x00\xE0", 4));
  ASSERT_NE(item, std::string::npos);
  bytes[item + 4] = char(bytes[item + 4] + 24);
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(DicomDirectory, ThatEndsInsideItsLastRecordIsReadAsFarAsItGoes) {
  const fiducial::test::TemporaryFolder folder;
  writeFileSet(folder);
  cutLastRecordShort(folder / "DICOMDIR");
  auto listing = findMedia(folder / "DICOMDIR");
  ASSERT_TRUE(listing);
  EXPECT_EQ(filesOf(*listing), 6u);
}

TEST(DicomDirectory, OfObjectsWithoutPicturesSaysSo) {
  const auto file = sharedData("dicom/dicomdir_tiny/DICOMDIR");
  FIDUCIAL_REQUIRE_SHARED(file);
  auto listing = findMedia(file);
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace fiducial::media
