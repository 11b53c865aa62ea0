// Series that are several stacks, or one over time: what belongs together by the standard's attributes is one medium,
// nothing is lost. The series are made here, so what is expected follows from how they were made.
#include "made_dicom.h"
#include "media_opening.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::TemporaryFolder;
using test::MadeElements;
using test::MadeSlice;

/// Slices 2 mm apart; `vary` may change each before it is written.
void writeStack(const TemporaryFolder& folder, const std::string& prefix, int slices,
                const std::function<void(int, MadeSlice&)>& vary) {
  for (int k = 0; k < slices; ++k) {
    MadeSlice slice;
    slice.position = {-10, -20, 2.0 * k};
    slice.instance = k + 1;
    slice.value = std::uint16_t(100 * k);
    vary(k, slice);
    test::writeSlice(folder / (prefix + std::to_string(k) + ".dcm"), slice);
  }
}

MediaListing listingOf(const TemporaryFolder& folder) {
  auto listing = findMedia(folder.path());
  EXPECT_TRUE(listing);
  return listing ? *listing : MediaListing{};
}

std::vector<std::string> namesOf(const MediaListing& listing) {
  std::vector<std::string> names;
  for (const FoundMedium& medium : listing.media) names.push_back(medium.name);
  std::sort(names.begin(), names.end());
  return names;
}

/// The value of the first voxel of slice k of a time.
double firstValue(const MediumLocation& location, int k, int time) {
  const auto volume = test::loadedVolume(location, time);
  return volume ? volume->output({0, 0, k}) : -1;
}

TEST(DicomSplitting, EchoesOfOneSeriesAreMediaOfTheirOwnNamedByTheirTimes) {
  const TemporaryFolder folder;
  for (const int echo : {0, 1}) {
    writeStack(folder, echo == 0 ? "a" : "b", 5, [&](int, MadeSlice& slice) {
      slice.extra[0x00180081] = {"DS", echo == 0 ? "4.92" : "7.38"};
      slice.value = std::uint16_t(slice.value + 1000 * echo);
    });
  }
  const MediaListing listing = listingOf(folder);
  EXPECT_EQ(namesOf(listing), (std::vector<std::string>{"made (TE 4.92 ms)", "made (TE 7.38 ms)"}));
  EXPECT_TRUE(listing.skipped.empty());
  for (const FoundMedium& medium : listing.media) EXPECT_EQ(medium.location.info.frames, 5);
  EXPECT_EQ(firstValue(listing.media[1].location, 2, 0), 1200);
}

TEST(DicomSplitting, MagnitudeAndPhaseAreMediaOfTheirOwn) {
  const TemporaryFolder folder;
  for (const char* type : {"M", "P"}) {
    writeStack(folder, type, 4, [&](int, MadeSlice& slice) {
      slice.extra[0x00080008] = {"CS", std::string("ORIGINAL\\PRIMARY\\") + type + "\\ND"};
    });
  }
  EXPECT_EQ(namesOf(listingOf(folder)), (std::vector<std::string>{"made (magnitude)", "made (phase)"}));
}

TEST(DicomSplitting, DiffusionWeightingsArePartedAndTheirDirectionsAreTimes) {
  const TemporaryFolder folder;
  for (int volume = 0; volume < 4; ++volume) {
    writeStack(folder, std::to_string(volume) + "_", 3, [&](int, MadeSlice& slice) {
      slice.extra[0x00189087] = {"FD", test::real(volume == 0 ? 0 : 1000)};
      slice.instance += 10 * volume;
      slice.value = std::uint16_t(slice.value + volume);
    });
  }
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(namesOf(listing), (std::vector<std::string>{"made (b 0)", "made (b 1000)"}));
  EXPECT_EQ(listing.media[0].location.info.times, 1);
  EXPECT_EQ(listing.media[1].location.info.times, 3);
  EXPECT_EQ(firstValue(listing.media[1].location, 1, 2), 103);
}

TEST(DicomSplitting, TemporalPositionsAreTimesOfOneStackWhateverTheOrderOfTheFiles) {
  const TemporaryFolder folder;
  for (int time = 0; time < 3; ++time) {
    writeStack(folder, std::to_string(2 - time) + "_", 4, [&](int, MadeSlice& slice) {
      slice.extra[0x00200100] = {"IS", std::to_string(time + 1)};
      slice.value = std::uint16_t(slice.value + time);
    });
  }
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(listing.media.size(), 1u);
  const MediumLocation& location = listing.media.front().location;
  EXPECT_EQ(location.info.times, 3);
  EXPECT_EQ(location.info.frames, 4);
  for (int time = 0; time < 3; ++time) EXPECT_EQ(firstValue(location, 3, time), 300 + time);
}

TEST(DicomSplitting, OneStackThatSpansAcquisitionsStaysOne) {
  const TemporaryFolder folder;
  writeStack(folder, "", 6, [](int k, MadeSlice& slice) {
    slice.extra[0x00200012] = {"IS", k < 3 ? "1" : "2"};
    slice.extra[0x00180081] = {"DS", "4." + std::to_string(k)};  // and an echo time that drifts
  });
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(listing.media.size(), 1u);
  EXPECT_EQ(listing.media.front().location.info.frames, 6);
}

TEST(DicomSplitting, AcquisitionsOfDifferentLengthAreMediaOfTheirOwn) {
  const TemporaryFolder folder;
  for (const int acquisition : {1, 2}) {
    writeStack(folder, std::to_string(acquisition) + "_", acquisition == 1 ? 6 : 4, [&](int, MadeSlice& slice) {
      slice.extra[0x00200012] = {"IS", std::to_string(acquisition)};
      slice.value = std::uint16_t(slice.value + acquisition);
    });
  }
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(listing.media.size(), 2u);
  EXPECT_EQ(listing.media[0].location.info.frames + listing.media[1].location.info.frames, 10);
  EXPECT_TRUE(listing.skipped.empty());
}

TEST(DicomSplitting, HeartPhasesOfASingleSliceAreTimesByTheirTriggerTime) {
  const TemporaryFolder folder;
  for (int phase = 0; phase < 5; ++phase) {
    writeStack(folder, std::to_string(9 - phase), 1, [&](int, MadeSlice& slice) {
      slice.extra[0x00181060] = {"DS", std::to_string(40 * phase)};
      slice.instance = 9 - phase;
      slice.value = std::uint16_t(phase);
    });
  }
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(listing.media.size(), 1u);
  EXPECT_EQ(listing.media.front().location.info.times, 5);
  EXPECT_EQ(firstValue(listing.media.front().location, 0, 4), 4);
}

TEST(DicomSplitting, ARepeatedPlaceWithAnotherPictureIsKeptAndSaid) {
  const TemporaryFolder folder;
  writeStack(folder, "a", 5, [](int, MadeSlice&) {});
  MadeSlice other;
  other.position = {-10, -20, 4};
  other.instance = 3;
  other.value = 7;
  test::writeSlice(folder / "z.dcm", other);
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(listing.media.size(), 2u);
  EXPECT_TRUE(listing.skipped.empty());
  EXPECT_EQ(listing.media[0].location.info.frames, 5);
  EXPECT_EQ(listing.media[1].location.info.frames, 1);
  ASSERT_FALSE(listing.media[0].location.info.warnings.empty());
  EXPECT_NE(listing.media[0].location.info.warnings.front().find("several pictures"), std::string::npos);
}

TEST(DicomSplitting, AWholeSeriesThatIsThereTwiceIsOneVolumeAndTheCopiesAreListed) {
  const TemporaryFolder folder;
  for (const char* prefix : {"a", "b"}) writeStack(folder, prefix, 4, [](int, MadeSlice&) {});
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(listing.media.size(), 1u);
  EXPECT_EQ(listing.media.front().location.info.times, 1);
  EXPECT_EQ(listing.skipped.size(), 4u);
}

TEST(DicomSplitting, RepetitionsThatAreAlikeInSomeSlicesOnlyAreTimes) {
  const TemporaryFolder folder;
  for (int time = 0; time < 3; ++time) {
    writeStack(folder, std::to_string(time) + "_", 3, [&](int k, MadeSlice& slice) {
      slice.instance += 3 * time;
      if (k == 1) slice.value = std::uint16_t(slice.value + time);
    });
  }
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(listing.media.size(), 1u);
  EXPECT_EQ(listing.media.front().location.info.times, 3);
  EXPECT_TRUE(listing.skipped.empty());
}

/// The groups of one enhanced frame: place, position in the stack, time, echo.
MadeElements enhancedFrame(int slice, int time, double echo) {
  const auto number = [](int n) { return test::longWord(std::uint32_t(n)); };
  MadeElements content{{0x00209056, {"SH", "1"}}, {0x00209057, {"UL", number(slice + 1)}}};
  content[0x00209128] = {"UL", number(time + 1)};
  content[0x00209157] = {"UL", number(1) + number(slice + 1) + number(time + 1)};
  const MadeElements place{{0x00200032, {"DS", "-5\\-6\\" + std::to_string(3 * slice)}}};
  return {{0x00189114, {"SQ", test::sequence({{{0x00189082, {"FD", test::real(echo)}}}})}},
          {0x00209111, {"SQ", test::sequence({content})}},
          {0x00209113, {"SQ", test::sequence({place})}}};
}

MadeSlice enhancedFile(const std::vector<MadeElements>& frames) {
  const MadeElements measures{{0x00180050, {"DS", "3"}}, {0x00280030, {"DS", "2\\2"}}};
  const MadeElements plane{{0x00200037, {"DS", "1\\0\\0\\0\\1\\0"}}};
  const MadeElements shared{{0x00209116, {"SQ", test::sequence({plane})}},
                            {0x00289110, {"SQ", test::sequence({measures})}}};
  MadeSlice file;
  file.frames = int(frames.size());
  for (const std::uint32_t tag : {0x00200032u, 0x00200037u, 0x00280030u, 0x00180050u}) file.extra[tag] = {};
  file.extra[0x52009229] = {"SQ", test::sequence({shared})};
  file.extra[0x52009230] = {"SQ", test::sequence(frames)};
  return file;
}

TEST(DicomSplitting, AnEnhancedFileOfSlicesAndTimesIsAStackOverTimeInTheOrderOfItsTimes) {
  const TemporaryFolder folder;
  std::vector<MadeElements> frames;  // frame n: slice 2 - n / 2, time 1 - n % 2
  for (int n = 0; n < 6; ++n) frames.push_back(enhancedFrame(2 - n / 2, 1 - n % 2, 5));
  test::writeSlice(folder / "e.dcm", enhancedFile(frames));
  const MediumLocation location = test::onlyMediumAt(folder / "e.dcm");
  EXPECT_EQ(location.info.times, 2);
  EXPECT_EQ(location.info.frames, 3);
  EXPECT_EQ(location.info.affine.voxelToPatient(Voxel{0, 0, 2}).z, 6);
  EXPECT_EQ(firstValue(location, 2, 1), 0);       // frame 0
  EXPECT_EQ(firstValue(location, 0, 0), 5 * 20);  // frame 5
}

TEST(DicomSplitting, EchoesWithinAnEnhancedFileArePartedAndOpenedAgainAsFound) {
  const TemporaryFolder folder;
  std::vector<MadeElements> frames;
  for (int n = 0; n < 6; ++n) frames.push_back(enhancedFrame(n % 3, 0, n < 3 ? 2.5 : 5));
  test::writeSlice(folder / "e.dcm", enhancedFile(frames));
  const MediaListing listing = listingOf(folder);
  ASSERT_EQ(namesOf(listing), (std::vector<std::string>{"e (TE 2.5 ms)", "e (TE 5 ms)"}));
  EXPECT_EQ(firstValue(listing.media[0].location, 1, 0), 20);
  EXPECT_EQ(firstValue(listing.media[1].location, 1, 0), 80);
}

TEST(DicomSplitting, EnhancedFilesOfOneStackEachAreTimesAndPiecesOfOneObjectAreJoined) {
  const TemporaryFolder repeated;
  for (int file = 0; file < 3; ++file) {
    MadeSlice made = enhancedFile({enhancedFrame(0, 0, 5), enhancedFrame(1, 0, 5)});
    made.instance = file + 1;
    made.value = std::uint16_t(1000 * file);
    made.extra[0x00200012] = {"IS", std::to_string(file + 1)};
    test::writeSlice(repeated / (std::to_string(file) + ".dcm"), made);
  }
  const MediumLocation times = test::onlyMediumAt(repeated.path());
  EXPECT_EQ(times.info.times, 3);
  EXPECT_EQ(times.info.files, 3);
  EXPECT_EQ(firstValue(times, 1, 2), 2020);

  const TemporaryFolder pieces;
  for (int file = 0; file < 2; ++file) {
    MadeSlice made = enhancedFile({enhancedFrame(2 * file, 0, 5), enhancedFrame(2 * file + 1, 0, 5)});
    made.value = std::uint16_t(1000 * file);
    made.extra[0x00209161] = {"UI", "1.2.3.99"};
    test::writeSlice(pieces / (std::to_string(file) + ".dcm"), made);
  }
  const MediumLocation joined = test::onlyMediumAt(pieces.path());
  EXPECT_EQ(joined.info.frames, 4);
  EXPECT_EQ(firstValue(joined, 3, 0), 1020);
}

}  // namespace
}  // namespace fiducial::media
