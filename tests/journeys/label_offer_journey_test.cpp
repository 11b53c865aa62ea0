// A segmentation given to the window beside its pictures: the strip offers to import it, and a click does.
#include <gtest/gtest.h>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

TEST(LabelOfferJourney, ADroppedSegmentationIsOfferedAndImported) {
  const std::filesystem::path data = sharedData("dicom/seg/dcmqi_ct3");
  FIDUCIAL_REQUIRE_SHARED(data);
  TemporaryFolder folder;
  for (const char* name : {"01.dcm", "02.dcm", "03.dcm", "seg_liver.dcm"}) {
    std::filesystem::create_directories(folder / "scan");
    std::filesystem::copy_file(data / name, folder / "scan" / name);
  }
  Journey user;
  ASSERT_TRUE(user.workspace().newProject(folder / "labels.fiducial"));
  ASSERT_TRUE(user.open({folder / "scan"}));
  const auto offered = [&] {
    const auto& message = user.workspace().message();
    return message && message->actionText == "Import labels of seg_liver.dcm";
  };
  ASSERT_TRUE(user.waitUntil(offered)) << "the folder holds a series and its segmentation";
  user.screenshot(QStringLiteral("label_offer"));
  const auto import = user.workspace().message()->action;
  ASSERT_TRUE(import);
  import();
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().labels().segments().size() == 1; }));
  // The file alone, dropped on the project: the same offer.
  user.workspace().openPaths({folder / "scan" / "seg_liver.dcm"});
  EXPECT_TRUE(user.waitUntil(offered));
}

}  // namespace
}  // namespace fiducial::test
