// The parts that every dataset writer shares: folders that appear whole, names fit for paths, numbers and layers.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <random>

#include "dataset_folder.h"
#include "json_writer.h"
#include "nifti/segment_layers.h"
#include "support/temporary_folder.h"

namespace fiducial::exchange {
namespace {

std::string number(double value) {
  std::string text;
  appendNumber(text, value);
  return text;
}

TEST(JsonWriter, NumbersAreShortAndReadBackTheSame) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(10), "10");
  EXPECT_EQ(number(-0.5), "-0.5");
  EXPECT_EQ(number(0.07), "0.07");
  EXPECT_EQ(number(1234.56), "1234.56");
  EXPECT_EQ(number(100000), "100000");
  EXPECT_EQ(number(0.1 + 0.2), "0.30000000000000004");
  std::mt19937_64 random(20261123);
  for (int i = 0; i < 100000; ++i) {
    const double scale = std::pow(10.0, static_cast<double>(random() % 9));
    const double value = std::round(static_cast<double>(random() % 100000000) - 5e7) / scale;
    EXPECT_EQ(std::strtod(number(value).c_str(), nullptr), value) << "seed 20261123, " << value;
  }
}

TEST(JsonWriter, TextIsAsciiWhateverItHolds) {
  std::string text;
  appendString(text, "a\"\\\n\x01\xC3\xA4\xF0\x9F\x98\x80\xFF");
  EXPECT_EQ(text, "\"a\\\"\\\\\\n\\u0001\\u00e4\\ud83d\\ude00\\ufffd\"");
}

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
