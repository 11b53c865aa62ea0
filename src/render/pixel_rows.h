// The inner loops of drawing: one row at a time, nothing but arithmetic.
#pragma once

#include <cstdint>

namespace fiducial::render {

constexpr int kColorFloats = 4;  ///< one register a pixel

/// out[n] = row[index[n]] towards row[index[n] + 1] by fraction[n].
void stretchRow(const float* row, const int* index, const float* fraction, int count, float* out);
/// Rows `above` and `below` mixed, clamped to 0..255, as gray 0xffRRGGBB.
void packGray(const float* above, const float* below, float fraction, int count, std::uint32_t* out);
/// The same for colour: kColorFloats floats a pixel, in the order blue, green, red, unused.
void stretchColor(const float* row, const int* index, const float* fraction, int count, float* out);
/// Light of `count` pixels of 8-bit colour, red first, `step` (3 or 4) bytes apart: (sample - origin) * scale + base.
void lightOfColor(const std::uint8_t* pixels, int step, int count, float origin, float scale, float base, float* out);
void packColor(const float* above, const float* below, float fraction, int count, std::uint32_t* out);
/// Mixes an opaque colour into pixels; `opacity` 0..256.
void blendRow(std::uint32_t color, unsigned opacity, int count, std::uint32_t* pixels);

}  // namespace fiducial::render
