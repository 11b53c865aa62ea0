// Series found, sorted and placed: values at patient points against dcm2niix' conversions
// (shared/data/dicom/reference), and the ten-slice series with one fault each.
#include "dicom_references.h"
#include "fiducial/media/frame_source.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;

class AgainstDcm2niix : public testing::TestWithParam<test::Conversion> {};

MediumLocation firstMediumOf(const std::filesystem::path& path) {
  auto listing = findMedia(path);
  if (!listing || listing->media.empty()) {
    ADD_FAILURE() << path;
    return {};
  }
  return listing->media.front().location;
}

TEST_P(AgainstDcm2niix, TheSameValueStandsAtTheSamePatientPoint) {
  const auto reference = sharedData(std::string("dicom/reference/") + GetParam().reference + ".nii.gz");
  FIDUCIAL_REQUIRE_SHARED(reference);
  const auto theirs = test::loadedVolumeAt(reference);
  const auto ours = test::loadedVolume(firstMediumOf(sharedData(std::string("dicom/") + GetParam().series)));
  ASSERT_TRUE(theirs && ours);
  const VolumeSize size = ours->values().size();
  ASSERT_EQ(size, theirs->values().size());
  for (int k = 0; k < size.slices; ++k) {
    for (int j = 0; j < size.rows; j += 1 + size.rows / 13) {
      for (int i = 0; i < size.columns; i += 1 + size.columns / 13) {
        const PatientPoint point = ours->info().affine.voxelToPatient(Voxel{i, j, k});
        const auto at = theirs->info().affine.patientToVoxel(point);
        ASSERT_TRUE(at);
        const Voxel voxel{int(std::lround(at->i)), int(std::lround(at->j)), int(std::lround(at->k))};
        ASSERT_TRUE(size.contains(voxel)) << i << ' ' << j << ' ' << k;
        const PatientPoint there = theirs->info().affine.voxelToPatient(voxel);
        ASSERT_NEAR(there.x, point.x, 2e-3);
        ASSERT_NEAR(there.y, point.y, 2e-3);
        ASSERT_NEAR(there.z, point.z, 2e-3);
        ASSERT_NEAR(ours->output({i, j, k}), theirs->output(voxel), 1e-3) << i << ' ' << j << ' ' << k;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Series, AgainstDcm2niix, testing::ValuesIn(test::kConversions),
                         [](const auto& each) { return std::string(each.param.reference); });

struct Fault {
  const char* series;
  std::size_t media;
  std::size_t skipped;
  int slices;           // of the first medium
  const char* warning;  // a part of one of its warnings; empty: it has none
};

class FaultySeries : public testing::TestWithParam<Fault> {};

TEST_P(FaultySeries, IsSplitOrWarnedOfAndNeverSilentlyWrong) {
  const Fault& fault = GetParam();
  const auto folder = sharedData(std::string("dicom/malformed/") + fault.series);
  FIDUCIAL_REQUIRE_SHARED(folder);
  auto listing = findMedia(folder);
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->media.size(), fault.media);
  EXPECT_EQ(listing->skipped.size(), fault.skipped);
  ASSERT_FALSE(listing->media.empty());
  const MediumInfo& info = listing->media.front().location.info;
  EXPECT_EQ(info.frames, fault.slices);
  std::string all;
  for (const std::string& warning : info.warnings) all += warning + '\n';
  if (*fault.warning == '\0') {
    EXPECT_EQ(all, "");
  } else {
    EXPECT_NE(all.find(fault.warning), std::string::npos) << all;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Malformed, FaultySeries,
    testing::Values(Fault{"series_good_10", 1, 0, 10, ""}, Fault{"series_no_instance_numbers", 1, 0, 10, ""},
                    Fault{"series_reversed_instance_numbers", 1, 0, 10, ""},
                    Fault{"series_missing_slice", 1, 0, 9, "1 slice is missing between slices 3 and 4"},
                    Fault{"series_irregular_spacing", 1, 0, 10, "spacing of the slices varies"},
                    Fault{"series_gantry_tilt_15", 1, 0, 10, "gantry tilt of 15.0 degrees"},
                    Fault{"series_duplicate_position", 1, 1, 10, "at the place of another"},
                    Fault{"series_same_instance_twice", 1, 1, 10, ""},
                    Fault{"series_one_slice_other_size", 2, 0, 9, "missing"},
                    Fault{"series_two_orientations", 6, 0, 5, ""},
                    Fault{"series_one_truncated", 1, 0, 10, "004.dcm: pixel data ends after"},
                    Fault{"series_rescale_differs_per_slice", 1, 0, 10, "rescale differs"}),
    [](const auto& each) { return std::string(each.param.series); });

TEST(DicomSeries, OfATruncatedSliceTheOthersAreLoaded) {
  const auto folder = sharedData("dicom/malformed/series_one_truncated");
  FIDUCIAL_REQUIRE_SHARED(folder);
  auto source = openVolume(test::onlyMediumAt(folder));
  ASSERT_TRUE(source);
  auto loaded = (*source)->load({}, {});
  ASSERT_TRUE(loaded);
  ASSERT_EQ(loaded->warnings.size(), 1u);
  EXPECT_EQ(loaded->warnings.front(),
            "cannot read slice 004.dcm: pixel data ends after 3192 of 8192 bytes; the other 9 slices were loaded");
  const auto sound = test::loadedVolumeAt(sharedData("dicom/malformed/series_good_10"));
  ASSERT_TRUE(sound);
  for (const int k : {0, 3, 5, 9}) {
    EXPECT_TRUE(std::ranges::equal(loaded->volume->values().slice(k).bytes(), sound->values().slice(k).bytes())) << k;
  }
}

TEST(DicomSeries, TheFirstSliceShownIsTheOneAskedForAndAllFollowOutwards) {
  const auto folder = sharedData("dicom/ct/head_vault_63");
  FIDUCIAL_REQUIRE_SHARED(folder);
  auto source = openVolume(test::onlyMediumAt(folder));
  ASSERT_TRUE(source);
  std::atomic<int> arrived = 0;
  std::atomic<int> placeOfAsked = -1;
  std::shared_ptr<const Volume> started;
  LoadOptions options;
  options.firstSlice = 17;
  options.onStarted = [&](std::shared_ptr<const Volume> volume) { started = std::move(volume); };
  options.onSlice = [&](int k) {
    EXPECT_TRUE(started && started->isLoaded(k));
    const int place = arrived++;
    if (k == 17) placeOfAsked = place;
  };
  ASSERT_TRUE((*source)->load(options, {}));
  EXPECT_EQ(arrived, 63);
  EXPECT_EQ(placeOfAsked, 0);
}

TEST(DicomSeries, LoadingStopsWhenAskedTo) {
  const auto folder = sharedData("dicom/ct/head_vault_63");
  FIDUCIAL_REQUIRE_SHARED(folder);
  auto source = openVolume(test::onlyMediumAt(folder));
  ASSERT_TRUE(source);
  std::stop_source stop;
  LoadOptions options;
  options.onSlice = [&](int) { stop.request_stop(); };
  auto loaded = (*source)->load(options, stop.get_token());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::Cancelled);
}

TEST(DicomSeries, IdentityIsOfTheInstancesNotOfTheirNames) {
  const auto folder = sharedData("dicom/malformed/series_good_10");
  FIDUCIAL_REQUIRE_SHARED(folder);
  MediumLocation location = test::onlyMediumAt(folder);
  auto identity = identify(location);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->hash.size(), 32u);
  std::reverse(location.files.begin(), location.files.end());
  auto other = identify(location);
  ASSERT_TRUE(other);
  EXPECT_EQ(identity->hash, other->hash);
  location.files.pop_back();
  auto fewer = identify(location);
  ASSERT_TRUE(fewer);
  EXPECT_NE(identity->hash, fewer->hash);
}

TEST(DicomSeries, ThousandsOfNestedSequencesAreRefusedBeforeAnyDecoderSeesThem) {
  const auto file = sharedData("dicom/malformed/nested_sequences_20000_deep.dcm");
  FIDUCIAL_REQUIRE_SHARED(file);
  auto listing = findMedia(file);
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::Damaged);
  EXPECT_NE(listing.error().message.find("nested"), std::string::npos);
}

TEST(DicomSeries, AVideoInsideDicomHasAllFramesOfItsStream) {
  for (const char* name : {"hevc_main", "mpeg2_mpml", "mpeg4_avc"}) {
    const auto path = sharedData(std::string("dicom/syntaxes/") + name + "_endoscopy.dcm");
    FIDUCIAL_REQUIRE_SHARED(path);
    const MediumLocation location = test::onlyMediumAt(path);
    EXPECT_EQ(location.info.kind, MediumKind::Video) << name;
    EXPECT_EQ(location.info.format, "dicom") << name;
    EXPECT_EQ(location.info.frames, 50) << name;
    auto source = openFrames(location);
    ASSERT_TRUE(source) << source.error().text();
    auto last = (*source)->frame(49);
    ASSERT_TRUE(last) << name << ": " << last.error().text();
    EXPECT_EQ((*last)->pixels.imageSize(), location.info.imageSize());
  }
}

TEST(DicomSeries, ObjectsWithoutAPictureSayWhatTheyAre) {
  const std::pair<const char*, const char*> expected[] = {{"dicom/sr/basic_text_sr.dcm", "structured report"},
                                                          {"dicom/gsps/ct_pstate_plain.dcm", "presentation state"},
                                                          {"dicom/rtstruct/rtstruct.dcm", "RTSTRUCT"},
                                                          {"dicom/seg/liver_rle.dcm", "segmentation"}};
  for (const auto& [name, part] : expected) {
    FIDUCIAL_REQUIRE_SHARED(sharedData(name));
    auto listing = findMedia(sharedData(name));
    ASSERT_FALSE(listing) << name;
    EXPECT_EQ(listing.error().code, ErrorCode::Unsupported) << name;
    EXPECT_NE(listing.error().message.find(part), std::string::npos) << listing.error().message;
  }
}

}  // namespace
}  // namespace fiducial::media
