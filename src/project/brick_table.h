// The voxels of segmentations: one row a brick that is not empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "fiducial/core/records.h"

namespace fiducial::project {

constexpr std::size_t kBrickBytes = sizeof(Brick::rows);

/// Which brick: its segmentation, time and index.
struct BrickPlace {
  SegmentationId segmentation{};
  int time = 0;
  BrickIndex index;
  friend auto operator<=>(const BrickPlace&, const BrickPlace&) = default;
};
[[nodiscard]] inline BrickPlace placeOf(const BrickContent& content) {
  return {content.segmentation, content.time, content.index};
}

[[nodiscard]] inline std::string_view bytesOf(const Brick& brick) {
  return {reinterpret_cast<const char*>(brick.rows.data()), kBrickBytes};
}
/// Null if `bytes` are not kBrickBytes, or all zero.
[[nodiscard]] BrickPointer brickFrom(std::string_view bytes);
/// Bits in exactly one of the two; null stands for none.
[[nodiscard]] BrickPointer difference(const BrickPointer& a, const BrickPointer& b);

/// Null: absent. Errors: Damaged.
[[nodiscard]] Result<BrickPointer> findBrick(Database& database, const BrickPlace& place);
/// Null or all zero removes the row.
[[nodiscard]] Status writeBrick(Database& database, const BrickPlace& place, const BrickPointer& brick);
[[nodiscard]] Result<std::vector<BrickContent>> bricksOf(Database& database, SegmentationId segmentation,
                                                         std::optional<int> time = {});

}  // namespace fiducial::project
