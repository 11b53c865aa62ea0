// The clock of cine and video: at 1x or below no frame is dropped; where decoding is too slow, it slows down and says
// so.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>

namespace fiducial::workspace {

/// Thread: the owner's. Knows no medium: it is given what it needs for each tick.
class Playback {
 public:
  struct Reel {
    int frame = 0;
    int count = 1;
    bool loops = false;
    std::function<double(int)> durationMs;  ///< how long a frame is shown at 1x
    std::function<bool(int)> isReady;       ///< its picture can be shown at once
  };
  void start(double rate, std::int64_t nowMs);
  void stop();
  [[nodiscard]] bool isPlaying() const { return rate_ != 0; }
  [[nodiscard]] double rate() const { return rate_; }
  /// Measured over the last second or so; the asked one until then.
  [[nodiscard]] double shownRate() const { return shownRate_; }
  struct Step {
    int frame = 0;       ///< to show now; the same as before: nothing to do
    bool ended = false;  ///< the last frame was reached
  };
  Step tick(const Reel& reel, std::int64_t nowMs);

 private:
  void measure(double mediaMs, std::int64_t nowMs);
  double rate_ = 0;
  double shownRate_ = 0;
  double dueMs_ = -1;  ///< when the next frame is to be shown; < 0: at the next tick the clock starts
  struct Sample {
    std::int64_t wallMs;
    double mediaMs;
  };
  std::deque<Sample> shown_;  ///< the last second
};

}  // namespace fiducial::workspace
