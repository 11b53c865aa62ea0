// What is drawn belongs to the picture that is seen, also while that picture changes: another time of a scan, pictures
// that come after their labels.
#include <gtest/gtest.h>

#include <filesystem>

#include "session.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::workspace::test {
namespace {

namespace fs = std::filesystem;
using fiducial::test::sharedData;
using fiducial::test::TemporaryFolder;

TEST(ChangingPicture, AStrokeBeforeTheLabelsOfItsTimeAreReadIsRefusedAndOneAfterPaintsOnce) {
  const fs::path scan = sharedData("volumes/itksnap/img4d_11f.nii.gz");
  FIDUCIAL_REQUIRE_SHARED(scan);
  const TemporaryFolder folder;
  Session session;
  ASSERT_TRUE(session.workspace.newProject(folder / "times.fiducial"));
  session.open(scan);
  ASSERT_TRUE(session.workspace.addClass("ventricle"));
  session.settle();
  session.workspace.setTime(5);
  session.workspace.setTool("brush");
  session.drag({{10, 10}, {14, 14}});
  EXPECT_NE(session.message().find("still being read"), std::string::npos) << session.message();
  session.settle();
  EXPECT_TRUE(session.workspace.labels().segments().empty());
  session.drag({{10, 10}, {14, 14}});
  session.settle();
  EXPECT_EQ(session.workspace.labels().segments().size(), 1U);
}

TEST(ChangingPicture, AWaitingMediumOnShowIsOpenedWhenItsPicturesAreAdded) {
  const fs::path data = sharedData("dicom/seg/dcmqi_ct3");
  FIDUCIAL_REQUIRE_SHARED(data);
  const TemporaryFolder folder;
  fs::create_directories(folder / "labels");
  fs::create_directories(folder / "pictures");
  fs::copy_file(data / "seg_liver.dcm", folder / "labels/seg_liver.dcm");
  for (const char* name : {"01.dcm", "02.dcm", "03.dcm"}) fs::copy_file(data / name, folder / "pictures" / name);
  Session session;
  Workspace& w = session.workspace;
  ASSERT_TRUE(w.newProject(folder / "waiting.fiducial"));
  exchange::ImportOptions options;
  options.path = folder / "labels/seg_liver.dcm";
  w.importDataset("dicom-seg", options);
  session.settle();
  ASSERT_EQ(w.media().size(), 1U);
  w.showMedium(MediumId{w.media().front().medium.id});
  session.settle();
  ASSERT_EQ(w.volume(), nullptr);

  session.open(folder / "pictures");
  ASSERT_EQ(w.media().size(), 1U);
  ASSERT_NE(w.volume(), nullptr) << session.message();
  EXPECT_EQ(w.volume()->info().volumeSize().slices, 3);
  ASSERT_EQ(w.labels().segments().size(), 1U);
  EXPECT_EQ(w.labels().segments().begin()->second.voxels.count(), 107098);  // reference/segments.json (pydicom)
}

}  // namespace
}  // namespace fiducial::workspace::test
