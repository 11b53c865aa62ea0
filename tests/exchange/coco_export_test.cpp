// What COCO files say: against the example worked out in the formats documentation and against arithmetic done by hand.
#include <gtest/gtest.h>

#include <algorithm>

#include "small_project.h"

namespace fiducial::exchange {
namespace {

using nlohmann::json;
using test::SmallProject;

Annotation annotationOf(MediumId medium, ClassId labelClass, Shape shape, int frame = 0) {
  Annotation annotation;
  annotation.medium = medium;
  annotation.frame = frame;
  annotation.labelClass = labelClass;
  annotation.shape = std::move(shape);
  return annotation;
}

TEST(CocoExport, BoxAndMaskOfTheSamePixelsAreWrittenAsTheFormatsPageSays) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Image, {4, 3});
  const ClassId polyp = small.addClass("polyp");
  small.add(annotationOf(medium, polyp, Box{1, 0, 2, 2}));
  small.add(annotationOf(medium, polyp, RunMask{{4, 3}, {3, 2, 1, 2, 4}}));
  const json out = small.exportCoco("out");
  ASSERT_EQ(out["annotations"].size(), 2U);
  EXPECT_EQ(out["annotations"][0]["bbox"], json::parse("[1,0,2,2]"));
  EXPECT_EQ(out["annotations"][0]["segmentation"], json::parse("[[1,0,3,0,3,2,1,2]]"));
  EXPECT_EQ(out["annotations"][1]["bbox"], json::parse("[1,0,2,2]"));
  EXPECT_EQ(out["annotations"][1]["segmentation"], json::parse(R"({"size":[3,4],"counts":[3,2,1,2,4]})"));
  for (const auto& annotation : out["annotations"]) {
    EXPECT_EQ(annotation["area"], 4);
    EXPECT_EQ(annotation["iscrowd"], 0);
    EXPECT_EQ(annotation["category_id"], raw(polyp));
    EXPECT_TRUE(annotation["id"].is_number_integer());
  }
  EXPECT_EQ(out["annotations"][0]["id"], 1);
  EXPECT_EQ(out["images"][0]["width"], 4);
  EXPECT_EQ(out["images"][0]["height"], 3);
  EXPECT_EQ(out["images"][0]["file_name"], "a/0.png");
  EXPECT_EQ(small.report.skipped, 0);
}

TEST(CocoExport, APolygonWithAHoleIsWrittenAsRunsWithTheHoleLeftOut) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Image, {10, 10});
  const Ring outer{{1, 1}, {9, 1}, {9, 9}, {1, 9}};
  const Ring hole{{3, 3}, {7, 3}, {7, 7}, {3, 7}};
  small.add(annotationOf(medium, small.addClass("ring"), Polygon{{{outer, hole}}}));
  const json out = small.exportCoco("out");
  EXPECT_EQ(out["annotations"][0]["area"], 64 - 16);
  EXPECT_EQ(out["annotations"][0]["bbox"], json::parse("[1,1,8,8]"));
  EXPECT_TRUE(out["annotations"][0]["segmentation"].is_object());
}

TEST(CocoExport, APolygonWithoutHolesKeepsItsPointsAndItsTrueArea) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Image, {100, 100});
  small.add(annotationOf(medium, small.addClass("c"), Polygon{{{{{10.25, 10}, {50.1, 10}, {10.25, 30}}}}}));
  const std::string text = small.exportCoco("out")["annotations"][0].dump();
  EXPECT_NE(text.find("10.25,10,50.1,10,10.25,30"), std::string::npos) << text;
  EXPECT_NEAR(small.exportCoco("out")["annotations"][0]["area"].get<double>(), 39.85 * 20 / 2, 1e-9);
}

TEST(CocoExport, WhatCocoCannotHoldIsCountedAndStrictWritesNothing) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Image, {100, 100});
  const ClassId labelClass = small.addClass("c");
  small.add(annotationOf(medium, labelClass, Polyline{{{1, 1}, {5, 5}}}));
  small.add(annotationOf(medium, labelClass, Polyline{{{1, 1}, {6, 5}}}));
  small.add(annotationOf(medium, labelClass, Box{1, 1, 5, 5}));
  (void)small.exportCoco("out");
  EXPECT_EQ(small.report.skipped, 2);
  EXPECT_EQ(small.report.warnings.front(), "2 polylines left out: coco does not hold them (frame 0 of \"a\")");
  ExportOptions strict;
  strict.out = small.folder() / "strict";
  strict.strict = true;
  const auto refused = findFormat("coco")->exporter()->write(small.project(), strict, {});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("2 polylines"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(strict.out));
}

TEST(CocoExport, ATrackIsAnAnnotationOnEachFrameUntilItIsOutside) {
  SmallProject small;
  const MediumId medium = small.addMedium("v", MediumKind::Video, {100, 100}, 10);
  const ClassId tool = small.addClass("tool");
  Keyframe first;
  first.frame = 2;
  first.shape = Box{0, 0, 10, 10};
  Keyframe second;
  second.frame = 4;
  second.shape = Box{20, 0, 10, 10};
  second.occluded = true;
  Keyframe end;
  end.frame = 6;
  end.shape = Box{20, 0, 10, 10};
  end.outside = true;
  const RawId track = small.addTrack(Track{medium, tool, Interpolation::Linear, {}}, {first, second, end});
  const json out = small.exportCoco("out");
  ASSERT_EQ(out["annotations"].size(), 4U);  // frames 2, 3, 4, 5
  const std::vector<double> x{0, 10, 20, 20};
  const std::vector<bool> isKeyframe{true, false, true, false};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& annotation = out["annotations"][i];
    EXPECT_EQ(out["images"][i]["frame"], i + 2);
    EXPECT_EQ(annotation["image_id"], out["images"][i]["id"]);
    EXPECT_EQ(annotation["bbox"][0], x[i]);
    EXPECT_EQ(annotation["attributes"]["track_id"], track);
    EXPECT_EQ(annotation["attributes"]["keyframe"], isKeyframe[i]);
  }
  EXPECT_EQ(out["annotations"][2]["attributes"]["occluded"], true);
}

TEST(CocoExport, DoneFramesAreListedAlsoWhenEmpty) {
  SmallProject small;
  const MediumId medium = small.addMedium("v", MediumKind::Video, {10, 10}, 10);
  small.add(annotationOf(medium, small.addClass("c"), Box{1, 1, 2, 2}, 3));
  small.add(Mark{medium, 7, "done"});
  EXPECT_EQ(small.exportCoco("labelled")["images"].size(), 2U);
  ExportOptions done;
  done.frames = FrameChoice::Done;
  const json out = small.exportCoco("done", done);
  ASSERT_EQ(out["images"].size(), 1U);
  EXPECT_EQ(out["images"][0]["frame"], 7);
  EXPECT_TRUE(out["annotations"].empty());
}

TEST(CocoExport, AShapeOfWhichNoPixelIsInTheImageIsLeftOutAndSaid) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Video, {20, 20}, 4);
  const ClassId labelClass = small.addClass("c");
  const auto ring = [](double x) {
    return Polygon{{{{{x, 1}, {x + 8, 1}, {x + 8, 9}, {x, 9}}, {{x + 3, 3}, {x + 7, 3}, {x + 7, 7}, {x + 3, 7}}}}};
  };
  small.add(annotationOf(medium, labelClass, ring(30)));
  small.add(annotationOf(medium, labelClass, ring(2), 1));
  Keyframe inside;
  inside.frame = 1;
  inside.shape = ring(2);
  Keyframe outside = inside;
  outside.frame = 3;
  outside.shape = ring(42);
  small.addTrack(Track{medium, labelClass, Interpolation::Linear, {}}, {inside, outside});
  const json out = small.exportCoco("out");
  EXPECT_EQ(out["annotations"].size(), 2U);
  for (const auto& annotation : out["annotations"]) EXPECT_GT(annotation["area"], 0);
  EXPECT_EQ(small.report.skipped, 3);
  const std::vector<std::string> expected{
      "2 frames of a track left out: they cover no pixel of their image (frames 2, 3 of \"a\")",
      "1 polygon left out: they cover no pixel of their image (frame 0 of \"a\")"};
  for (const auto& text : expected) {
    EXPECT_NE(std::ranges::find(small.report.warnings, text), small.report.warnings.end()) << text;
  }
}

TEST(CocoExport, OnlyWhatTheStatusAsksForIsCountedAsLeftOut) {
  SmallProject small;
  const MediumId medium = small.addMedium("v", MediumKind::Video, {100, 100}, 10);
  const ClassId labelClass = small.addClass("c");
  small.add(Mark{medium, 7, "done"});
  small.add(annotationOf(medium, labelClass, Box{1, 1, 5, 5}, 7));
  small.add(annotationOf(medium, labelClass, Polyline{{{1, 1}, {5, 5}}}, 3));
  small.add(Event{medium, labelClass, {}, 2, 6, {}});
  small.add(Tag{Scope::Frame, medium, 4, labelClass, {}, {}});
  small.add(Measurement{medium, 5, MeasurementType::Length, {{1, 1, 0}, {5, 5, 0}}, labelClass});
  Keyframe first;
  first.frame = 2;
  first.shape = Polyline{{{1, 1}, {5, 5}}};
  Keyframe end = first;
  end.frame = 6;
  end.outside = true;
  small.addTrack(Track{medium, labelClass, Interpolation::Linear, {}}, {first, end});
  ExportOptions done;
  done.status = StatusChoice::Done;
  EXPECT_EQ(small.exportCoco("status", done)["annotations"].size(), 1U);
  EXPECT_EQ(small.report.skipped, 0) << small.report.warnings.front();
  done.strict = true;
  (void)small.exportCoco("strict", done);  // throws if it is refused
  ExportOptions frames;
  frames.frames = FrameChoice::Done;
  (void)small.exportCoco("frames", frames);
  EXPECT_EQ(small.report.skipped, 0);
  ExportOptions nifti;
  nifti.out = small.folder() / "nifti";
  nifti.status = StatusChoice::Done;
  const auto report = findFormat("nifti")->exporter()->write(small.project(), nifti, {});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->skipped, 1);  // the box of the frame that is done
  small.add(Event{medium, labelClass, {}, 5, 7, {}});
  (void)small.exportCoco("event", [&] {
    done.strict = false;
    return done;
  }());
  EXPECT_EQ(small.report.skipped, 1);
  EXPECT_EQ(small.report.warnings.front(), "1 event left out: coco does not hold them (frame 5 of \"v\")");
}

TEST(CocoExport, NamesAreFoundInEveryUnicodeForm) {
  SmallProject small;
  const MediumId medium = small.addMedium("b\xC3\xA4r", MediumKind::Image, {10, 10});
  small.add(annotationOf(medium, small.addClass("p\xC3\xB6lyp"), Box{1, 1, 2.5, 2}));
  ExportOptions options;
  options.classes = {"po\xCC\x88lyp"};
  options.splitFile = {{"default", {"ba\xCC\x88r"}}};
  EXPECT_EQ(small.exportCoco("out", options)["annotations"].size(), 1U);
  EXPECT_EQ(small.report.skipped, 0);
}

TEST(CocoExport, TheSameProjectGivesTheSameBytesAndNamesAreEscaped) {
  SmallProject small;
  const MediumId medium = small.addMedium("b\xC3\xA4r/1", MediumKind::Image, {10, 10});
  small.add(annotationOf(medium, small.addClass("p\xC3\xB6lyp"), Box{1, 1, 2.5, 2}));
  const json first = small.exportCoco("one");
  (void)small.exportCoco("two");
  const std::string text = test::contents(small.folder() / "one/annotations/instances_default.json");
  EXPECT_EQ(text, test::contents(small.folder() / "two/annotations/instances_default.json"));
  EXPECT_NE(text.find("p\\u00f6lyp"), std::string::npos);
  EXPECT_EQ(first["images"][0]["file_name"], "b\xC3\xA4r_1/0.png");
}

TEST(CocoExport, AFolderOfSomebodyElseIsNotReplacedAndOursIs) {
  SmallProject small;
  const MediumId medium = small.addMedium("a", MediumKind::Image, {10, 10});
  const ClassId labelClass = small.addClass("c");
  small.add(annotationOf(medium, labelClass, Box{1, 1, 2, 2}));
  EXPECT_EQ(small.exportCoco("out")["annotations"].size(), 1U);
  small.add(annotationOf(medium, labelClass, Box{1, 1, 3, 2}));
  EXPECT_EQ(small.exportCoco("out")["annotations"].size(), 2U);
  const auto theirs = small.folder() / "theirs";
  std::filesystem::create_directories(theirs / "precious");
  ExportOptions options;
  options.out = theirs;
  const auto refused = findFormat("coco")->exporter()->write(small.project(), options, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
  EXPECT_TRUE(std::filesystem::exists(theirs / "precious"));
}

TEST(CocoExport, SplitsKeepASubjectTogetherAndDependOnTheSeedOnly) {
  SmallProject small;
  const ClassId labelClass = small.addClass("c");
  for (int i = 0; i < 10; ++i) {
    const MediumId medium = small.addMedium("m" + std::to_string(i), MediumKind::Image, {10, 10});
    small.add(annotationOf(medium, labelClass, Box{1, 1, 2, 2}));
  }
  ExportOptions options;
  options.out = small.folder() / "out";
  options.split = {{"train", 0.8}, {"val", 0.2}};
  ASSERT_TRUE(findFormat("coco")->exporter()->write(small.project(), options, {}));
  const std::string train = test::contents(options.out / "annotations/instances_train.json");
  EXPECT_EQ(json::parse(train)["images"].size(), 8U);
  EXPECT_EQ(json::parse(test::contents(options.out / "annotations/instances_val.json"))["images"].size(), 2U);
  ASSERT_TRUE(findFormat("coco")->exporter()->write(small.project(), options, {}));
  EXPECT_EQ(train, test::contents(options.out / "annotations/instances_train.json"));
  options.split = {{"train", 0.8}, {"val", 0.3}};
  EXPECT_FALSE(findFormat("coco")->exporter()->write(small.project(), options, {}));
}

}  // namespace
}  // namespace fiducial::exchange
