// COCO into a project: our own exports come back as they were, other writers' files by COCO's rules, damaged ones are
// refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "fiducial/core/track_interpolation.h"
#include "small_project.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

using test::SmallProject;

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string document(const std::string& annotations,
                     const std::string& images = R"({"id":1,"file_name":"a.png","width":4,"height":3})") {
  return R"({"info":{},"licenses":[],"images":[)" + images +
         R"(],"categories":[{"id":1,"name":"polyp","supercategory":"lesion"}],"annotations":[)" + annotations + "]}";
}

std::vector<Shape> shapesOf(const project::Project& project) {
  std::vector<Shape> shapes;
  const auto annotations = *project.annotations();
  for (const auto& annotation : annotations) shapes.push_back(annotation.value.shape);
  return shapes;
}

TEST(CocoImport, OurOwnExportComesBackWithEveryShape) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Image, {100, 80});
  AttributeSpec size;
  size.name = "size";
  size.type = AttributeType::Number;
  const ClassId labelClass = small.addClass("c", {size});
  const Ring outer{{1, 1}, {40, 1}, {40, 40}, {1, 40}};
  const Ring hole{{10.5, 10}, {20, 10}, {15, 20}};
  const std::vector<Shape> shapes{Box{1.5, 2, 30, 20.25},        RotatedBox{{50, 40}, 20, 10, 30},
                                  Ellipse{{50, 40}, 20, 10, 15}, Polygon{{{{{1, 1}, {9, 1}, {5, 7.125}}}}},
                                  Polygon{{{outer, hole}}},      RunMask{{100, 80}, {100, 20, 7880}}};
  for (const Shape& shape : shapes) {
    Annotation annotation;
    annotation.medium = medium;
    annotation.labelClass = labelClass;
    annotation.shape = shape;
    annotation.attributes["size"] = 4.5;
    annotation.note = "see \xC3\xA4";
    small.add(annotation);
  }
  (void)small.exportCoco("out");
  const auto other = test::emptyProject(small.folder(), "other.fiducial");
  const auto report = test::importCoco(*other, small.folder() / "out");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->labels, 6);
  EXPECT_EQ(report->skipped, 0);
  EXPECT_EQ(shapesOf(*other), shapes);
  const auto annotations = *other->annotations();
  EXPECT_EQ(annotations[0].value.attributes.at("size"), AttributeValue(4.5));
  EXPECT_EQ(annotations[0].value.note, "see \xC3\xA4");
  EXPECT_EQ((*other->media())[0].value.name, "a");
  EXPECT_TRUE((*other->media())[0].value.missing);
  EXPECT_EQ((*other->history()).size(), 1U);
  ASSERT_TRUE(other->undo());
  EXPECT_TRUE(other->annotations()->empty());
  EXPECT_TRUE(other->media()->empty());
}

TEST(CocoImport, ATrackComesBackWithItsKeyFramesGapsAndEnd) {
  SmallProject small;
  const MediumId medium = small.addMedium("v", MediumKind::Video, {100, 100}, 20);
  const auto keyframe = [](int frame, double x, bool outside) {
    Keyframe result;
    result.frame = frame;
    result.shape = Box{x, 0, 10, 10};
    result.outside = outside;
    return result;
  };
  small.addTrack(Track{medium, small.addClass("tool"), Interpolation::Linear, {}},
                 {keyframe(2, 0, false), keyframe(4, 20, false), keyframe(6, 20, true), keyframe(9, 50, false),
                  keyframe(12, 50, true)});
  (void)small.exportCoco("out");
  const auto other = test::emptyProject(small.folder(), "other.fiducial");
  ASSERT_TRUE(test::importCoco(*other, small.folder() / "out/annotations/instances_default.json"));
  ASSERT_EQ(other->tracks()->size(), 1U);
  const auto before = *small.project().keyframes(TrackId{(*small.project().tracks())[0].id});
  const auto after = *other->keyframes(TrackId{(*other->tracks())[0].id});
  for (int frame = 0; frame < 20; ++frame) {
    const auto was = stateAt(before, frame);
    const auto is = stateAt(after, frame);
    ASSERT_EQ(was.has_value(), is.has_value()) << "frame " << frame;
    if (!was) continue;
    EXPECT_EQ(was->shape, is->shape) << "frame " << frame;
    EXPECT_EQ(was->isKeyframe, is->isKeyframe) << "frame " << frame;
  }
}

TEST(CocoImport, ImportingIntoTheSameProjectFindsItsMediaAndClasses) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Image, {10, 10});
  Annotation annotation;
  annotation.medium = medium;
  annotation.labelClass = small.addClass("c");
  annotation.shape = Box{1, 1, 2, 2};
  small.add(annotation);
  (void)small.exportCoco("out");
  const auto report = test::importCoco(small.project(), small.folder() / "out");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->media, 0);
  EXPECT_EQ(small.project().classes()->size(), 1U);
  EXPECT_EQ(small.project().annotations()->size(), 2U);
}

TEST(CocoImport, BoxesPolygonsRunsAndCrowdsOfOthersAreRead) {
  test::TemporaryFolder folder;
  write(folder / "x.json",
        document(R"({"id":1,"image_id":1,"category_id":1,"iscrowd":0,"area":4,"bbox":[1,0,2,2],"segmentation":[]},
{"id":2,"image_id":1,"category_id":1,"iscrowd":0,"area":4,"bbox":[1,0,2,2],"segmentation":[[1,0,3,0,3,2,1,2]]},
{"id":3,"image_id":1,"category_id":1,"iscrowd":1,"area":4,"bbox":[1,0,2,2],"segmentation":{"size":[3,4],"counts":[3,2,1,2,4]}},
{"id":4,"image_id":1,"category_id":1,"iscrowd":0,"area":4,"bbox":[1,0,2,2],"segmentation":{"size":[3,4],"counts":"32103"}})"));
  const auto project = test::emptyProject(folder, "p.fiducial");
  const auto report = test::importCoco(*project, folder / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->skipped, 0);
  const RunMask mask{{4, 3}, {3, 2, 1, 2, 4}};
  const std::vector<Shape> expected{Box{1, 0, 2, 2}, Polygon{{{{{1, 0}, {3, 0}, {3, 2}, {1, 2}}}}}, mask, mask};
  EXPECT_EQ(shapesOf(*project), expected);
  EXPECT_EQ((*project->annotations())[2].value.attributes.at("iscrowd"), AttributeValue(true));
  EXPECT_EQ((*project->classes())[0].value.name, "polyp");
}

TEST(CocoImport, ADamagedPolygonIsSaidWhereItsBoxStandsInForIt) {
  test::TemporaryFolder folder;
  write(folder / "x.json",
        document(R"({"id":1,"image_id":1,"category_id":1,"bbox":[1,1,4,4],"iscrowd":0,"segmentation":[[1,1,5,1,5]]})"));
  const auto project = test::emptyProject(folder, "p.fiducial");
  const auto report = test::importCoco(*project, folder / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(shapesOf(*project), (std::vector<Shape>{Box{1, 1, 4, 4}}));
  EXPECT_TRUE(std::ranges::any_of(report->warnings, [](const auto& w) { return w.find("ring") != std::string::npos; }));
}

TEST(CocoImport, AShapeThatAnotherProgramChangedIsReadAsChanged) {
  test::TemporaryFolder folder;
  const std::string box = R"("image_id":1,"category_id":1,"bbox":[0,0,4,3],"shape":{"box":[0,0,4,3]},"segmentation":)";
  const std::string holed = R"("image_id":1,"category_id":1,"bbox":[0,0,4,3],)"
                            R"("shape":{"polygon":[[[0,0,4,0,4,3,0,3],[1,1,2,1,2,2,1,2]]]},"segmentation":)";
  write(folder / "x.json", document("{\"id\":1," + box +
                                    "[[0,0,4,0,4,3,0,3]]},"  // as it was
                                    "{\"id\":2," +
                                    box +
                                    "[[0,0,4,0,4,3]]},"  // a corner taken away
                                    "{\"id\":3," +
                                    holed +
                                    R"({"size":[3,4],"counts":[0,4,1,7]}},)"  // as it was
                                    "{\"id\":4," +
                                    holed + R"({"size":[3,4],"counts":[0,4,2,6]}})"));  // one pixel less
  const auto project = test::emptyProject(folder, "p.fiducial");
  const auto report = test::importCoco(*project, folder / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  const Polygon ring{{{{{0, 0}, {4, 0}, {4, 3}, {0, 3}}, {{1, 1}, {2, 1}, {2, 2}, {1, 2}}}}};
  const std::vector<Shape> expected{Box{0, 0, 4, 3}, Polygon{{{{{0, 0}, {4, 0}, {4, 3}}}}}, ring,
                                    RunMask{{4, 3}, {0, 4, 2, 6}}};
  EXPECT_EQ(shapesOf(*project), expected);
}

TEST(CocoImport, TwoImagesOfOneNameAreNotTheSameMedium) {
  SmallProject small;
  const MediumId medium = small.addMedium("x", MediumKind::Image, {4, 3});
  const std::string boxes = R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"iscrowd":null},
{"id":2,"image_id":2,"category_id":1,"bbox":[0,0,2,2]})";
  write(small.folder() / "x.json", document(boxes, R"({"id":1,"file_name":"a/x.png","width":4,"height":3},
{"id":2,"file_name":"b/x.png","width":4,"height":3})"));
  const auto report = test::importCoco(small.project(), small.folder() / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->media, 2);
  const auto annotations = *small.project().annotations();
  ASSERT_EQ(annotations.size(), 2U);
  EXPECT_NE(annotations[0].value.medium, annotations[1].value.medium);
  for (const auto& one : annotations) EXPECT_NE(one.value.medium, medium);
}

TEST(CocoImport, ARingThatRepeatsItsFirstPointIsTheSameRing) {
  test::TemporaryFolder folder;
  write(folder / "x.json",
        document(R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,2,2],"segmentation":[[0,0,2,0,2,2,0,0]]})"));
  const auto project = test::emptyProject(folder, "p.fiducial");
  ASSERT_TRUE(test::importCoco(*project, folder / "x.json"));
  EXPECT_EQ(shapesOf(*project), (std::vector<Shape>{Polygon{{{{{0, 0}, {2, 0}, {2, 2}}}}}}));
}

TEST(CocoImport, WhatCannotBeKeptIsCountedAndTheRestGoesOn) {
  test::TemporaryFolder folder;
  write(folder / "x.json", document(R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"iscrowd":0},
{"id":2,"image_id":9,"category_id":1,"bbox":[0,0,1,1],"iscrowd":0},
{"id":3,"image_id":1,"category_id":9,"bbox":[0,0,1,1],"iscrowd":0},
{"id":4,"image_id":1,"category_id":1,"bbox":[0,0,0,1],"iscrowd":0},
{"id":5,"image_id":1,"category_id":1,"segmentation":{"size":[3,4],"counts":[3,2]},"iscrowd":0}, 
{"id":6,"image_id":1,"category_id":1,"segmentation":{"size":[30,40],"counts":[600,600]},"iscrowd":0},
{"id":7,"image_id":1,"category_id":1,"segmentation":{"size":[3,4],"counts":[12]},"iscrowd":0})"));
  const auto project = test::emptyProject(folder, "p.fiducial");
  const auto report = test::importCoco(*project, folder / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->labels, 1);
  EXPECT_EQ(report->skipped, 6);
}

TEST(CocoImport, KeysThatAreNotReadAreSaidOnceWithTheirCount) {
  test::TemporaryFolder folder;
  write(folder / "x.json",
        R"({"videos":[{"id":1}],"licenses":[],"images":[{"id":1,"file_name":"a.png","width":4,"height":3,"license":0,
"coco_url":"","flickr_url":"http://x"}],"categories":[{"id":1,"name":"polyp","keypoints":["a"],"skeleton":[]}],
"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"score":0,"foo":{"a":[1]},"bar":[ ],"area":1},
{"id":2,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"score":0.5,"foo":null}]})");
  const auto project = test::emptyProject(folder, "p.fiducial");
  const auto report = test::importCoco(*project, folder / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->labels, 2);
  EXPECT_EQ(report->skipped, 5);
  for (const std::string text :
       {"2 values of \"score\" left out", "1 value of \"foo\" left out", "1 value of \"keypoints\" left out",
        "1 value of \"videos\" left out", "\"flickr_url\" of 1 images"}) {
    EXPECT_EQ(std::ranges::count_if(report->warnings, [&](const auto& w) { return w.starts_with(text); }), 1) << text;
  }
  for (const auto& text : report->warnings) {
    EXPECT_EQ(text.find("bar"), std::string::npos) << text;
    EXPECT_EQ(text.find("skeleton"), std::string::npos) << text;
    EXPECT_EQ(text.find("license"), std::string::npos) << text;
  }
}

TEST(CocoImport, WhatIsLeftOutIsSaidWithItsFileAndIds) {
  test::TemporaryFolder folder;
  std::string annotations;
  for (int id = 11; id < 16; ++id) {
    annotations += (annotations.empty() ? "" : ",") + std::string(R"({"image_id":9,"category_id":1,"id":)") +
                   std::to_string(id) + "}";
  }
  write(folder / "x.json", document(annotations));
  const auto project = test::emptyProject(folder, "p.fiducial");
  const auto report = test::importCoco(*project, folder / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->warnings.front(),
            "5 annotations left out: their image is not there or has no place (annotations 11, 12, 13 and more of "
            "\"x.json\")");
}

TEST(CocoImport, NamesInAnotherUnicodeFormAreTheSameNames) {
  SmallProject small;
  (void)small.addMedium("b\xC3\xA4r", MediumKind::Image, {4, 3});
  (void)small.addClass("p\xC3\xB6lyp");
  const std::string image = "{\"id\":1,\"file_name\":\"x/ba\xCC\x88r.png\",\"width\":4,\"height\":3}";
  const std::string box = R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1]})";
  const std::string categories = "\"categories\":[{\"id\":1,\"name\":\"po\xCC\x88lyp\"}]";
  write(small.folder() / "x.json", "{\"images\":[" + image + "]," + categories + ",\"annotations\":[" + box + "]}");
  const auto report = test::importCoco(small.project(), small.folder() / "x.json");
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->media, 0);
  EXPECT_EQ(small.project().classes()->size(), 1U);
  ImportOptions options;
  options.map = {{"p\xC3\xB6lyp", "lesion"}};
  ASSERT_TRUE(test::importCoco(small.project(), small.folder() / "x.json", options));
  EXPECT_EQ(small.project().classes()->size(), 2U);
}

TEST(CocoImport, DamagedFilesAreRefusedAndChangeNothing) {
  test::TemporaryFolder folder;
  const auto project = test::emptyProject(folder, "p.fiducial");
  const std::string sound = document(R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"iscrowd":0})");
  const std::string image = R"({"id":1,"file_name":"a.png","width":4,"height":3})";
  const std::vector<std::pair<std::string, std::string>> broken{
      {"empty", ""},
      {"truncated", sound.substr(0, sound.size() - 30)},
      {"a list", R"([{"image_id":1}])"},
      {"no images", R"({"annotations":[]})"},
      {"not JSON", "\x89PNG\r\n"},
      {"twice the same image", document("", image + "," + image)},
      {"annotation twice",
       document(
           R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1]},{"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1]})")},
      {"a number that is none", document(R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,NaN,1]})")}};
  for (const auto& [what, text] : broken) {
    write(folder / "x.json", text);
    const auto report = test::importCoco(*project, folder / "x.json");
    ASSERT_FALSE(report) << what;
    EXPECT_NE(report.error().text().find("x.json"), std::string::npos) << what << ": " << report.error().text();
  }
  EXPECT_TRUE(project->history()->empty());
}

TEST(CocoImport, AMapRenamesClassesAndAMediumTakesAllLabels) {
  SmallProject small;
  const MediumId medium = small.addMedium("video", MediumKind::Video, {4, 3}, 30);
  write(small.folder() / "x.json", document(R"({"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"iscrowd":0})",
                                            R"({"id":1,"file_name":"frame_000012.png","width":4,"height":3})"));
  ImportOptions options;
  options.medium = medium;
  options.map = {{"polyp", "lesion"}};
  const auto report = test::importCoco(small.project(), small.folder() / "x.json", options);
  ASSERT_TRUE(report) << report.error().text();
  const auto annotations = *small.project().annotations();
  ASSERT_EQ(annotations.size(), 1U);
  EXPECT_EQ(annotations[0].value.frame, 12);
  EXPECT_EQ(annotations[0].value.medium, medium);
  EXPECT_EQ((*small.project().classes())[0].value.name, "lesion");
}

TEST(CocoImport, ADatasetOfDatumaroIsReadWithThePicturesBesideIt) {
  const auto dataset = test::sharedData("labels/coco_instances");
  FIDUCIAL_REQUIRE_SHARED(dataset);
  test::TemporaryFolder folder;
  const auto project = test::emptyProject(folder, "p.fiducial");
  const auto report = test::importCoco(*project, dataset);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->media, 2);
  const auto media = *project->media();
  for (const auto& medium : media) EXPECT_FALSE(medium.value.missing) << medium.value.name;
  EXPECT_EQ(project->classes()->size(), 3U);
}

}  // namespace
}  // namespace fiducial::exchange
