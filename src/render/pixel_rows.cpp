#include "pixel_rows.h"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

namespace fiducial::render {
namespace {

constexpr std::uint32_t kOpaque = 0xFF000000U;

std::uint32_t toLight(float above, float below, float fraction) {
  float light = above + (below - above) * fraction + 0.5F;
  light = light > 0 ? light : 0;
  light = light < 255.5F ? light : 255.5F;
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(light));  // signed: SSE2 converts to no other
}

}  // namespace

void stretchRow(const float* __restrict row, const int* __restrict index, const float* __restrict fraction, int count,
                float* __restrict out) {
  for (int n = 0; n < count; ++n) {
    const float* const pair = row + index[n];
    out[n] = pair[0] + (pair[1] - pair[0]) * fraction[n];
  }
}

void packGray(const float* __restrict above, const float* __restrict below, float fraction, int count,
              std::uint32_t* __restrict out) {
  for (int n = 0; n < count; ++n) {
    const std::uint32_t light = toLight(above[n], below[n], fraction);
    out[n] = kOpaque | light << 16 | light << 8 | light;
  }
}

void packColor(const float* __restrict above, const float* __restrict below, float fraction, int count,
               int channelStride, std::uint32_t* __restrict out) {
  const int g = channelStride, b = 2 * channelStride;
  for (int n = 0; n < count; ++n) {
    out[n] = kOpaque | toLight(above[n], below[n], fraction) << 16 |
             toLight(above[n + g], below[n + g], fraction) << 8 | toLight(above[n + b], below[n + b], fraction);
  }
}

void blendRow(std::uint32_t color, unsigned opacity, int count, std::uint32_t* pixels) {
  // Red and blue share one multiplication: 8 bits each with 8 free above them; half a step is added to round.
  constexpr std::uint32_t kRedBlue = 0x00FF00FFU, kGreen = 0x0000FF00U;
  const std::uint32_t rest = 256 - opacity;
  const std::uint32_t redBlue = (color & kRedBlue) * opacity + 0x00800080U;
  const std::uint32_t green = (color & kGreen) * opacity + 0x00008000U;
  for (int n = 0; n < count; ++n) {
    const std::uint32_t mixedRedBlue = ((pixels[n] & kRedBlue) * rest + redBlue) >> 8 & kRedBlue;
    const std::uint32_t mixedGreen = ((pixels[n] & kGreen) * rest + green) >> 8 & kGreen;
    pixels[n] = kOpaque | mixedRedBlue | mixedGreen;
  }
}

}  // namespace fiducial::render
