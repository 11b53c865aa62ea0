// Rows of a picture as light, in the direction in which the screen's rows run.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "fiducial/render/picture_renderer.h"
#include "pixel_rows.h"
#include "screen_axis.h"
#include "tone_curve.h"
#include "tone_map.h"

namespace fiducial::render {

/// Source of one plane, turned so that "across" is the screen's x. Pixels may be joined in blocks of `join` when the
/// picture is shown much smaller than it is: then columns and rows count blocks.
/// Thread: reading from any.
class RowReader {
 public:
  /// Nothing to read (isValid() false) where the view has no such plane.
  RowReader(const PictureView& view, bool transpose, int joinAcross, int joinDown);

  [[nodiscard]] bool isValid() const { return first_ != nullptr; }
  [[nodiscard]] int channels() const { return channels_; }  ///< 1 or 3
  [[nodiscard]] int columns() const { return (pixelsAcross_ + joinAcross_ - 1) / joinAcross_; }
  [[nodiscard]] int rows() const { return (pixelsDown_ + joinDown_ - 1) / joinDown_; }
  [[nodiscard]] int floatsPerColumn() const { return channels_ == 1 ? 1 : kColorFloats; }
  /// Light of columns [columns.first, columns.end) of `row` into `light`, colour as pixel_rows.h wants it. The range
  /// may reach one column beyond either side, which repeats the border.
  void read(int row, PixelRange columns, std::span<float> light) const;

 private:
  template <class T, class Map>
  void readGray(int row, PixelRange columns, const Map& map, float* light) const;
  template <class T>
  void readColor(int row, PixelRange columns, float* light) const;
  template <class T>
  void readJoinedColor(int row, PixelRange columns, float* light) const;
  template <class T, class Map>
  void readJoined(int row, PixelRange columns, int channel, const Map& map, float* light) const;

  const std::byte* first_ = nullptr;  ///< pixel (0,0) of the plane
  ScalarType type_ = ScalarType::UInt8;
  int channels_ = 1;
  std::ptrdiff_t strideAcross_ = 0;  ///< in samples
  std::ptrdiff_t strideDown_ = 0;
  int pixelsAcross_ = 0;
  int pixelsDown_ = 0;
  int joinAcross_ = 1;
  int joinDown_ = 1;
  ToneMap map_;
  ToneCurve curve_;
  std::array<float, 256> byteLight_{};  ///< of 8-bit colour
};

}  // namespace fiducial::render
