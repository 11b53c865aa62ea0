// Coding rules on frames 0..99 of one medium.
#include "event_actions.h"

#include <gtest/gtest.h>

namespace fiducial::workspace {
namespace {

constexpr MediumId kMedium{1};
constexpr ClassId kA{10};
constexpr ClassId kB{11};

class Coding : public testing::Test {
 protected:
  Coding() { store.clearLabels(kMedium, {}); }
  /// As the project would apply it.
  void apply(Edit edit) {
    AppliedEdit applied;
    for (Change& change : edit.changes) {
      if (change.id <= 0) change.id = next++;
      applied.changes.push_back(std::move(change));
    }
    store.apply(applied);
  }
  void tap(ClassId id, int frame) { apply(eventToggled(store, id, at(frame))); }
  CodingPlace at(int frame) const { return {kMedium, frame, 100, layer, isExclusive}; }
  std::vector<std::tuple<ClassId, int, int>> spans() const {
    std::vector<std::tuple<ClassId, int, int>> all;
    for (const auto& [id, e] : store.events())
      all.emplace_back(e.value.labelClass, e.value.firstFrame, e.value.lastFrame);
    std::ranges::sort(all, {}, [](const auto& span) { return std::get<1>(span); });
    return all;
  }
  using Spans = std::vector<std::tuple<ClassId, int, int>>;
  LabelStore store;
  LayerId layer{5};
  bool isExclusive = true;
  RawId next = 100;
};

TEST_F(Coding, InAnExclusiveLayerADigitEndsTheRunningPhaseAndStartsItsOwn) {
  tap(kA, 10);
  tap(kB, 40);
  tap(kA, 20);  // in the middle of the first one, and of its own class: nothing
  EXPECT_EQ(spans(), (Spans{{kA, 10, 39}, {kB, 40, 99}}));
  tap(kB, 15);  // takes over the rest of the first span only
  EXPECT_EQ(spans(), (Spans{{kA, 10, 14}, {kB, 15, 39}, {kB, 40, 99}}));
}

TEST_F(Coding, APhaseStartedWhereAnotherBeginsReplacesIt) {
  tap(kA, 10);
  tap(kB, 10);
  EXPECT_EQ(spans(), (Spans{{kB, 10, 99}}));
}

TEST_F(Coding, BeforeTheFirstPhaseANewOneEndsWhereThatBegins) {
  tap(kA, 50);
  tap(kB, 20);
  EXPECT_EQ(spans(), (Spans{{kB, 20, 49}, {kA, 50, 99}}));
}

TEST_F(Coding, InTheFreeLayerATapTogglesAndClassesOverlap) {
  isExclusive = false;
  layer = {};
  tap(kA, 10);
  tap(kB, 20);
  tap(kA, 30);
  EXPECT_EQ(spans(), (Spans{{kA, 10, 30}, {kB, 20, 99}}));
  tap(kA, 40);
  tap(kA, 40);  // taken back at once
  EXPECT_EQ(spans(), (Spans{{kA, 10, 30}, {kB, 20, 99}}));
}

TEST_F(Coding, LettingTheKeyGoEndsTheEventHere) {
  isExclusive = false;
  layer = {};
  tap(kA, 10);
  apply(eventEnded(store, kA, at(25)));
  EXPECT_EQ(spans(), (Spans{{kA, 10, 25}}));
}

TEST_F(Coding, BordersStopAtTheOtherOneAndAtNeighboursOfAnExclusiveLayer) {
  tap(kA, 10);
  tap(kB, 40);
  const EventId first = store.events().begin()->first;
  apply(eventBorderMoved(store, first, true, 80, 100, true));
  EXPECT_EQ(spans()[0], (std::tuple{kA, 10, 39}));
  apply(eventBorderMoved(store, first, true, 2, 100, true));
  EXPECT_EQ(spans()[0], (std::tuple{kA, 10, 10}));
  apply(eventBorderMoved(store, first, false, -5, 100, true));
  EXPECT_EQ(spans()[0], (std::tuple{kA, 0, 10}));
}

TEST_F(Coding, TagsAndAnswersToggle) {
  apply(tagToggled(store, kA, Scope::Frame, at(7)));
  EXPECT_EQ(store.tags().begin()->second.value.frame, 7);
  apply(tagToggled(store, kA, Scope::Frame, at(8)));
  EXPECT_EQ(store.tags().size(), 2U);
  apply(tagToggled(store, kA, Scope::Frame, at(7)));
  EXPECT_EQ(store.tags().size(), 1U);
  apply(Edit{"Add question", {create(Question{"quality", Scope::Medium, {"good", "bad"}, false})}, {}});
  const QuestionId question = store.questions().begin()->first;
  apply(answered(store, question, "good", at(0)));
  apply(answered(store, question, "bad", at(0)));
  EXPECT_EQ(std::prev(store.tags().end())->second.value.value, "bad");
  apply(answered(store, question, "bad", at(0)));
  EXPECT_EQ(store.tags().size(), 1U);
}

}  // namespace
}  // namespace fiducial::workspace
