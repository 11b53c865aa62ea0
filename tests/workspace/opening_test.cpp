// What opening leaves behind, and what it tells: no stray projects, who writes, which class comes first.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "session.h"
#include "support/shared_data.h"

namespace fiducial::workspace::test {
namespace {

using fiducial::test::TemporaryFolder;

TEST(OpeningTells, TextFileLeavesNoProjectBesideIt) {
  const TemporaryFolder folder;
  const auto file = folder / "notes.txt";
  std::ofstream(file) << "buy milk\n";
  Session session;
  session.open(file);
  EXPECT_EQ(session.workspace.project(), nullptr);
  EXPECT_NE(session.message().find("notes.txt"), std::string::npos) << session.message();
  const std::filesystem::directory_iterator left(folder.path());
  EXPECT_EQ(std::distance(begin(left), end(left)), 1);
}

TEST(OpeningTells, FolderWithoutMediaLeavesNoProjectBesideIt) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "letters");
  std::ofstream(folder / "letters/notes.txt") << "buy milk\n";
  Session session;
  session.open(folder / "letters");
  session.settle();
  EXPECT_EQ(session.workspace.project(), nullptr);
  EXPECT_FALSE(session.message().empty());
  const std::filesystem::directory_iterator left(folder.path());
  EXPECT_EQ(std::distance(begin(left), end(left)), 1);
}

TEST(OpeningTells, MediumWhoseFileWasDamagedSaysWhyThereIsNoPicture) {
  const TemporaryFolder folder;
  const auto picture = folder / "frame.png";
  std::filesystem::copy_file(fiducial::test::sourceFolder() / "docs/images/scan.png", picture);
  Session session;
  session.open(picture);
  session.settle();
  EXPECT_EQ(session.workspace.pictureFailure(), "");
  const auto project = session.workspace.project()->path();
  session.workspace.closeProject();
  std::ofstream(picture, std::ios::trunc) << "no longer a picture";
  ASSERT_TRUE(session.workspace.openProject(project));
  session.settle();
  EXPECT_NE(session.workspace.pictureFailure().find("frame.png"), std::string::npos);
}

TEST(OpeningTells, WhatIsLeftOutIsSaidInTheWordsOfTheWindow) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "both");
  for (const char* file : {"ct.dcm", "ct_pstate_window.dcm"})
    std::filesystem::copy_file(fiducial::test::sharedData(std::string("dicom/gsps/") + file), folder / "both" / file);
  Session session;
  session.open(folder / "both");
  session.settle();
  EXPECT_NE(session.message().find("File > Import labels"), std::string::npos) << session.message();
  EXPECT_EQ(session.message().find("--format"), std::string::npos) << session.message();
}

TEST(OpeningTells, SecondProgramSaysInItsStatusWhoWrites) {
  const TemporaryFolder folder;
  const auto path = folder / "shared.fiducial";
  Session first;
  ASSERT_TRUE(first.workspace.newProject(path));
  first.settle();
  Session second;
  ASSERT_TRUE(second.workspace.openProject(path));
  second.settle();
  const SavedState& saved = second.workspace.saved();
  EXPECT_EQ(saved.kind, SavedState::Kind::ReadOnly);
  EXPECT_NE(saved.text.find("in use by"), std::string::npos) << saved.text;
}

TEST(OpeningTells, FirstClassThatIsNoHeadingIsTheCurrentOne) {
  const TemporaryFolder folder;
  const auto path = folder / "tree.fiducial";
  {
    Session session;
    ASSERT_TRUE(session.workspace.newProject(path));
    ASSERT_TRUE(session.workspace.addClass("anatomy"));
    ASSERT_TRUE(session.workspace.addClass("bone"));
    session.settle();
    const auto& classes = session.workspace.labels().classes();
    ASSERT_EQ(classes.size(), 2U);
    LabelClass bone = std::next(classes.begin())->second.value;
    bone.parent = classes.begin()->first;
    ASSERT_TRUE(session.workspace.updateClass(std::next(classes.begin())->first, bone));
    session.settle();
    session.workspace.closeProject();
  }
  Session again;
  ASSERT_TRUE(again.workspace.openProject(path));
  again.settle();
  const LabelClass* current = again.workspace.labels().findClass(again.workspace.currentClass());
  ASSERT_NE(current, nullptr);
  EXPECT_EQ(current->name, "bone");
}

TEST(OpeningTells, NewClassesTakeTheLeastUsedColourOfThePaletteGiven) {
  const TemporaryFolder folder;
  Session session;
  session.workspace.setClassPalette({"#112233", "#445566"});
  ASSERT_TRUE(session.workspace.newProject(folder / "colours.fiducial"));
  for (const char* name : {"a", "b", "c"}) {
    ASSERT_TRUE(session.workspace.addClass(name));
    session.settle();
  }
  std::vector<std::string> colors;
  for (const auto& [id, stored] : session.workspace.labels().classes()) colors.push_back(stored.value.color);
  EXPECT_EQ(colors, (std::vector<std::string>{"#112233", "#445566", "#112233"}));
}

}  // namespace
}  // namespace fiducial::workspace::test
