// A shape as bytes (docs/project-file.md, "Shapes"): compact, exact to the bit, one encoding for each shape.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bytes.h"
#include "fiducial/core/shape.h"

namespace fiducial::project {

void encodeShape(ByteWriter& out, const Shape& shape);
/// Nothing if the bytes are no shape or go on after it. The shape is what was encoded, not necessarily a sound one.
[[nodiscard]] std::optional<Shape> decodeShape(std::string_view bytes);

/// As in a column: a long mask is compressed.
[[nodiscard]] std::string shapeToColumn(const Shape& shape);
[[nodiscard]] std::optional<Shape> shapeFromColumn(std::string_view column);

}  // namespace fiducial::project
