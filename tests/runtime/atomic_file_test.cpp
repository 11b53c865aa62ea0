// Files appear whole or not at all. A full disk is a limit on the size of files (RLIMIT_FSIZE) in a child process,
// because tests may run as root, whom permissions do not stop.
#include "fiducial/runtime/atomic_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "fiducial/runtime/content_hash.h"
#include "support/temporary_folder.h"

namespace fiducial::runtime {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

std::size_t filesIn(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// Runs `body` in a child process; its answer is the child's exit code.
template <class F>
int inChild(F&& body) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(AtomicFile, AppearsAtCommitWithFoldersAndNothingElse) {
  const TemporaryFolder folder;
  const fs::path path = folder / "a/b/c.txt";
  auto file = AtomicFile::create(path);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("hello "));
  ASSERT_TRUE(file->write("world"));
  EXPECT_FALSE(fs::exists(path));
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(readText(path).value(), "hello world");
  EXPECT_EQ(filesIn(path.parent_path()), 1U);
}

TEST(AtomicFile, WhatIsNotCommittedLeavesTheOldFileAndNoTrace) {
  const TemporaryFolder folder;
  const fs::path path = folder / "f";
  ASSERT_TRUE(writeFile(path, "old"));
  {
    auto file = AtomicFile::create(path);
    ASSERT_TRUE(file && file->write("new"));
  }
  EXPECT_EQ(readText(path).value(), "old");
  EXPECT_EQ(filesIn(folder.path()), 1U);
}

TEST(AtomicFile, AFullDiskLeavesTheOldFileAndSaysSo) {
  const TemporaryFolder folder;
  const fs::path path = folder / "f";
  ASSERT_TRUE(writeFile(path, "old"));
  const int answer = inChild([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    const Status status = writeFile(path, std::string(100'000, 'x'));
    if (status) return 1;
    if (status.error().code != ErrorCode::Unwritable) return 2;
    return status.error().text().find("the disk is full") == std::string::npos ? 3 : 0;
  });
  EXPECT_EQ(answer, 0);
  EXPECT_EQ(readText(path).value(), "old");
  EXPECT_EQ(filesIn(folder.path()), 1U);
}

std::string pattern(std::size_t size) {
  std::string text(size, 0);
  for (std::size_t n = 0; n < size; ++n) text[n] = static_cast<char>(n * 2'654'435'761U >> 13);
  return text;
}

// Large pieces go past the page cache, in blocks, from several threads.
TEST(AtomicFile, LargePiecesStandWhereTheyWereWrittenWhateverLiesBeforeThem) {
  const TemporaryFolder folder;
  const std::string large = pattern((std::size_t{21} << 20) + 1234);
  for (const std::size_t before : {0, 5, 4096}) {
    const std::string head(before, 'h');
    auto file = AtomicFile::create(folder / "f");
    ASSERT_TRUE(file && file->write(head) && file->write(large) && file->write("between") && file->write(large));
    ASSERT_TRUE(file->commit());
    EXPECT_TRUE(readText(folder / "f").value() == head + large + "between" + large) << before;
  }
}

TEST(AtomicFile, ALargePieceThatDoesNotFitLeavesTheOldFileToo) {
  const TemporaryFolder folder;
  const fs::path path = folder / "f";
  ASSERT_TRUE(writeFile(path, "old"));
  const std::string large = pattern(std::size_t{17} << 20);
  const int answer = inChild([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{std::size_t{9} << 20, std::size_t{9} << 20};
    setrlimit(RLIMIT_FSIZE, &limit);
    const Status status = writeFile(path, large);
    return status ? 1 : status.error().code == ErrorCode::Unwritable ? 0 : 2;
  });
  EXPECT_EQ(answer, 0);
  EXPECT_EQ(readText(path).value(), "old");
  EXPECT_EQ(filesIn(folder.path()), 1U);
}

TEST(AtomicFile, AfterAFailedWriteCommitFailsToo) {
  const TemporaryFolder folder;
  const fs::path path = folder / "f";
  const int answer = inChild([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    auto file = AtomicFile::create(path);
    if (!file) return 1;
    if (file->write(std::string(100'000, 'x'))) return 2;
    return file->write("short") || file->commit() ? 3 : 0;
  });
  EXPECT_EQ(answer, 0);
  EXPECT_EQ(filesIn(folder.path()), 0U);
}

TEST(AtomicFile, AFolderWithoutPermissionIsUnwritable) {
  if (geteuid() == 0) {
    // Root writes everywhere but in /proc.
    const Status status = writeFile("/proc/fiducial-test/file", "x");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::Unwritable);
    return;
  }
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const Status status = writeFile(folder / "f", "x");
  fs::permissions(folder.path(), fs::perms::owner_all);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::Unwritable);
}

TEST(AtomicFile, AFolderInTheWayIsNamed) {
  const TemporaryFolder folder;
  const Status status = writeFile(folder.path(), "x");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::Unwritable);
  EXPECT_EQ(status.error().path, folder.path().string());
}

TEST(AtomicFile, KeepsPermissionsAndSymbolicLinks) {
  const TemporaryFolder folder;
  const fs::path real = folder / "real", link = folder / "link";
  ASSERT_TRUE(writeFile(real, "old"));
  ASSERT_EQ(chmod(real.c_str(), 0640), 0);
  fs::create_symlink(real, link);
  ASSERT_TRUE(writeFile(link, "new"));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(readText(real).value(), "new");
  EXPECT_EQ(fs::status(real).permissions(), static_cast<fs::perms>(0640));
}

TEST(AtomicFile, ALibraryMayWriteByName) {
  const TemporaryFolder folder;
  auto file = AtomicFile::create(folder / "f");
  ASSERT_TRUE(file);
  fs::remove(file->temporaryPath());  // some make the file anew
  std::ofstream(file->temporaryPath()) << "by name";
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(readText(folder / "f").value(), "by name");
}

TEST(ReadFile, SaysWhyThereIsNothing) {
  const TemporaryFolder folder;
  EXPECT_EQ(readFile(folder / "none").error().code, ErrorCode::NotFound);
  EXPECT_EQ(readFile(folder.path()).error().code, ErrorCode::Unreadable);
  ASSERT_TRUE(writeFile(folder / "ten", "0123456789"));
  EXPECT_EQ(readFile(folder / "ten", 9).error().code, ErrorCode::TooLarge);
  EXPECT_EQ(readFile(folder / "ten", 10)->size(), 10U);
}

TEST(ReadFile, APipeOrDeviceIsRefusedAndNotWaitedFor) {
  const TemporaryFolder folder;
  const auto pipe = folder / "pipe.json";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const std::filesystem::path& path : {pipe, std::filesystem::path("/dev/zero")}) {
    const auto text = readText(path);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::Unreadable);
    EXPECT_FALSE(hashFile(path));
  }
}

TEST(ReadFile, ReadsFilesOfNoStatedSizeAndEmptyOnes) {
  EXPECT_FALSE(readText("/proc/self/status")->empty());
  const TemporaryFolder folder;
  ASSERT_TRUE(writeFile(folder / "empty", ""));
  EXPECT_TRUE(readFile(folder / "empty")->empty());
}

}  // namespace
}  // namespace fiducial::runtime
