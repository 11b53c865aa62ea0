#include "mask_difference.h"

#include <algorithm>

#include "record_codec.h"

namespace fiducial::project {
namespace {

/// Positions where the mask changes value, ascending, each once: from background before the first pixel.
std::vector<std::uint64_t> bordersOf(const RunMask& mask) {
  std::vector<std::uint64_t> borders;
  std::uint64_t at = 0;
  for (const std::uint32_t run : mask.counts) {
    if (!borders.empty() && borders.back() == at) {
      borders.pop_back();  // an empty run: the two changes cancel
    } else {
      borders.push_back(at);
    }
    at += run;
  }
  // The first entry stands for "background begins at 0", which is no change.
  const auto total = static_cast<std::uint64_t>(mask.size.pixels());
  if (!borders.empty() && borders.front() == 0) {
    borders.erase(borders.begin());
  } else {
    borders.insert(borders.begin(), 0);
  }
  while (!borders.empty() && borders.back() >= total) borders.pop_back();
  return borders;
}

RunMask fromBorders(ImageSize size, const std::vector<std::uint64_t>& borders) {
  RunMask mask;
  mask.size = size;
  std::uint64_t last = 0;
  for (const std::uint64_t border : borders) {
    mask.counts.push_back(static_cast<std::uint32_t>(border - last));
    last = border;
  }
  mask.counts.push_back(static_cast<std::uint32_t>(static_cast<std::uint64_t>(size.pixels()) - last));
  return mask;
}

Shape* shapeOf(Record& record) {
  if (auto* annotation = std::get_if<Annotation>(&record)) return &annotation->shape;
  if (auto* keyframe = std::get_if<Keyframe>(&record)) return &keyframe->shape;
  return nullptr;
}

}  // namespace

RunMask canonical(const RunMask& mask) { return fromBorders(mask.size, bordersOf(mask)); }

RunMask symmetricDifference(const RunMask& a, const RunMask& b) {
  const auto bordersA = bordersOf(a);
  const auto bordersB = bordersOf(b);
  std::vector<std::uint64_t> borders;
  std::ranges::set_symmetric_difference(bordersA, bordersB, std::back_inserter(borders));
  return fromBorders(a.size, borders);
}

std::optional<std::string> maskDifference(RecordKind kind, std::string_view of, std::string_view against) {
  if (kind != RecordKind::Annotation && kind != RecordKind::Keyframe) return std::nullopt;
  auto first = decodeStored(kind, 0, of);
  auto second = decodeStored(kind, 0, against);
  if (!first || !second) return std::nullopt;
  auto* a = std::get_if<RunMask>(shapeOf(first->value));
  const auto* b = std::get_if<RunMask>(shapeOf(second->value));
  if (a == nullptr || b == nullptr || a->size != b->size) return std::nullopt;
  *a = symmetricDifference(*a, *b);
  return encodeStored(*first);
}

}  // namespace fiducial::project
