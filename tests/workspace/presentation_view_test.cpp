// Presentation states and graphics of the file on the canvas, against what DCMTK renders (dcmp2pgm).
#include <cmath>

#include "fiducial/media/find_media.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/render/picture_renderer.h"
#include "session.h"

namespace fiducial::workspace::test {
namespace {

using fiducial::test::sharedData;

class PresentationViews : public testing::Test {
 protected:
  void SetUp() override { FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/gsps/ct.dcm")); }
  void open(Session& session, const char* file) {
    ASSERT_TRUE(session.workspace.newProject(folder / "states.fiducial").ok());
    session.open(sharedData(file));
    ASSERT_NE(session.workspace.currentMedium(), nullptr) << session.message();
  }
  fiducial::test::TemporaryFolder folder;
};

void choose(Workspace& w, const std::string& name) {
  const std::vector<WindowLevel> presets = w.windowPresets();
  for (std::size_t n = 0; n < presets.size(); ++n) {
    if (presets[n].name.starts_with(name)) return w.applyWindowPreset(static_cast<int>(n));
  }
  ADD_FAILURE() << "there is no preset " << name;
}

render::Raster drawn(const Workspace& w) {
  render::Raster raster;
  const ViewState& view = w.view(0);
  raster.resize(static_cast<int>(view.width), static_cast<int>(view.height));
  const auto picture = w.pictureView(0);
  EXPECT_TRUE(picture);
  if (!picture) return raster;
  render::renderPicture(*picture, view.transform, raster);
  render::renderMasks(w.maskLayers(0), view.axes, picture->step, view.transform, raster);
  return raster;
}

int lightAt(const render::Raster& raster, int x, int y) {
  return static_cast<int>(raster.pixels[static_cast<std::size_t>(y * raster.width + x)] & 0xFFU);
}

/// Largest difference from a gray PNG.
int differenceFrom(const render::Raster& raster, const std::filesystem::path& png) {
  const auto listing = media::findMedia(png);
  if (!listing || listing->media.size() != 1) return 1000;
  auto frames = media::openFrames(listing->media[0].location);
  if (!frames) return 1000;
  auto frame = (*frames)->frame(0);
  if (!frame) return 1000;
  int largest = 0;
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      const int wanted = static_cast<int>((*frame)->pixels.at({x, y, 0}));
      largest = std::max(largest, std::abs(lightAt(raster, x, y) - wanted));
    }
  }
  return largest;
}

TEST_F(PresentationViews, LookAsDcmtkRendersThem) {
  Session session;
  open(session, "dicom/gsps/ct.dcm");
  Workspace& w = session.workspace;
  w.resizeView(0, 128, 128);
  const std::pair<const char*, const char*> cases[] = {
      {"WINDOW", "window"}, {"INVERSE", "inverse"}, {"ROT90FLIP", "rotate90_flip"}, {"ct_pstate_plain", "plain"}};
  for (const auto& [preset, file] : cases) {
    choose(w, preset);
    EXPECT_LE(differenceFrom(drawn(w), sharedData(std::string("dicom/gsps/ct_pstate_") + file + "_dcmtk_render.png")),
              1)
        << preset;
  }
}

TEST_F(PresentationViews, AreLeftByAnyOtherPresetWithAllTheyChanged) {
  Session session;
  open(session, "dicom/gsps/ct.dcm");
  Workspace& w = session.workspace;
  w.resizeView(0, 128, 128);
  const render::Raster before = drawn(w);
  for (const char* preset : {"INVERSE", "ROT90FLIP", "SHUTTER", "ZOOM"}) {
    choose(w, preset);
    EXPECT_NE(drawn(w).pixels, before.pixels) << preset;
    w.applyWindowPreset(0);
    EXPECT_EQ(drawn(w).pixels, before.pixels) << preset;
  }
}

TEST_F(PresentationViews, ShuttersHideAndAreasFillTheView) {
  Session session;
  open(session, "dicom/gsps/ct.dcm");
  Workspace& w = session.workspace;
  w.resizeView(0, 128, 128);
  choose(w, "SHUTTER");
  const render::Raster shuttered = drawn(w);
  choose(w, "WINDOW");
  const render::Raster whole = drawn(w);
  for (int y = 0; y < 128; ++y) {
    for (int x = 0; x < 128; ++x) {
      const double distance = std::hypot(x + 0.5 - 63.5, y + 0.5 - 63.5);
      if (distance > 50.5) {
        ASSERT_EQ(lightAt(shuttered, x, y), 0) << x << "," << y;
      } else if (distance < 49.5) {
        ASSERT_EQ(lightAt(shuttered, x, y), lightAt(whole, x, y)) << x << "," << y;
      }
    }
  }
  choose(w, "ZOOM");
  EXPECT_DOUBLE_EQ(w.view(0).transform.zoom(), 2);
  const ImagePoint corner = w.view(0).transform.toPicture({0, 0});
  EXPECT_DOUBLE_EQ(corner.x, 32);
  EXPECT_DOUBLE_EQ(corner.y, 32);
}

TEST(ColorPresentations, AreOfferedAndTurnAndFillTheViewUntilTheStandardIsChosen) {
  const fiducial::test::TemporaryFolder folder;
  Session session;
  Workspace& w = session.workspace;
  ASSERT_TRUE(w.newProject(folder / "states.fiducial").ok());
  session.open(fiducial::test::sourceFolder() / "tests/data/dicom/presentation/colour.dcm");
  ASSERT_NE(w.currentMedium(), nullptr) << session.message();
  w.resizeView(0, 90, 90);
  ASSERT_EQ(w.windowPresets().size(), 2U);
  const render::Raster before = drawn(w);
  choose(w, "COLOUR");
  EXPECT_EQ(w.tone().window.name, "COLOUR: colour");
  EXPECT_DOUBLE_EQ(w.view(0).transform.zoom(), 30);  // 3 x 3 of its pixels are asked for
  const render::Raster turned = drawn(w);
  EXPECT_NE(turned.pixels, before.pixels);
  // Turned by 270 degrees, then mirrored: the area's last row and column come first, rows as columns.
  const auto green = [](const render::Raster& raster, int x, int y) {
    return int(raster.pixels[std::size_t(y * raster.width + x)] >> 8 & 0xFFU);
  };
  EXPECT_EQ(green(turned, 15, 15), 3 * (2 * 5 + 3) + 1);
  EXPECT_EQ(green(turned, 75, 15), 3 * (0 * 5 + 3) + 1);
  EXPECT_EQ(green(turned, 15, 75), 3 * (2 * 5 + 1) + 1);
  w.applyWindowPreset(0);
  EXPECT_EQ(drawn(w).pixels, before.pixels);
}

TEST_F(PresentationViews, GraphicsOfTheFileAreShownAndTakenAway) {
  Session session;
  open(session, "dicom/luts/mr_overlay.dcm");
  Workspace& w = session.workspace;
  w.resizeView(0, 484, 300);
  ASSERT_EQ(w.maskLayers(0).size(), 1U);
  const render::Raster with = drawn(w);
  session.run("view.graphics");
  EXPECT_TRUE(w.maskLayers(0).empty());
  EXPECT_NE(drawn(w).pixels, with.pixels);
  session.run("view.graphics");
  EXPECT_EQ(drawn(w).pixels, with.pixels);
}

TEST_F(PresentationViews, WindowsOfTheFileAreOfferedByTheirNames) {
  Session session;
  open(session, "dicom/luts/mr_overlay.dcm");
  const std::vector<WindowLevel> presets = session.workspace.windowPresets();
  ASSERT_EQ(presets.size(), 2U);
  EXPECT_EQ(presets[0].center, 450);
  EXPECT_EQ(presets[1].name, "WINDOW2");
  EXPECT_EQ(presets[1].width, 443);
}

TEST(SuvReadout, StandsBesideTheActivity) {
  fiducial::test::TemporaryFolder folder;
  Session session;
  Workspace& w = session.workspace;
  ASSERT_TRUE(w.newProject(folder / "pet.fiducial").ok());
  session.open(fiducial::test::sourceFolder() / "tests/data/dicom/values/pet_bqml.dcm");
  ASSERT_NE(w.currentMedium(), nullptr) << session.message();
  // 4095 * 0.5 Bq/ml; 70 kg, 370 MBq an hour before the scan, half-life 6586.2 s: 0.5658 g/ml.
  EXPECT_EQ(w.probe(0, {4.5, 0.5}).value, "2048 BQML  0.57 SUVbw");
  bool isOffered = false;
  for (const WindowLevel& preset : w.windowPresets()) isOffered = isOffered || preset.name == "SUV 0 to 5";
  EXPECT_TRUE(isOffered);
}

}  // namespace
}  // namespace fiducial::workspace::test
