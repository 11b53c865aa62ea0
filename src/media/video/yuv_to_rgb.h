// Planar Y'CbCr to RGBX, in integers: the same bytes on every machine, at most 1 off the real value.
// Source: ITU-T H.273, equations 45 to 47 (range) and table 4 (matrix coefficients); chroma siting as in 4:2:0 and
// 4:2:2 of H.264 and MPEG-2 (chroma_sample_loc_type 0: left column, between the rows).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace fiducial::media::video {

/// Matrix coefficients of red and blue in luma.
struct LumaWeights {
  double red = 0.299;
  double blue = 0.114;
};

struct YuvPicture {
  std::array<const std::uint8_t*, 3> planes{};  ///< Y, Cb, Cr
  std::array<std::ptrdiff_t, 3> strides{};      ///< bytes
  int columns = 0;
  int rows = 0;
  int depth = 8;         ///< bits a sample; more than 8 are native 16-bit words
  int chromaShiftX = 0;  ///< log2 of luma columns a chroma column: 0 or 1
  int chromaShiftY = 0;
  bool fullRange = false;
  LumaWeights weights;
};

/// Rows [firstRow, endRow) of `picture` into `rgbx`, 4 bytes a pixel, X = 255, rows without padding; `rgbx` is row 0.
void convertRows(const YuvPicture& picture, int firstRow, int endRow, std::uint8_t* rgbx);

}  // namespace fiducial::media::video
