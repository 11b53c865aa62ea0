// Files of every version so far open, are whole, and can be undone to the start. tests/data/project/version_1.fiducial
// was written by version 1 with one edit of each kind: a change of any encoding in the file shows here.
#include <gtest/gtest.h>

#include "demo_project.h"
#include "support/shared_data.h"

namespace fiducial::project::test {
namespace {

TEST(StoredVersion, AFileOfVersion1OpensIsWholeAndUndoesToTheStart) {
  fiducial::test::TemporaryFolder folder;
  const auto path = folder / "p.fiducial";
  std::filesystem::copy_file(fiducial::test::sourceFolder() / "tests/data/project/version_1.fiducial", path);
  auto project = Project::open(path, {.readOnly = false, .annotator = "zoe"});
  ASSERT_TRUE(project.ok()) << project.error().text();
  EXPECT_EQ((*project)->uid().size(), 36U);
  EXPECT_EQ(problemsOf(**project), "");
  const auto history = (*project)->history();
  ASSERT_EQ(history->size(), 27U);
  EXPECT_TRUE(history->back().undone);
  const auto annotations = (*project)->annotations();
  ASSERT_EQ(annotations->size(), 2U);
  EXPECT_EQ(std::get<RunMask>(annotations->at(0).value.shape).counts, (std::vector<std::uint32_t>{8, 9, 7983}));
  const auto medium = (*project)->media()->at(0).value;
  EXPECT_EQ(medium, demoMedium(MediumKind::Volume, "CT", 40, 35, 33));
  std::size_t undone = 0;
  while ((*project)->undo().ok()) ++undone;
  EXPECT_EQ(undone, history->size() - 1);
  EXPECT_TRUE((*project)->media()->empty());
  EXPECT_EQ(problemsOf(**project), "");
}

}  // namespace
}  // namespace fiducial::project::test
