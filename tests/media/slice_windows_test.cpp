// Windows of series whose slices ask for different ones: that of the middle slice is the medium's, others are offered.
#include "made_dicom.h"
#include "media_opening.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::TemporaryFolder;

/// Slices 2 mm apart; slice k has the window at centers[k].
MediumInfo seriesWithCenters(const TemporaryFolder& folder, const std::vector<int>& centers,
                             const std::string& name = {}) {
  for (std::size_t k = 0; k < centers.size(); ++k) {
    test::MadeSlice slice;
    slice.position = {0, 0, 2.0 * double(k)};
    slice.instance = int(k) + 1;
    slice.extra[0x00281050] = {"DS", std::to_string(centers[k])};
    slice.extra[0x00281051] = {"DS", "100"};
    if (!name.empty()) slice.extra[0x00281055] = {"LO", name};
    test::writeSlice(folder / (std::to_string(k) + ".dcm"), slice);
  }
  return test::onlyMediumAt(folder.path()).info;
}

std::vector<std::pair<std::string, double>> shown(const std::vector<WindowLevel>& windows) {
  std::vector<std::pair<std::string, double>> all;
  for (const WindowLevel& window : windows) all.emplace_back(window.name, window.center);
  return all;
}

TEST(SliceWindows, OfTheMiddleSliceAreThoseOfTheSeriesAndOthersAreNamedAfterTheirSlices) {
  const TemporaryFolder folder;
  const MediumInfo info = seriesWithCenters(folder, {40, 40, 60, 50, 60, 70});
  EXPECT_EQ(shown(info.windows), (std::vector<std::pair<std::string, double>>{{"", 50}}));
  EXPECT_EQ(shown(info.extras.sliceWindows),
            (std::vector<std::pair<std::string, double>>{{"Slice 1", 40}, {"Slice 3", 60}, {"Slice 6", 70}}));
}

TEST(SliceWindows, ThatAreAllTheSameAreOfferedOnce) {
  const TemporaryFolder folder;
  const MediumInfo info = seriesWithCenters(folder, {40, 40, 40, 40}, "BRAIN");
  EXPECT_EQ(shown(info.windows), (std::vector<std::pair<std::string, double>>{{"BRAIN", 40}}));
  EXPECT_TRUE(info.extras.sliceWindows.empty());
}

TEST(SliceWindows, OneForEachSliceAreOfferedAtEvenDistances) {
  const TemporaryFolder folder;
  std::vector<int> centers;
  for (int k = 0; k < 31; ++k) centers.push_back(100 + k);
  const MediumInfo info = seriesWithCenters(folder, centers, "AUTO");
  ASSERT_EQ(info.extras.sliceWindows.size(), 8u);
  EXPECT_EQ(info.extras.sliceWindows.front().name, "AUTO, slice 1");
  EXPECT_EQ(info.extras.sliceWindows.back().center, 130);
}

}  // namespace
}  // namespace fiducial::media
