// NIfTI and NRRD volumes: sizes, affines and values against nibabel's and ITK's answers
// (shared/data/volumes/reference.json).
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;

void compareAffine(const Affine& ours, const nlohmann::json& theirs, const std::string& name) {
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 4; ++c) EXPECT_NEAR(ours.rows()[r][c], theirs[r][c].get<double>(), 1e-4) << name;
  }
}

TEST(VolumeReference, EveryVariantHasTheSameVoxelsAtTheSamePoints) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("volumes/reference.json"));
  int compared = 0;
  const nlohmann::json reference = test::jsonAt(sharedData("volumes/reference.json"));
  for (const auto& [name, expected] : reference["files"].items()) {
    SCOPED_TRACE(name);
    const auto volume = test::loadedVolumeAt(sharedData("volumes/" + name));
    ASSERT_TRUE(volume);
    const VolumeSize size = volume->values().size();
    EXPECT_EQ((std::vector<int>{size.columns, size.rows, size.slices}), expected["size"].get<std::vector<int>>());
    EXPECT_EQ(volume->info().times, expected.value("volumes", 1));
    if (volume->info().hasGeometry) compareAffine(volume->info().affine, expected["affine_lps"], name);
    for (const auto& probe : expected["probes"]) {
      const double wanted = probe[3];
      EXPECT_NEAR(volume->output({probe[0], probe[1], probe[2]}), wanted, 1e-5 * std::max(1.0, std::abs(wanted)));
    }
    ++compared;
  }
  EXPECT_GE(compared, 40);
}

TEST(VolumeReference, ALaterTimePointHasItsOwnVoxels) {
  const auto path = sharedData("volumes/variants/t1crop_4d_5volumes.nii.gz");  // volume t is the base + 10 t
  FIDUCIAL_REQUIRE_SHARED(path);
  const auto first = test::loadedVolumeAt(path);
  const auto fourth = test::loadedVolumeAt(path, 3);
  ASSERT_TRUE(first && fourth);
  for (const Voxel v : {Voxel{0, 0, 0}, Voxel{30, 25, 20}, Voxel{59, 49, 39}}) {
    EXPECT_EQ(fourth->output(v), first->output(v) + 30);
  }
}

TEST(VolumeReference, AHeaderThatPointsOutOfItsFolderIsNotFollowed) {
  const auto path = sharedData("volumes/malformed/detached_escape.nhdr");
  FIDUCIAL_REQUIRE_SHARED(path);
  auto listing = findMedia(path);
  ASSERT_FALSE(listing);
  EXPECT_NE(listing.error().message.find("outside its own folder"), std::string::npos) << listing.error().message;
}

TEST(VolumeReference, AClaimOf35TeravoxelsIsRefusedBeforeAnythingIsAllocated) {
  for (const char* name : {"volumes/malformed/huge_dims.nii", "volumes/malformed/huge_sizes.nrrd"}) {
    FIDUCIAL_REQUIRE_SHARED(sharedData(name));
    auto listing = findMedia(sharedData(name));
    ASSERT_FALSE(listing) << name;
    EXPECT_EQ(listing.error().code, ErrorCode::Damaged) << name;
  }
}

}  // namespace
}  // namespace fiducial::media
