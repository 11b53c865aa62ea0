// What every tool of the table must bear: cancel in each state leaves nothing behind; a press outside the picture; the
// second button during a drag; far out and close in; one gesture gives at most one edit.
#include <gtest/gtest.h>

#include <set>

#include "play.h"

namespace fiducial::edit::test {
namespace {

/// A picture, or a volume, with something of each kind to meet; a box is selected.
struct Scene {
  explicit Scene(bool isVolume) : segment({100, 100, 10}) {
    context = isVolume ? volumeContext(100, 100, 10) : imageContext(100, 100);
    std::vector<std::uint8_t> pixels(100 * 100, 0);
    for (std::size_t n = 4000; n < 6000; ++n) pixels[n] = 1;
    shapes = {{.ref = {RecordKind::Annotation, 11}, .shape = Box{20, 20, 40, 40}, .labelClass = kPolyp},
              {.ref = {RecordKind::Track, 12}, .shape = Polygon{{{{{5, 5}, {30, 5}, {5, 30}}}}}, .labelClass = kPolyp},
              {.ref = {RecordKind::Annotation, 13}, .shape = encodeRuns(pixels, {100, 100}), .labelClass = kPolyp}};
    selection = {shapes.front().ref};
    for (int j = 30; j < 70; ++j) segment.fillRow(30, 70, j, 5, true);
    segments = {{.id = SegmentationId{21}, .labelClass = kPolyp, .voxels = &segment}};
    context.shapes = shapes;
    context.selection = selection;
    context.segments = segments;
    context.activeSegment = SegmentationId{21};
  }
  std::vector<SceneShape> shapes;
  std::vector<LabelRef> selection;
  BrickVolume segment;
  std::vector<SceneSegment> segments;
  ToolContext context;
};

/// A gesture that makes something with each tool: a click, a drag that starts on the selected box's corner, the end.
std::vector<PointerEvent> gesture() {
  return {press(60, 60), move(64, 62), move(80, 70), move(70, 85), release(70, 90), move(72, 60), accept()};
}

class EveryTool : public testing::TestWithParam<std::tuple<std::size_t, bool, double>> {
 protected:
  EveryTool() : scene(std::get<1>(GetParam())) {
    scene.context.imagePixelsPerScreenPixel = 1 / std::get<2>(GetParam());
  }
  std::unique_ptr<Tool> make() const { return tools()[std::get<0>(GetParam())].make(); }
  Scene scene;
};

TEST_P(EveryTool, CancelInEachStateLeavesNothingBehind) {
  const std::vector<PointerEvent> events = gesture();
  for (std::size_t length = 0; length <= events.size(); ++length) {
    const std::unique_ptr<Tool> tool = make();
    play(*tool, {events.begin(), events.begin() + static_cast<std::ptrdiff_t>(length)}, scene.context);
    const Played after = play(*tool, {cancel()}, scene.context);
    EXPECT_TRUE(after.edits.empty());
    EXPECT_FALSE(after.preview.has_value());
    EXPECT_FALSE(tool->isBusy());
    const Played later = play(*tool, {move(50, 50), release(50, 50), accept()}, scene.context);
    EXPECT_TRUE(later.edits.empty()) << "after " << length << " events";
    EXPECT_FALSE(later.preview.has_value());
  }
}

TEST_P(EveryTool, APressOutsideThePictureDoesNoHarm) {
  const std::unique_ptr<Tool> tool = make();
  const Played played =
      play(*tool, {press(-500, -500), move(-400, 300), move(5000, 5000), release(9000, -9000), accept(), cancel()},
           scene.context);
  EXPECT_LE(played.edits.size(), 1U);
  for (const Edit& edit : played.edits) {
    for (const Change& change : edit.changes) {
      if (change.kind == RecordKind::BrickContent) continue;
      if (change.after && change.kind == RecordKind::Annotation) {
        EXPECT_TRUE(check(std::get<Annotation>(*change.after).shape, scene.context.size).ok());
      }
    }
  }
  EXPECT_FALSE(tool->isBusy());
}

TEST_P(EveryTool, ASecondButtonDuringADragChangesNothing) {
  std::vector<PointerEvent> events = gesture();
  const std::unique_ptr<Tool> plain = make();
  const Played expected = play(*plain, events, scene.context);
  for (const Button button : {Button::Secondary, Button::Middle}) {
    std::vector<PointerEvent> disturbed = events;
    disturbed.insert(disturbed.begin() + 3, {eventOf(PointerEvent::Kind::Press, 64, 62, button),
                                             eventOf(PointerEvent::Kind::Release, 64, 62, button)});
    const std::unique_ptr<Tool> tool = make();
    const Played played = play(*tool, disturbed, scene.context);
    ASSERT_EQ(played.edits.size(), expected.edits.size());
    for (std::size_t n = 0; n < played.edits.size(); ++n) EXPECT_EQ(played.edits[n].changes, expected.edits[n].changes);
  }
}

TEST_P(EveryTool, OneGestureGivesAtMostOneEditAndThenThePreviewIsGone) {
  const std::unique_ptr<Tool> tool = make();
  const Played played = play(*tool, gesture(), scene.context);
  EXPECT_LE(played.edits.size(), 1U);
  if (!played.edits.empty()) {
    EXPECT_FALSE(played.edits[0].name.empty());
    EXPECT_FALSE(played.edits[0].changes.empty());
    EXPECT_FALSE(tool->isBusy());
  }
}

TEST_P(EveryTool, HoveringShowsAndChangesNothing) {
  const std::unique_ptr<Tool> tool = make();
  const Played played =
      play(*tool, {eventOf(PointerEvent::Kind::Move, 50, 50, Button::None), back(), accept()}, scene.context);
  EXPECT_TRUE(played.edits.empty());
  EXPECT_FALSE(played.preview.has_value());
  EXPECT_FALSE(tool->isBusy());
}

TEST_P(EveryTool, WithoutAClassAToolThatDrawsSaysSo) {
  const ToolInfo& info = tools()[std::get<0>(GetParam())];
  if (!info.needsClass) return;
  scene.context.labelClass = {};
  scene.context.activeSegment = {};
  const std::unique_ptr<Tool> tool = make();
  const Played played = play(*tool, {press(50, 50)}, scene.context);
  EXPECT_NE(played.message.find("class"), std::string::npos);
  EXPECT_FALSE(tool->isBusy());
}

std::vector<std::size_t> toolNumbers() {
  std::vector<std::size_t> numbers(tools().size());
  for (std::size_t n = 0; n < numbers.size(); ++n) numbers[n] = n;
  return numbers;
}

INSTANTIATE_TEST_SUITE_P(Tools, EveryTool,
                         testing::Combine(testing::ValuesIn(toolNumbers()), testing::Bool(),
                                          testing::Values(0.1, 1.0, 40.0)),
                         [](const testing::TestParamInfo<EveryTool::ParamType>& info) {
                           const double zoom = std::get<2>(info.param);
                           return std::string(tools()[std::get<0>(info.param)].id) +
                                  (std::get<1>(info.param) ? "Volume" : "Image") +
                                  (zoom < 1   ? "FarOut"
                                   : zoom > 1 ? "CloseIn"
                                              : "");
                         });

TEST(Registry, IdsAndKeysAreUniqueAndEachToolCanBeMade) {
  std::set<std::string_view> ids;
  std::set<std::string_view> keys;
  for (const ToolInfo& info : tools()) {
    EXPECT_TRUE(ids.insert(info.id).second && keys.insert(info.key).second) << info.id;
    EXPECT_NE(info.make(), nullptr);
    EXPECT_EQ(findTool(info.id), &info);
    EXPECT_FALSE(info.hint.empty() || info.text.empty() || info.icon.empty());
  }
  EXPECT_EQ(findTool("no such tool"), nullptr);
}

}  // namespace
}  // namespace fiducial::edit::test
