// What FFmpeg 5.1 says of the videos of the shared test data (video/reference.json).
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "fiducial/core/geometry.h"
#include "fiducial/core/rational.h"
#include "fiducial/core/scalar_buffer.h"

struct AVFrame;

namespace fiducial::test {

struct VideoReference {
  std::string file;
  std::string container;
  std::string codec;
  Rational timeBase;
  double averageRate = 0;
  int rotation = 0;  ///< degrees clockwise
  ImageSize uprightSize;
  std::vector<std::optional<Timestamp>> pts;  ///< nothing where FFmpeg knows none
  std::vector<int> keyframes;
  std::vector<std::string> planes;  ///< first 16 hex digits of the SHA-256 of each frame in its own pixel format
};

/// Empty where the shared data is missing.
[[nodiscard]] std::vector<VideoReference> videoReferences();
/// Those whose pictures carry their number.
[[nodiscard]] std::vector<VideoReference> codedVideoReferences();
[[nodiscard]] std::string nameOfVideo(const ::testing::TestParamInfo<VideoReference>& info);
void PrintTo(const VideoReference& video, std::ostream* out);

/// As VideoReference::planes.
[[nodiscard]] std::string sha256OfPlanes(const AVFrame& picture);

/// The number drawn into a frame of a coded video: 16 squares of 20x20, white is 1, highest bit first; -1 where it
/// cannot be read. `rotation` (0 or 270, clockwise) is how the picture was turned after it was drawn.
[[nodiscard]] int drawnNumber(const ScalarBuffer& picture, int rotation);

}  // namespace fiducial::test
