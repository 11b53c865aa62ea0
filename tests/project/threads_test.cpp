// Edits and questions from many threads: one at a time, in order, whichever thread they run on.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "demo_project.h"

namespace fiducial::project::test {
namespace {

Edit boxOn(const DemoProject& demo, int frame) {
  const Annotation box{demo.ids().video, frame, 0, demo.ids().polyp, Box{1, 2, 3, 4}, {}, {}};
  return {"Draw box", {create(box)}, {}};
}

TEST(Threads, EditsAndQuestionsOfManyThreadsAreOneAtATime) {
  DemoProject demo;
  std::atomic<int> refused{0};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&demo, &refused, thread] {
      for (int i = 0; i < 25; ++i) {
        const auto before = demo->annotations();
        const bool isMade = i % 2 == 0 ? demo->apply(boxOn(demo, thread)).ok() : true;
        if (i % 2 != 0) demo->post(boxOn(demo, thread));
        const auto after = demo->annotations();
        if (!isMade || !before || !after || after->size() <= before->size()) ++refused;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(demo->annotations()->size(), 100U);
  EXPECT_EQ(problemsOf(demo.project()), "");
}

TEST(Threads, AQuestionSeesEveryEditPostedBefore) {
  DemoProject demo;
  for (int round = 1; round <= 5; ++round) {
    for (int i = 0; i < 10; ++i) demo->post(boxOn(demo, i));
    EXPECT_EQ(demo->annotations()->size(), static_cast<std::size_t>(10 * round));
  }
}

TEST(Threads, ObserversAreAlwaysCalledOnTheProjectsThread) {
  DemoProject demo;
  std::vector<std::thread::id> seen;
  const auto subscription = demo->subscribe([&](const AppliedEdit&) { seen.push_back(std::this_thread::get_id()); });
  ASSERT_TRUE(demo->apply(boxOn(demo, 0)));
  demo->post(boxOn(demo, 1));
  demo->waitIdle();
  ASSERT_TRUE(demo->undo());
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_NE(seen[0], std::this_thread::get_id());
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_EQ(seen[0], seen[2]);
}

TEST(Threads, ACallbackMayAskWhileItRuns) {
  DemoProject demo;
  std::promise<std::size_t> asked;
  demo->post(boxOn(demo, 0), [&](const Result<AppliedEdit>&) { asked.set_value(demo->annotations()->size()); });
  EXPECT_EQ(asked.get_future().get(), 1U);
}

}  // namespace
}  // namespace fiducial::project::test
