// One COCO annotation as JSON text: bbox, area and segmentation of any shape that COCO can hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/attribute.h"
#include "fiducial/core/ids.h"
#include "fiducial/core/shape.h"

namespace fiducial::exchange {

/// What one annotation says besides its shape.
struct CocoLabel {
  std::int64_t id = 0;  ///< from 1: COCOeval takes 0 for "no match"
  std::int64_t imageId = 0;
  ClassId category{};
  const Attributes* attributes = nullptr;       ///< borrowed
  const Attributes* frameAttributes = nullptr;  ///< borrowed; of a key frame, over the others; may be null
  std::string_view note;
  TrackId track{};  ///< none: the next two mean nothing
  bool isKeyframe = false;
  bool isOccluded = false;
};

/// True where COCO has a place for this kind of shape.
[[nodiscard]] bool cocoHolds(const Shape& shape);
/// True for a polygon of which COCO holds the pixels, not the points.
[[nodiscard]] bool hasHoles(const Shape& shape);
/// False where the run lengths would be empty: an empty mask, a polygon with holes beside the image. True for all
/// shapes that are written as points.
[[nodiscard]] bool coversPixels(const Shape& shape, ImageSize imageSize);

/// Whether the outline or mask that stands beside our own key `shape` is still what we wrote for it, to a pixel: other
/// programs pass the key on unread while they change the rest. True where nothing stands beside it, or an outline
/// beside a polygon with holes, for which we write none.
[[nodiscard]] bool isStillOf(const Shape& shape, const std::vector<Ring>& rings, const std::optional<RunMask>& mask);

/// Appends the object. Boxes become rings of four corners, ellipses rings of 64 points, polygons with holes run
/// lengths; what COCO's own keys do not say of such a shape stands in the extra key `shape`, as in the command line's
/// edits.
void appendCocoAnnotation(std::string& out, const Shape& shape, const CocoLabel& label, ImageSize imageSize);

}  // namespace fiducial::exchange
