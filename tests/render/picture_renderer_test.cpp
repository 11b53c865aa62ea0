// Pixel-exact pictures. Windowed values come from pydicom 2.3.1 (apply_windowing, rounded), enlarged ones from
// OpenCV 4.6 (resize, INTER_LINEAR on float32), which both place pixel centres as we do.
#include "fiducial/render/picture_renderer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "picture_support.h"

namespace fiducial::render {
namespace {

using Grays = std::vector<int>;

std::vector<int> drawn(const PictureView& view, const ViewTransform& transform, int width, int height) {
  Raster raster = rasterOf(width, height);
  renderPicture(view, transform, raster);
  return grays(raster);
}

TEST(PictureRenderer, WindowsAsDicomLinearDoes) {
  const std::vector<std::int16_t> hu = {-1024, -160, -159, -60, 0, 40, 41, 100, 238, 239, 240, 3000};
  PictureView view{bufferOf(hu, {12, 1, 1}), {}, 0, {{40, 400, {}}}};
  const Grays expected = {0, 0, 1, 64, 102, 128, 128, 166, 254, 255, 255, 255};
  EXPECT_EQ(drawn(view, oneToOne({12, 1}), 12, 1), expected);
  view.tone.inverted = true;
  const Grays inverted = {255, 255, 254, 191, 153, 127, 127, 89, 1, 0, 0, 0};
  EXPECT_EQ(drawn(view, oneToOne({12, 1}), 12, 1), inverted);
}

TEST(PictureRenderer, RescalesBeforeItWindows) {
  const std::vector<std::uint16_t> stored = {0, 864, 1024, 1064, 1263};  // minus 1024: HU
  PictureView view{bufferOf(stored, {5, 1, 1}), {}, 0, {{40, 400, {}}, 1, -1024}};
  EXPECT_EQ(drawn(view, oneToOne({5, 1}), 5, 1), (Grays{0, 0, 102, 128, 255}));
}

TEST(PictureRenderer, FractionsAreWindowedExactly) {
  const std::vector<float> values = {-1, 0, 0.25, 0.5, 1, 2};
  const PictureView view{bufferOf(values, {6, 1, 1}), {}, 0, {{0.5, 1, {}}}};
  EXPECT_EQ(drawn(view, oneToOne({6, 1}), 6, 1), (Grays{0, 0, 64, 128, 255, 255}));
}

TEST(PictureRenderer, BytesOfAPhotographStayAsTheyAre) {
  std::vector<std::uint8_t> ramp(256);
  std::iota(ramp.begin(), ramp.end(), std::uint8_t{0});
  Grays expected(256);
  std::iota(expected.begin(), expected.end(), 0);
  const PictureView view{bufferOf(ramp, {16, 16, 1}), {}, 0, plainTone()};
  EXPECT_EQ(drawn(view, oneToOne({16, 16}), 16, 16), expected);
}

TEST(PictureRenderer, AWindowOfWidthOneIsAThreshold) {
  const PictureView view{bufferOf<std::int16_t>({9, 10, 11}, {3, 1, 1}), {}, 0, {{10, 1, {}}}};
  EXPECT_EQ(drawn(view, oneToOne({3, 1}), 3, 1), (Grays{0, 255, 255}));
}

TEST(PictureRenderer, EveryScalarTypeIsShown) {
  for (int n = 1; n <= 10; ++n) {
    withScalarType(static_cast<ScalarType>(n), []<class T>(T) {
      const PictureView view{bufferOf<T>({0, 50, 100}, {3, 1, 1}), {}, 0, plainTone()};
      const Grays shown = drawn(view, oneToOne({3, 1}), 3, 1);
      EXPECT_EQ(shown, (Grays{0, 50, 100})) << nameOf(scalarTypeOf<T>());
    });
  }
}

TEST(PictureRenderer, LargeIntegersKeepTheirLastDigits) {
  const std::int32_t base = 2'000'000'000;
  const PictureView view{bufferOf<std::int32_t>({base, base + 1, base + 2}, {3, 1, 1}), {}, 0, {{base + 1.5, 3, {}}}};
  EXPECT_EQ(drawn(view, oneToOne({3, 1}), 3, 1), (Grays{0, 128, 255}));
}

TEST(PictureRenderer, WhatIsNotANumberIsBlackAndStaysOutOfItsNeighbours) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  PictureView view{bufferOf<float>({nan, 100, infinity, 100, -infinity}, {5, 1, 1}), {}, 0, {{127.5, 255, {}}}};
  EXPECT_EQ(drawn(view, oneToOne({5, 1}), 5, 1), (Grays{0, 100, 255, 100, 0}));
}

TEST(PictureRenderer, GroundIsBlackAroundThePicture) {
  const PictureView view{bufferOf<std::uint8_t>({10, 20, 30, 40}, {2, 2, 1}), {}, 0, plainTone()};
  Raster raster = rasterOf(4, 4);
  renderPicture(view, oneToOne({2, 2}, 1, 1), raster);
  EXPECT_EQ(grays(raster), (Grays{0, 0, 0, 0, 0, 10, 20, 0, 0, 30, 40, 0, 0, 0, 0, 0}));
  EXPECT_EQ(raster.pixels[0], 0xFF000000U);
}

TEST(PictureRenderer, EnlargesAsOpenCvDoes) {
  const PictureView view{bufferOf<float>({0, 100, 200, 50, 250, 30}, {3, 2, 1}), {}, 0, {{127.5, 255, {}}}};
  const std::vector<double> openCv = {0,    25,    75,     125,   175,   200,  12.5, 43.75, 106.25, 142.5, 152.5, 157.5,
                                      37.5, 81.25, 168.75, 177.5, 107.5, 72.5, 50,   100,   200,    195,   85,    30};
  const Grays shown = drawn(view, {{}, {3, 2}, 1, 2, {0, 0}, {0, 0}}, 6, 4);
  for (std::size_t n = 0; n < openCv.size(); ++n) EXPECT_EQ(shown[n], std::floor(openCv[n] + 0.5)) << n;
}

TEST(PictureRenderer, IntegersAreInterpolatedBeforeTheWindow) {
  // Between -1000 and 1000 lies 0, which this window shows as mid gray; between black and white it would be so too, but
  // a quarter of the way (-500) is black, not a quarter of white.
  const PictureView view{bufferOf<std::int16_t>({-1000, 1000}, {2, 1, 1}), {}, 0, {{0.5, 401, {}}}};
  EXPECT_EQ(drawn(view, {{}, {2, 1}, 0.5, 2, {0, 0}, {0, 0}}, 4, 1), (Grays{0, 0, 255, 255}));
}

TEST(PictureRenderer, ShowsSquaresFromZoomEightAndWhereAsked) {
  PictureView view{bufferOf<std::uint8_t>({0, 200}, {2, 1, 1}), {}, 0, plainTone()};
  Grays squares(16, 0);
  std::fill(squares.begin() + 8, squares.end(), 200);
  EXPECT_EQ(drawn(view, {{}, {2, 1}, 1. / 8, 8, {0, 0}, {0, 0}}, 16, 1), squares);
  view.interpolation = Interpolation::Nearest;
  EXPECT_EQ(drawn(view, {{}, {2, 1}, 0.5, 2, {0, 0}, {0, 0}}, 4, 1), (Grays{0, 0, 200, 200}));
}

TEST(PictureRenderer, TurnsAndFlips) {
  const PlaneAxes transposed{0, 1, 2, true, false, false}, flipped{0, 1, 2, false, true, true};
  const ScalarBuffer picture = bufferOf<std::uint8_t>({1, 2, 3, 4, 5, 6}, {3, 2, 1});
  EXPECT_EQ(drawn({picture, transposed, 0, plainTone()}, oneToOne({3, 2}, 0, 0, transposed), 2, 3),
            (Grays{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(drawn({picture, flipped, 0, plainTone()}, oneToOne({3, 2}, 3, 2, flipped), 3, 2),
            (Grays{6, 5, 4, 3, 2, 1}));
}

TEST(PictureRenderer, CutsPlanesOutOfAVolume) {
  std::vector<std::uint8_t> values(2 * 3 * 4);
  std::iota(values.begin(), values.end(), std::uint8_t{0});
  const ScalarBuffer volume = bufferOf(values, {2, 3, 4});
  const PlaneAxes coronal{0, 2, 1}, sagittal{1, 2, 0};
  EXPECT_EQ(drawn({volume, {}, 3, plainTone()}, oneToOne({2, 3}), 2, 3), (Grays{18, 19, 20, 21, 22, 23}));
  EXPECT_EQ(drawn({volume, coronal, 1, plainTone()}, oneToOne({2, 4}, 0, 0, coronal), 2, 4),
            (Grays{2, 3, 8, 9, 14, 15, 20, 21}));
  EXPECT_EQ(drawn({volume, sagittal, 1, plainTone()}, oneToOne({3, 4}, 0, 0, sagittal), 3, 4),
            (Grays{1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23}));
}

TEST(PictureRenderer, ShowsColourWithBrightnessAndContrast) {
  PictureView view{bufferOf<std::uint8_t>({255, 0, 10, 99, 20, 200, 30, 99}, {2, 1, 1}, 4), {}, 0, {}};
  Raster raster = rasterOf(2, 1);
  renderPicture(view, oneToOne({2, 1}), raster);
  EXPECT_EQ(raster.pixels, (std::vector<std::uint32_t>{0xFFFF000AU, 0xFF14C81EU}));  // the fourth byte plays no part
  view.tone.brightness = 0.2;                                                        // + 51
  view.tone.contrast = 0.5;
  renderPicture(view, oneToOne({2, 1}), raster);
  EXPECT_EQ(raster.pixels[0], 0xFF000000U | 242 << 16 | 115 << 8 | 120);  // 63.75 + v / 2 + 51
  view.tone = {};
  view.values = bufferOf<std::uint16_t>({65535, 0, 32896}, {1, 1, 1}, 3);
  raster = rasterOf(1, 1);
  renderPicture(view, oneToOne({1, 1}), raster);
  EXPECT_EQ(raster.pixels[0], 0xFFFF0080U);
}

TEST(PictureRenderer, MadeSmallItShowsMeansNotSparkle) {
  // A checkerboard of 0 and 200 becomes 100 everywhere.
  std::vector<std::uint8_t> board(64 * 64);
  for (std::size_t n = 0; n < board.size(); ++n) board[n] = (n / 64 + n % 64) % 2 == 0 ? 0 : 200;
  const PictureView view{bufferOf(board, {64, 64, 1}), {}, 0, plainTone()};
  for (const double zoom : {0.25, 0.2, 0.13}) {
    const int size = static_cast<int>(64 * zoom);
    for (const int value : drawn(view, {{}, {64, 64}, 1, zoom, {0, 0}, {0, 0}}, size, size)) {
      ASSERT_NEAR(value, 100, 1) << zoom;
    }
  }
}

TEST(PictureRenderer, ALargePictureIsTheSameWhateverTheBands) {
  // Rows are drawn in bands on several threads: a vertical ramp shows a seam at once.
  std::vector<float> ramp(300);
  std::iota(ramp.begin(), ramp.end(), 0.0F);
  const PictureView view{bufferOf(ramp, {1, 300, 1}), {}, 0, {{150, 300, {}}}};
  Raster raster = rasterOf(700, 1200);
  renderPicture(view, {{}, {1, 300}, 1. / 200, 800, {0, 0}, {0, 0}}, raster);
  for (int y = 1; y < 1200; ++y) {
    const auto above = raster.pixels[static_cast<std::size_t>(y - 1) * 700 + 350] & 0xFF;
    const auto here = raster.pixels[static_cast<std::size_t>(y) * 700 + 350] & 0xFF;
    ASSERT_LE(here - above, 1U) << y;
  }
}

TEST(PictureRenderer, WhatIsNotThereGivesGround) {
  const PictureView view{bufferOf<std::uint8_t>({9}, {1, 1, 1}), {}, 1, plainTone()};
  EXPECT_EQ(drawn(view, oneToOne({1, 1}), 1, 1), (Grays{0}));
  EXPECT_EQ(drawn({}, oneToOne({1, 1}), 1, 1), (Grays{0}));
  const PictureView sound{bufferOf<std::uint8_t>({9}, {1, 1, 1}), {}, 0, plainTone()};
  const double nan = std::nan("");
  EXPECT_EQ(drawn(sound, {{}, {1, 1}, 1, 1, {nan, nan}, {0, 0}}, 1, 1), (Grays{0}));
  EXPECT_EQ(drawn(sound, oneToOne({1, 1}, 1e12, 0), 1, 1), (Grays{0}));
  EXPECT_EQ(drawn(sound, oneToOne({1, 1}), 0, 0), Grays{});
}

}  // namespace
}  // namespace fiducial::render
