// What shutters hide of a picture.
#include <gtest/gtest.h>

#include "presentation_parts.h"

namespace fiducial::workspace::test {
namespace {

TEST(Shutters, OfBitsHideThoseWithinThePictureBesideWhatOthersHide) {
  Shutter bitmap;
  bitmap.shape = Shutter::Shape::Bitmap;
  bitmap.hidden = encodeRuns(std::vector<std::uint8_t>{1, 0, 1, 1, 1, 1}, {3, 2});
  bitmap.left = 2;  // its last column lies beside the picture
  bitmap.top = -1;  // its first row above it
  Shutter rectangle;
  rectangle.left = 0;
  rectangle.top = 0;
  rectangle.right = 4;
  rectangle.bottom = 1;
  PresentationView view;
  view.shutters = {bitmap};
  EXPECT_EQ(decodeRuns(hiddenBy(view, {4, 2})), (std::vector<std::uint8_t>{0, 0, 1, 1, 0, 0, 0, 0}));
  view.shutters.push_back(rectangle);
  EXPECT_EQ(decodeRuns(hiddenBy(view, {4, 2})), (std::vector<std::uint8_t>{0, 0, 1, 1, 1, 1, 1, 1}));
}

}  // namespace
}  // namespace fiducial::workspace::test
