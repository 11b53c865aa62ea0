// The pointer over a handle says which way the handle goes.
#include "canvas/tool_cursor.h"

#include <gtest/gtest.h>

namespace fiducial::ui {
namespace {

using Kind = edit::Handle::Kind;

Qt::CursorShape at(const Shape& shape, Kind kind, ImagePoint point) {
  return handleCursor(shape, {.kind = kind, .at = point});
}

TEST(HandleCursor, CornersOfABoxGoDiagonallyEvenWhereItIsFlat) {
  for (const Box& box : {Box{10, 10, 40, 40}, Box{10, 10, 400, 12}}) {
    const double right = box.x + box.width;
    const double bottom = box.y + box.height;
    EXPECT_EQ(at(box, Kind::Corner, {box.x, box.y}), Qt::SizeFDiagCursor);
    EXPECT_EQ(at(box, Kind::Corner, {right, bottom}), Qt::SizeFDiagCursor);
    EXPECT_EQ(at(box, Kind::Corner, {right, box.y}), Qt::SizeBDiagCursor);
    EXPECT_EQ(at(box, Kind::Corner, {box.x, bottom}), Qt::SizeBDiagCursor);
    EXPECT_EQ(at(box, Kind::Edge, {right, (box.y + bottom) / 2}), Qt::SizeHorCursor);
    EXPECT_EQ(at(box, Kind::Edge, {(box.x + right) / 2, box.y}), Qt::SizeVerCursor);
  }
}

TEST(HandleCursor, AnEdgeOfAPolygonOffersANewVertexAndAVertexMoves) {
  const Polygon triangle{{{{{0, 0}, {40, 0}, {20, 30}}}}};
  EXPECT_EQ(at(triangle, Kind::Edge, {20, 0}), Qt::CrossCursor);
  EXPECT_EQ(at(triangle, Kind::Vertex, {40, 0}), Qt::SizeAllCursor);
}

}  // namespace
}  // namespace fiducial::ui
