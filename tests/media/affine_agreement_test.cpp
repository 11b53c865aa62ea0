// Affines of DICOM series and objects against two others, to 1e-4 mm at the corners of the volume: ITK 5.2 with GDCM
// (tests/data/dicom/itk, made by make_itk_affines.cxx), which keeps the order of rows and slices as we do, and dcm2niix
// (shared/data/dicom/reference), which turns rows round: there each of our voxel centres must be one of theirs.
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;

constexpr double kAgreesMm = 1e-4;

MediumInfo infoAt(const std::filesystem::path& path) {
  auto listing = findMedia(path);
  if (!listing || listing->media.empty()) {
    ADD_FAILURE() << path;
    return {};
  }
  return listing->media.front().location.info;
}

std::vector<Voxel> corners(const MediumInfo& info) {
  std::vector<Voxel> all;
  for (const int i : {0, info.columns - 1}) {
    for (const int j : {0, info.rows - 1}) {
      for (const int k : {0, info.frames - 1}) all.push_back({i, j, k});
    }
  }
  return all;
}

void expectNear(const PatientPoint& ours, const PatientPoint& theirs, double mm = kAgreesMm) {
  EXPECT_NEAR(ours.x, theirs.x, mm);
  EXPECT_NEAR(ours.y, theirs.y, mm);
  EXPECT_NEAR(ours.z, theirs.z, mm);
}

TEST(AffineAgreement, WithItkAtEveryCorner) {
  const auto fixture = fiducial::test::sourceFolder() / "tests/data/dicom/itk/affines.json";
  const nlohmann::json table = test::jsonAt(fixture);
  for (const auto& [name, expected] : table.items()) {
    SCOPED_TRACE(name);
    FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/" + name));
    const MediumInfo info = infoAt(sharedData("dicom/" + name));
    ASSERT_EQ((std::vector<int>{info.columns, info.rows, info.frames}), expected["size"].get<std::vector<int>>());
    std::array<std::array<double, 4>, 4> rows{};
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 4; ++c) rows[r][c] = expected["affine_lps"][r][c];
    }
    const Affine theirs(rows);
    for (const Voxel& corner : corners(info)) {
      expectNear(info.affine.voxelToPatient(corner), theirs.voxelToPatient(corner));
    }
  }
}

TEST(AffineAgreement, WithDcm2niixAtEveryCorner) {
  const std::pair<const char*, const char*> table[] = {
      {"ct/head_vault_63", "ct_head_vault"},
      {"ct/slicer_head_93", "slicer_head_93"},
      {"mr/T1_oblique", "mr_t1_oblique"},
      {"seg/dcmqi_ct3", "dcmqi_ct3"},
      {"enhanced/legacy_converted_ct_3frames.dcm", "legacy_converted_ct"},
      {"enhanced/enhanced_mr_10frames.dcm", "enhanced_mr_10frames"},
      {"malformed/series_good_10", "series_good_10"},
      {"malformed/series_reversed_instance_numbers", "series_reversed_instance_numbers"},
      {"malformed/series_rescale_differs_per_slice", "series_rescale_differs_per_slice"},
      {"malformed/series_gantry_tilt_15", "series_gantry_tilt_15"}};
  for (const auto& [name, reference] : table) {
    SCOPED_TRACE(name);
    const auto converted = sharedData(std::string("dicom/reference/") + reference + ".nii.gz");
    FIDUCIAL_REQUIRE_SHARED(converted);
    const MediumInfo info = infoAt(sharedData(std::string("dicom/") + name));
    const MediumInfo theirs = infoAt(converted);
    ASSERT_EQ(info.volumeSize(), theirs.volumeSize());
    for (const Voxel& corner : corners(info)) {
      const PatientPoint point = info.affine.voxelToPatient(corner);
      const auto at = theirs.affine.patientToVoxel(point);
      ASSERT_TRUE(at);
      const Voxel voxel{int(std::lround(at->i)), int(std::lround(at->j)), int(std::lround(at->k))};
      ASSERT_TRUE(theirs.volumeSize().contains(voxel));
      // dcm2niix takes the slice thickness along the normal, ITK and we the positions: after 79 steps of this series
      // 1.7e-4 mm lie between dcm2niix and ITK.
      const bool isRounded = std::string_view(name) == "mr/T1_oblique";
      expectNear(point, theirs.affine.voxelToPatient(voxel), isRounded ? 2e-4 : kAgreesMm);
    }
  }
}

TEST(AffineAgreement, AConvertedObjectHasTheGeometryOfItsSingleFrames) {
  const auto single = sharedData("dicom/seg/dcmqi_24x38x3");
  const auto converted = sharedData("dicom/enhanced/legacy_converted_ct_3frames.dcm");
  FIDUCIAL_REQUIRE_SHARED(single);
  FIDUCIAL_REQUIRE_SHARED(converted);
  auto listing = findMedia(single);
  ASSERT_TRUE(listing);
  const auto isSeries = [](const FoundMedium& medium) { return medium.location.info.files == 3; };
  const auto series = std::ranges::find_if(listing->media, isSeries);
  ASSERT_NE(series, listing->media.end());
  const MediumInfo info = infoAt(converted);
  ASSERT_EQ(info.volumeSize(), series->location.info.volumeSize());
  for (const Voxel& corner : corners(info)) {
    expectNear(info.affine.voxelToPatient(corner), series->location.info.affine.voxelToPatient(corner));
  }
}

}  // namespace
}  // namespace fiducial::media
