#include "fiducial/workspace/frame_spans.h"

#include <algorithm>

namespace fiducial::workspace {
namespace {

constexpr int kLevels = 31;  // frames are positive ints

}  // namespace

std::vector<FrameSpans::Piece> FrameSpans::piecesOf(int first, int end) {
  std::vector<Piece> pieces;
  // What is left at each level are whole pieces of it; one at either end may have no partner to go up with.
  for (int level = 0; first < end; ++level, first >>= 1, end >>= 1) {
    if ((first & 1) != 0) pieces.emplace_back(level, first++);
    if ((end & 1) != 0) pieces.emplace_back(level, --end);
  }
  return pieces;
}

void FrameSpans::set(TrackId track, int first, int end) {
  const auto old = spans_.find(track);
  if (old != spans_.end()) {
    if (old->second == std::pair(first, end)) return;
    for (const Piece& piece : piecesOf(old->second.first, old->second.second)) {
      const auto found = tracks_.find(piece);
      found->second.erase(track);
      if (found->second.empty()) tracks_.erase(found);
    }
    spans_.erase(old);
  }
  first = std::max(first, 0);
  if (end <= first) return;
  spans_[track] = {first, end};
  for (const Piece& piece : piecesOf(first, end)) tracks_[piece].insert(track);
}

void FrameSpans::clear() {
  tracks_.clear();
  spans_.clear();
}

std::vector<TrackId> FrameSpans::at(int frame) const {
  std::vector<TrackId> found;
  if (frame < 0) return found;
  for (int level = 0; level < kLevels; ++level) {
    const auto here = tracks_.find({level, frame >> level});
    if (here != tracks_.end()) found.insert(found.end(), here->second.begin(), here->second.end());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace fiducial::workspace
