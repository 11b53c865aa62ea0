// Every kind of edit undoes to the same state and redoes to the same state, also across closing; who may undo what.
#include <gtest/gtest.h>

#include <random>

#include "demo_project.h"

namespace fiducial::project::test {
namespace {

using Json = std::string;

std::string medium(MediumId id) { return "\"medium\":" + std::to_string(raw(id)); }

std::string createLine(const std::string& kind, const std::string& value) {
  return R"({"name":"Create )" + kind + R"(","changes":[{"create":")" + kind + R"(","value":{)" + value + "}}]}";
}

/// One line of each kind; "ID" stands for the id of the record that the line before created.
std::vector<std::string> oneEditOfEachKind(const DemoIds& ids) {
  const std::string video = medium(ids.video);
  const std::string volume = medium(ids.volume);
  const std::string runs = R"("runs":{"size":[40,35,33],"counts":)";
  return {
      createLine("annotation",
                 video + R"(,"frame":3,"class":"polyp","shape":{"box":[1,2,30.5,40]},"attributes":{"size":12.5})"),
      R"({"changes":[{"update":"annotation","id":ID,"value":{"shape":{"polygon":[[[0,0,10,0,10,10.25],[1,1,2,1,2,2]]]},"note":"a"}}]})",
      R"({"changes":[{"delete":"annotation","id":ID}]})",
      createLine("annotation",
                 video + R"(,"frame":4,"class":"tool","shape":{"mask":{"size":[100,80],"counts":[10,5,7985]}})"),
      R"({"changes":[{"update":"annotation","id":ID,"value":{"shape":{"mask":{"size":[100,80],"counts":[8,9,7983]}}}}]})",
      createLine(
          "annotation",
          volume + R"(,"frame":2,"class":"tool","shape":{"skeleton":{"template":"arm","points":[1,2,2,3,4,1]}})"),
      createLine(
          "track",
          video +
              R"(,"class":"tool","keyframes":[{"frame":1,"shape":{"box":[1,1,5,5]}},{"frame":9,"shape":{"box":[2,2,5,5]},"outside":true}])"),
      R"({"changes":[{"update":"track","id":ID,"value":{"class":"polyp","keyframes":[{"frame":1,"shape":{"box":[1,1,6,6]}},{"frame":5,"shape":{"box":[3,3,5,5]},"occluded":true}]}}]})",
      R"({"changes":[{"delete":"track","id":ID}]})",
      createLine("event", video + R"(,"class":"polyp","layer":"phases","begin":0,"end":9)"),
      R"({"changes":[{"update":"event","id":ID,"value":{"end":12}}]})",
      createLine("tag", video + R"(,"scope":"frame","frame":7,"class":"polyp")"),
      createLine("tag", video + R"(,"scope":"medium","class":"BI-RADS","value":"1")"),
      createLine("measurement", volume + R"(,"type":"length","points":[1,2,3,4.5,5,6])"),
      createLine("mark", video + R"(,"frame":8,"state":"done")"),
      createLine("segmentation", volume + R"(,"class":"polyp",)" + runs + "[100,32800,13300]}"),
      R"({"changes":[{"update":"segmentation","id":ID,"value":{)" + runs + "[0,2000,44200]}}}]}",
      R"({"changes":[{"delete":"segmentation","id":ID}]})",
      createLine("class", R"("name":"vessel","color":"#00ff00","parent":"tool")"),
      R"({"changes":[{"update":"class","id":ID,"value":{"name":"artery","hotkey":"5"}}]})",
      createLine("layer", R"("name":"steps","exclusive":true)"),
      createLine("question", R"("name":"quality","scope":"frame","choices":["good","bad"])"),
      createLine("skeleton", R"("name":"leg","points":["hip","foot"],"edges":[[0,1]])"),
      R"({"name":"nothing","changes":[]})",
  };
}

std::string withId(std::string line, RawId id) {
  const auto at = line.find("ID,");
  const auto end = line.find("ID}");
  if (at != std::string::npos && line.compare(at, 8, "ID,\"valu") == 0) return line.replace(at, 2, std::to_string(id));
  if (end != std::string::npos) return line.replace(end, 2, std::to_string(id));
  return line;
}

TEST(Undo, EveryKindOfEditUndoesToTheSameStateAndRedoesToTheSameState) {
  DemoProject demo;
  RawId last = 0;
  for (const std::string& line : oneEditOfEachKind(demo.ids())) {
    const std::string before = dump(demo.project());
    const auto answer = demo.apply(withId(line, last));
    ASSERT_EQ(answer.error, "") << line;
    if (!answer.created.empty()) last = answer.created.front();
    const std::string after = dump(demo.project());
    const bool changesNothing = line.find("nothing") != std::string::npos;
    ASSERT_EQ(before == after, changesNothing) << line;
    ASSERT_EQ(problemsOf(demo.project()), "") << line;
    ASSERT_TRUE(demo->undo().ok()) << line;
    ASSERT_EQ(dump(demo.project()), before) << line;
    ASSERT_EQ(problemsOf(demo.project()), "") << line;
    ASSERT_TRUE(demo->redo().ok()) << line;
    ASSERT_EQ(dump(demo.project()), after) << line;
    ASSERT_EQ(problemsOf(demo.project()), "") << line;
  }
}

TEST(Undo, UndoingEverythingAndRedoingEverythingSurvivesClosing) {
  DemoProject demo;
  std::vector<std::string> states = {dump(demo.project())};
  RawId last = 0;
  for (const std::string& line : oneEditOfEachKind(demo.ids())) {
    const auto answer = demo.apply(withId(line, last));
    ASSERT_EQ(answer.error, "") << line;
    if (!answer.created.empty()) last = answer.created.front();
    states.push_back(dump(demo.project()));
  }
  for (std::size_t i = states.size() - 1; i-- > 0;) {
    demo.close();
    demo.open();
    ASSERT_TRUE(demo->undo().ok());
    ASSERT_EQ(dump(demo.project()), states[i]);
  }
  EXPECT_EQ(problemsOf(demo.project()), "");
  for (std::size_t i = 1; i < states.size(); ++i) {
    demo.close();
    demo.open();
    ASSERT_TRUE(demo->redo().ok());
    ASSERT_EQ(dump(demo.project()), states[i]);
  }
  EXPECT_EQ(problemsOf(demo.project()), "");
  EXPECT_EQ(demo->redo().error().code, ErrorCode::NotFound);
}

TEST(Undo, IdsAreNeverUsedAgainAlsoAfterUndo) {
  DemoProject demo;
  const std::string line =
      createLine("annotation", medium(demo.ids().video) + R"(,"frame":0,"class":"tool","shape":{"box":[0,0,1,1]})");
  const auto first = demo.apply(line);
  ASSERT_EQ(first.error, "");
  ASSERT_TRUE(demo->undo().ok());
  demo.close();
  demo.open();
  const auto second = demo.apply(line);
  ASSERT_EQ(second.error, "");
  EXPECT_GT(second.created.front(), first.created.front());
}

TEST(Undo, AnEditAfterAnUndoEndsRedoAndTheUndoneEditStaysInHistory) {
  DemoProject demo;
  const std::string line = createLine("mark", medium(demo.ids().video) + R"(,"state":"done")");
  ASSERT_EQ(demo.apply(line).error, "");
  ASSERT_TRUE(demo->undo().ok());
  EXPECT_EQ(demo->undoState().redoName, "Create mark");
  ASSERT_EQ(demo.apply(line).error, "");
  EXPECT_EQ(demo->undoState().redoName, "");
  EXPECT_EQ(demo->redo().error().code, ErrorCode::NotFound);
  const auto history = *demo->history();
  ASSERT_EQ(history.size(), 4U);  // schema, media, undone, new
  EXPECT_TRUE(history[2].undone);
  EXPECT_FALSE(history[3].undone);
  EXPECT_EQ(problemsOf(demo.project()), "");
}

TEST(Undo, OneAnnotatorsEditIsUndoneUnderSomebodyElsesUnlessItTouchedTheSameRecord) {
  DemoProject demo;
  const std::string mine = R"({"by":"anna","name":"mine","changes":[{"create":"annotation","value":{)" +
                           medium(demo.ids().video) + R"(,"frame":0,"class":"tool","shape":{"box":[0,0,1,1]}}}]})";
  const auto created = demo.apply(mine);
  ASSERT_EQ(created.error, "");
  const std::string other = R"({"by":"bert","name":"other","changes":[{"create":"annotation","value":{)" +
                            medium(demo.ids().video) + R"(,"frame":1,"class":"tool","shape":{"box":[0,0,2,2]}}}]})";
  ASSERT_EQ(demo.apply(other).error, "");
  ASSERT_TRUE(demo->undo("anna").ok());
  EXPECT_EQ(demo->annotations()->size(), 1U);
  EXPECT_EQ(demo->annotations()->front().by, "bert");
  EXPECT_EQ(problemsOf(demo.project()), "");
  ASSERT_TRUE(demo->redo("anna").ok());
  EXPECT_EQ(demo->annotations()->size(), 2U);

  const std::string change = R"({"by":"bert","name":"move","changes":[{"update":"annotation","id":)" +
                             std::to_string(created.created.front()) + R"(,"value":{"frame":2}}]})";
  ASSERT_EQ(demo.apply(change).error, "");
  const std::string before = dump(demo.project());
  const auto refused = demo->undo("anna");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
  EXPECT_NE(refused.error().message.find("bert"), std::string::npos);
  EXPECT_EQ(dump(demo.project()), before);
  EXPECT_EQ(problemsOf(demo.project()), "");
}

TEST(Undo, AClassThatSomebodyElseUsesIsNotTakenBack) {
  DemoProject demo;
  ASSERT_EQ(demo.apply(R"({"by":"anna","name":"c","changes":[{"create":"class","value":{"name":"new"}}]})").error, "");
  ASSERT_EQ(demo.apply(R"({"by":"bert","name":"a","changes":[{"create":"annotation","value":{)" +
                       medium(demo.ids().video) + R"(,"frame":1,"class":"new","shape":{"box":[0,0,2,2]}}}]})")
                .error,
            "");
  const auto refused = demo->undo("anna");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
  EXPECT_EQ(problemsOf(demo.project()), "");
}

TEST(Undo, RandomEditsAllUndoneAreTheStartAndAllRedoneAreTheEnd) {
  constexpr unsigned kSeed = 20240607;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const auto upTo = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
  DemoProject demo;
  const std::string start = dump(demo.project());
  std::vector<RawId> alive;
  int standing = 0;
  for (int step = 0; step < 300; ++step) {
    Edit edit{"step " + std::to_string(step), {}, upTo(2) == 0 ? "anna" : "bert"};
    const int action = upTo(10);
    if (action < 2) {
      const bool undo = action == 0;
      const auto done = undo ? demo->undo() : demo->redo();
      if (done) standing += undo ? -1 : 1;
      if (done && standing < 0) {  // the demo's own edits stay
        ASSERT_TRUE(demo->redo().ok());
        ++standing;
      }
      alive.clear();
      const auto annotations = demo->annotations();
      for (const auto& annotation : *annotations) alive.push_back(annotation.id);
      continue;
    }
    Annotation annotation{
        demo.ids().video, upTo(50), 0, demo.ids().tool, Box{double(upTo(90)), 0.1 * upTo(90), 5, 5}, {}, {}};
    if (action < 6 || alive.empty()) {
      const int count = 1 + upTo(3);
      for (int i = 0; i < count; ++i) edit.changes.push_back(create(annotation));
    } else {
      const RawId id = alive[static_cast<std::size_t>(upTo(static_cast<int>(alive.size())))];
      if (action < 8) {
        edit.changes.push_back(update(AnnotationId{id}, annotation));
      } else {
        edit.changes.push_back(erase(AnnotationId{id}, RecordKind::Annotation));
        std::erase(alive, id);
      }
    }
    const auto applied = demo->apply(std::move(edit));
    ASSERT_TRUE(applied.ok()) << applied.error().text();
    alive.insert(alive.end(), applied->created.begin(), applied->created.end());
    ++standing;
  }
  while (demo->redo().ok()) ++standing;
  const std::string end = dump(demo.project());
  ASSERT_EQ(problemsOf(demo.project()), "");
  for (int i = 0; i < standing; ++i) ASSERT_TRUE(demo->undo().ok());
  EXPECT_EQ(dump(demo.project()), start);
  EXPECT_EQ(problemsOf(demo.project()), "");
  for (int i = 0; i < standing; ++i) ASSERT_TRUE(demo->redo().ok());
  EXPECT_EQ(dump(demo.project()), end);
  EXPECT_EQ(problemsOf(demo.project()), "");
}

}  // namespace
}  // namespace fiducial::project::test
