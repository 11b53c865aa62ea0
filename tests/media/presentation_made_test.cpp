// Made presentation states (tests/data/dicom/make_presentations.py): light as DCMTK's dcmp2pgm draws it, shutters and
// colour as they were put in.
#include <algorithm>
#include <cmath>

#include "fiducial/core/run_mask.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/presentation_state.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

std::filesystem::path made(const std::string& name) {
  return fiducial::test::sourceFolder() / "tests/data/dicom/presentation" / (name + ".dcm");
}

nlohmann::json expectations() {
  return test::jsonAt(fiducial::test::sourceFolder() / "tests/data/dicom/presentations.json");
}

std::optional<PresentationView> viewNamed(const std::string& picture, const std::string& name) {
  auto frames = openFrames(test::onlyMediumAt(made(picture)));
  EXPECT_TRUE(frames);
  if (!frames) return std::nullopt;
  const std::vector<PresentationView>& views = (*frames)->info().extras.presentations;
  const auto found = std::ranges::find(views, name, &PresentationView::name);
  EXPECT_NE(found, views.end()) << name;
  return found == views.end() ? std::nullopt : std::optional(*found);
}

/// 0..255 of an output value by the functions of PS3.3 C.11.2 that these states come to.
double lightOf(const WindowLevel& window, double output) {
  double light = 0;
  if (window.function == VoiFunction::Table) {
    const std::vector<std::uint16_t>& entries = window.table->entries;
    const double at = std::clamp(output - window.table->first, 0.0, double(entries.size() - 1));
    light = entries[std::size_t(at)] / window.table->top;
  } else if (window.function == VoiFunction::Linear) {
    light = (output - (window.center - 0.5)) / (window.width - 1) + 0.5;
  } else {
    light = (output - window.center) / window.width + 0.5;
  }
  return std::clamp(light, 0.0, 1.0) * 255;
}

TEST(PresentationMade, TheirOwnTransformationStandsInPlaceOfThePicturesAsDcmtkDrawsIt) {
  const nlohmann::json expected = expectations();
  ASSERT_EQ(expected["light"].size(), 5u);
  for (const auto& [name, drawn] : expected["light"].items()) {
    SCOPED_TRACE(name);
    const auto picture = drawn["picture"].get<std::string>();
    const auto view = viewNamed(picture, name);
    ASSERT_TRUE(view && view->window);
    const auto volume = test::loadedVolumeAt(made(picture));
    ASSERT_TRUE(volume);
    const auto light = drawn["light"].get<std::vector<double>>();
    const int columns = volume->values().size().columns;
    ASSERT_EQ(std::int64_t(light.size()), volume->values().size().voxels());
    for (int n = 0; n < int(light.size()); ++n) {
      const double ours = lightOf(*view->window, volume->output({n % columns, n / columns, 0}));
      ASSERT_NEAR(ours, light[std::size_t(n)], 1.01) << n;  // DCMTK draws whole steps, the lower one
    }
  }
}

TEST(PresentationMade, ABitmapShutterHidesWhatItsBitsSay) {
  const auto view = viewNamed("gray", "BITMAP");
  ASSERT_TRUE(view);
  ASSERT_EQ(view->shutters.size(), 1u);
  const Shutter& shutter = view->shutters[0];
  ASSERT_EQ(shutter.shape, Shutter::Shape::Bitmap);
  EXPECT_NEAR(view->shutterLight, 0.5, 1e-4);
  const auto expected = expectations()["bitmap"].get<std::vector<int>>();  // of the picture, 16 columns
  const std::vector<std::uint8_t> bits = decodeRuns(shutter.hidden);
  std::vector<int> placed(expected.size());
  for (int y = 0; y < shutter.hidden.size.rows; ++y) {
    for (int x = 0; x < shutter.hidden.size.columns && x + int(shutter.left) < 16; ++x) {
      placed[std::size_t((y + int(shutter.top)) * 16 + x + int(shutter.left))] =
          bits[std::size_t(y * shutter.hidden.size.columns + x)];
    }
  }
  EXPECT_EQ(placed, expected);
}

TEST(PresentationMade, ForColourHaveAreaTurnShutterAndProfileAndNoWindow) {
  const auto view = viewNamed("colour", "COLOUR");
  ASSERT_TRUE(view);
  EXPECT_FALSE(view->window);
  EXPECT_TRUE(view->flip);
  EXPECT_EQ(view->rotation, 270);
  ASSERT_TRUE(view->area);
  EXPECT_EQ(*view->area, Box::spanning({1, 0}, {4, 3}));
  ASSERT_EQ(view->shutters.size(), 1u);
  EXPECT_EQ(view->shutters[0].left, 1);
  EXPECT_EQ(view->shutters[0].right, 4);
  EXPECT_NEAR(view->shutterLight * 255, 128, 0.5);
  const auto state = readPresentationState(made("colour_state"));
  ASSERT_TRUE(state);
  ASSERT_TRUE(state->iccProfile);
  EXPECT_EQ(state->iccProfile->size(), 132u);
  EXPECT_EQ(state->warnings, std::vector<std::string>{});
}

}  // namespace
}  // namespace fiducial::media
