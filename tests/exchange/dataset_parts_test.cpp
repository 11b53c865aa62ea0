// The parts that every dataset writer shares: folders that appear whole, names fit for paths, and layers.
#include <gtest/gtest.h>

#include <fstream>

#include "dataset_folder.h"
#include "nifti/segment_layers.h"
#include "support/temporary_folder.h"

namespace fiducial::exchange {
namespace {

TEST(DatasetFolder, NothingAppearsUntilItIsCommitted) {
  test::TemporaryFolder folder;
  {
    auto dataset = DatasetFolder::create(folder / "out");
    ASSERT_TRUE(dataset);
    std::ofstream(dataset->path() / "x") << "1";
    EXPECT_FALSE(std::filesystem::exists(folder / "out"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));  // given up: no trace
  auto dataset = DatasetFolder::create(folder / "out");
  ASSERT_TRUE(dataset);
  std::ofstream(dataset->path() / "x") << "1";
  ASSERT_TRUE(dataset->commit("{}"));
  EXPECT_TRUE(std::filesystem::exists(folder / "out/x"));
}

TEST(DatasetFolder, NamesOfMediaBecomeOnePathComponent) {
  EXPECT_EQ(folderName("CT/head"), "CT_head");
  EXPECT_EQ(folderName(".."), "__");
  EXPECT_EQ(folderName(""), "medium");
  EXPECT_EQ(folderName("a b"), "a b");
  EXPECT_LE(folderName(std::string(300, 'x')).size(), 200U);
}

TEST(SegmentLayers, OnlySegmentsThatMeetAreParted) {
  const auto cube = [](int first, int last) {
    BrickVolume volume({80, 80, 80});
    for (int k = first; k < last; ++k) {
      for (int j = first; j < last; ++j) volume.fillRow(first, last, j, k, true);
    }
    return SegmentOverTime{volume};
  };
  const std::vector<SegmentOverTime> segments{cube(0, 10), cube(10, 20), cube(5, 15), cube(40, 70), cube(69, 75)};
  EXPECT_EQ(layersOf(segments), (std::vector<std::size_t>{0, 0, 1, 0, 1}));
}

}  // namespace
}  // namespace fiducial::exchange
