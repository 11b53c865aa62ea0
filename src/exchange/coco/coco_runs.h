// COCO's compressed run lengths: the text form of the counts of a mask.
// Source: cocodataset/cocoapi common/maskApi.c (rleFrString); docs (formats: COCO, "RLE counts as string").
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace fiducial::exchange {

/// Nothing where the text is damaged: a character outside '0'..'o', a torn group, a negative or too large run.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> decodeRunText(std::string_view text);

}  // namespace fiducial::exchange
