// Media into a project: named once, found again by their contents, grouped by patient, checked.
#include "fiducial/exchange/project_media.h"

#include <gtest/gtest.h>

#include <fstream>

#include "fiducial/media/write_image.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "small_project.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

void writePicture(const fs::path& path, int gray) {
  auto picture = runtime::allocateScalars(ScalarType::UInt8, 1, {8, 6, 1});
  ASSERT_TRUE(picture);
  for (auto& sample : picture->mutableValues<std::uint8_t>()) sample = static_cast<std::uint8_t>(gray);
  ASSERT_TRUE(media::writePng(path, *picture));
}

AddReport added(project::Project& project, const fs::path& path) {
  const std::vector<fs::path> paths{path};
  auto report = addMedia(project, paths);
  EXPECT_TRUE(report) << (report ? "" : report.error().text());
  return report ? *report : AddReport{};
}

TEST(ProjectMedia, NamesAreUniqueAndTheSameBytesAreAddedOnce) {
  test::TemporaryFolder folder;
  fs::create_directories(folder / "a");
  fs::create_directories(folder / "b");
  writePicture(folder / "a/x.png", 1);
  writePicture(folder / "b/x.png", 2);
  const auto project = test::emptyProject(folder, "p.fiducial");
  EXPECT_EQ(added(*project, folder / "a").names, std::vector<std::string>{"x"});
  EXPECT_EQ(added(*project, folder / "b").names, std::vector<std::string>{"x_2"});
  fs::copy_file(folder / "a/x.png", folder / "copy.png");
  EXPECT_EQ(added(*project, folder / "copy.png").names, std::vector<std::string>{"x"});
  EXPECT_EQ(project->media()->size(), 2U);
  EXPECT_EQ((*project->media())[0].value.path, "a/x.png");
}

TEST(ProjectMedia, AMovedFileIsFoundAgainByItsContents) {
  test::TemporaryFolder folder;
  writePicture(folder / "x.png", 1);
  const auto project = test::emptyProject(folder, "p.fiducial");
  (void)added(*project, folder / "x.png");
  EXPECT_TRUE(verifyMedia(*project)->problems.empty());
  fs::create_directories(folder / "elsewhere");
  fs::rename(folder / "x.png", folder / "elsewhere/y.png");
  const auto medium = project->media()->front();
  const auto gone = locationOf(*project, medium.value);
  ASSERT_FALSE(gone);
  EXPECT_NE(gone.error().text().find("Locate..."), std::string::npos);
  EXPECT_EQ(verifyMedia(*project)->problems.size(), 1U);
  ASSERT_TRUE(locateMedia(*project, folder / "elsewhere"));
  EXPECT_TRUE(locationOf(*project, project->media()->front().value));
  EXPECT_TRUE(verifyMedia(*project)->problems.empty());
}

TEST(ProjectMedia, AddingAMovedFileSaysWhereItIsNow) {
  test::TemporaryFolder folder;
  writePicture(folder / "x.png", 1);
  const auto project = test::emptyProject(folder, "p.fiducial");
  (void)added(*project, folder / "x.png");
  const Uid uid = project->media()->front().uid;
  fs::create_directories(folder / "elsewhere");
  fs::rename(folder / "x.png", folder / "elsewhere/y.png");
  EXPECT_EQ(added(*project, folder / "elsewhere/y.png").names, std::vector<std::string>{"x"});
  ASSERT_EQ(project->media()->size(), 1U);
  EXPECT_EQ(project->media()->front().uid, uid);
  EXPECT_EQ(project->media()->front().value.path, "elsewhere/y.png");
  EXPECT_TRUE(verifyMedia(*project)->problems.empty());
  fs::copy_file(folder / "elsewhere/y.png", folder / "copy.png");  // still there: nothing to say
  (void)added(*project, folder / "copy.png");
  EXPECT_EQ(project->media()->front().value.path, "elsewhere/y.png");
  EXPECT_EQ(project->history()->size(), 2U);
}

TEST(ProjectMedia, AChangedFileIsAProblemAndNotAnotherMedium) {
  test::TemporaryFolder folder;
  writePicture(folder / "x.png", 1);
  const auto project = test::emptyProject(folder, "p.fiducial");
  (void)added(*project, folder / "x.png");
  writePicture(folder / "x.png", 7);
  const auto check = verifyMedia(*project);
  ASSERT_TRUE(check);
  ASSERT_EQ(check->problems.size(), 1U);
  EXPECT_NE(check->problems[0].find("has changed"), std::string::npos);
}

TEST(ProjectMedia, ABrokenFileIsSkippedAndTheOthersAreAdded) {
  test::TemporaryFolder folder;
  fs::create_directories(folder / "in");
  writePicture(folder / "in/good.png", 1);
  std::ofstream(folder / "in/bad.png") << "\x89PNG\r\n\x1a\nbroken";
  const auto project = test::emptyProject(folder, "p.fiducial");
  const AddReport report = added(*project, folder / "in");
  EXPECT_EQ(report.names, std::vector<std::string>{"good"});
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].path.filename(), "bad.png");
}

TEST(ProjectMedia, ASeriesHasASubjectUnderAPseudonymAndAStudy) {
  const auto series = test::sharedData("dicom/ct/slicer_head_93");
  FIDUCIAL_REQUIRE_SHARED(series);
  test::TemporaryFolder folder;
  const auto project = test::emptyProject(folder, "p.fiducial");
  ASSERT_EQ(added(*project, series).names.size(), 1U);
  ASSERT_EQ(project->subjects()->size(), 1U);
  EXPECT_EQ((*project->subjects())[0].value.pseudonym, "Subject 1");
  EXPECT_EQ(project->studies()->size(), 1U);
  const Medium medium = project->media()->front().value;
  EXPECT_EQ(raw(medium.study), (*project->studies())[0].id);
  EXPECT_EQ(medium.files.size(), 93U);
  ASSERT_TRUE(project->undo());  // one edit
  EXPECT_TRUE(project->media()->empty());
  EXPECT_TRUE(project->subjects()->empty());
}

}  // namespace
}  // namespace fiducial::exchange
