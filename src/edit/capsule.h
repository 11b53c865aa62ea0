// Everything within a distance of a straight line piece: what a round brush sweeps between two pointer samples.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace fiducial::edit {

using Point3 = std::array<double, 3>;

/// A capsule in any units that are the same along all three axes. Convex, so each line along the first axis crosses it
/// in one interval.
struct Capsule {
  Point3 from{};
  Point3 to{};
  double radius = 0;

  struct Interval {
    double low;
    double high;
  };
  /// Where the line {(u, v, w) : all u} is inside; nothing where it passes by.
  [[nodiscard]] std::optional<Interval> crossing(double v, double w) const {
    std::optional<Interval> all = ball(from, v, w);
    unite(all, ball(to, v, w));
    unite(all, tube(v, w));
    return all;
  }

 private:
  static void unite(std::optional<Interval>& all, const std::optional<Interval>& more) {
    if (!more) return;
    all = all ? Interval{std::min(all->low, more->low), std::max(all->high, more->high)} : more;
  }
  [[nodiscard]] std::optional<Interval> ball(const Point3& center, double v, double w) const {
    const double dv = v - center[1];
    const double dw = w - center[2];
    const double rest = radius * radius - dv * dv - dw * dw;
    if (rest < 0) return std::nullopt;
    const double half = std::sqrt(rest);
    return Interval{center[0] - half, center[0] + half};
  }
  /// The tube between the two end planes: q(u) = |p - from|^2 - (along . (p - from))^2 <= r^2, 0 <= along . p <=
  /// length.
  [[nodiscard]] std::optional<Interval> tube(double v, double w) const {
    Point3 along{to[0] - from[0], to[1] - from[1], to[2] - from[2]};
    const double length = std::hypot(along[0], along[1], along[2]);
    if (length == 0) return std::nullopt;
    for (double& a : along) a /= length;
    const double dv = v - from[1];
    const double dw = w - from[2];
    const double side = along[1] * dv + along[2] * dw;
    // With x = u - from: (1 - a0^2) x^2 - 2 a0 side x + dv^2 + dw^2 - side^2 - r^2 <= 0
    const double a = 1 - along[0] * along[0];
    const double c = dv * dv + dw * dw - side * side - radius * radius;
    double low = -1e300;
    double high = 1e300;
    if (a < 1e-12) {
      if (c > 0) return std::nullopt;  // the tube runs along the line, beside it
    } else {
      const double b = along[0] * side;
      const double root = b * b - a * c;
      if (root < 0) return std::nullopt;
      low = (b - std::sqrt(root)) / a;
      high = (b + std::sqrt(root)) / a;
    }
    if (std::abs(along[0]) < 1e-12) {
      if (side < 0 || side > length) return std::nullopt;
    } else {
      const double start = -side / along[0];
      const double end = (length - side) / along[0];
      low = std::max(low, std::min(start, end));
      high = std::min(high, std::max(start, end));
    }
    if (low > high) return std::nullopt;
    return Interval{from[0] + low, from[0] + high};
  }
};

}  // namespace fiducial::edit
