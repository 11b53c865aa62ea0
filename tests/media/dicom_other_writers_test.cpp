// Objects and encodings that the files of shared/data do not have, as other makers write them. What is expected follows
// from the standard; where SimpleITK or dcm2niix read such a file, their affine is the one expected.
#include <algorithm>
#include <array>
#include <fstream>

#include "made_dicom.h"
#include "media_opening.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::TemporaryFolder;
using test::MadeElements;
using test::MadeSlice;

constexpr const char* kNuclear = "1.2.840.10008.5.1.4.1.1.20";

std::string words(const std::vector<std::uint16_t>& values) {
  std::string bytes;
  for (const std::uint16_t value : values) bytes += test::word(value);
  return bytes;
}

/// Six frames of 5 x 4 whose place is told with the detector, as SPECT reconstructions are written.
MadeSlice nuclear(const std::string& type, const std::string& spacing) {
  MadeSlice slice;
  slice.sopClass = kNuclear;
  slice.modality = "NM";
  slice.frames = 6;
  slice.extra[0x00080008] = {"CS", "ORIGINAL\\PRIMARY\\" + type + "\\EMISSION"};
  slice.extra[0x00180088] = {"DS", spacing};
  slice.extra[0x00200032] = {};
  slice.extra[0x00200037] = {};
  slice.extra[0x00540022] = {
      "SQ", test::sequence({{{0x00200032, {"DS", "10\\20\\30"}}, {0x00200037, {"DS", "0.8\\0.6\\0\\0\\0\\-1"}}}})};
  slice.extra[0x00540080] = {"US", words({1, 2, 3, 4, 5, 6})};
  return slice;
}

MediumLocation writtenTo(const TemporaryFolder& folder, const MadeSlice& slice) {
  test::writeSlice(folder / "made.dcm", slice);
  return test::onlyMediumAt(folder / "made.dcm");
}

double firstValue(const MediumLocation& location, int k, int time = 0) {
  const auto volume = test::loadedVolume(location, time);
  return volume ? volume->output({0, 0, k}) : -1;
}

void expectPlace(const MediumInfo& info, int k, const std::array<double, 3>& expected) {
  const PatientPoint place = info.affine.voxelToPatient(Voxel{0, 0, k});
  EXPECT_NEAR(place.x, expected[0], 1e-9);
  EXPECT_NEAR(place.y, expected[1], 1e-9);
  EXPECT_NEAR(place.z, expected[2], 1e-9);
}

bool warnsOf(const MediumInfo& info, const std::string& words) {
  return std::any_of(info.warnings.begin(), info.warnings.end(),
                     [&](const std::string& warning) { return warning.find(words) != std::string::npos; });
}

TEST(DicomOtherWriters, ReconstructedNuclearFramesAreSlicesFromTheDetectorsPlaceOn) {
  const TemporaryFolder folder;
  const MediumLocation location = writtenTo(folder, nuclear("RECON TOMO", "4.5"));
  ASSERT_EQ(location.info.kind, MediumKind::Volume);
  EXPECT_TRUE(location.info.hasGeometry);
  EXPECT_EQ(location.info.frames, 6);
  expectPlace(location.info, 0, {10, 20, 30});
  expectPlace(location.info, 5, {10 - 13.5, 20 + 18.0, 30});
  EXPECT_EQ(firstValue(location, 5), 100);
}

TEST(DicomOtherWriters, NegativeSpacingOfNuclearSlicesStacksThemBeforeTheFirst) {
  const TemporaryFolder folder;
  const MediumLocation location = writtenTo(folder, nuclear("RECON TOMO", "-4.5"));
  ASSERT_EQ(location.info.kind, MediumKind::Volume);
  expectPlace(location.info, 5, {10, 20, 30});
  expectPlace(location.info, 0, {10 + 13.5, 20 - 18.0, 30});
  EXPECT_EQ(firstValue(location, 0), 100);
}

TEST(DicomOtherWriters, TimeSlotsOfAGatedReconstructionAreTimesOfOneStack) {
  const TemporaryFolder folder;
  MadeSlice slice = nuclear("RECON GATED TOMO", "4.5");
  slice.extra[0x00540060] = {"US", words({1, 1, 1, 1, 1, 1})};
  slice.extra[0x00540070] = {"US", words({1, 2, 1, 2, 1, 2})};
  slice.extra[0x00540080] = {"US", words({1, 1, 2, 2, 3, 3})};
  const MediumLocation location = writtenTo(folder, slice);
  ASSERT_EQ(location.info.kind, MediumKind::Volume);
  ASSERT_EQ(location.info.frames, 3);
  ASSERT_EQ(location.info.times, 2);
  EXPECT_EQ(firstValue(location, 2, 0), 80);
  EXPECT_EQ(firstValue(location, 1, 1), 60);
}

TEST(DicomOtherWriters, NuclearProjectionsStayACineWhateverPlaceTheDetectorHas) {
  const TemporaryFolder folder;
  EXPECT_EQ(writtenTo(folder, nuclear("TOMO", "4.5")).info.kind, MediumKind::Cine);
  EXPECT_EQ(writtenTo(folder, nuclear("RECON TOMO", "0")).info.kind, MediumKind::Cine);
}

TEST(DicomOtherWriters, AnUltrasoundVolumeIsAVolumeInItsOwnCoordinates) {
  const TemporaryFolder folder;
  MadeSlice slice;
  slice.sopClass = "1.2.840.10008.5.1.4.1.1.6.2";
  slice.modality = "US";
  slice.frames = 5;
  for (const std::uint32_t tag : {0x00200032u, 0x00200037u, 0x00280030u}) slice.extra[tag] = {};
  std::string axes;
  for (const double value : {1.0, 0.0, 0.0, 0.0, 1.0, 0.0}) axes += test::real(value);
  slice.extra[0x52009229] = {
      "SQ", test::sequence({{{0x0020930F, {"SQ", test::sequence({{{0x00209302, {"FD", axes}}}})}},
                             {0x00289110, {"SQ", test::sequence({{{0x00280030, {"DS", "0.5\\0.4"}}}})}}}})};
  std::vector<MadeElements> frames;
  for (int k = 0; k < 5; ++k) {
    const std::string place = test::real(1) + test::real(2) + test::real(3 + 0.7 * k);
    frames.push_back({{0x0020930E, {"SQ", test::sequence({{{0x00209301, {"FD", place}}}})}}});
  }
  slice.extra[0x52009230] = {"SQ", test::sequence(frames)};
  const MediumLocation location = writtenTo(folder, slice);
  ASSERT_EQ(location.info.kind, MediumKind::Volume);
  EXPECT_EQ(location.info.frames, 5);
  EXPECT_FALSE(location.info.hasGeometry);
  EXPECT_TRUE(warnsOf(location.info, "not in the patient"));
  expectPlace(location.info, 4, {1, 2, 3 + 0.7 * 4});
  ASSERT_EQ(location.info.spacing.size(), 3u);
  EXPECT_NEAR(location.info.spacing[2], 0.7, 1e-9);
}

TEST(DicomOtherWriters, AnRtImageHasTheSpacingOfItsPlane) {
  const TemporaryFolder folder;
  MadeSlice slice;
  slice.sopClass = "1.2.840.10008.5.1.4.1.1.481.1";
  slice.modality = "RTIMAGE";
  for (const std::uint32_t tag : {0x00200032u, 0x00200037u, 0x00280030u}) slice.extra[tag] = {};
  slice.extra[0x30020011] = {"DS", "0.8\\0.4"};
  const MediumInfo info = writtenTo(folder, slice).info;
  EXPECT_EQ(info.spacing, (std::vector<double>{0.4, 0.8}));
  EXPECT_EQ(info.extras.calibration.source, CalibrationSource::Detector);
}

TEST(DicomOtherWriters, ASlideInTilesIsNotSaidToBeAFilm) {
  const TemporaryFolder folder;
  MadeSlice slice;
  slice.sopClass = "1.2.840.10008.5.1.4.1.1.77.1.6";
  slice.modality = "SM";
  slice.frames = 6;
  const MediumLocation location = writtenTo(folder, slice);
  EXPECT_TRUE(warnsOf(location.info, "its frames are the tiles"));
  EXPECT_FALSE(warnsOf(location.info, "25 frames"));
}

TEST(DicomOtherWriters, OfThreeSlicesWithOneGapTwiceAsWideOneIsMissing) {
  const TemporaryFolder folder;
  for (const int k : {0, 1, 3}) {
    MadeSlice slice;
    slice.position = {0, 0, 10.5 * k};
    slice.instance = k + 1;
    test::writeSlice(folder / (std::to_string(k) + ".dcm"), slice);
  }
  const MediumLocation location = test::onlyMediumAt(folder.path());
  EXPECT_TRUE(warnsOf(location.info, "1 slice is missing between slices 1 and 2"));
  ASSERT_EQ(location.info.spacing.size(), 3u);
  EXPECT_NEAR(location.info.spacing[2], 10.5, 1e-9);
}

TEST(DicomOtherWriters, SlicesThatAnAnonymiserGaveOneIdentifierAreAllKept) {
  const TemporaryFolder folder;
  for (int k = 0; k < 4; ++k) {
    MadeSlice slice;
    slice.position = {0, 0, 2.0 * k};
    slice.instance = k + 1;
    slice.extra[0x00080018] = {"UI", "1.2.3.4.5"};
    test::writeSlice(folder / (std::to_string(k) + ".dcm"), slice);
  }
  std::filesystem::copy_file(folder / "2.dcm", folder / "copy of 2.dcm");
  const auto listing = findMedia(folder.path());
  ASSERT_TRUE(listing);
  ASSERT_EQ(listing->media.size(), 1u);
  EXPECT_EQ(listing->media.front().location.info.frames, 4);
  EXPECT_EQ(listing->skipped.size(), 1u);
}

TEST(DicomOtherWriters, FramesWithThePlaceOfTheFirstAloneFollowItAtTheirSpacing) {
  const TemporaryFolder folder;
  MadeSlice slice;
  slice.position = {1, 2, 3};
  slice.frames = 3;
  slice.extra[0x00180088] = {"DS", "2.5"};
  const MediumLocation location = writtenTo(folder, slice);
  ASSERT_EQ(location.info.kind, MediumKind::Volume);
  expectPlace(location.info, 2, {1, 2, 8});
  EXPECT_TRUE(warnsOf(location.info, "one place for all slices"));
  EXPECT_FALSE(warnsOf(location.info, "tilt"));
}

TEST(DicomOtherWriters, AColourSpaceThatIsNotConvertedIsSaid) {
  const TemporaryFolder folder;
  MadeSlice slice;
  slice.sopClass = "1.2.840.10008.5.1.4.1.1.7";
  slice.modality = "OT";
  slice.frames = 3;  // as many words as one frame of three samples a pixel
  slice.extra[0x00280002] = {"US", test::word(3)};
  slice.extra[0x00280004] = {"CS", "HSV"};
  slice.extra[0x00280006] = {"US", test::word(0)};
  slice.extra[0x00280008] = {};
  const MediumLocation location = writtenTo(folder, slice);
  EXPECT_EQ(location.info.components, 3);
  EXPECT_TRUE(warnsOf(location.info, "called HSV; shown as RGB"));
}

/// Frame n of 2 x 3 pixels, all of them 1000 * n + 7, in RLE: two segments, the high bytes first.
std::string runLengthFrame(int n) {
  const int value = 1000 * n + 7;
  std::string bytes = test::longWord(2) + test::longWord(64) + test::longWord(66) + std::string(52, '\0');
  for (const int part : {value / 256, value % 256}) bytes += std::string{char(-5), char(part)};  // six times
  return bytes;
}

MadeSlice runLengthSlice(const std::string& items) {
  MadeSlice slice;
  slice.transferSyntax = "1.2.840.10008.1.2.5";
  slice.rows = 2;
  slice.columns = 3;
  slice.frames = 3;
  slice.items = items;
  return slice;
}

std::string threeFrames() {
  std::string items;
  for (int n = 1; n <= 3; ++n) items += test::item(runLengthFrame(n));
  return items;
}

void expectThreeFrames(const MadeSlice& slice) {
  const TemporaryFolder folder;
  const MediumLocation location = writtenTo(folder, slice);
  ASSERT_EQ(location.info.frames, 3);
  for (int k = 0; k < 3; ++k) EXPECT_EQ(firstValue(location, k), 1000 * (k + 1) + 7) << "frame " << k;
}

TEST(DicomOtherWriters, OffsetsThatAreNotThoseOfFramesAreNotFollowed) {
  const std::vector<std::array<std::uint32_t, 3>> tables{{0, 76, 152}, {0, 0, 0}, {0, 5, 9}, {100, 176, 252}};
  for (const auto& table : tables) {
    SCOPED_TRACE(table[1]);
    std::string offsets;
    for (const std::uint32_t offset : table) offsets += test::longWord(offset);
    expectThreeFrames(runLengthSlice(test::item(offsets) + threeFrames()));
  }
}

TEST(DicomOtherWriters, AMissingTableOfOffsetsIsNotTakenForAFrame) { expectThreeFrames(runLengthSlice(threeFrames())); }

TEST(DicomOtherWriters, OfMorePicturesThanFramesTheFirstAreShown) {
  expectThreeFrames(runLengthSlice(test::item("") + threeFrames() + threeFrames()));
}

TEST(DicomOtherWriters, CompressedPixelsThatClaimALengthAreReadByTheirItems) {
  MadeSlice slice = runLengthSlice("");
  slice.extra[0x7FE00010] = {"OB", test::item("") + threeFrames()};
  expectThreeFrames(slice);
}

/// As GDCM packs a dose grid: a header that is right, of more bits than OpenJPEG takes.
TEST(DicomOtherWriters, Jpeg2000OfMoreThan31BitsSaysSo) {
  const TemporaryFolder folder;
  std::string stream("\xFF\x4F\xFF\x51\x00\x29\x00\x00", 8);
  for (const int value : {3, 2, 0, 0, 3, 2, 0, 0}) stream += std::string(3, '\0') + char(value);
  stream += std::string("\x00\x01\x1F\x01\x01\xFF\xD9\x00", 8);
  MadeSlice slice = runLengthSlice(test::item("") + test::item(stream));
  slice.transferSyntax = "1.2.840.10008.1.2.4.90";
  slice.frames = 1;
  slice.extra[0x00280100] = {"US", test::word(32)};
  slice.extra[0x00280101] = {"US", test::word(32)};
  slice.extra[0x00280102] = {"US", test::word(31)};
  const MediumLocation location = writtenTo(folder, slice);
  const auto source = openVolume(location);
  ASSERT_TRUE(source);
  const auto volume = (*source)->load({}, {});
  ASSERT_FALSE(volume);
  EXPECT_NE(volume.error().message.find("JPEG 2000 of 32 bits"), std::string::npos) << volume.error().message;
}

/// An element of explicit big endian; words are given as numbers.
std::string bigElement(std::uint32_t tag, const std::string& vr, const std::string& value) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += char(tag >> shift & 0xFF);
  bytes += vr;
  if (vr == "OW") bytes += std::string(4, '\0');
  return bytes + char(value.size() >> 8) + char(value.size() & 0xFF) + value;
}

std::string bigWord(std::uint16_t value) { return {char(value >> 8), char(value & 0xFF)}; }

TEST(DicomOtherWriters, ABigEndianDataSetWithoutPreambleAndMetaHeaderOpensUnderAnyName) {
  const TemporaryFolder folder;
  std::string pixels;
  for (const int value : {258, 3, 4, 5, 6, 7}) pixels += bigWord(std::uint16_t(value));
  std::ofstream(folder / "IM0001", std::ios::binary)
      << bigElement(0x00080005, "CS", "ISO_IR 100") << bigElement(0x00080060, "CS", "CT")
      << bigElement(0x00280002, "US", bigWord(1)) << bigElement(0x00280004, "CS", "MONOCHROME2 ")
      << bigElement(0x00280010, "US", bigWord(2)) << bigElement(0x00280011, "US", bigWord(3))
      << bigElement(0x00280100, "US", bigWord(16)) << bigElement(0x00280101, "US", bigWord(16))
      << bigElement(0x00280102, "US", bigWord(15)) << bigElement(0x00280103, "US", bigWord(0))
      << bigElement(0x7FE00010, "OW", pixels);
  const MediumLocation location = test::onlyMediumAt(folder / "IM0001");
  EXPECT_EQ(location.info.transferSyntax, "1.2.840.10008.1.2.2");
  ASSERT_EQ(location.info.columns, 3);
  EXPECT_EQ(firstValue(location, 0), 258);
}

}  // namespace
}  // namespace fiducial::media
