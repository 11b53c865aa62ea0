// Colours: against the real-valued equations of ITU-T H.273, worked out here pixel by pixel in floating point.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "fiducial/runtime/buffer_allocator.h"
#include "video/turn_picture.h"
#include "video/yuv_to_rgb.h"

namespace fiducial::media::video {
namespace {

struct Planes {
  std::array<std::vector<std::uint8_t>, 3> bytes;
  YuvPicture picture;
};

/// Noise; samples of more than 8 bits are two bytes.
Planes noise(int columns, int rows, int depth, int shiftX, int shiftY, bool fullRange) {
  Planes planes;
  std::mt19937 random(17);
  YuvPicture& p = planes.picture;
  p = {.columns = columns,
       .rows = rows,
       .depth = depth,
       .chromaShiftX = shiftX,
       .chromaShiftY = shiftY,
       .fullRange = fullRange,
       .weights = {0.2126, 0.0722}};
  for (std::size_t n = 0; n < 3; ++n) {
    const int width = n == 0 ? columns : (columns + (1 << shiftX) - 1) >> shiftX;
    const int height = n == 0 ? rows : (rows + (1 << shiftY) - 1) >> shiftY;
    const int sampleBytes = depth > 8 ? 2 : 1;
    planes.bytes[n].resize(std::size_t(width * height * sampleBytes));
    for (int k = 0; k < width * height; ++k) {
      const auto value = random() % (1U << depth);
      if (sampleBytes == 2) {
        reinterpret_cast<std::uint16_t*>(planes.bytes[n].data())[k] = std::uint16_t(value);
      } else {
        planes.bytes[n][std::size_t(k)] = std::uint8_t(value);
      }
    }
    p.planes[n] = planes.bytes[n].data();
    p.strides[n] = width * sampleBytes;
  }
  return planes;
}

double sampleAt(const YuvPicture& p, std::size_t plane, int x, int y) {
  const int width = plane == 0 ? p.columns : (p.columns + (1 << p.chromaShiftX) - 1) >> p.chromaShiftX;
  const int height = plane == 0 ? p.rows : (p.rows + (1 << p.chromaShiftY) - 1) >> p.chromaShiftY;
  const std::uint8_t* row = p.planes[plane] + p.strides[plane] * std::clamp(y, 0, height - 1);
  const int column = std::clamp(x, 0, width - 1);
  return p.depth > 8 ? reinterpret_cast<const std::uint16_t*>(row)[column] : row[column];
}

/// Bilinear between the chroma samples' places: x = 2k, y = 2j + 1/2 in luma pixels for 4:2:0.
double chromaAt(const YuvPicture& p, std::size_t plane, int x, int y) {
  const double column = p.chromaShiftX == 0 ? x : x / 2.0;
  const double row = p.chromaShiftY == 0 ? y : (y - 0.5) / 2.0;
  const int left = int(std::floor(column));
  const int top = int(std::floor(row));
  const double fx = column - left;
  const double fy = row - top;
  return (1 - fy) * ((1 - fx) * sampleAt(p, plane, left, top) + fx * sampleAt(p, plane, left + 1, top)) +
         fy * ((1 - fx) * sampleAt(p, plane, left, top + 1) + fx * sampleAt(p, plane, left + 1, top + 1));
}

std::array<double, 3> realColour(const YuvPicture& p, int x, int y) {
  const double unit = 1 << (p.depth - 8);
  const double top = (1 << p.depth) - 1;
  const double luma = p.fullRange ? sampleAt(p, 0, x, y) / top : (sampleAt(p, 0, x, y) / unit - 16) / 219;
  const double range = p.fullRange ? top : 224 * unit;
  const double cb = (chromaAt(p, 1, x, y) - 128 * unit) / range;
  const double cr = (chromaAt(p, 2, x, y) - 128 * unit) / range;
  const double kr = p.weights.red;
  const double kb = p.weights.blue;
  const double red = luma + 2 * (1 - kr) * cr;
  const double blue = luma + 2 * (1 - kb) * cb;
  return {red, (luma - kr * red - kb * blue) / (1 - kr - kb), blue};
}

TEST(YuvToRgb, IsWithinOneOfTheRealColourForEveryLayout) {
  for (const int depth : {8, 10, 12}) {
    for (const auto& [shiftX, shiftY] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
      for (const bool full : {false, true}) {
        const Planes planes = noise(37, 21, depth, shiftX, shiftY, full);
        std::vector<std::uint8_t> rgbx(37 * 21 * 4);
        convertRows(planes.picture, 0, 10, rgbx.data());
        convertRows(planes.picture, 10, 21, rgbx.data());
        for (int y = 0; y < 21; ++y) {
          for (int x = 0; x < 37; ++x) {
            const auto real = realColour(planes.picture, x, y);
            const std::uint8_t* pixel = rgbx.data() + (y * 37 + x) * 4;
            for (std::size_t c = 0; c < 3; ++c) {
              ASSERT_NEAR(pixel[c], std::clamp(real[c] * 255, 0.0, 255.0), 1.0)
                  << depth << " bits, shifts " << shiftX << shiftY << ", at " << x << "," << y << " component " << c;
            }
            ASSERT_EQ(pixel[3], 255);
          }
        }
      }
    }
  }
}

TEST(TurnPicture, PutsTheTopLeftCornerWhereAClockwiseTurnPutsIt) {
  auto picture = runtime::allocateScalars(ScalarType::UInt8, 1, {3, 2, 1});
  ASSERT_TRUE(picture);
  for (int n = 0; n < 6; ++n)
    picture->mutableValues<std::uint8_t>()[std::size_t(n)] = std::uint8_t(n);  // 0 1 2 / 3 4 5
  const auto values = [&](int degrees) {
    auto result = turned(*picture, degrees);
    EXPECT_TRUE(result);
    EXPECT_EQ(result->imageSize(), degrees == 180 ? (ImageSize{3, 2}) : (ImageSize{2, 3}));
    const auto all = result->values<std::uint8_t>();
    return std::vector<int>(all.begin(), all.end());
  };
  EXPECT_EQ(values(90), (std::vector<int>{3, 0, 4, 1, 5, 2}));
  EXPECT_EQ(values(180), (std::vector<int>{5, 4, 3, 2, 1, 0}));
  EXPECT_EQ(values(270), (std::vector<int>{2, 5, 1, 4, 0, 3}));
}

}  // namespace
}  // namespace fiducial::media::video
