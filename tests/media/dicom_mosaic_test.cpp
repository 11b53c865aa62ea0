// Siemens mosaics against dcm2niix (tests/data/dicom/make_mosaic.py made both): the same value at the same point.
#include <algorithm>

#include "fiducial/media/frame_source.h"
#include "media_opening.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

TEST(DicomMosaic, ItsTilesAreTheSlicesOfAVolumeOverTimeWhereDcm2niixPutsThem) {
  const auto folder = fiducial::test::sourceFolder() / "tests/data/dicom/mosaic";
  const nlohmann::json expected = test::jsonAt(folder / "mosaic.json");
  auto listing = findMedia(folder);
  ASSERT_TRUE(listing);
  ASSERT_EQ(listing->media.size(), 1u);
  const MediumLocation& location = listing->media.front().location;
  const std::vector<int> size{location.info.columns, location.info.rows, location.info.frames, location.info.times};
  ASSERT_EQ(size, expected["size"].get<std::vector<int>>());
  std::array<std::array<double, 4>, 4> rows{};
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t c = 0; c < 4; ++c) rows[r][c] = expected["affine_lps"][r][c];
  }
  const Affine theirs(rows);
  const std::array volumes{test::loadedVolume(location, 0), test::loadedVolume(location, 1)};
  ASSERT_TRUE(volumes[0] && volumes[1]);
  for (const auto& probe : expected["probes"]) {
    const PatientPoint point = theirs.voxelToPatient(Voxel{probe[0], probe[1], probe[2]});
    const auto at = location.info.affine.patientToVoxel(point);
    ASSERT_TRUE(at);
    const Voxel voxel{int(std::lround(at->i)), int(std::lround(at->j)), int(std::lround(at->k))};
    const PatientPoint there = location.info.affine.voxelToPatient(voxel);
    ASSERT_NEAR(there.x, point.x, 1e-4);
    ASSERT_NEAR(there.y, point.y, 1e-4);
    ASSERT_NEAR(there.z, point.z, 1e-4);
    const auto& volume = volumes[probe[3].get<std::size_t>()];
    ASSERT_TRUE(volume->values().size().contains(voxel));
    EXPECT_EQ(volume->output(voxel), probe[4].get<double>()) << probe;
  }
}

TEST(DicomMosaic, ASingleMosaicOpensAsAVolume) {
  const auto file = fiducial::test::sourceFolder() / "tests/data/dicom/mosaic/time_1.dcm";
  const MediumLocation location = test::onlyMediumAt(file);
  EXPECT_EQ(location.info.kind, MediumKind::Volume);
  EXPECT_EQ(location.info.frames, 7);
  EXPECT_TRUE(test::loadedVolume(location));
}

TEST(DicomMosaic, ItsPictureIsReadOnceForAllItsTiles) {
  const fiducial::test::TemporaryFolder folder;
  const auto file = folder / "mosaic.dcm";
  std::filesystem::copy_file(fiducial::test::sourceFolder() / "tests/data/dicom/mosaic/time_1.dcm", file);
  const MediumLocation location = test::onlyMediumAt(file);
  const auto expected = test::loadedVolume(location);
  auto frames = openFrames(location);
  auto source = openVolume(location);
  ASSERT_TRUE(expected && frames && source);
  ASSERT_TRUE((*frames)->frame(0));
  LoadOptions options;
  options.onSlice = [&](int) { std::filesystem::remove(file); };  // the other tiles come from what was read
  auto loaded = (*source)->load(options, {});
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(loaded->warnings, std::vector<std::string>{});
  EXPECT_TRUE(std::ranges::equal(loaded->volume->values().bytes(), expected->values().bytes()));
  auto last = (*frames)->frame(location.info.frames - 1);
  ASSERT_TRUE(last) << last.error().text();
  const std::size_t slice = expected->values().sliceBytes();
  EXPECT_TRUE(std::ranges::equal((*last)->pixels.bytes(), expected->values().bytes().last(slice)));
}

}  // namespace
}  // namespace fiducial::media
