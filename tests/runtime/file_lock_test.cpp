// Two holders are two processes here, as in life; pipes tell when the child has the lock.
#include "fiducial/runtime/file_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/storage_place.h"
#include "support/temporary_folder.h"

namespace fiducial::runtime {
namespace {

/// A child process that holds a lock until it is ended.
class Holder {
 public:
  explicit Holder(const std::filesystem::path& path) {
    std::array<int, 2> ready{};
    if (pipe(ready.data()) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      const auto lock = FileLock::acquire(path);
      const char answer = lock ? 'y' : 'n';
      if (write(ready[1], &answer, 1) != 1) _exit(1);
      for (;;) pause();
    }
    char answer = 'n';
    has_ = read(ready[0], &answer, 1) == 1 && answer == 'y';
    close(ready[0]);
    close(ready[1]);
  }
  ~Holder() { kill(); }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  [[nodiscard]] bool has() const { return has_; }
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  bool has_ = false;
};

TEST(FileLock, TheSecondIsToldWhoTheFirstIs) {
  const test::TemporaryFolder folder;
  const Holder holder(folder / "p.lock");
  ASSERT_TRUE(holder.has());
  const auto second = FileLock::acquire(folder / "p.lock");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Locked);
  EXPECT_NE(second.error().message.find("(process " + std::to_string(holder.pid()) + ")"), std::string::npos)
      << second.error().message;
}

TEST(FileLock, IsFreeWhenItsHolderWasKilled) {
  const test::TemporaryFolder folder;
  Holder holder(folder / "p.lock");
  ASSERT_TRUE(holder.has());
  holder.kill();
  EXPECT_TRUE(std::filesystem::exists(folder / "p.lock"));  // left behind, and held by nobody
  EXPECT_TRUE(FileLock::acquire(folder / "p.lock"));
}

TEST(FileLock, HoldsAgainstTheSameProcessTooAndGoesWithItsObject) {
  const test::TemporaryFolder folder;
  {
    const auto first = FileLock::acquire(folder / "p.lock");
    ASSERT_TRUE(first);
    EXPECT_FALSE(FileLock::acquire(folder / "p.lock"));
    const std::string text = readText(folder / "p.lock").value();
    EXPECT_EQ(std::ranges::count(text, '\n'), 3);
    EXPECT_NE(text.find("\n" + std::to_string(getpid()) + "\n"), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "p.lock"));
  EXPECT_TRUE(FileLock::acquire(folder / "p.lock"));
}

TEST(FileLock, MovesWithItsObject) {
  const test::TemporaryFolder folder;
  auto lock = FileLock::acquire(folder / "p.lock");
  ASSERT_TRUE(lock);
  auto moved = std::make_unique<FileLock>(std::move(*lock));
  EXPECT_FALSE(FileLock::acquire(folder / "p.lock"));
  moved.reset();
  EXPECT_TRUE(FileLock::acquire(folder / "p.lock"));
}

TEST(FileLock, APlaceThatCannotHoldAFileIsUnwritable) {
  const test::TemporaryFolder folder;
  const auto lock = FileLock::acquire(folder / "none/p.lock");
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, ErrorCode::Unwritable);
}

TEST(LockHolder, TextSaysWhoAndWhere) {
  EXPECT_EQ((LockHolder{"anna", "reading-room-3", 4711}).text(), "anna on reading-room-3 (process 4711)");
}

TEST(StoragePlace, KnowsLocalDisksAndCloudFolders) {
  const test::TemporaryFolder folder;
  const StoragePlace local = storagePlace(folder / "new.fiducial");
  EXPECT_EQ(local.kind, StorageKind::Local);
  EXPECT_TRUE(local.writable);
  std::filesystem::create_directories(folder / "Dropbox/work");
  const StoragePlace cloud = storagePlace(folder / "Dropbox/work/p.fiducial");
  EXPECT_EQ(cloud.kind, StorageKind::CloudFolder);
  EXPECT_EQ(cloud.name, "Dropbox");
  EXPECT_FALSE(storagePlace("/proc/version").writable && geteuid() != 0);
}

}  // namespace
}  // namespace fiducial::runtime
