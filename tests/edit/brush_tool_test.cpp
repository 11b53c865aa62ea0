// Strokes against a brute-force answer: a pixel belongs to a stroke where its centre lies within the radius of the
// path.
#include "brush_tool.h"

#include <gtest/gtest.h>

#include <cmath>

#include "play.h"

namespace fiducial::edit::test {
namespace {

double distanceToPath(ImagePoint p, const std::vector<ImagePoint>& path) {
  double nearest = distance(p, path.front());
  for (std::size_t n = 1; n < path.size(); ++n) {
    const ImagePoint a = path[n - 1];
    const ImagePoint d = path[n] - a;
    const double length2 = d.x * d.x + d.y * d.y;
    const double s = length2 == 0 ? 0 : std::clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / length2, 0.0, 1.0);
    nearest = std::min(nearest, distance(p, {a.x + s * d.x, a.y + s * d.y}));
  }
  return nearest;
}

const std::vector<ImagePoint> kPath{{12.3, 20.1}, {60.7, 33.3}, {61, 90.5}, {20, 90.5}};
const std::vector<PointerEvent> kStroke{press(12.3, 20.1), move(60.7, 33.3), move(61, 90.5), release(20, 90.5)};

TEST(Brush, AMaskHoldsEveryPixelWithinTheRadiusOfThePathAndNoOther) {
  ToolContext context = imageContext(100, 120);
  context.settings.brushRadiusPx = 4.5;
  for (const double zoom : {0.1, 1.0, 40.0}) {  // what is painted does not depend on the zoom
    context.imagePixelsPerScreenPixel = 1 / zoom;
    BrushTool tool(StrokeMode::Paint);
    const Played played = play(tool, kStroke, context);
    ASSERT_EQ(played.edits.size(), 1U);
    const Shape shape = shapeOf(played.edits[0]);
    const std::vector<std::uint8_t> pixels = decodeRuns(std::get<RunMask>(shape));
    for (int y = 0; y < 120; ++y) {
      for (int x = 0; x < 100; ++x) {
        const bool expected = distanceToPath({x + 0.5, y + 0.5}, kPath) <= 4.5;
        ASSERT_EQ(pixels[static_cast<std::size_t>(y * 100 + x)] != 0, expected) << x << "," << y;
      }
    }
  }
}

TEST(Brush, OnASelectedMaskOfTheClassItAddsElseItMakesANewOne) {
  std::vector<std::uint8_t> pixels(100 * 100, 0);
  pixels[0] = 1;
  std::vector<SceneShape> shapes{
      {.ref = {RecordKind::Annotation, 5}, .shape = encodeRuns(pixels, {100, 100}), .labelClass = kPolyp}};
  const std::vector<LabelRef> selection{shapes[0].ref};
  ToolContext context = imageContext(100, 100);
  context.shapes = shapes;
  context.selection = selection;
  BrushTool tool(StrokeMode::Paint);
  Played played = play(tool, {press(50, 50), release(50, 50)}, context);
  EXPECT_EQ(played.edits.at(0).changes.at(0).id, 5);
  EXPECT_TRUE(contains(std::get<RunMask>(shapeOf(played.edits[0])), {0.5, 0.5}));
  context.labelClass = ClassId{8};
  played = play(tool, {press(50, 50), release(50, 50)}, context);
  EXPECT_LE(played.edits.at(0).changes.at(0).id, 0);
}

TEST(Eraser, ErasingTheLastPixelDeletesTheMask) {
  std::vector<std::uint8_t> pixels(100 * 100, 0);
  pixels[50 * 100 + 50] = 1;
  std::vector<SceneShape> shapes{
      {.ref = {RecordKind::Annotation, 5}, .shape = encodeRuns(pixels, {100, 100}), .labelClass = kPolyp}};
  ToolContext context = imageContext(100, 100);
  context.shapes = shapes;
  BrushTool tool(StrokeMode::Erase);
  const Played played = play(tool, {press(51, 51), release(51, 51)}, context);
  const Change& change = played.edits.at(0).changes.at(0);
  EXPECT_TRUE(change.id == 5 && !change.after);
}

TEST(Brush, ADiscOnAVolumeMarksOneSliceInEveryPlane) {
  for (const ScenePlane plane : {ScenePlane{0, 1, 2, 9}, ScenePlane{0, 2, 1, 9}, ScenePlane{1, 2, 0, 9}}) {
    ToolContext context = volumeContext(70, 80, 90);
    context.plane = plane;
    context.settings.brushRadiusPx = 5;
    BrushTool tool(StrokeMode::Paint);
    const Played played = play(tool, {press(30.2, 40.8), release(33, 44)}, context);
    ASSERT_EQ(played.edits.size(), 1U);
    const BrickVolume voxels = painted(played.edits[0], BrickVolume(context.volumeSize), SegmentationId{-1});
    std::int64_t expected = 0;
    for (int y = 0; y < 90; ++y) {
      for (int x = 0; x < 90; ++x) {
        if (distanceToPath({x + 0.5, y + 0.5}, {{30.2, 40.8}, {33, 44}}) > 5) continue;
        std::array<int, 3> at{};
        at[static_cast<std::size_t>(plane.axisX)] = x;
        at[static_cast<std::size_t>(plane.axisY)] = y;
        at[static_cast<std::size_t>(plane.axisStep)] = 9;
        EXPECT_TRUE(voxels.at({at[0], at[1], at[2]}));
        ++expected;
      }
    }
    EXPECT_EQ(voxels.count(), expected);
  }
}

TEST(Brush, ASphereIsRoundInMillimetres) {
  ToolContext context = volumeContext(64, 64, 40);
  context.spacingMm = {0.5, 0.5, 2};
  context.settings = {.brushRadiusPx = 8, .sphere = true};  // 4 mm
  context.plane.step = 20;
  BrushTool tool(StrokeMode::Paint);
  const Played played = play(tool, {press(32.5, 32.5), release(32.5, 32.5)}, context);
  const BrickVolume voxels = painted(played.edits.at(0), BrickVolume(context.volumeSize), SegmentationId{-1});
  for (int k = 0; k < 40; ++k) {
    for (int j = 0; j < 64; ++j) {
      for (int i = 0; i < 64; ++i) {
        const double mm2 = std::pow((i - 32) * 0.5, 2) + std::pow((j - 32) * 0.5, 2) + std::pow((k - 20) * 2.0, 2);
        ASSERT_EQ(voxels.at({i, j, k}), mm2 <= 16) << i << "," << j << "," << k;
      }
    }
  }
}

class SegmentStroke : public testing::Test {
 protected:
  SegmentStroke() : active({128, 128, 40}), other({128, 128, 40}) {
    other.fillRow(10, 100, 64, 20, true);
    other.fillRow(10, 100, 5, 39, true);
    segments = {{.id = SegmentationId{1}, .labelClass = kPolyp, .voxels = &active},
                {.id = SegmentationId{2}, .labelClass = ClassId{8}, .voxels = &other}};
    context = volumeContext(128, 128, 40);
    context.segments = segments;
    context.activeSegment = SegmentationId{1};
    context.settings.brushRadiusPx = 4;
  }
  BrickVolume active;
  BrickVolume other;
  std::vector<SceneSegment> segments;
  ToolContext context;
  BrushTool brush{StrokeMode::Paint};
  const std::vector<PointerEvent> stroke{press(40, 64.5), release(60, 64.5)};
};

TEST_F(SegmentStroke, TakesVoxelsFromTheOthersInTheSameEdit) {
  const Played played = play(brush, stroke, context);
  ASSERT_EQ(played.edits.size(), 1U);
  const BrickVolume mine = painted(played.edits[0], active, SegmentationId{1});
  const BrickVolume theirs = painted(played.edits[0], other, SegmentationId{2});
  EXPECT_TRUE(mine.at({50, 64, 20}));
  EXPECT_FALSE(theirs.at({50, 64, 20}));
  EXPECT_TRUE(theirs.at({90, 64, 20}));
  EXPECT_TRUE(other.at({50, 64, 20})) << "the stroke works on copies";
}

TEST_F(SegmentStroke, HoldsOnlyTheBricksThatChanged) {
  const Played played = play(brush, stroke, context);
  // i 36..63 and j 60..68: two bricks of the active segment, and the one of the other that holds row 64.
  EXPECT_EQ(played.edits.at(0).changes.size(), 3U);
}

TEST_F(SegmentStroke, LeavesLockedOnesAloneAndOverlapsWhereAllowed) {
  segments[1].locked = true;
  Played played = play(brush, stroke, context);
  EXPECT_TRUE(painted(played.edits.at(0), other, SegmentationId{2}).at({50, 64, 20}));
  segments[1].locked = false;
  context.settings.allowOverlap = true;
  played = play(brush, stroke, context);
  EXPECT_TRUE(painted(played.edits.at(0), other, SegmentationId{2}).at({50, 64, 20}));
}

TEST_F(SegmentStroke, ControlAndTheEraserOnlyTouchTheActiveSegment) {
  active.fillRow(0, 128, 64, 20, true);
  for (const bool byControl : {true, false}) {
    BrushTool tool(byControl ? StrokeMode::Paint : StrokeMode::Erase);
    PointerEvent first = press(40, 64.5);
    first.control = byControl;
    const Played played = play(tool, {first, release(60, 64.5)}, context);
    ASSERT_EQ(played.edits.size(), 1U);
    EXPECT_FALSE(painted(played.edits[0], active, SegmentationId{1}).at({50, 64, 20}));
    EXPECT_TRUE(painted(played.edits[0], other, SegmentationId{2}).at({50, 64, 20}));
  }
}

TEST_F(SegmentStroke, WithoutAnActiveSegmentTheFirstStrokeMakesOne) {
  context.activeSegment = {};
  const Played played = play(brush, stroke, context);
  const Change& first = played.edits.at(0).changes.at(0);
  EXPECT_EQ(std::get<Segmentation>(*first.after).labelClass, kPolyp);
  EXPECT_EQ(std::get<BrickContent>(*played.edits[0].changes.at(1).after).segmentation, SegmentationId{first.id});
}

TEST_F(SegmentStroke, ThePreviewIsTheSegmentAsItWouldBe) {
  const Played played = play(brush, {press(40, 64.5), move(60, 64.5)}, context);
  ASSERT_TRUE(played.preview.has_value());
  ASSERT_EQ(played.preview->segments.size(), 2U);
  EXPECT_TRUE(played.preview->segments[0].second->at({50, 64, 20}));
  EXPECT_FALSE(played.preview->segments[1].second->at({50, 64, 20}));
}

}  // namespace
}  // namespace fiducial::edit::test
