#include "row_reader.h"

#include <array>
#include <type_traits>
#include <vector>

// The loops here and in pixel_rows.cpp are the frame time; -O2 leaves them unvectorised.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

namespace fiducial::render {
namespace {

constexpr float kBeyond = 1e6F;  ///< far outside 0..255; keeps infinite values and NaN out of the interpolation

inline float sane(float light) {
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
  [[gnu::always_inline]] float operator()(W stored) const {
    const auto light = static_cast<float>((stored - origin) * scale + base);
    if constexpr (std::is_floating_point_v<T>) return sane(light);
    return light;
  }
};

/// The same through a curve: a table of all stored values where there are few of them.
template <class T>
struct CurveMapper {
  const ToneCurve& curve;
  float operator()(Wide<T> stored) const {
    if constexpr (std::is_integral_v<T> && sizeof(T) <= 2) return curve.ofStored(static_cast<int>(stored));
    return sane(curve.light(static_cast<double>(stored)));
  }
};

template <class T, class Map>
void mapRow(const T* source, std::ptrdiff_t stride, std::ptrdiff_t count, const Map map, float* light) {
  if (stride == 1) {
    for (std::ptrdiff_t n = 0; n < count; ++n) light[n] = map(static_cast<Wide<T>>(source[n]));
  } else {
    for (std::ptrdiff_t n = 0; n < count; ++n) light[n] = map(static_cast<Wide<T>>(source[n * stride]));
  }
}

/// Whole numbers of up to 16 bits are added as they are and mapped once; others could carry NaN into the sum.
/// Light of a curve is added as it is: its mean is not that of the mean.
template <class T, class Map>
constexpr bool kAddsStored = std::is_integral_v<T> && sizeof(T) <= 2 && std::is_same_v<Map, Mapper<T>>;

template <class T, class Map>
void addRow(const T* source, std::ptrdiff_t stride, std::ptrdiff_t count, const Map map, float* sums) {
  const auto value = [&](T stored) {
    if constexpr (kAddsStored<T, Map>) return static_cast<float>(stored);
    return map(static_cast<Wide<T>>(stored));
  };
  if (stride == 1) {
    for (std::ptrdiff_t n = 0; n < count; ++n) sums[n] += value(source[n]);
  } else {
    for (std::ptrdiff_t n = 0; n < count; ++n) sums[n] += value(source[n * stride]);
  }
}
template <class T, class Map>
[[gnu::always_inline]] inline float ofMean(float mean, const Map& map) {
  if constexpr (kAddsStored<T, Map>) return map(mean);
  return mean;
}

/// Where a block of joined pixels is looked at along one axis: up to 4 times, enough against sparkle and a bound on the
/// work.
struct Blocks {
  int taps;
  int step;
  explicit Blocks(int join) : taps(std::min(join, 4)), step(join / taps) {}
};

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
  if (channels_ == 1) curve_ = ToneCurve(view.tone, type_);
  const Mapper<std::uint8_t> map(map_);
  for (std::size_t n = 0; n < byteLight_.size(); ++n) byteLight_[n] = map(static_cast<float>(n));
  const std::ptrdiff_t start = strides[static_cast<std::size_t>(view.axes.axisStep)] * view.step;
  first_ = values.bytes().data() + start * static_cast<std::ptrdiff_t>(sizeOf(type_));
}

void RowReader::read(int row, PixelRange columns, std::span<float> light) const {
  withScalarType(type_, [&]<class T>(T) {
    const bool isJoined = joinAcross_ > 1 || joinDown_ > 1;
    if (!isJoined) {
      if (channels_ == 3) return readColor<T>(row, columns, light.data());
      curve_.isStraight() ? readGray<T>(row, columns, Mapper<T>(map_), light.data())
                          : readGray<T>(row, columns, CurveMapper<T>{curve_}, light.data());
    } else if (channels_ == 1) {
      curve_.isStraight() ? readJoined<T>(row, columns, 0, Mapper<T>(map_), light.data())
                          : readJoined<T>(row, columns, 0, CurveMapper<T>{curve_}, light.data());
    } else {
      readJoinedColor<T>(row, columns, light.data());
    }
  });
}

template <class T, class Map>
void RowReader::readGray(int row, PixelRange columns, const Map& map, float* light) const {
  const T* const line = reinterpret_cast<const T*>(first_) + strideDown_ * row;
  const PixelRange inside{std::clamp(columns.first, 0, pixelsAcross_), std::clamp(columns.end, 0, pixelsAcross_)};
  const std::ptrdiff_t before = inside.first - columns.first;
  mapRow(line + strideAcross_ * inside.first, strideAcross_, inside.length(), map, light + before);
  const auto border = [&](int pixel) { return map(static_cast<Wide<T>>(line[strideAcross_ * pixel])); };
  std::fill_n(light, before, border(0));
  std::fill_n(light + before + inside.length(), columns.end - inside.end, border(pixelsAcross_ - 1));
}

template <class T>
void RowReader::readColor(int row, PixelRange columns, float* light) const {
  const T* const line = reinterpret_cast<const T*>(first_) + strideDown_ * row;
  const Mapper<T> map(map_);
  const auto value = [&](T stored) {
    if constexpr (std::is_same_v<T, std::uint8_t>) return byteLight_[stored];
    return map(static_cast<Wide<T>>(stored));
  };
  const auto write = [&](const T* pixel) {
    light[0] = value(pixel[2]);
    light[1] = value(pixel[1]);
    light[2] = value(pixel[0]);
    light[3] = 0;
    light += kColorFloats;
  };
  const PixelRange inside{std::clamp(columns.first, 0, pixelsAcross_), std::clamp(columns.end, 0, pixelsAcross_)};
  for (int column = columns.first; column < inside.first; ++column) write(line);
  const T* pixel = line + strideAcross_ * inside.first;
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    if (strideAcross_ == 3 || strideAcross_ == 4) {  // not of a plane across the slices
      lightOfColor(pixel, static_cast<int>(strideAcross_), inside.length(), map.origin, map.scale, map.base, light);
      light += std::ptrdiff_t{kColorFloats} * inside.length();
      for (int column = inside.end; column < columns.end; ++column) write(line + strideAcross_ * (pixelsAcross_ - 1));
      return;
    }
  }
  for (int n = inside.length(); n > 0; --n, pixel += strideAcross_) write(pixel);
  for (int column = inside.end; column < columns.end; ++column) write(line + strideAcross_ * (pixelsAcross_ - 1));
}

template <class T>
void RowReader::readJoinedColor(int row, PixelRange columns, float* light) const {
  std::vector<float> plane(static_cast<std::size_t>(columns.length()));
  for (int channel = 0; channel < 3; ++channel) {
    readJoined<T>(row, columns, channel, Mapper<T>(map_), plane.data());
    float* out = light + 2 - channel;
    for (const float value : plane) {
      *out = value;
      out += kColorFloats;
    }
  }
}

template <class T, class Map>
void RowReader::readJoined(int row, PixelRange columns, int channel, const Map& map, float* light) const {
  const Blocks across(joinAcross_), down(joinDown_);
  const PixelRange inside{std::clamp(columns.first, 0, this->columns()), std::clamp(columns.end, 0, this->columns())};
  const int firstPixel = inside.first * joinAcross_, lastPixel = std::min(inside.end * joinAcross_, pixelsAcross_);
  const int samples = (lastPixel - firstPixel + across.step - 1) / across.step;
  std::vector<float> sums(static_cast<std::size_t>(inside.length() * across.taps));
  int looked = 0;
  for (int tap = 0; tap < down.taps; ++tap) {
    const int y = row * joinDown_ + tap * down.step;
    if (y >= pixelsDown_) break;
    const T* const line = reinterpret_cast<const T*>(first_) + strideDown_ * y + channel;
    addRow(line + strideAcross_ * firstPixel, strideAcross_ * across.step, samples, map, sums.data());
    ++looked;
  }
  float* const out = light + (inside.first - columns.first);
  const float perWholeBlock = 1 / static_cast<float>(across.taps * looked);
  for (int n = 0; n < inside.length(); ++n) {
    const float* const block = sums.data() + n * across.taps;
    const int taps = std::min(across.taps, samples - n * across.taps);  // the last block may be cut
    float sum = 0;
    for (int tap = 0; tap < taps; ++tap) sum += block[tap];
    out[n] = ofMean<T>(taps == across.taps ? sum * perWholeBlock : sum / static_cast<float>(taps * looked), map);
  }
  std::fill(light, out, *out);
  std::fill(out + inside.length(), light + columns.length(), out[inside.length() - 1]);
}

}  // namespace fiducial::render
