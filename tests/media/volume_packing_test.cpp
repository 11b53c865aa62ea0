// The ways MetaImage and NRRD headers say where voxels are: lists, patterns, skipped bytes and lines, text, values that
// lie interleaved. Every file is written here with the values 0, 1, 2 ...; NRRD and MetaIO documentation say the rest.
#include <fstream>

#include "fiducial/media/given_spacing.h"
#include "media_opening.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::TemporaryFolder;

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Counting bytes from `first` on.
std::string counting(int first, int count) {
  std::string bytes;
  for (int n = 0; n < count; ++n) bytes += char(first + n);
  return bytes;
}

void expectCounting(const std::filesystem::path& path, VolumeSize size, int time = 0, int factor = 1) {
  SCOPED_TRACE(path);
  const auto volume = test::loadedVolumeAt(path, time);
  ASSERT_TRUE(volume);
  ASSERT_EQ(volume->values().size(), size);
  const int first = factor > 1 ? time : int(size.voxels()) * time;
  int n = 0;
  for (int k = 0; k < size.slices; ++k) {
    for (int j = 0; j < size.rows; ++j) {
      for (int i = 0; i < size.columns; ++i, ++n) ASSERT_EQ(volume->output({i, j, k}), first + n * factor);
    }
  }
}

const std::string kMeta = "ObjectType = Image\nNDims = 3\nDimSize = 2 3 4\nElementType = MET_UCHAR\n";

TEST(VolumePacking, AMetaImageOverSeveralFilesByListAndByPattern) {
  const TemporaryFolder folder;

  for (int k = 0; k < 4; ++k) {
    write(folder / ("s" + std::to_string(k + 7) + ".raw"), "head" + counting(6 * k, 6));
  }
  write(folder / "list2.mhd", kMeta + "HeaderSize = -1\nElementDataFile = LIST\ns7.raw\ns8.raw\ns9.raw\ns10.raw\n");
  write(folder / "pattern.mhd", kMeta + "HeaderSize = 4\nElementDataFile = s%d.raw 7 10 1\n");
  expectCounting(folder / "list2.mhd", {2, 3, 4});
  expectCounting(folder / "pattern.mhd", {2, 3, 4});
  EXPECT_EQ(test::onlyMediumAt(folder / "pattern.mhd").files.size(), 5u);
}

TEST(VolumePacking, AMetaImageAsTextInFourDimensionsAndWithChannels) {
  const TemporaryFolder folder;
  std::string text;
  for (int n = 0; n < 24; ++n) text += std::to_string(n) + (n % 5 == 0 ? "\n" : " ");
  write(folder / "text.mha", kMeta + "BinaryData = False\nElementDataFile = LOCAL\n" + text);
  expectCounting(folder / "text.mha", {2, 3, 4});
  const std::string four = "ObjectType = Image\nNDims = 4\nDimSize = 2 3 2 2\nElementType = MET_UCHAR\n";
  write(folder / "four.mha", four + "ElementDataFile = LOCAL\n" + counting(0, 24));
  expectCounting(folder / "four.mha", {2, 3, 2}, 1);
  const std::string two = "ObjectType = Image\nNDims = 3\nDimSize = 2 3 2\nElementType = MET_UCHAR\n";
  write(folder / "two.mha", two + "ElementNumberOfChannels = 2\nElementDataFile = LOCAL\n" + counting(0, 24));
  expectCounting(folder / "two.mha", {2, 3, 2}, 1, 2);
}

TEST(VolumePacking, NrrdListsPatternsAndSkippedBytesAndLines) {
  const TemporaryFolder folder;
  const std::string head = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 3 4\nencoding: raw\n";
  for (int k = 0; k < 4; ++k) write(folder / ("p0" + std::to_string(k) + ".raw"), counting(6 * k, 6));
  write(folder / "list.nhdr", head + "data file: LIST\np00.raw\np01.raw\np02.raw\np03.raw\n");
  write(folder / "pattern.nhdr", head + "data file: p%02d.raw 0 3 1\n");
  write(folder / "all.raw", "some line\nanother\n12345" + counting(0, 24));
  write(folder / "skip.nhdr", head + "line skip: 2\nbyte skip: 5\ndata file: all.raw\n");
  write(folder / "end.nhdr", head + "byte skip: -1\ndata file: all.raw\n");
  for (const char* name : {"list.nhdr", "pattern.nhdr", "skip.nhdr", "end.nhdr"})
    expectCounting(folder / name, {2, 3, 4});
}

TEST(VolumePacking, ThreeSignedValuesAVoxelAreAVectorAndThreeBytesAColour) {
  const TemporaryFolder folder;
  const std::string nrrd = "dimension: 4\nsizes: 3 2 1 2\nkinds: vector domain domain domain\nencoding: raw\n";
  const std::string meta = "NDims = 3\nDimSize = 2 1 2\nElementNumberOfChannels = 3\n";
  std::string words;
  for (int n = 0; n < 12; ++n) words += std::string{char(n), '\0'};
  write(folder / "vector.nrrd", "NRRD0004\ntype: short\nendian: little\n" + nrrd + "\n" + words);
  write(folder / "vector.mha", meta + "ElementType = MET_SHORT\nElementDataFile = LOCAL\n" + words);
  write(folder / "colour.nrrd", "NRRD0004\ntype: uchar\n" + nrrd + "\n" + counting(0, 12));
  write(folder / "colour.mha", meta + "ElementType = MET_UCHAR\nElementDataFile = LOCAL\n" + counting(0, 12));
  for (const char* ending : {"nrrd", "mha"}) {
    for (int part = 0; part < 3; ++part) {
      expectCounting(folder / (std::string("vector.") + ending), {2, 1, 2}, part, 3);
    }
    const MediumInfo colour = test::onlyMediumAt(folder / (std::string("colour.") + ending)).info;
    EXPECT_EQ(colour.components, 3);
    EXPECT_EQ(colour.times, 1);
  }
}

TEST(VolumePacking, ANiftiPairOpensByItsImageAsWell) {
  const auto header = fiducial::test::sharedData("volumes/variants/t1crop_pair.hdr");
  FIDUCIAL_REQUIRE_SHARED(header);
  const TemporaryFolder folder;
  for (const char* ending : {".hdr", ".img"}) {
    std::filesystem::path from = header;
    std::filesystem::copy_file(from.replace_extension(ending), folder / (std::string("pair") + ending));
  }
  const MediumLocation byImage = test::onlyMediumAt(folder / "pair.img");
  EXPECT_EQ(byImage.files, test::onlyMediumAt(folder / "pair.hdr").files);
  EXPECT_TRUE(test::loadedVolume(byImage));
  EXPECT_EQ(test::onlyMediumAt(folder.path()).files, byImage.files);
  std::filesystem::remove(folder / "pair.hdr");
  const auto alone = findMedia(folder / "pair.img");
  ASSERT_FALSE(alone);
  EXPECT_NE(alone.error().message.find("pair.hdr"), std::string::npos);
}

TEST(VolumePacking, NrrdWithItsListOfVolumesAsTheFastestAxis) {
  const TemporaryFolder folder;
  write(folder / "dwi.nrrd",
        "NRRD0005\ntype: uint8\ndimension: 4\nspace: left-posterior-superior\nsizes: 6 2 2 2\n"
        "space directions: none (1,0,0) (0,1,0) (0,0,1)\nkinds: list domain domain domain\nencoding: raw\n\n" +
            counting(0, 48));
  expectCounting(folder / "dwi.nrrd", {2, 2, 2}, 4, 6);
}

TEST(VolumePacking, NamesOutsideTheFolderAndOddPatternsAreRefused) {
  const TemporaryFolder folder;
  for (const char* name :
       {"../x.raw", "/etc/passwd", "x%s.raw 1 2 1", "x%d%n.raw 1 2 1", "x%d.raw 1 99999999 1", ".."}) {
    write(folder / "x.mhd", kMeta + "ElementDataFile = " + name + "\n");
    auto listing = findMedia(folder / "x.mhd");
    ASSERT_FALSE(listing) << name;
    EXPECT_GT(listing.error().message.size(), 20u);
  }
}

TEST(VolumePacking, ClaimsBeyondTheBytesAreRefusedForEveryEncoding) {
  const TemporaryFolder folder;
  const std::string head = "NRRD0004\ntype: double\ndimension: 3\nsizes: 20000 20000 2000\nencoding: ";
  for (const char* encoding : {"raw", "gzip", "bzip2", "ascii", "hex"}) {
    write(folder / "x.nrrd", head + encoding + "\n\n" + std::string(1000, '1'));
    auto listing = findMedia(folder / "x.nrrd");
    ASSERT_FALSE(listing) << encoding;
    EXPECT_EQ(listing.error().code, ErrorCode::Damaged) << encoding;
  }
}

TEST(VolumePacking, DamagedBzip2AndTextAreSaid) {
  const TemporaryFolder folder;
  const std::string head = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 2 2\nencoding: ";
  for (const char* body :
       {"bzip2\n\nBZh91AY&SY_not_really_compressed", "ascii\n\n1 2 3 four 5 6 7 8 9", "hex\n\n00 01 0x 00 11 22 33"}) {
    write(folder / "x.nrrd", head + body);
    auto source = openVolume(test::onlyMediumAt(folder / "x.nrrd"));
    ASSERT_TRUE(source);
    auto loaded = (*source)->load({}, {});
    if (loaded) {
      EXPECT_FALSE(loaded->warnings.empty()) << body;
    } else {
      EXPECT_EQ(loaded.error().code, ErrorCode::Damaged) << body;
    }
  }
}

TEST(VolumePacking, APictureStackIsUncalibratedUntilItsSpacingIsGiven) {
  const auto path = fiducial::test::sharedData("images");
  FIDUCIAL_REQUIRE_SHARED(path);
  auto listing = findMedia(path);
  ASSERT_TRUE(listing);
  const auto isStack = [](const FoundMedium& medium) { return medium.location.info.kind == MediumKind::Volume; };
  const auto found = std::ranges::find_if(listing->media, isStack);
  ASSERT_NE(found, listing->media.end());
  MediumLocation location = found->location;
  EXPECT_TRUE(location.info.spacing.empty());
  ASSERT_FALSE(location.info.warnings.empty());
  EXPECT_NE(location.info.warnings.back().find("uncalibrated"), std::string::npos);
  EXPECT_FALSE(giveSpacing(location.info, {0.5, 0, 2}));
  ASSERT_TRUE(giveSpacing(location.info, {0.5, 0.25, 2}));
  const auto volume = test::loadedVolume(location);
  ASSERT_TRUE(volume);
  EXPECT_EQ(volume->info().spacing, (std::vector{0.5, 0.25, 2.0}));
  EXPECT_EQ(volume->info().affine.spacingMm(), (std::array{0.5, 0.25, 2.0}));
  EXPECT_EQ(volume->info().extras.calibration.source, CalibrationSource::Given);
}

}  // namespace
}  // namespace fiducial::media
