#include <cstring>

#include "fiducial/runtime/buffer_allocator.h"
#include "still_formats.h"

namespace fiducial::media::still {

Result<ScalarBuffer> upright(const ScalarBuffer& picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  const int columns = picture.size().columns;
  const int rows = picture.size().rows;
  const bool isTurned = orientation >= 5;
  auto turned = runtime::allocateScalars(picture.type(), picture.components(),
                                         {isTurned ? rows : columns, isTurned ? columns : rows, 1});
  if (!turned) return turned.error();
  const std::size_t pixel = sizeOf(picture.type()) * std::size_t(picture.components());
  const std::byte* from = picture.bytes().data();
  std::byte* into = turned->mutableBytes().data();
  for (int y = 0; y < turned->size().rows; ++y) {
    for (int x = 0; x < turned->size().columns; ++x) {
      // EXIF 2.3, tag 0112: where the upright pixel (x, y) is stored.
      int column = isTurned ? y : x;
      int row = isTurned ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) column = columns - 1 - column;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) row = rows - 1 - row;
      std::memcpy(into, from + (std::size_t(row) * std::size_t(columns) + std::size_t(column)) * pixel, pixel);
      into += pixel;
    }
  }
  return turned;
}

}  // namespace fiducial::media::still
