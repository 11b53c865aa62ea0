#include <algorithm>
#include <cmath>
#include <numbers>

#include "fiducial/edit/tool.h"
#include "rotated_frame.h"

namespace fiducial::edit {
namespace {

constexpr double kSmallestSidePx = 1;  ///< a box dragged onto its other side stays visible and valid

/// Which sides of a box a handle moves: -1 left or top, 1 right or bottom, 0 none.
struct MovedSides {
  int u = 0;
  int v = 0;
};
MovedSides sidesOf(const Handle& handle) {
  constexpr std::array<MovedSides, 8> kSides{{{-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}}};
  return kSides[static_cast<std::size_t>(handle.index & 7)];
}

/// One axis: the fixed side stays, the moved one goes to `to`; crossing over gives the mirrored interval.
struct Interval {
  double low;
  double high;
};
Interval resized(double half, int side, double to) {
  if (side == 0) return {-half, half};
  const double fixed = -side * half;
  double low = std::min(fixed, to);
  double high = std::max(fixed, to);
  if (high - low < kSmallestSidePx) {
    if (to < fixed || (to == fixed && side < 0)) {
      low = high - kSmallestSidePx;
    } else {
      high = low + kSmallestSidePx;
    }
  }
  return {low, high};
}

/// The corner keeps the proportions of the frame.
ImagePoint inProportion(const RotatedFrame& frame, MovedSides sides, ImagePoint to) {
  if (sides.u == 0 || sides.v == 0 || frame.halfWidth <= 0 || frame.halfHeight <= 0) return to;
  const double scaleU = (to.x * sides.u + frame.halfWidth) / (2 * frame.halfWidth);
  const double scaleV = (to.y * sides.v + frame.halfHeight) / (2 * frame.halfHeight);
  const double scale = std::max({scaleU, scaleV, 0.0});
  return {sides.u * (2 * frame.halfWidth * scale - frame.halfWidth),
          sides.v * (2 * frame.halfHeight * scale - frame.halfHeight)};
}

RotatedFrame resizedFrame(const RotatedFrame& frame, const Handle& handle, ImagePoint to, bool constrain) {
  const MovedSides sides = sidesOf(handle);
  ImagePoint own = frame.toOwn(to);
  if (constrain) own = inProportion(frame, sides, own);
  const Interval u = resized(frame.halfWidth, sides.u, own.x);
  const Interval v = resized(frame.halfHeight, sides.v, own.y);
  return {frame.toImage({(u.low + u.high) / 2, (v.low + v.high) / 2}), (u.high - u.low) / 2, (v.high - v.low) / 2,
          frame.degrees};
}

RotatedFrame turnedFrame(RotatedFrame frame, ImagePoint to, bool constrain) {
  const ImagePoint d = to - frame.center;
  double degrees = std::atan2(d.x, -d.y) * 180 / std::numbers::pi;
  if (constrain) degrees = std::round(degrees / 15) * 15;
  frame.degrees = degrees;
  return frame;
}

RotatedFrame draggedFrame(const RotatedFrame& frame, const Handle& handle, ImagePoint to, bool constrain) {
  if (handle.kind == Handle::Kind::Rotate) return turnedFrame(frame, to, constrain);
  return resizedFrame(frame, handle, to, constrain);
}

bool isIndexOf(int index, std::size_t size) { return index >= 0 && static_cast<std::size_t>(index) < size; }

void dragVertex(std::vector<ImagePoint>& points, const Handle& handle, ImagePoint to) {
  if (!isIndexOf(handle.index, points.size())) return;
  if (handle.kind == Handle::Kind::Edge) {
    points.insert(points.begin() + handle.index + 1, to);
  } else {
    points[static_cast<std::size_t>(handle.index)] = to;
  }
}

struct Dragger {
  const Handle& handle;
  ImagePoint to;
  bool constrain;

  Shape operator()(const Box& box) const {
    const RotatedFrame f = resizedFrame(frameOf(box), handle, to, constrain);
    return Box{f.center.x - f.halfWidth, f.center.y - f.halfHeight, 2 * f.halfWidth, 2 * f.halfHeight};
  }
  Shape operator()(const RotatedBox& box) const {
    const RotatedFrame f = draggedFrame(frameOf(box), handle, to, constrain);
    return RotatedBox{f.center, 2 * f.halfWidth, 2 * f.halfHeight, f.degrees};
  }
  Shape operator()(const Ellipse& ellipse) const {
    const RotatedFrame f = draggedFrame(frameOf(ellipse), handle, to, constrain);
    return Ellipse{f.center, f.halfWidth, f.halfHeight, f.degrees};
  }
  Shape operator()(Polygon polygon) const {
    if (!isIndexOf(handle.part, polygon.parts.size())) return polygon;
    PolygonPart& part = polygon.parts[static_cast<std::size_t>(handle.part)];
    if (isIndexOf(handle.ring, part.size())) dragVertex(part[static_cast<std::size_t>(handle.ring)], handle, to);
    return polygon;
  }
  Shape operator()(Polyline line) const {
    dragVertex(line.points, handle, to);
    return line;
  }
  Shape operator()(Points points) const {
    dragVertex(points.points, handle, to);
    return points;
  }
  Shape operator()(Skeleton skeleton) const {
    if (isIndexOf(handle.index, skeleton.points.size())) {
      skeleton.points[static_cast<std::size_t>(handle.index)].at = to;
    }
    return skeleton;
  }
  Shape operator()(Arrow arrow) const {
    (handle.index == 0 ? arrow.from : arrow.to) = to;
    return arrow;
  }
  Shape operator()(NoteAnchor) const { return NoteAnchor{to}; }
  Shape operator()(const RunMask& mask) const { return mask; }
};

}  // namespace

Shape dragged(const Shape& shape, const Handle& handle, ImagePoint to, bool constrain) {
  if (handle.kind == Handle::Kind::Body) {
    ImagePoint by = to - handle.at;
    if (constrain) (std::abs(by.x) < std::abs(by.y) ? by.x : by.y) = 0;
    return translated(shape, by.x, by.y);
  }
  return std::visit(Dragger{handle, to, constrain}, shape);
}

}  // namespace fiducial::edit
