#include "video/yuv_to_rgb.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

// The loops below are what a step through a video costs, so they are built for the widest vectors the machine has.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define FIDUCIAL_VECTOR_LOOP __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define FIDUCIAL_VECTOR_LOOP
#endif

namespace fiducial::media::video {
namespace {

constexpr int kFractionBits = 16;
constexpr int kChromaWeightBits =
    3;  // chroma lines hold 8 times the value: quarters down the columns, halves along rows

/// Fixed-point factors of one pixel: value = luma * (Y - black) + factor * chroma.
struct Factors {
  std::int32_t luma = 0;
  std::int32_t lumaOffset = 0;    // black level times factor, and rounding
  std::int32_t chromaCenter = 0;  // times 8
  std::int32_t redCr = 0;
  std::int32_t greenCb = 0;
  std::int32_t greenCr = 0;
  std::int32_t blueCb = 0;
};

Factors factorsOf(const YuvPicture& p) {
  const double top = (1 << p.depth) - 1;
  const double step = 1 << (p.depth - 8);
  const double lumaScale = p.fullRange ? 255.0 / top : 255.0 / (219.0 * step);
  const double chromaScale = p.fullRange ? 255.0 / top : 255.0 / (224.0 * step);
  const double green = 1.0 - p.weights.red - p.weights.blue;
  const double one = 1 << kFractionBits;
  const auto fixed = [&](double value) { return std::int32_t(std::lround(value * one)); };
  const auto chroma = [&](double value) { return fixed(value * chromaScale / (1 << kChromaWeightBits)); };
  Factors f;
  f.luma = fixed(lumaScale);
  const double black = p.fullRange ? 0.0 : 16.0 * step;
  f.lumaOffset = std::int32_t(std::lround(-black * lumaScale * one)) + (1 << (kFractionBits - 1));
  f.chromaCenter = (128 << (p.depth - 8)) << kChromaWeightBits;
  f.redCr = chroma(2 * (1 - p.weights.red));
  f.blueCb = chroma(2 * (1 - p.weights.blue));
  f.greenCb = chroma(-2 * p.weights.blue * (1 - p.weights.blue) / green);
  f.greenCr = chroma(-2 * p.weights.red * (1 - p.weights.red) / green);
  return f;
}

/// 4 times the chroma between two rows, `near` counting three times.
template <class T>
inline __attribute__((always_inline)) void blendRows(const T* near, const T* far, int count, std::int32_t* blended) {
  for (int x = 0; x < count; ++x) blended[x] = 3 * std::int32_t(near[x]) + std::int32_t(far[x]);
}

/// 8 times the chroma at each luma column: on even ones a sample stands, odd ones lie half way.
inline __attribute__((always_inline)) void spreadColumns(const std::int32_t* blended, int count, std::int32_t* line) {
  for (int x = 0; x + 1 < count; ++x) {
    line[2 * x] = 2 * blended[x];
    line[2 * x + 1] = blended[x] + blended[x + 1];
  }
  line[2 * count - 2] = line[2 * count - 1] = 2 * blended[count - 1];
}

inline __attribute__((always_inline)) std::uint32_t toByte(std::int32_t value) {
  const std::int32_t shifted = value >> kFractionBits;
  return std::uint32_t(shifted < 0 ? 0 : shifted > 255 ? 255 : shifted);
}

template <class T>
inline __attribute__((always_inline)) void mixRow(const T* luma, const std::int32_t* cb, const std::int32_t* cr,
                                                  int count, const Factors& f, std::uint32_t* out) {
  for (int x = 0; x < count; ++x) {
    const std::int32_t y = std::int32_t(luma[x]) * f.luma + f.lumaOffset;
    const std::int32_t u = cb[x] - f.chromaCenter;
    const std::int32_t v = cr[x] - f.chromaCenter;
    const std::uint32_t r = toByte(y + f.redCr * v);
    const std::uint32_t g = toByte(y + f.greenCb * u + f.greenCr * v);
    const std::uint32_t b = toByte(y + f.blueCb * u);
    out[x] = r | g << 8 | b << 16 | 0xff000000U;  // little endian: bytes R, G, B, X
  }
}

struct Lines {
  explicit Lines(int columns)
      : blended(std::size_t(columns) + 2), cb(std::size_t(columns) + 2), cr(std::size_t(columns) + 2) {}
  std::vector<std::int32_t> blended;
  std::vector<std::int32_t> cb;
  std::vector<std::int32_t> cr;
};

FIDUCIAL_VECTOR_LOOP void blend8(const std::uint8_t* near, const std::uint8_t* far, int count, std::int32_t* out) {
  blendRows(near, far, count, out);
}
FIDUCIAL_VECTOR_LOOP void blend16(const std::uint16_t* near, const std::uint16_t* far, int count, std::int32_t* out) {
  blendRows(near, far, count, out);
}
FIDUCIAL_VECTOR_LOOP void spread(const std::int32_t* blended, int count, std::int32_t* line) {
  spreadColumns(blended, count, line);
}
FIDUCIAL_VECTOR_LOOP void doubled(const std::int32_t* blended, int count, std::int32_t* line) {
  for (int x = 0; x < count; ++x) line[x] = 2 * blended[x];
}
FIDUCIAL_VECTOR_LOOP void mix8(const std::uint8_t* luma, const std::int32_t* cb, const std::int32_t* cr, int count,
                               const Factors& f, std::uint32_t* out) {
  mixRow(luma, cb, cr, count, f, out);
}
FIDUCIAL_VECTOR_LOOP void mix16(const std::uint16_t* luma, const std::int32_t* cb, const std::int32_t* cr, int count,
                                const Factors& f, std::uint32_t* out) {
  mixRow(luma, cb, cr, count, f, out);
}

const std::uint8_t* rowOf(const YuvPicture& p, std::size_t plane, int row) {
  return p.planes[plane] + p.strides[plane] * row;
}

/// 8 times the chroma of `plane` at every column of luma row `row`.
void chromaLine(const YuvPicture& p, std::size_t plane, int row, std::vector<std::int32_t>& blended,
                std::int32_t* line) {
  const int columns = (p.columns + (1 << p.chromaShiftX) - 1) >> p.chromaShiftX;
  const int rows = (p.rows + (1 << p.chromaShiftY) - 1) >> p.chromaShiftY;
  const int near = std::min(row >> p.chromaShiftY, rows - 1);
  const int beside = p.chromaShiftY == 0 ? near : (row & 1) == 0 ? near - 1 : near + 1;
  const int far = std::clamp(beside, 0, rows - 1);
  const std::uint8_t* nearRow = rowOf(p, plane, near);
  const std::uint8_t* farRow = rowOf(p, plane, far);
  if (p.depth > 8) {
    blend16(reinterpret_cast<const std::uint16_t*>(nearRow), reinterpret_cast<const std::uint16_t*>(farRow), columns,
            blended.data());
  } else {
    blend8(nearRow, farRow, columns, blended.data());
  }
  if (p.chromaShiftX == 0) {
    doubled(blended.data(), columns, line);
  } else {
    spread(blended.data(), columns, line);
  }
}

}  // namespace

void convertRows(const YuvPicture& picture, int firstRow, int endRow, std::uint8_t* rgbx) {
  const Factors factors = factorsOf(picture);
  Lines lines(picture.columns);
  for (int row = firstRow; row < endRow; ++row) {
    chromaLine(picture, 1, row, lines.blended, lines.cb.data());
    chromaLine(picture, 2, row, lines.blended, lines.cr.data());
    auto* out = reinterpret_cast<std::uint32_t*>(rgbx + std::size_t(row) * std::size_t(picture.columns) * 4);
    const std::uint8_t* luma = rowOf(picture, 0, row);
    if (picture.depth > 8) {
      mix16(reinterpret_cast<const std::uint16_t*>(luma), lines.cb.data(), lines.cr.data(), picture.columns, factors,
            out);
    } else {
      mix8(luma, lines.cb.data(), lines.cr.data(), picture.columns, factors, out);
    }
  }
}

}  // namespace fiducial::media::video
