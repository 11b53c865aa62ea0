#include "row_reader.h"

#include <array>
#include <type_traits>

// The loops here and in pixel_rows.cpp are the frame time; -O2 leaves them unvectorised.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

namespace fiducial::render {
namespace {

constexpr float kBeyond = 1e6F;  ///< far outside 0..255; keeps infinite values and NaN out of the interpolation

float sane(float light) {
  light = light > -kBeyond ? light : -kBeyond;  // NaN too: it is shown black
  return light < kBeyond ? light : kBeyond;
}

/// 16 bits fit a float exactly; wider types are mapped as double.
template <class T>
using Wide = std::conditional_t<(sizeof(T) <= 2) || std::is_same_v<T, float>, float, double>;

template <class T>
struct Mapper {
  using W = Wide<T>;
  W origin, scale, base;
  explicit Mapper(const ToneMap& map)
      : origin(static_cast<W>(map.origin)), scale(static_cast<W>(map.scale)), base(static_cast<W>(map.base)) {}
  float operator()(W stored) const { return sane(static_cast<float>((stored - origin) * scale + base)); }
};

template <class T>
void mapRow(const T* source, std::ptrdiff_t stride, std::ptrdiff_t count, const Mapper<T> map, float* light) {
  if (stride == 1) {
    for (std::ptrdiff_t n = 0; n < count; ++n) light[n] = map(static_cast<Wide<T>>(source[n]));
  } else {
    for (std::ptrdiff_t n = 0; n < count; ++n) light[n] = map(static_cast<Wide<T>>(source[n * stride]));
  }
}

int extent(VolumeSize size, int axis) { return axis == 0 ? size.columns : axis == 1 ? size.rows : size.slices; }

}  // namespace

RowReader::RowReader(const PictureView& view, bool transpose, int joinAcross, int joinDown)
    : joinAcross_(joinAcross), joinDown_(joinDown) {
  const ScalarBuffer& values = view.values;
  const VolumeSize size = values.size();
  if (values.empty() || view.step < 0 || view.step >= extent(size, view.axes.axisStep)) return;
  const std::ptrdiff_t samples = values.components();
  const std::array<std::ptrdiff_t, 3> strides = {samples, samples * size.columns,
                                                 samples * size.columns * std::ptrdiff_t{size.rows}};
  const int across = transpose ? view.axes.axisY : view.axes.axisX;
  const int down = transpose ? view.axes.axisX : view.axes.axisY;
  strideAcross_ = strides[static_cast<std::size_t>(across)];
  strideDown_ = strides[static_cast<std::size_t>(down)];
  pixelsAcross_ = extent(size, across);
  pixelsDown_ = extent(size, down);
  type_ = values.type();
  channels_ = values.components() >= 3 ? 3 : 1;
  map_ = channels_ == 3 ? colorMap(view.tone, type_) : grayMap(view.tone, type_);
  const std::ptrdiff_t start = strides[static_cast<std::size_t>(view.axes.axisStep)] * view.step;
  first_ = values.bytes().data() + start * static_cast<std::ptrdiff_t>(sizeOf(type_));
}

void RowReader::read(int row, PixelRange columns, std::span<float> light) const {
  for (int channel = 0; channel < channels_; ++channel) {
    float* const out = light.data() + std::ptrdiff_t{channel} * columns.length();
    withScalarType(type_, [&]<class T>(T) {
      const bool isJoined = joinAcross_ > 1 || joinDown_ > 1;
      isJoined ? readJoined<T>(row, columns, channel, out) : readAs<T>(row, columns, channel, out);
    });
  }
}

template <class T>
void RowReader::readAs(int row, PixelRange columns, int channel, float* light) const {
  const T* const line = reinterpret_cast<const T*>(first_) + strideDown_ * row + channel;
  const Mapper<T> map(map_);
  const PixelRange inside{std::clamp(columns.first, 0, pixelsAcross_), std::clamp(columns.end, 0, pixelsAcross_)};
  const std::ptrdiff_t before = inside.first - columns.first;
  mapRow(line + strideAcross_ * inside.first, strideAcross_, inside.length(), map, light + before);
  const auto border = [&](int pixel) { return map(static_cast<Wide<T>>(line[strideAcross_ * pixel])); };
  std::fill_n(light, before, border(0));
  std::fill_n(light + before + inside.length(), columns.end - inside.end, border(pixelsAcross_ - 1));
}

template <class T>
void RowReader::readJoined(int row, PixelRange columns, int channel, float* light) const {
  // Up to 4 x 4 of a block are looked at: enough against sparkle, and a bound on the work.
  const int stepAcross = std::max(1, joinAcross_ / 4), stepDown = std::max(1, joinDown_ / 4);
  const int firstRow = row * joinDown_, endRow = std::min(firstRow + joinDown_, pixelsDown_);
  const Mapper<T> map(map_);
  std::fill_n(light, columns.length(), 0.0F);
  int looked = 0;
  for (int y = firstRow; y < endRow; y += stepDown, ++looked) {
    const T* const line = reinterpret_cast<const T*>(first_) + strideDown_ * y + channel;
    for (int column = columns.first; column < columns.end; ++column) {
      const int block = std::clamp(column, 0, this->columns() - 1);
      const int begin = block * joinAcross_, end = std::min(begin + joinAcross_, pixelsAcross_);
      float sum = 0;
      int count = 0;
      for (int x = begin; x < end; x += stepAcross, ++count) sum += map(static_cast<Wide<T>>(line[strideAcross_ * x]));
      light[column - columns.first] += sum / static_cast<float>(count);
    }
  }
  for (int n = 0; n < columns.length(); ++n) light[n] /= static_cast<float>(looked);
}

}  // namespace fiducial::render
