// Creating and opening: what is refused, by which words, and what is left on the disk.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "demo_project.h"

namespace fiducial::project::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::vector<std::string> filesIn(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

void runSql(const fs::path& path, const char* sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, &message), SQLITE_OK) << message;
  sqlite3_close(connection);
}

TEST(Open, ACleanCloseLeavesOneFile) {
  DemoProject demo;
  ASSERT_EQ(demo.apply(R"({"changes":[{"create":"class","value":{"name":"x"}}]})").error, "");
  demo.close();
  EXPECT_EQ(filesIn(demo.folder().path()), std::vector<std::string>{"demo.fiducial"});
  demo.open({.readOnly = true, .annotator = {}});
  EXPECT_EQ(demo->classes()->size(), 4U);
  demo.close();
  EXPECT_EQ(filesIn(demo.folder().path()), std::vector<std::string>{"demo.fiducial"});
}

TEST(Open, CreateRefusesToOverwriteAndABadSchemaLeavesNothing) {
  DemoProject demo;
  EXPECT_EQ(Project::create(demo.path()).error().code, ErrorCode::Conflict);
  const auto path = demo.folder() / "other.fiducial";
  const auto bad = Project::create(path, R"({"classes":[{"name":"a","parent":"nobody"}]})");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().message, "field 'classes[0].parent': no class named 'nobody'");
  EXPECT_EQ(Project::create(demo.folder() / "no such folder/p.fiducial").error().code, ErrorCode::Unwritable);
  demo.close();
  EXPECT_EQ(filesIn(demo.folder().path()), std::vector<std::string>{"demo.fiducial"});
}

TEST(Open, ASecondWriterIsRefusedByTheHoldersNameAndMayRead) {
  DemoProject demo;
  const auto second = Project::open(demo.path());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::Locked);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(getpid())));
  auto reader = Project::open(demo.path(), {.readOnly = true, .annotator = {}});
  ASSERT_TRUE(reader.ok()) << reader.error().text();
  EXPECT_EQ((*reader)->media()->size(), 2U);
  EXPECT_EQ((*reader)->apply({"x", {}, {}}).error().code, ErrorCode::Unwritable);
  ASSERT_EQ(demo.apply(R"({"changes":[{"create":"class","value":{"name":"x"}}]})").error, "");
  EXPECT_EQ((*reader)->classes()->size(), 4U);
}

TEST(Open, ASecondWriterIsRefusedThroughASymbolicLinkToo) {
  DemoProject demo;
  const auto fileLink = demo.folder() / "link.fiducial";
  const auto folderLink = demo.folder() / "link";
  fs::create_symlink(demo.path(), fileLink);
  fs::create_directory_symlink(demo.folder().path(), folderLink);
  for (const fs::path& path : {fileLink, folderLink / "demo.fiducial"}) {
    const auto second = Project::open(path);
    ASSERT_FALSE(second.ok()) << path;
    EXPECT_EQ(second.error().code, ErrorCode::Locked) << path;
    EXPECT_TRUE(Project::open(path, {.readOnly = true, .annotator = {}}).ok()) << path;
  }
}

TEST(Open, AFileWithASecondNameOpensForReadingUntilThatIsGone) {
  DemoProject demo;
  demo.close();
  const auto other = demo.folder() / "other.fiducial";
  fs::create_hard_link(demo.path(), other);
  for (const fs::path& path : {demo.path(), other}) {
    const auto project = Project::open(path);
    ASSERT_TRUE(project.ok()) << project.error().text();
    EXPECT_THAT((*project)->readOnlyReason(), HasSubstr("hard link"));
  }
  fs::remove(other);
  demo.open();
  EXPECT_FALSE(demo->isReadOnly());
}

TEST(Open, WhatAnotherProgramWroteMeanwhileRefusesEveryChange) {
  DemoProject demo;
  runSql(demo.path(),
         "INSERT INTO audit (seq, edit, direction, made_by, time_ms, hash) "
         "SELECT seq + 1, edit, direction, made_by, time_ms, hash FROM audit ORDER BY seq DESC LIMIT 1");
  const auto applied = demo->apply({"x", {create(Layer{"x", false})}, {}});
  for (const auto& refused : {applied, demo->undo()}) {
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_THAT(refused.error().message, HasSubstr("another program has written to this project"));
  }
  EXPECT_EQ(demo->layers()->size(), 2U);
}

TEST(Open, WhatIsNoProjectIsRefusedBySaying) {
  fiducial::test::TemporaryFolder folder;
  EXPECT_EQ(Project::open(folder / "missing.fiducial").error().code, ErrorCode::NotFound);
  EXPECT_EQ(Project::open(folder.path()).error().code, ErrorCode::NotMedia);
  std::ofstream(folder / "empty.fiducial").close();
  EXPECT_EQ(Project::open(folder / "empty.fiducial").error().code, ErrorCode::NotMedia);
  std::ofstream(folder / "text.fiducial") << std::string(5000, 'x');
  EXPECT_EQ(Project::open(folder / "text.fiducial").error().code, ErrorCode::NotMedia);
  runSql(folder / "other.db", "CREATE TABLE t(a); INSERT INTO t VALUES (1)");
  EXPECT_EQ(Project::open(folder / "other.db").error().code, ErrorCode::NotMedia);
}

TEST(Open, ATruncatedProjectIsDamagedAndStaysAsItIs) {
  DemoProject demo;
  demo.close();
  const auto size = fs::file_size(demo.path());
  for (const std::uintmax_t length : {std::uintmax_t{50}, std::uintmax_t{100}, std::uintmax_t{4096}, size - 1}) {
    const auto path = demo.folder() / "cut.fiducial";
    fs::copy_file(demo.path(), path, fs::copy_options::overwrite_existing);
    fs::resize_file(path, length);
    const auto opened = Project::open(path);
    ASSERT_FALSE(opened.ok()) << length;
    EXPECT_EQ(opened.error().code, ErrorCode::Damaged) << length << opened.error().text();
    EXPECT_EQ(fs::file_size(path), length);
  }
}

TEST(Open, ANewerVersionIsRefusedByName) {
  DemoProject demo;
  demo.close();
  runSql(demo.path(), "PRAGMA user_version = 99");
  for (const bool readOnly : {false, true}) {
    const auto opened = Project::open(demo.path(), {.readOnly = readOnly, .annotator = {}});
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, ErrorCode::NewerVersion);
    EXPECT_THAT(opened.error().message, HasSubstr("newer version of Fiducial"));
  }
}

/// In a child without root's rights, which would write anywhere.
int openInReadOnlyFolder(const fs::path& path) {
  if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 2;
  auto project = Project::open(path, {.readOnly = false, .annotator = "kim"});
  if (!project) return 3;
  if (!(*project)->isReadOnly() || (*project)->readOnlyReason().empty()) return 4;
  if ((*project)->media()->size() != 2) return 5;
  return (*project)->undo().error().code == ErrorCode::Unwritable ? 0 : 6;
}

TEST(Open, AReadOnlyFolderOpensForReadingAndGetsNoFiles) {
  DemoProject demo;
  demo.close();
  fs::permissions(demo.path(), fs::perms(0444));
  fs::permissions(demo.folder().path(), fs::perms(0555));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(openInReadOnlyFolder(demo.path()));
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(filesIn(demo.folder().path()), std::vector<std::string>{"demo.fiducial"});
}

TEST(Open, AnObserverHearsEveryChangeInOrderUntilItsSubscriptionEnds) {
  DemoProject demo;
  std::vector<std::string> heard;
  auto subscription = demo->subscribe([&](const AppliedEdit& edit) {
    heard.push_back(std::to_string(static_cast<int>(edit.direction)) + " " + edit.name);
  });
  ASSERT_EQ(demo.apply(R"({"name":"a","changes":[{"create":"class","value":{"name":"x"}}]})").error, "");
  ASSERT_TRUE(demo->undo().ok());
  ASSERT_TRUE(demo->redo().ok());
  subscription.reset();
  ASSERT_TRUE(demo->undo().ok());
  EXPECT_EQ(heard, (std::vector<std::string>{"0 a", "1 a", "2 a"}));
}

TEST(Open, CachedBlobsAndFrameIdentitiesAreKept) {
  DemoProject demo;
  demo->storeBlob(demo.ids().video, "index", std::vector<std::byte>(1000, std::byte{7}));
  demo->storeFrameIdentity(demo.ids().video, {3, 1234567890123, "abc"});
  demo.close();
  demo.open();
  EXPECT_EQ(demo->cachedBlob(demo.ids().video, "index")->size(), 1000U);
  EXPECT_TRUE(demo->cachedBlob(demo.ids().video, "other")->empty());
  EXPECT_EQ(demo->frameIdentities(demo.ids().video)->at(0).pts, 1234567890123);
}

}  // namespace
}  // namespace fiducial::project::test
