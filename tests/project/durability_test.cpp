// Nothing acknowledged is lost: a process that applies edits is killed at random moments, and a disk that is full
// refuses without damage. Children are forked before this process has a project (and so a thread) of its own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "demo_project.h"

namespace fiducial::project::test {
namespace {

Edit boxEdit(const DemoIds& ids, int number) {
  const Annotation annotation{ids.video, number % 50,           0, ids.tool, Box{double(number), 0, 5, 5},
                              {},        std::to_string(number)};
  return {"box " + std::to_string(number), {create(annotation)}, "kim"};
}

/// In the child: applies until it is killed, and writes each id once its edit is durable.
[[noreturn]] void applyForever(const std::filesystem::path& path, const DemoIds& ids, int acknowledge) {
  auto project = Project::open(path, {.readOnly = false, .annotator = "kim"});
  if (!project) _exit(2);
  for (int number = 0;; ++number) {
    auto applied = number % 5 == 4 ? (*project)->undo() : (*project)->apply(boxEdit(ids, number));
    if (!applied) _exit(3);
    const RawId id = number % 5 == 4 ? -applied->changes.front().id : applied->created.front();
    if (write(acknowledge, &id, sizeof id) != sizeof id) _exit(4);
  }
}

std::vector<RawId> readAll(int from) {
  std::vector<RawId> ids;
  RawId id = 0;
  while (read(from, &id, sizeof id) == sizeof id) ids.push_back(id);
  return ids;
}

TEST(Durability, EditsAcknowledgedBeforeAKillAreThereAndUndoWorks) {
  constexpr unsigned kSeed = 4711;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  DemoProject demo;
  demo.close();
  std::set<RawId> standing;
  for (int round = 0; round < 20; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      close(ends[0]);
      applyForever(demo.path(), demo.ids(), ends[1]);
    }
    close(ends[1]);
    std::this_thread::sleep_for(
        std::chrono::microseconds(3000 + random() % 60'000));  // the moment of the kill, not a wait
    kill(child, SIGKILL);
    for (const RawId id : readAll(ends[0])) {
      if (id > 0) standing.insert(id);
      if (id < 0) standing.erase(-id);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);

    demo.open();
    ASSERT_EQ(problemsOf(demo.project()), "") << "round " << round;
    std::set<RawId> found;
    const auto annotations = demo->annotations();
    ASSERT_TRUE(annotations.ok());
    for (const auto& annotation : *annotations) found.insert(annotation.id);
    // At most one edit or undo more may be durable than was acknowledged.
    for (const RawId id : standing) {
      if (!found.contains(id)) {
        ASSERT_EQ(demo->undoState().redoName.empty(), false) << "an acknowledged edit is gone: " << id;
        ASSERT_EQ(id, *standing.rbegin());
      }
    }
    ASSERT_LE(found.size(), standing.size() + 1);
    const std::string before = dump(demo.project());
    if (demo->undo().ok()) {
      ASSERT_TRUE(demo->redo().ok());
      ASSERT_EQ(dump(demo.project()), before);
    }
    standing = found;
    demo.close();
  }
  EXPECT_GT(standing.size(), 20U);
}

/// Runs in a child with files limited to what they have now and a little more: as a disk that fills up.
int fillTheDisk(const std::filesystem::path& path, const DemoIds& ids, const std::filesystem::path& copy) {
  signal(SIGXFSZ, SIG_IGN);
  auto project = Project::open(path, {.readOnly = false, .annotator = "kim"});
  if (!project) return 2;
  const rlimit before = [] {
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    return limit;
  }();
  rlimit small = before;
  small.rlim_cur = 600'000;
  if (setrlimit(RLIMIT_FSIZE, &small) != 0) return 3;
  int written = 0;
  Result<AppliedEdit> last = (*project)->apply(boxEdit(ids, written));
  for (; last && written < 10'000; ++written) last = (*project)->apply(boxEdit(ids, written + 1));
  if (last || last.error().code != ErrorCode::Unwritable) return 4;
  if (!(*project)->isReadOnly() || (*project)->unwrittenEdits() != 1) return 5;
  if ((*project)->apply(boxEdit(ids, 77))) return 6;
  if ((*project)->unwrittenEdits() != 2) return 7;
  // What was durable can be read, and everything, also what was not, can be put elsewhere.
  const auto durable = (*project)->annotations();
  if (!durable || durable->size() != static_cast<std::size_t>(written)) return 8;
  if (setrlimit(RLIMIT_FSIZE, &before) != 0) return 9;
  if (!(*project)->saveCopy(copy)) return 10;
  auto saved = Project::open(copy);
  if (!saved) return 11;
  const auto all = (*saved)->annotations();
  if (!all || all->size() != durable->size() + 2) return 12;
  return problemsOf(**saved).empty() ? 0 : 13;
}

TEST(Durability, AFullDiskRefusesTurnsReadOnlyAndKeepsWhatIsNotWritten) {
  DemoProject demo;
  demo.close();
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(fillTheDisk(demo.path(), demo.ids(), demo.folder() / "copy.fiducial"));
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  demo.open();
  EXPECT_EQ(problemsOf(demo.project()), "");
}

/// Runs in a child: a copy of which all but the merging of its log succeeds.
int saveACopyThatCannotBeMerged(const std::filesystem::path& path, const DemoIds& ids,
                                const std::filesystem::path& folder) {
  signal(SIGXFSZ, SIG_IGN);
  auto project = Project::open(path, {.readOnly = false, .annotator = "kim"});
  if (!project) return 2;
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto limitFiles = [&](rlim_t bytes) {
    rlimit small = before;
    small.rlim_cur = bytes;
    return setrlimit(RLIMIT_FSIZE, &small) == 0;
  };
  if (!limitFiles(600'000)) return 3;
  for (int number = 0; (*project)->apply(boxEdit(ids, number));) ++number;
  Edit large = boxEdit(ids, 1);
  std::get<Annotation>(*large.changes.front().after).note = std::string(100'000, 'n');
  if ((*project)->apply(std::move(large)) || (*project)->unwrittenEdits() != 2) return 4;
  if (setrlimit(RLIMIT_FSIZE, &before) != 0) return 5;
  if (!(*project)->saveCopy(folder / "whole.fiducial")) return 6;
  // Enough for what was written and for the log with the large edit, not for both in one file.
  if (!limitFiles(std::filesystem::file_size(folder / "whole.fiducial") - 50'000)) return 7;
  if ((*project)->saveCopy(folder / "cut.fiducial")) return 8;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("cut")) return 9;
  }
  return 0;
}

TEST(Durability, ACopyWhoseLogCannotBeMergedIsRefusedAndRemoved) {
  DemoProject demo;
  demo.close();
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(saveACopyThatCannotBeMerged(demo.path(), demo.ids(), demo.folder().path()));
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace fiducial::project::test
