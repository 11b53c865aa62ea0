// What a list of media shows, counted without reading a label.
#include <gtest/gtest.h>

#include "demo_project.h"

namespace fiducial::project::test {
namespace {

TEST(Overview, CountsLabelsOfEveryKindByMedium) {
  DemoProject demo;
  const auto before = demo->overview();
  ASSERT_TRUE(before);
  EXPECT_TRUE(before->labels.empty());
  EXPECT_TRUE(before->done.empty());
  const MediumId video = demo.ids().video;
  const Annotation box{video, 3, 0, demo.ids().polyp, Box{1, 2, 3, 4}, {}, {}};
  ASSERT_TRUE(demo->apply({"Draw",
                           {create(box), create(box), create(Event{video, demo.ids().tool, {}, 0, 4, {}}),
                            create(Segmentation{demo.ids().volume, demo.ids().tool, {}}),
                            create(Mark{video, 3, "done"}), create(Mark{demo.ids().volume, {}, "done"})},
                           {}}));
  const auto after = demo->overview();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->labels, (std::map<MediumId, std::int64_t>{{video, 3}, {demo.ids().volume, 1}}));
  EXPECT_EQ(after->done, std::set{demo.ids().volume});
  EXPECT_EQ(after->lastEditMs, demo->history()->back().timeMs);
}

}  // namespace
}  // namespace fiducial::project::test
