#include "coco/coco_key_states.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <type_traits>

namespace fiducial::exchange {
namespace {

constexpr double kTolerancePx = 1e-3;
constexpr double kDifferent = std::numeric_limits<double>::infinity();
constexpr int kDeepest = 64;  // of halving; a path that needs more becomes all key frames, so that time stays bounded

double apart(ImagePoint a, ImagePoint b) { return std::max(std::abs(a.x - b.x), std::abs(a.y - b.y)); }

double apart(const Box& a, const Box& b) {
  return std::max(apart(ImagePoint{a.x, a.y}, ImagePoint{b.x, b.y}),
                  apart(ImagePoint{a.right(), a.bottom()}, ImagePoint{b.right(), b.bottom()}));
}

// The end of an axis of half length `half`, turned by `degrees`.
ImagePoint axisEnd(ImagePoint center, double half, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  return {center.x + half * std::cos(angle), center.y + half * std::sin(angle)};
}

double apart(const RotatedBox& a, const RotatedBox& b) {
  return std::max(
      {apart(a.center, b.center),
       apart(axisEnd(a.center, a.width / 2, a.degrees), axisEnd(b.center, b.width / 2, b.degrees)),
       apart(axisEnd(a.center, a.height / 2, a.degrees + 90), axisEnd(b.center, b.height / 2, b.degrees + 90))});
}

double apart(const Ellipse& a, const Ellipse& b) {
  return std::max({apart(a.center, b.center),
                   apart(axisEnd(a.center, a.radiusX, a.degrees), axisEnd(b.center, b.radiusX, b.degrees)),
                   apart(axisEnd(a.center, a.radiusY, a.degrees + 90), axisEnd(b.center, b.radiusY, b.degrees + 90))});
}

double apart(const Ring& a, const Ring& b) {
  if (a.size() != b.size()) return kDifferent;
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, apart(a[i], b[i]));
  return largest;
}

double apart(const Polygon& a, const Polygon& b) {
  if (a.parts.size() != b.parts.size()) return kDifferent;
  double largest = 0;
  for (std::size_t part = 0; part < a.parts.size(); ++part) {
    if (a.parts[part].size() != b.parts[part].size()) return kDifferent;
    for (std::size_t ring = 0; ring < a.parts[part].size(); ++ring) {
      largest = std::max(largest, apart(a.parts[part][ring], b.parts[part][ring]));
    }
  }
  return largest;
}

// Largest distance in pixels between points that belong together; infinite where shapes have no such points.
double apart(const Shape& a, const Shape& b) {
  return std::visit(
      [](const auto& one, const auto& other) -> double {
        using One = std::decay_t<decltype(one)>;
        if constexpr (!std::is_same_v<One, std::decay_t<decltype(other)>>) {
          return kDifferent;
        } else if constexpr (std::is_same_v<One, Box> || std::is_same_v<One, RotatedBox> ||
                             std::is_same_v<One, Ellipse> || std::is_same_v<One, Polygon>) {
          return apart(one, other);
        } else {
          return one == other ? 0 : kDifferent;
        }
      },
      a, b);
}

struct Gap {
  std::size_t first = 0;
  std::size_t last = 0;
  int depth = 0;
};

// How far the state is from what key frames at both ends of the gap would make of its frame.
double errorOf(std::span<const CocoState> run, const Gap& gap, std::size_t at) {
  const CocoState& from = run[gap.first];
  const CocoState& to = run[gap.last];
  const bool holds = from.shape.index() != to.shape.index() || std::holds_alternative<RunMask>(from.shape);
  if (holds) return apart(run[at].shape, from.shape);
  const double fraction = (double(run[at].frame) - from.frame) / (double(to.frame) - from.frame);
  return apart(run[at].shape, interpolate(from.shape, to.shape, fraction));
}

struct Worst {
  std::size_t at = 0;
  double error = kTolerancePx;
};

// The state farthest off; of those that cannot be measured the first.
Worst worstIn(std::span<const CocoState> run, const Gap& gap) {
  Worst worst;
  for (std::size_t i = gap.first + 1; i < gap.last; ++i) {
    const double error = errorOf(run, gap, i);
    if (!(error > worst.error)) continue;
    worst = {i, error};
    if (std::isinf(error)) break;
  }
  return worst;
}

void refine(std::span<const CocoState> run, std::size_t first, std::size_t last, std::vector<bool>& kept) {
  std::vector<Gap> gaps{{first, last, 0}};
  while (!gaps.empty()) {
    const Gap gap = gaps.back();
    gaps.pop_back();
    const Worst worst = worstIn(run, gap);
    if (worst.at == 0) continue;
    if (gap.depth == kDeepest) {
      for (std::size_t i = gap.first + 1; i < gap.last; ++i) kept[i] = true;
      continue;
    }
    kept[worst.at] = true;
    gaps.push_back({gap.first, worst.at, gap.depth + 1});
    // Behind a jump one goes on as if from the start: all before it is done with, so this cannot grow.
    gaps.push_back({worst.at, gap.last, std::isinf(worst.error) ? gap.depth : gap.depth + 1});
  }
}

}  // namespace

std::vector<bool> keyStates(std::span<const CocoState> run) {
  std::vector<bool> kept(run.size());
  std::vector<std::size_t> keys;
  const auto keep = [&](std::size_t i) {
    kept[i] = true;
    keys.push_back(i);
  };
  for (std::size_t i = 0; i < run.size(); ++i) {
    const bool changes =
        i == 0 || run[i].isOccluded != run[i - 1].isOccluded || run[i].attributes != run[i - 1].attributes;
    if (changes || run[i].isKeyframe) keep(i);
  }
  // The last key frame's shape holds to the end; where the track still moved, its next key frame was not exported.
  const std::size_t last = keys.empty() ? 0 : keys.back();
  for (std::size_t i = last + 1; i < run.size(); ++i) {
    if (apart(run[i].shape, run[last].shape) <= kTolerancePx) continue;
    keep(run.size() - 1);
    break;
  }
  for (std::size_t i = 1; i < keys.size(); ++i) refine(run, keys[i - 1], keys[i], kept);
  return kept;
}

}  // namespace fiducial::exchange
