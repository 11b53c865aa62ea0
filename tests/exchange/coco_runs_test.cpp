// Compressed run lengths against what the COCO mask code itself gives for the results files of its authors.
#include "coco/coco_runs.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "fiducial/core/run_mask.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

nlohmann::json readJson(const std::filesystem::path& path) {
  std::ifstream file(path);
  return nlohmann::json::parse(file);
}

TEST(CocoRuns, TextGivesTheCountsAndAreasOfTheCocoMaskCode) {
  const auto folder = test::sharedData("labels/coco_results");
  FIDUCIAL_REQUIRE_SHARED(folder / "reference.json");
  const auto reference = readJson(folder / "reference.json");
  const auto results = readJson(folder / "instances_val2014_fakesegm100_results.json");
  int compared = 0;
  for (const auto& entry : reference["fakesegm100"]) {
    const auto& segmentation = results[entry["index"].get<std::size_t>()]["segmentation"];
    const auto counts = decodeRunText(segmentation["counts"].get<std::string>());
    ASSERT_TRUE(counts.has_value()) << entry["index"];
    if (entry.contains("counts")) {
      EXPECT_EQ(*counts, entry["counts"].get<std::vector<std::uint32_t>>());
    }
    const RunMask mask{{segmentation["size"][1].get<int>(), segmentation["size"][0].get<int>()}, *counts};
    ASSERT_TRUE(check(mask)) << entry["index"];
    EXPECT_EQ(area(mask), entry["area"].get<std::int64_t>());
    ++compared;
  }
  EXPECT_GT(compared, 100);
}

TEST(CocoRuns, TheExampleOfTheFormatsPageIsRead) {
  EXPECT_EQ(decodeRunText("32103"), (std::vector<std::uint32_t>{3, 2, 1, 2, 4}));
}

TEST(CocoRuns, DamagedTextGivesNothing) {
  EXPECT_FALSE(decodeRunText("P"));              // a group that says more follow, and none does
  EXPECT_FALSE(decodeRunText("3 2"));            // a character outside '0'..'o'
  EXPECT_FALSE(decodeRunText("O"));              // -1: no run is negative
  EXPECT_FALSE(decodeRunText("oooooooooooo1"));  // more groups than any run has
}

}  // namespace
}  // namespace fiducial::exchange
