// Which things stand on a frame, found without a look at the others: spans of frames cut into pieces of 1, 2, 4, 8...
// frames that begin at a multiple of their length, so that a frame lies in one piece of each length.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "fiducial/core/ids.h"

namespace fiducial::workspace {

/// Frames are >= 0. Setting and asking take a number of steps that grows with the logarithm of the frames. Thread: one
/// at a time.
class FrameSpans {
 public:
  /// `track` stands on the frames [first, end), and on no others any more; end <= first: on none.
  void set(TrackId track, int first, int end);
  void erase(TrackId track) { set(track, 0, 0); }
  void clear();
  /// What stands on the frame, by id.
  [[nodiscard]] std::vector<TrackId> at(int frame) const;

 private:
  using Piece = std::pair<int, int>;  // level, and frame / 2^level
  static std::vector<Piece> piecesOf(int first, int end);

  std::map<Piece, std::set<TrackId>> tracks_;
  std::map<TrackId, std::pair<int, int>> spans_;
};

}  // namespace fiducial::workspace
