// Presentation states of the shared data: what dcmdump shows of them.
#include "fiducial/media/presentation_state.h"

#include "fiducial/media/frame_source.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;

const std::string kPicture = "1.3.6.1.4.1.5962.1.1.1.1.1.20040119072730.12322";

PresentationState stateAt(const char* name) {
  auto state = readPresentationState(sharedData(std::string("dicom/gsps/") + name + ".dcm"));
  EXPECT_TRUE(state) << name;
  return state ? *state : PresentationState{};
}

TEST(PresentationState, SaysWindowTurnAreaAndShutters) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/gsps"));
  const PresentationView window = stateAt("ct_pstate_window").viewOf(kPicture);
  EXPECT_EQ(window.name, "WINDOW");
  EXPECT_EQ(window.description, "window");
  ASSERT_TRUE(window.window);
  EXPECT_EQ(window.window->center, 40);
  EXPECT_EQ(window.window->width, 350);
  EXPECT_FALSE(window.inverted);

  EXPECT_TRUE(stateAt("ct_pstate_inverse").viewOf(kPicture).inverted);

  const PresentationView turned = stateAt("ct_pstate_rotate90_flip").viewOf(kPicture);
  EXPECT_EQ(turned.rotation, 90);
  EXPECT_TRUE(turned.flip);

  const PresentationView zoomed = stateAt("ct_pstate_zoom").viewOf(kPicture);
  EXPECT_EQ(zoomed.area, (Box{32, 32, 64, 64}));

  const PresentationView shuttered = stateAt("ct_pstate_circular_shutter").viewOf(kPicture);
  ASSERT_EQ(shuttered.shutters.size(), 1U);
  EXPECT_EQ(shuttered.shutters[0].shape, Shutter::Shape::Circle);
  EXPECT_EQ(shuttered.shutters[0].center, (ImagePoint{63.5, 63.5}));
  EXPECT_EQ(shuttered.shutters[0].radius, 50);
}

TEST(PresentationState, IsOfferedForThePicturesItIsForAndNoOthers) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/gsps"));
  EXPECT_TRUE(stateAt("ct_pstate_plain").isFor(kPicture));
  EXPECT_FALSE(stateAt("mr_overlay_pstate_plain").isFor(kPicture));
  const auto names = [](const MediumLocation& location) {
    auto frames = openFrames(location);
    EXPECT_TRUE(frames);
    std::vector<std::string> all;
    for (const PresentationView& view : (*frames)->info().extras.presentations) all.push_back(view.name);
    return all;
  };
  EXPECT_EQ(
      names(test::onlyMediumAt(sharedData("dicom/gsps/ct.dcm"))),
      (std::vector<std::string>{"ANNOT", "INVERSE", "ROT90FLIP", "SHUTTER", "WINDOW", "ZOOM", "ct_pstate_plain"}));
  EXPECT_EQ(names(test::onlyMediumAt(sharedData("dicom/gsps/mr_overlay.dcm"))),
            std::vector<std::string>{"mr_overlay_pstate_plain"});
}

TEST(PresentationState, OfAnotherObjectIsRefusedWithAReason) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/gsps"));
  const auto state = readPresentationState(sharedData("dicom/gsps/ct.dcm"));
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace fiducial::media
