#include "playback.h"

#include <algorithm>
#include <cmath>

namespace fiducial::workspace {
namespace {

constexpr double kLateMs = 100;            ///< further behind than this, the clock starts anew instead of catching up
constexpr std::int64_t kMeasureMs = 1000;  ///< window over which the shown rate is measured
constexpr std::int64_t kSettleMs = 400;    ///< shorter runs say nothing

}  // namespace

void Playback::start(double rate, std::int64_t) {
  rate_ = rate;
  shownRate_ = rate;
  dueMs_ = -1;
  shown_.clear();
}

void Playback::stop() {
  rate_ = 0;
  shownRate_ = 0;
  shown_.clear();
}

Playback::Step Playback::tick(const Reel& reel, std::int64_t nowMs) {
  Step step{reel.frame, false};
  if (!isPlaying() || reel.count <= 1) return step;
  const double now = static_cast<double>(nowMs);
  const double speed = std::abs(rate_);
  const int direction = rate_ < 0 ? -1 : 1;
  if (dueMs_ < 0) dueMs_ = now + reel.durationMs(reel.frame) / speed;
  double mediaMs = 0;
  while (now >= dueMs_) {
    int next = step.frame + direction;
    if (next < 0 || next >= reel.count) {
      if (!reel.loops) {
        step.ended = step.frame == reel.frame;  // first show the last frame, then end
        break;
      }
      next = direction > 0 ? 0 : reel.count - 1;
    }
    const bool mayDrop = speed > 1;
    if (!mayDrop && step.frame != reel.frame) break;  // one frame a tick: each of them is seen
    if (!mayDrop && !reel.isReady(next)) break;       // slow down rather than drop
    mediaMs += reel.durationMs(step.frame);
    step.frame = next;
    dueMs_ += std::max(reel.durationMs(next), 1.0) / speed;
  }
  if (now - dueMs_ > kLateMs) dueMs_ = now;
  if (step.frame != reel.frame) measure(mediaMs, nowMs);
  return step;
}

void Playback::measure(double mediaMs, std::int64_t nowMs) {
  shown_.push_back({nowMs, mediaMs});
  while (shown_.size() > 2 && nowMs - shown_.front().wallMs > kMeasureMs) shown_.pop_front();
  const std::int64_t wall = nowMs - shown_.front().wallMs;
  if (wall < kSettleMs) return;
  double media = 0;
  for (std::size_t n = 1; n < shown_.size(); ++n) media += shown_[n].mediaMs;
  const double reached = media / static_cast<double>(wall);
  const double asked = std::abs(rate_);
  // Within 5 % it is what was asked for: the rest is the grain of the clock.
  shownRate_ = (rate_ < 0 ? -1 : 1) * (reached > 0.95 * asked ? asked : reached);
}

}  // namespace fiducial::workspace
