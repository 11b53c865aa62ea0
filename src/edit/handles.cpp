#include <algorithm>
#include <cmath>
#include <numbers>

#include "fiducial/edit/tool.h"
#include "rotated_frame.h"

namespace fiducial::edit {
namespace {

constexpr double kReachScreenPx = 8;
constexpr double kPenReachScreenPx = 14;

/// Where the eight handles of a box stand, in halves of its sides; clockwise from the top left.
constexpr std::array<std::array<int, 2>, 8> kBoxHandles{
    {{-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}}};

std::vector<Handle> handlesOfFrame(const RotatedFrame& frame) {
  std::vector<Handle> handles;
  for (int n = 0; n < 8; ++n) {
    const auto [u, v] = kBoxHandles[static_cast<std::size_t>(n)];
    handles.push_back({.kind = n % 2 == 0 ? Handle::Kind::Corner : Handle::Kind::Edge,
                       .at = frame.toImage({u * frame.halfWidth, v * frame.halfHeight}),
                       .index = n});
  }
  return handles;
}

/// Above the middle of the upper side, a quarter of the height away.
Handle rotateHandle(const RotatedFrame& frame) {
  return {.kind = Handle::Kind::Rotate, .at = frame.toImage({0, -1.5 * frame.halfHeight})};
}

struct HandleLister {
  std::vector<Handle> operator()(const Box& box) const { return handlesOfFrame(frameOf(box)); }
  std::vector<Handle> operator()(const RotatedBox& box) const { return withRotation(frameOf(box)); }
  std::vector<Handle> operator()(const Ellipse& ellipse) const { return withRotation(frameOf(ellipse)); }
  std::vector<Handle> operator()(const Polygon& polygon) const {
    std::vector<Handle> handles;
    for (std::size_t part = 0; part < polygon.parts.size(); ++part) {
      for (std::size_t ring = 0; ring < polygon.parts[part].size(); ++ring) {
        append(handles, polygon.parts[part][ring], static_cast<int>(part), static_cast<int>(ring));
      }
    }
    return handles;
  }
  std::vector<Handle> operator()(const Polyline& line) const { return vertices(line.points); }
  std::vector<Handle> operator()(const Points& points) const { return vertices(points.points); }
  std::vector<Handle> operator()(const Skeleton& skeleton) const {
    std::vector<Handle> handles;
    for (std::size_t n = 0; n < skeleton.points.size(); ++n) {
      if (skeleton.points[n].visibility == Visibility::Absent) continue;
      handles.push_back({.kind = Handle::Kind::Vertex, .at = skeleton.points[n].at, .index = static_cast<int>(n)});
    }
    return handles;
  }
  std::vector<Handle> operator()(const Arrow& arrow) const { return vertices({arrow.from, arrow.to}); }
  std::vector<Handle> operator()(const NoteAnchor& note) const { return vertices({note.at}); }
  std::vector<Handle> operator()(const RunMask&) const { return {}; }

 private:
  static std::vector<Handle> withRotation(const RotatedFrame& frame) {
    std::vector<Handle> handles = handlesOfFrame(frame);
    handles.push_back(rotateHandle(frame));
    return handles;
  }
  static void append(std::vector<Handle>& handles, const std::vector<ImagePoint>& points, int part, int ring) {
    for (std::size_t n = 0; n < points.size(); ++n) {
      handles.push_back({Handle::Kind::Vertex, points[n], part, ring, static_cast<int>(n)});
    }
  }
  static std::vector<Handle> vertices(const std::vector<ImagePoint>& points) {
    std::vector<Handle> handles;
    append(handles, points, 0, 0);
    return handles;
  }
};

double distanceToSegment(ImagePoint p, ImagePoint a, ImagePoint b) {
  const ImagePoint along = b - a;
  const double length2 = along.x * along.x + along.y * along.y;
  if (length2 == 0) return distance(p, a);
  const double s = std::clamp(((p.x - a.x) * along.x + (p.y - a.y) * along.y) / length2, 0.0, 1.0);
  return distance(p, {a.x + s * along.x, a.y + s * along.y});
}

/// Sides of a box are grabbed along their whole length, not in the middle only.
std::optional<Handle> frameEdgeAt(const RotatedFrame& frame, ImagePoint at, double reach) {
  const std::vector<Handle> handles = handlesOfFrame(frame);
  std::optional<Handle> best;
  double nearest = reach;
  for (int side = 0; side < 4; ++side) {
    const Handle& from = handles[static_cast<std::size_t>(2 * side)];
    const Handle& to = handles[static_cast<std::size_t>((2 * side + 2) % 8)];
    const double d = distanceToSegment(at, from.at, to.at);
    if (d > nearest) continue;
    nearest = d;
    best = handles[static_cast<std::size_t>(2 * side + 1)];
  }
  return best;
}

void nearestEdge(const std::vector<ImagePoint>& points, bool closed, ImagePoint at, Handle place, double& nearest,
                 std::optional<Handle>& best) {
  const std::size_t count = points.size();
  for (std::size_t n = 0; n + (closed ? 0 : 1) < count; ++n) {
    const double d = distanceToSegment(at, points[n], points[(n + 1) % count]);
    if (d > nearest) continue;
    nearest = d;
    best = Handle{Handle::Kind::Edge, at, place.part, place.ring, static_cast<int>(n)};
  }
}

std::optional<Handle> edgeAt(const Shape& shape, ImagePoint at, double reach) {
  if (const auto* box = std::get_if<Box>(&shape)) return frameEdgeAt(frameOf(*box), at, reach);
  if (const auto* box = std::get_if<RotatedBox>(&shape)) return frameEdgeAt(frameOf(*box), at, reach);
  std::optional<Handle> best;
  double nearest = reach;
  if (const auto* polygon = std::get_if<Polygon>(&shape)) {
    for (std::size_t part = 0; part < polygon->parts.size(); ++part) {
      for (std::size_t ring = 0; ring < polygon->parts[part].size(); ++ring) {
        nearestEdge(polygon->parts[part][ring], true, at,
                    {.part = static_cast<int>(part), .ring = static_cast<int>(ring)}, nearest, best);
      }
    }
  }
  if (const auto* line = std::get_if<Polyline>(&shape)) nearestEdge(line->points, false, at, {}, nearest, best);
  return best;
}

/// A shape that is small on screen keeps a middle to be moved by: its handles reach at most a quarter of it inwards.
double reachInside(const Shape& shape, ImagePoint at, double reach) {
  const std::optional<Box> bounds = boundsOf(shape);
  if (!bounds || !bounds->contains(at)) return reach;
  return std::min(reach, std::min(bounds->width, bounds->height) / 4);
}

}  // namespace

double reachOf(const PointerEvent& event, const ToolContext& context) {
  return (event.pen ? kPenReachScreenPx : kReachScreenPx) * context.imagePixelsPerScreenPixel;
}

std::vector<Handle> handlesOf(const Shape& shape) { return std::visit(HandleLister{}, shape); }

std::optional<Handle> handleAt(const Shape& shape, ImagePoint at, double reach) {
  const bool isArea = boundsOf(shape) && areaOf(shape) > 0;
  const double within = isArea ? reachInside(shape, at, reach) : reach;
  std::optional<Handle> best;
  double nearest = within;
  for (const Handle& handle : handlesOf(shape)) {
    const double d = distance(handle.at, at);
    if (d > nearest) continue;
    nearest = d;
    best = handle;
  }
  return best ? best : edgeAt(shape, at, within);
}

}  // namespace fiducial::edit
