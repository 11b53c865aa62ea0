// Run lengths against what COCO's mask code gives (reference.json of the shared data: areas, boxes, runs), and against
// a plain loop on random pictures of awkward sizes.
#include "fiducial/core/run_mask.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "support/shared_data.h"

namespace fiducial {
namespace {

/// As in the definition: down each column, one pixel at a time.
RunMask encodedPlainly(const std::vector<std::uint8_t>& pixels, ImageSize size) {
  RunMask mask{size, {0}};
  bool current = false;
  for (int x = 0; x < size.columns; ++x) {
    for (int y = 0; y < size.rows; ++y) {
      const bool on = pixels[static_cast<std::size_t>(y * size.columns + x)] != 0;
      if (on != current) mask.counts.push_back(0);
      current = on;
      ++mask.counts.back();
    }
  }
  return mask;
}

std::vector<std::uint8_t> randomPixels(ImageSize size, double density, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size.pixels()));
  // Long runs as well as single pixels.
  bool on = false;
  for (auto& pixel : pixels) {
    if (static_cast<double>(random() % 1000) < 1000 * density) on = !on;
    pixel = on ? static_cast<std::uint8_t>(1 + random() % 255) : std::uint8_t{0};
  }
  return pixels;
}

TEST(RunMask, EncodesAndDecodesAsAPlainLoopDoes) {
  unsigned seed = 1;
  for (const ImageSize size :
       {ImageSize{1, 1}, {1, 200}, {200, 1}, {63, 65}, {64, 64}, {65, 63}, {130, 77}, {7, 129}}) {
    for (const double density : {0.01, 0.2, 0.9}) {
      const auto pixels = randomPixels(size, density, ++seed);
      const RunMask mask = encodeRuns(pixels, size);
      ASSERT_EQ(mask, encodedPlainly(pixels, size)) << size.columns << "x" << size.rows << " seed " << seed;
      ASSERT_TRUE(check(mask));
      auto ones = pixels;
      for (auto& pixel : ones) pixel = pixel != 0;
      ASSERT_EQ(decodeRuns(mask), ones) << size.columns << "x" << size.rows << " seed " << seed;
      ASSERT_EQ(area(mask), std::ranges::count(ones, 1));
    }
  }
}

TEST(RunMask, FullAndEmptyMasksAreOneRun) {
  const std::vector<std::uint8_t> full(12, 1), none(12, 0);
  EXPECT_EQ(encodeRuns(full, {4, 3}).counts, (std::vector<std::uint32_t>{0, 12}));
  EXPECT_EQ(encodeRuns(none, {4, 3}).counts, (std::vector<std::uint32_t>{12}));
  EXPECT_FALSE(bounds(encodeRuns(none, {4, 3})));
}

TEST(RunMask, RunsGoDownTheColumns) {
  // . X      runs: 2 off (column 0), 2 on (column 1)
  // . X
  const std::vector<std::uint8_t> pixels = {0, 9, 0, 9};
  EXPECT_EQ(encodeRuns(pixels, {2, 2}).counts, (std::vector<std::uint32_t>{2, 2}));
}

TEST(RunMask, ContainsAsksThePixelUnderThePoint) {
  const RunMask mask{{3, 2}, {2, 1, 3}};  // pixel (1, 0)
  EXPECT_TRUE(contains(mask, {1.0, 0.0}));
  EXPECT_TRUE(contains(mask, {1.99, 0.99}));
  EXPECT_FALSE(contains(mask, {2.0, 0.5}));
  EXPECT_FALSE(contains(mask, {1.5, 1.0}));
  EXPECT_FALSE(contains(mask, {-0.1, 0}));
  EXPECT_FALSE(contains(mask, {std::nan(""), 0}));
  EXPECT_EQ(bounds(mask), (PixelRect{1, 0, 2, 1}));
}

TEST(RunMask, CheckRefusesRunsThatDoNotAddUp) {
  EXPECT_TRUE(check(RunMask{{3, 2}, {6}}));
  EXPECT_FALSE(check(RunMask{{3, 2}, {5}}));
  EXPECT_FALSE(check(RunMask{{3, 2}, {}}));
  EXPECT_FALSE(check(RunMask{{0, 2}, {}}));
  EXPECT_FALSE(check(RunMask{{-3, -2}, {6}}));
  EXPECT_FALSE(check(RunMask{{2, 2}, {0xFFFFFFFF, 5}}));         // 4 in 32 bits
  EXPECT_FALSE(check(RunMask{{100000, 100000}, {0xFFFFFFFF}}));  // more pixels than a run can count
}

/// COCO's compressed counts: signed base-32 groups, low first; from the fourth run on the difference to two runs
/// before.
std::vector<std::uint32_t> decompressed(const std::string& text) {
  std::vector<std::int64_t> counts;
  for (std::size_t at = 0; at < text.size();) {
    std::int64_t value = 0;
    int shift = 0, group = 0x20;
    for (; group & 0x20; shift += 5) {
      group = text.at(at++) - 48;
      value |= std::int64_t{group & 0x1F} << shift;
    }
    if (group & 0x10) value |= -(std::int64_t{1} << shift);
    counts.push_back(counts.size() > 2 ? value + counts[counts.size() - 2] : value);
  }
  return {counts.begin(), counts.end()};
}

TEST(RunMask, AgreesWithTheCocoMaskCode) {
  const auto path = test::sharedData("labels/coco_results/reference.json");
  FIDUCIAL_REQUIRE_SHARED(path);
  std::ifstream file(path);
  const auto reference = nlohmann::json::parse(file);
  std::ifstream resultsFile(test::sharedData("labels/coco_results/instances_val2014_fakesegm100_results.json"));
  const auto results = nlohmann::json::parse(resultsFile);
  ASSERT_EQ(reference["fakesegm100"].size(), 734U);
  for (const auto& entry : reference["fakesegm100"]) {
    const auto& segmentation = results[entry["index"].get<std::size_t>()]["segmentation"];
    const auto size = segmentation["size"].get<std::vector<int>>();
    const RunMask mask{{size[1], size[0]}, decompressed(segmentation["counts"])};
    if (entry.contains("counts")) {
      ASSERT_EQ(mask.counts, entry["counts"].get<std::vector<std::uint32_t>>()) << entry["index"];
    }
    ASSERT_TRUE(check(mask)) << entry["index"];
    ASSERT_EQ(area(mask), entry["area"].get<std::int64_t>()) << entry["index"];
    const auto box = entry["bbox"].get<std::vector<double>>();
    const auto rect = bounds(mask).value_or(PixelRect{});
    const std::vector<double> ours = {double(rect.left), double(rect.top), double(rect.width()), double(rect.height())};
    ASSERT_EQ(ours, box) << entry["index"];
    const auto pixels = decodeRuns(mask);
    ASSERT_EQ(std::ranges::count(pixels, 1), area(mask)) << entry["index"];
    ASSERT_EQ(area(encodeRuns(pixels, mask.size)), area(mask)) << entry["index"];
  }
}

}  // namespace
}  // namespace fiducial
