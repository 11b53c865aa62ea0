// Masks over a picture, pixel by pixel: which pixels are fill, which outline, and that nothing labelled ever
// disappears.
#include <gtest/gtest.h>

#include "picture_support.h"

namespace fiducial::render {
namespace {

constexpr std::uint32_t kGround = 0xFF000000U;
const Rgba kRed{255, 0, 0, 255};

/// One letter a pixel: '.' ground, '#' opaque, '+' anything between.
std::string seen(const Raster& raster) {
  std::string text;
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      const auto red = raster.pixels[static_cast<std::size_t>(y * raster.width + x)] >> 16 & 0xFF;
      text += red == 0 ? '.' : red == 255 ? '#' : '+';
    }
    text += '\n';
  }
  return text;
}

RunMask maskOf(const std::string& rows, ImageSize size) {
  std::vector<std::uint8_t> pixels;
  for (const char c : rows) pixels.push_back(c == '#');
  return encodeRuns(pixels, size);
}

std::string drawn(MaskLayer layer, const ViewTransform& transform, int width, int height, PlaneAxes axes = {},
                  int step = 0) {
  layer.color = kRed;
  Raster raster = rasterOf(width, height, kGround);
  renderMasks({&layer, 1}, axes, step, transform, raster);
  return seen(raster);
}

TEST(MaskRenderer, FillIsBlendedWithThePicture) {
  const RunMask mask{{1, 1}, {0, 1}};
  const MaskLayer layer{nullptr, &mask, {200, 100, 50, 255}, 0.25, 0};
  Raster raster = rasterOf(1, 1, 0xFF6496C8U);  // 100, 150, 200
  renderMasks({&layer, 1}, {}, 0, oneToOne({1, 1}), raster);
  // (3 * picture + colour) / 4, rounded
  EXPECT_EQ(raster.pixels[0], 0xFF000000U | 125 << 16 | 138 << 8 | 163);
}

TEST(MaskRenderer, OutlineIsOneOpaqueAndOneHalfPixelInsideTheBorder) {
  const RunMask mask{{1, 1}, {0, 1}};
  EXPECT_EQ(drawn({nullptr, &mask, {}, 0, 1.5}, {{}, {1, 1}, 1, 8, {1, 1}, {0, 0}}, 10, 10),
            "..........\n"
            ".########.\n"
            ".#++++++#.\n"
            ".#+....+#.\n"
            ".#+....+#.\n"
            ".#+....+#.\n"
            ".#+....+#.\n"
            ".#++++++#.\n"
            ".########.\n"
            "..........\n");
}

TEST(MaskRenderer, ZoomDoesNotMakeTheOutlineWider) {
  const RunMask mask{{1, 1}, {0, 1}};
  for (const double zoom : {6.0, 20.0, 60.0}) {
    const int size = static_cast<int>(zoom);
    const std::string text = drawn({nullptr, &mask, {}, 0, 1}, {{}, {1, 1}, 1, zoom, {0, 0}, {0, 0}}, size, size);
    EXPECT_EQ(std::ranges::count(text, '#'), 4 * (size - 1));
  }
}

TEST(MaskRenderer, NoOutlineRunsAlongTheEdgeOfTheScreen) {
  const RunMask mask{{100, 100}, {0, 10000}};
  EXPECT_EQ(drawn({nullptr, &mask, {}, 0, 2}, oneToOne({100, 100}, -20, -20), 5, 3), ".....\n.....\n.....\n");
}

TEST(MaskRenderer, HolesHaveOutlinesToo) {
  const RunMask mask = maskOf(
      "#######"
      "#######"
      "#######"
      "###.###"
      "#######"
      "#######"
      "#######",
      {7, 7});
  EXPECT_EQ(drawn({nullptr, &mask, {}, 0, 1}, oneToOne({7, 7}), 7, 7),
            "#######\n"
            "#.....#\n"
            "#..#..#\n"
            "#.#.#.#\n"
            "#..#..#\n"
            "#.....#\n"
            "#######\n");
}

TEST(MaskRenderer, TurnsAndFlipsAsThePictureDoes) {
  const RunMask mask = maskOf("##.#....", {4, 2});
  const MaskLayer layer{nullptr, &mask, {}, 1, 0};
  const PlaneAxes transposed{0, 1, 2, true, false, false}, flipped{0, 1, 2, false, true, true};
  EXPECT_EQ(drawn(layer, oneToOne({4, 2}), 4, 2), "##.#\n....\n");
  EXPECT_EQ(drawn(layer, oneToOne({4, 2}, 0, 0, transposed), 2, 4, transposed), "#.\n#.\n..\n#.\n");
  EXPECT_EQ(drawn(layer, oneToOne({4, 2}, 4, 2, flipped), 4, 2, flipped), "....\n#.##\n");
}

TEST(MaskRenderer, BricksAreCutInAnyPlane) {
  const VolumeSize size{70, 40, 50};
  BrickVolume bricks(size);
  bricks.fillRow(30, 35, 33, 45, true);  // over a brick's border
  const MaskLayer layer{&bricks, nullptr, {}, 1, 0};
  const auto around = [&](PlaneAxes axes, int step, int x, int y) {
    return drawn(layer, oneToOne(pictureSize(axes, size), -x, -y, axes), 7, 3, axes, step);
  };
  EXPECT_EQ(around({0, 1, 2}, 45, 29, 32), ".......\n.#####.\n.......\n");
  EXPECT_EQ(around({0, 1, 2}, 44, 29, 32), ".......\n.......\n.......\n");
  EXPECT_EQ(around({0, 2, 1}, 33, 29, 44), ".......\n.#####.\n.......\n");
  EXPECT_EQ(around({1, 2, 0}, 34, 32, 44), ".......\n.#.....\n.......\n");
  EXPECT_EQ(around({1, 2, 0}, 35, 32, 44), ".......\n.......\n.......\n");
  EXPECT_EQ(around({0, 1, 2}, -1, 29, 32), ".......\n.......\n.......\n");
  const PlaneAxes transposed{0, 1, 2, true, false, false};
  EXPECT_EQ(drawn(layer, oneToOne({70, 40}, -32, -29, transposed), 3, 7, transposed, 45),
            "...\n.#.\n.#.\n.#.\n.#.\n.#.\n...\n");
}

TEST(MaskRenderer, MadeSmallEveryLabelledPixelIsStillSeen) {
  std::vector<std::uint8_t> pixels(1000 * 1000);
  pixels[123 * 1000 + 457] = 1;
  const RunMask mask = encodeRuns(pixels, {1000, 1000});
  for (const double zoom : {0.9, 0.5, 0.31, 0.1, 0.013}) {
    const std::string text =
        drawn({nullptr, &mask, {}, 1, 0}, {{}, {1000, 1000}, 1, zoom, {0.3, 0.7}, {0, 0}}, 1000, 1000);
    EXPECT_EQ(std::ranges::count(text, '#'), 1) << zoom;
  }
}

TEST(MaskRenderer, AgreesWithThePictureAtEveryZoom) {
  // The same circle as a picture of squares and as a mask; no border falls exactly on the centre of a screen pixel.
  constexpr int kSize = 90;
  std::vector<std::uint8_t> pixels(kSize * kSize);
  for (int n = 0; n < kSize * kSize; ++n) {
    const double x = n % kSize - 44.0, y = n / kSize - 40.0;
    pixels[static_cast<std::size_t>(n)] = x * x + y * y < 900 ? 255 : 0;
  }
  const RunMask mask = encodeRuns(pixels, {kSize, kSize});
  const MaskLayer layer{nullptr, &mask, {255, 255, 255, 255}, 1, 0};
  for (const double zoom : {1.0, 1.37, 2.9, 11.0}) {
    const ViewTransform transform({}, {kSize, kSize}, 1.2, zoom, {150.317, 120.643}, {40, 40});
    Raster picture = rasterOf(300, 250), masks = rasterOf(300, 250, kGround);
    renderPicture({bufferOf(pixels, {kSize, kSize, 1}), {}, 0, plainTone(), Interpolation::Nearest}, transform,
                  picture);
    renderMasks({&layer, 1}, {}, 0, transform, masks);
    EXPECT_EQ(picture.pixels, masks.pixels) << zoom;
  }
}

TEST(MaskRenderer, LayersLieOverOneAnotherInOrder) {
  const RunMask mask{{1, 1}, {0, 1}};
  const std::vector<MaskLayer> layers = {{nullptr, &mask, {255, 0, 0, 255}, 1, 0},
                                         {nullptr, &mask, {0, 255, 0, 255}, 1, 0}};
  Raster raster = rasterOf(1, 1, kGround);
  renderMasks(layers, {}, 0, oneToOne({1, 1}), raster);
  EXPECT_EQ(raster.pixels[0], 0xFF00FF00U);
}

TEST(MaskRenderer, NothingToDrawLeavesThePictureAlone) {
  const RunMask empty{{5, 5}, {25}};
  const BrickVolume none({5, 5, 5});
  EXPECT_EQ(drawn({nullptr, &empty, {}, 1, 2}, oneToOne({5, 5}), 2, 1), "..\n");
  EXPECT_EQ(drawn({&none, nullptr, {}, 1, 2}, oneToOne({5, 5}), 2, 1), "..\n");
  EXPECT_EQ(drawn({}, oneToOne({5, 5}), 2, 1), "..\n");
  const RunMask full{{5, 5}, {0, 25}};
  EXPECT_EQ(drawn({nullptr, &full, {}, 1, 2}, oneToOne({5, 5}, 100, 100), 2, 1), "..\n");
  EXPECT_EQ(drawn({nullptr, &full, {}, 1, 2}, oneToOne({5, 5}), 0, 0), "");
}

}  // namespace
}  // namespace fiducial::render
