// The command line's JSON: what is refused by which field, and what is printed for what was put in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "demo_project.h"

namespace fiducial::project::test {
namespace {

using testing::HasSubstr;

std::string filled(std::string line, const DemoIds& ids) {
  for (const auto& [name, id] : {std::pair{"VIDEO", ids.video}, std::pair{"VOLUME", ids.volume}}) {
    for (auto at = line.find(name); at != std::string::npos; at = line.find(name)) {
      line.replace(at, std::string(name).size(), std::to_string(raw(id)));
    }
  }
  return line;
}

std::string annotation(const std::string& value) {
  return R"({"changes":[{"create":"annotation","value":{)" + value + "}}]}";
}

TEST(EditJson, WhatBreaksARuleIsRefusedByItsFieldAndChangesNothing) {
  DemoProject demo;
  const std::string before = dump(demo.project());
  const std::string start = R"("medium":VIDEO,"frame":0,"class":"polyp",)";
  const std::vector<std::pair<std::string, std::string>> refusals = {
      {"", "not JSON"},
      {"[]", "not a JSON object"},
      {"{}", "field 'changes': is missing"},
      {R"({"changes":[],"more":1})", "field 'more'"},
      {R"({"changes":[{"create":"thing","value":{}}]})", "field 'create': no such kind"},
      {R"({"changes":[{"delete":"annotation","id":9999}]})", "field 'id': there is no annotation with id 9999"},
      {R"({"changes":[5]})", "field 'changes[0]': must be a JSON object"},
      {R"({"changes":[{"create":"annotation","value":[]}]})", "field 'value': must be a JSON object"},
      {R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"tool","keyframes":[{"frame":1,"shape":{"box":[0,0,1,1]}},{"frame":2,"shape":{"box":[0,0,0,1]}}]}}]})",
       "field 'keyframes[1].shape'"},
      {R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"tool","keyframes":[{"frame":1,"shape":{"box":[0,0,1,1]}},{"frame":50,"shape":{"box":[0,0,1,1]}}]}}]})",
       "field 'keyframes[1].frame'"},
      {R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"polyp","keyframes":[{"frame":1,"shape":{"box":[0,0,1,1]}},{"frame":2,"shape":{"box":[0,0,1,1]},"attributes":{"size":51}}]}}]})",
       "key frame on frame 2: "},
      {R"({"changes":[{"update":"annotation","id":1,"value":{}}]})", "field 'id'"},
      {annotation(R"("medium":999,"frame":0,"class":"polyp","shape":{"box":[0,0,1,1]})"),
       "field 'medium': no medium with id 999"},
      {annotation(R"("medium":"nope","frame":0,"class":"polyp","shape":{"box":[0,0,1,1]})"),
       "field 'medium': no medium named 'nope'"},
      {annotation(R"("medium":VIDEO,"frame":50,"class":"polyp","shape":{"box":[0,0,1,1]})"),
       "field 'frame': 50 is past the last frame"},
      {annotation(R"("medium":VIDEO,"frame":-1,"class":"polyp","shape":{"box":[0,0,1,1]})"), "field 'frame'"},
      {annotation(R"("medium":VIDEO,"frame":1.5,"class":"polyp","shape":{"box":[0,0,1,1]})"),
       "field 'frame': must be a whole number"},
      {annotation(R"("medium":VIDEO,"frame":0,"time":1,"class":"polyp","shape":{"box":[0,0,1,1]})"), "field 'time'"},
      {annotation(R"("medium":VIDEO,"frame":0,"class":"nope","shape":{"box":[0,0,1,1]})"),
       "field 'class': no class named 'nope'"},
      {annotation(R"("medium":VIDEO,"frame":0,"shape":{"box":[0,0,1,1]})"), "field 'class': is missing"},
      {annotation(start + R"("shape":{"box":[0,0,1,1]},"extra":1)"), "field 'extra'"},
      {annotation(start + R"("shape":{"box":[0,0,0,1]})"), "field 'shape'"},
      {annotation(start + R"("shape":{"box":[0,0,1]})"), "field 'shape'"},
      {annotation(start + R"("shape":{"box":[0,0,1,null]})"), "field 'shape'"},
      {annotation(start + R"("shape":{"box":[0,0,1,1e999]})"), "not JSON"},
      {annotation(start + R"("shape":{"box":[0,0,1,NaN]})"), "not JSON"},
      {annotation(start + R"("shape":{"circle":[0,0,1]})"), "field 'shape'"},
      {annotation(start + R"("shape":{"polygon":[[[0,0,1,1]]]})"), "field 'shape'"},
      {annotation(start + R"("shape":{"mask":{"size":[100,80],"counts":[1,2]}})"), "field 'shape'"},
      {annotation(start + R"("shape":{"mask":{"size":[10,8],"counts":[80]}})"), "field 'shape'"},
      {annotation(start + R"("shape":{"skeleton":{"template":"leg","points":[1,1,1]}})"), "no skeleton named 'leg'"},
      {annotation(start + R"("shape":{"skeleton":{"template":"arm","points":[1,1,1]}})"), "has 2 points, not 1"},
      {annotation(start + R"("shape":{"box":[0,0,1,1]},"attributes":{"weight":1})"), "no attribute 'weight'"},
      {annotation(start + R"("shape":{"box":[0,0,1,1]},"attributes":{"size":51})"), "size"},
      {annotation(start + R"("shape":{"box":[0,0,1,1]},"attributes":{"size":"big"})"), "size"},
      {annotation(start + R"("shape":{"box":[0,0,1,1]},"attributes":{"kind":"round"})"), "kind"},
      {R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"tool","keyframes":[]}}]})",
       "field 'keyframes'"},
      {R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"tool","keyframes":[{"frame":1,"shape":{"box":[0,0,1,1]}},{"frame":1,"shape":{"box":[0,0,1,1]}}]}}]})",
       "two key frames on frame 1"},
      {R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"tool","keyframes":[{"frame":1,"shape":{"box":[0,0,1,1]},"x":1}]}}]})",
       "keyframes[0].x"},
      {R"({"changes":[{"create":"event","value":{"medium":VIDEO,"class":"tool","begin":5,"end":4}}]})", "field 'end'"},
      {R"({"changes":[{"create":"event","value":{"medium":VIDEO,"class":"tool","begin":5,"end":50}}]})", "field 'end'"},
      {R"({"changes":[{"create":"event","value":{"medium":VIDEO,"class":"tool","layer":"phases","begin":0,"end":5}},{"create":"event","value":{"medium":VIDEO,"class":"polyp","layer":"phases","begin":5,"end":6}}]})",
       "field 'layer'"},
      {R"({"changes":[{"create":"tag","value":{"medium":VIDEO,"scope":"medium","class":"BI-RADS","value":"7"}}]})",
       "field 'value'"},
      {R"({"changes":[{"create":"tag","value":{"medium":VIDEO,"scope":"frame","frame":1,"class":"BI-RADS","value":"1"}}]})",
       "field 'scope'"},
      {R"({"changes":[{"create":"tag","value":{"medium":VIDEO,"scope":"frame","class":"tool"}}]})", "field 'frame'"},
      {R"({"changes":[{"create":"measurement","value":{"medium":VIDEO,"type":"length","points":[1,2,3]}}]})",
       "field 'points'"},
      {R"({"changes":[{"create":"measurement","value":{"medium":VIDEO,"type":"angle","points":[1,2,3,4]}}]})",
       "field 'points'"},
      {R"({"changes":[{"create":"mark","value":{"medium":VIDEO,"state":"half"}}]})", "field 'state'"},
      {R"({"changes":[{"create":"segmentation","value":{"medium":VIDEO,"class":"tool","runs":{"size":[100,80,50],"counts":[400000]}}}]})",
       "field 'medium'"},
      {R"({"changes":[{"create":"segmentation","value":{"medium":VOLUME,"class":"tool","runs":{"size":[40,35,32],"counts":[44800]}}}]})",
       "runs.size"},
      {R"({"changes":[{"create":"segmentation","value":{"medium":VOLUME,"class":"tool","runs":{"size":[40,35,33],"counts":[1,2]}}}]})",
       "runs.counts"},
      {R"({"changes":[{"create":"class","value":{"name":"polyp"}}]})", "already a class named 'polyp'"},
      {R"({"changes":[{"create":"class","value":{"name":"x","color":"red"}}]})", "field 'color'"},
      {R"({"changes":[{"create":"class","value":{"name":"x","parent":"y"}},{"create":"class","value":{"name":"y","parent":"x"}}]})",
       "field 'parent'"},
  };
  for (const auto& [line, error] : refusals) {
    EXPECT_THAT(demo.apply(filled(line, demo.ids())).error, HasSubstr(error)) << line;
  }
  EXPECT_EQ(dump(demo.project()), before);
  EXPECT_EQ(demo->history()->size(), 2U);
}

std::string withId(const std::string& changes, RawId id) {
  std::string line = R"({"changes":[)" + changes + "]}";
  for (auto at = line.find("ID,"); at != std::string::npos; at = line.find("ID,"))
    line.replace(at, 2, std::to_string(id));
  return line;
}

/// A track of polyps on frames 1 and 20 of the video; its key frames say a size.
RawId createTrack(DemoProject& demo) {
  const auto made = demo.apply(filled(
      R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"polyp","keyframes":[
      {"frame":1,"shape":{"box":[0,0,5,5]},"attributes":{"size":5}},{"frame":20,"shape":{"box":[9,9,5,5]}}]}}]})",
      demo.ids()));
  EXPECT_EQ(made.error, "");
  return made.created.at(0);
}

RawId createSegmentation(DemoProject& demo) {
  const auto made = demo.apply(filled(
      R"({"changes":[{"create":"segmentation","value":{"medium":VOLUME,"class":"polyp","runs":{"size":[40,35,33],"counts":[39,1,46160]}}}]})",
      demo.ids()));
  EXPECT_EQ(made.error, "");
  return made.created.at(0);
}

/// Besides the media of every demo project: "short", a video of 5 frames, and "small", a volume of 8 x 8 x 8.
void addSmallMedia(DemoProject& demo) {
  ASSERT_TRUE(demo->apply({"Add",
                           {create(demoMedium(MediumKind::Video, "short", 100, 80, 5)),
                            create(demoMedium(MediumKind::Volume, "small", 8, 8, 8))},
                           {}})
                  .ok());
}

TEST(EditJson, TwoUpdatesOfOneRecordInALineAreBothKept) {
  DemoProject demo;
  const auto made = demo.apply(
      filled(annotation(R"("medium":VIDEO,"frame":0,"class":"tool","shape":{"box":[0,0,1,1]})"), demo.ids()));
  const std::string before = dump(demo.project());
  const std::string line = withId(
      R"({"update":"annotation","id":ID,"value":{"note":"first"}},{"update":"annotation","id":ID,"value":{"frame":7}})",
      made.created.at(0));
  ASSERT_EQ(demo.apply(line).error, "");
  const auto annotations = demo->annotations();
  EXPECT_EQ(annotations->at(0).value.note, "first");
  EXPECT_EQ(annotations->at(0).value.frame, 7);
  EXPECT_EQ(problemsOf(demo.project()), "");
  ASSERT_TRUE(demo->undo().ok());
  EXPECT_EQ(dump(demo.project()), before);
}

TEST(EditJson, OfTwoListsOfKeyFramesOrRunsInALineTheLastStands) {
  DemoProject demo;
  const TrackId track{createTrack(demo)};
  const RawId kept = demo->keyframes(track)->at(1).id;
  ASSERT_EQ(demo.apply(withId(R"({"update":"track","id":ID,"value":{"keyframes":[
                {"frame":1,"shape":{"box":[2,2,5,5]}},{"frame":5,"shape":{"box":[2,2,5,5]}}]}},
                {"update":"track","id":ID,"value":{"keyframes":[{"frame":20,"shape":{"box":[9,9,5,5]}}]}})",
                              raw(track)))
                .error,
            "");
  ASSERT_EQ(demo->keyframes(track)->size(), 1U);
  EXPECT_EQ(demo->keyframes(track)->at(0).id, kept);

  const RawId segmentation = createSegmentation(demo);
  const auto runs = [](const std::string& counts) {
    return R"({"update":"segmentation","id":ID,"value":{"runs":{"size":[40,35,33],"counts":)" + counts + "}}}";
  };
  ASSERT_EQ(demo.apply(withId(runs("[0,46200]") + "," + runs("[5,2,46193]"), segmentation)).error, "");
  EXPECT_EQ(demo->voxels(SegmentationId{segmentation})->count(), 2);
  EXPECT_EQ(problemsOf(demo.project()), "");
}

TEST(EditJson, ATrackMovesOnlyToAMediumAndAClassThatItsKeyFramesFit) {
  DemoProject demo;
  addSmallMedia(demo);
  const RawId track = createTrack(demo);
  const std::string before = dump(demo.project());
  const auto update = [&](const std::string& value) {
    return demo.apply(withId(R"({"update":"track","id":ID,"value":{)" + value + "}}", track)).error;
  };
  EXPECT_THAT(update(R"("medium":"short")"), HasSubstr("field 'frame': 20 is past the last frame of short"));
  EXPECT_THAT(update(R"("class":"tool")"), HasSubstr("no attribute 'size'"));
  EXPECT_EQ(dump(demo.project()), before);
  EXPECT_EQ(update(R"("medium":"short","class":"tool","keyframes":[{"frame":4,"shape":{"box":[0,0,5,5]}}])"), "");
  EXPECT_EQ(problemsOf(demo.project()), "");
}

TEST(EditJson, ASegmentationMovesOnlyToAVolumeThatHoldsItsVoxels) {
  DemoProject demo;
  addSmallMedia(demo);
  const RawId segmentation = createSegmentation(demo);
  const auto update = [&](const std::string& value) {
    return demo.apply(withId(R"({"update":"segmentation","id":ID,"value":{)" + value + "}}", segmentation)).error;
  };
  EXPECT_THAT(update(R"("medium":"small")"), HasSubstr("voxels outside the volume"));
  EXPECT_EQ(update(R"("medium":"small","runs":{"size":[8,8,8],"counts":[0,512]})"), "");
  EXPECT_EQ(problemsOf(demo.project()), "");
}

TEST(EditJson, AClassWithLabelsIsDeletedOnlyTogetherWithThem) {
  DemoProject demo;
  const auto made = demo.apply(
      filled(annotation(R"("medium":VIDEO,"frame":0,"class":"tool","shape":{"box":[0,0,1,1]})"), demo.ids()));
  const std::string deleteClass = R"({"delete":"class","id":)" + std::to_string(raw(demo.ids().tool)) + "}";
  EXPECT_THAT(demo.apply(R"({"changes":[)" + deleteClass + "]}").error, HasSubstr("still used (annotations: 1)"));
  EXPECT_EQ(demo.apply(R"({"changes":[)" + deleteClass + R"(,{"delete":"annotation","id":)" +
                       std::to_string(made.created.at(0)) + "}]}")
                .error,
            "");
  EXPECT_EQ(problemsOf(demo.project()), "");
  ASSERT_TRUE(demo->undo().ok());
  EXPECT_EQ(demo->annotations()->size(), 1U);
}

TEST(EditJson, NamesAreComparedInOneUnicodeForm) {
  DemoProject demo;
  ASSERT_EQ(demo.apply("{\"changes\":[{\"create\":\"class\",\"value\":{\"name\":\"Ra\xCC\x88nd\"}}]}").error,
            "");  // a + diaeresis
  EXPECT_EQ(
      demo.apply(
              filled(annotation("\"medium\":VIDEO,\"frame\":0,\"class\":\"R\xC3\xA4nd\",\"shape\":{\"box\":[0,0,1,1]}"),
                     demo.ids()))
          .error,
      "");
}

TEST(EditJson, AFirstLabelMakesItsClassOnlyWhereThereIsNone) {
  fiducial::test::TemporaryFolder folder;
  auto project = Project::create(folder / "p.fiducial");
  ASSERT_TRUE(project.ok());
  const auto added = (*project)->apply({"Add", {create(demoMedium(MediumKind::Video, "v", 10, 10, 5))}, {}});
  const std::string line = annotation("\"medium\":\"v\",\"frame\":0,\"class\":\"new\",\"shape\":{\"box\":[0,0,1,1]}");
  const auto applied = (*project)->apply(*parseEdit(line, **project));
  ASSERT_TRUE(applied.ok()) << applied.error().text();
  ASSERT_EQ(applied->created.size(), 2U);  // the annotation first
  EXPECT_TRUE(std::holds_alternative<Annotation>(*(*project)->record(applied->created[0])));
  EXPECT_EQ(kindOf(*(*project)->record(applied->created[1])), RecordKind::LabelClass);
  EXPECT_FALSE(parseEdit(annotation("\"medium\":\"v\",\"frame\":0,\"class\":\"other\",\"shape\":{\"box\":[0,0,1,1]}"),
                         **project));
}

TEST(EditJson, EveryShapeIsPrintedAsItWasPutIn) {
  DemoProject demo;
  const std::vector<std::string> shapes = {
      R"({"box":[0.1,-2,30.25,1e-07]})",
      R"({"rotated_box":[10,10,5,6,33.333333333333336]})",
      R"({"ellipse":[10,10,5,6,-12]})",
      R"({"polygon":[[[0,0,10,0,10,10],[1,1,2,1,2,2]],[[20,20,30,20,30,30]]]})",
      R"({"polyline":[0.5,0.5,1.5,2.5]})",
      R"({"points":[1,2,3,4]})",
      R"({"skeleton":{"template":"arm","points":[1,2,2,3.5,4,0]}})",
      R"({"arrow":[1,2,3,4]})",
      R"({"note":[12345678.125,2]})",
      R"({"mask":{"size":[100,80],"counts":[0,100,50,7850]}})",
  };
  for (const std::string& shape : shapes) {
    ASSERT_EQ(
        demo.apply(filled(annotation(R"("medium":VIDEO,"frame":0,"class":"tool","shape":)" + shape), demo.ids())).error,
        "")
        << shape;
  }
  demo.close();
  demo.open();
  const auto printed = nlohmann::json::parse(*listJson(demo.project(), "annotations"));
  ASSERT_EQ(printed["annotations"].size(), shapes.size());
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    EXPECT_EQ(printed["annotations"][i]["shape"], nlohmann::json::parse(shapes[i]));
    EXPECT_EQ(printed["annotations"][i]["by"], "anna");
  }
}

TEST(EditJson, ASegmentationSaysItsVoxelsVolumeAndRuns) {
  DemoProject demo;
  ASSERT_EQ(
      demo
          .apply(filled(
              R"({"changes":[{"create":"segmentation","value":{"medium":VOLUME,"class":"polyp","runs":{"size":[40,35,33],"counts":[41,3,46156]}}}]})",
              demo.ids()))
          .error,
      "");
  const auto item =
      nlohmann::json::parse(*listJson(demo.project(), "segmentations", {.runs = true}))["segmentations"][0];
  EXPECT_EQ(item["voxels"], 3);
  EXPECT_DOUBLE_EQ(item["volume_mm3"].get<double>(), 1.5);  // 3 x 0.5 x 0.5 x 2 mm
  EXPECT_EQ(item["runs"], nlohmann::json::parse(R"({"size":[40,35,33],"counts":[41,3,46156]})"));
  const auto plain = nlohmann::json::parse(*listJson(demo.project(), "segmentations"))["segmentations"][0];
  EXPECT_FALSE(plain.contains("runs"));
}

TEST(EditJson, TheSchemaComesBackAsItWasAndSettingItAgainChangesNothing) {
  DemoProject demo;
  const std::string schema = *schemaJson(demo.project());
  const auto wanted = nlohmann::json::parse(demoSchema());
  const auto got = nlohmann::json::parse(schema);
  EXPECT_EQ(got["classes"][0], wanted["classes"][0]);
  EXPECT_EQ(got["skeletons"], wanted["skeletons"]);
  ASSERT_TRUE(demo->apply(*parseSchema(schema, demo.project())).ok());
  EXPECT_EQ(*schemaJson(demo.project()), schema);
  EXPECT_EQ(demo->history()->back().name, "Set label schema");
}

TEST(EditJson, FramesOfAQueryAreThoseWhereTheLabelIs) {
  DemoProject demo;
  ASSERT_EQ(demo.apply(filled(R"({"changes":[{"create":"track","value":{"medium":VIDEO,"class":"tool","keyframes":[
      {"frame":10,"shape":{"box":[0,0,1,1]}},{"frame":20,"shape":{"box":[0,0,1,1]},"outside":true}]}},
      {"create":"event","value":{"medium":VIDEO,"class":"tool","begin":5,"end":9}}]})",
                              demo.ids()))
                .error,
            "");
  const auto tracksOn = [&](int frame) { return demo->tracks({demo.ids().video, frame, frame + 1})->size(); };
  const auto eventsOn = [&](int frame) { return demo->events({demo.ids().video, frame, frame + 1})->size(); };
  EXPECT_EQ(tracksOn(9), 0U);
  EXPECT_EQ(tracksOn(10), 1U);
  EXPECT_EQ(tracksOn(19), 1U);
  EXPECT_EQ(tracksOn(21), 0U);
  EXPECT_EQ(eventsOn(4), 0U);
  EXPECT_EQ(eventsOn(5), 1U);
  EXPECT_EQ(eventsOn(9), 1U);
  EXPECT_EQ(eventsOn(10), 0U);
}

}  // namespace
}  // namespace fiducial::project::test
