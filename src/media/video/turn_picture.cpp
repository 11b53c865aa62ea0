#include "video/turn_picture.h"

#include <algorithm>

#include "fiducial/runtime/buffer_allocator.h"

namespace fiducial::media::video {
namespace {

constexpr int kTile = 32;  // pixels: a tile of both pictures stays in the nearest cache

template <class Pixel>
void turn(const Pixel* from, ImageSize size, int degrees, Pixel* to) {
  const auto target = [&](int x, int y) -> std::ptrdiff_t {
    if (degrees == 90) return std::ptrdiff_t(x) * size.rows + (size.rows - 1 - y);
    if (degrees == 180) return std::ptrdiff_t(size.rows - 1 - y) * size.columns + (size.columns - 1 - x);
    return std::ptrdiff_t(size.columns - 1 - x) * size.rows + y;
  };
  for (int top = 0; top < size.rows; top += kTile) {
    for (int left = 0; left < size.columns; left += kTile) {
      for (int y = top; y < std::min(top + kTile, size.rows); ++y) {
        for (int x = left; x < std::min(left + kTile, size.columns); ++x) {
          to[target(x, y)] = from[std::ptrdiff_t(y) * size.columns + x];
        }
      }
    }
  }
}

}  // namespace

Result<ScalarBuffer> turned(const ScalarBuffer& picture, int degrees) {
  const ImageSize size = picture.imageSize();
  const VolumeSize turnedSize =
      degrees == 180 ? VolumeSize{size.columns, size.rows, 1} : VolumeSize{size.rows, size.columns, 1};
  auto result = runtime::allocateScalars(picture.type(), picture.components(), turnedSize);
  if (!result) return result;
  const std::byte* from = picture.bytes().data();
  std::byte* to = result->mutableBytes().data();
  if (picture.components() == 4) {
    turn(reinterpret_cast<const std::uint32_t*>(from), size, degrees, reinterpret_cast<std::uint32_t*>(to));
  } else {
    turn(reinterpret_cast<const std::uint8_t*>(from), size, degrees, reinterpret_cast<std::uint8_t*>(to));
  }
  return result;
}

}  // namespace fiducial::media::video
