#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "fiducial/render/palette.h"
#include "picture_support.h"

namespace fiducial::render {
namespace {

std::vector<std::int16_t> ramp(int count) {
  std::vector<std::int16_t> values(static_cast<std::size_t>(count));
  std::iota(values.begin(), values.end(), std::int16_t{0});
  return values;
}
double lowest(const WindowLevel& window) { return window.center - 0.5 - (window.width - 1) / 2; }
double highest(const WindowLevel& window) { return window.center - 0.5 + (window.width - 1) / 2; }

TEST(PercentileWindow, SpansAllButTheOutermostHalfPercents) {
  const WindowLevel window = percentileWindow(bufferOf(ramp(1000), {1000, 1, 1}), 1, 0, std::nullopt);
  EXPECT_NEAR(lowest(window), 5, 1);
  EXPECT_NEAR(highest(window), 994, 1);
}

TEST(PercentileWindow, IsInOutputUnitsAndLeavesOutPadding) {
  auto values = ramp(1000);
  std::fill_n(values.begin(), 500, std::int16_t{-2000});
  const WindowLevel window = percentileWindow(bufferOf(values, {1000, 1, 1}), 2, -100, -2000);
  EXPECT_NEAR(lowest(window), 2 * 502 - 100, 4);
  EXPECT_NEAR(highest(window), 2 * 997 - 100, 4);
}

TEST(PercentileWindow, LooksAtWhatIsThereEvenIfItIsLittle) {
  std::vector<std::uint8_t> mask(10'000);
  mask[5000] = 1;
  const WindowLevel window = percentileWindow(bufferOf(mask, {100, 100, 1}), 1, 0, std::nullopt);
  EXPECT_DOUBLE_EQ(lowest(window), 0);
  EXPECT_DOUBLE_EQ(highest(window), 1);
}

TEST(PercentileWindow, OfNothingUsableIsStillAWindow) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const auto& buffer :
       {ScalarBuffer(), bufferOf<float>({nan, nan}, {2, 1, 1}), bufferOf<float>({3, 3}, {2, 1, 1})}) {
    EXPECT_GT(percentileWindow(buffer, 1, 0, std::nullopt).width, 0);
  }
}

TEST(DefaultTone, TakesTheWindowOfTheFileThenCtThenPercentiles) {
  const ScalarBuffer values = bufferOf(ramp(1000), {1000, 1, 1});
  MediumInfo info;
  info.format = "dicom";
  info.modality = "CT";
  info.slope = 1;
  info.intercept = -1024;
  info.windows = {{1, 0, "broken"}, {-600, 1500, "LUNG"}};
  EXPECT_EQ(defaultTone(info, values).window.name, "LUNG");
  EXPECT_EQ(defaultTone(info, values).intercept, -1024);
  info.windows.clear();
  EXPECT_EQ(defaultTone(info, values).window, (WindowLevel{40, 400, {}}));
  info.modality = "MR";
  EXPECT_NEAR(lowest(defaultTone(info, values).window), 5 - 1024, 1);
  info.inverted = true;
  EXPECT_TRUE(defaultTone(info, values).inverted);
}

TEST(DefaultTone, ACtWithoutItsInterceptIsNotShownAsAWhitePatch) {
  MediumInfo info;
  info.format = "dicom";
  info.modality = "CT";
  const ScalarBuffer stored = bufferOf(ramp(3000), {3000, 1, 1});
  EXPECT_GT(highest(defaultTone(info, stored).window), 2900) << "no air, and most of it far above soft tissue";
  const ScalarBuffer soft = bufferOf(ramp(200), {200, 1, 1});
  EXPECT_EQ(defaultTone(info, soft).window, (WindowLevel{40, 400, {}})) << "a piece of soft tissue";
  EXPECT_EQ(defaultTone(info, {}).window, (WindowLevel{40, 400, {}})) << "not read yet";
}

TEST(DefaultTone, LeavesColourAndPhotographsAlone) {
  MediumInfo info;
  info.format = "png";
  info.kind = MediumKind::Image;
  const Tone photograph = defaultTone(info, bufferOf<std::uint8_t>({10, 20}, {2, 1, 1}));
  EXPECT_EQ(photograph.window, (WindowLevel{128, 256, {}}));
  info.components = 3;
  const Tone color = defaultTone(info, bufferOf<std::uint8_t>({10, 20, 30}, {1, 1, 1}, 3));
  EXPECT_EQ(color.brightness, 0);
  EXPECT_EQ(color.contrast, 1);
}

TEST(Palette, ReadsWebColoursAndNothingElse) {
  EXPECT_EQ(parseColor("#e6194B"), (Rgba{0xE6, 0x19, 0x4B, 255}));
  for (const char* wrong : {"", "#", "e6194b", "#e6194", "#e6194bb", "#e6194g", "#-6194b", "red"}) {
    EXPECT_EQ(parseColor(wrong), (Rgba{128, 128, 128, 255})) << wrong;
  }
}

}  // namespace
}  // namespace fiducial::render
