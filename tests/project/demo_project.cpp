#include "demo_project.h"

#include <gtest/gtest.h>

namespace fiducial::project::test {

std::string demoSchema() {
  return R"({"classes":[
    {"name":"polyp","color":"#e6194b","hotkey":"1","code":{"scheme":"SCT","value":"41329004","meaning":"Polyp"},
     "attributes":[{"name":"size","type":"number","unit":"mm","min":0,"max":50},
                   {"name":"kind","type":"choice","choices":["flat","stalked"]},{"name":"sure","type":"bool"}]},
    {"name":"flat polyp","parent":"polyp","attributes":[{"name":"remark","type":"text"}]},
    {"name":"tool","hotkey":"2"}],
    "skeletons":[{"name":"arm","points":["shoulder","hand"],"edges":[[0,1]]}],
    "layers":[{"name":"phases","exclusive":true},{"name":"notes"}],
    "questions":[{"name":"BI-RADS","scope":"medium","choices":["0","1"]}]})";
}

Medium demoMedium(MediumKind kind, const std::string& name, int columns, int rows, int frames) {
  Medium medium;
  medium.name = name;
  medium.path = name;
  medium.hash = "00112233445566778899aabbccddeeff";
  medium.sizeBytes = 1000;
  medium.info.kind = kind;
  medium.info.columns = columns;
  medium.info.rows = rows;
  medium.info.frames = frames;
  medium.info.windows = {{40, 400, "soft"}};
  if (kind == MediumKind::Volume) {
    medium.info.hasGeometry = true;
    medium.info.affine = Affine({{{0.5, 0, 0, -10}, {0, 0.5, 0, -20.25}, {0, 0, 2, 0.1}, {0, 0, 0, 1}}});
    medium.info.spacing = {0.5, 0.5, 2};
    medium.files = {"a.dcm", "b.dcm"};
  } else {
    medium.info.timeBase = {1, 25};
  }
  return medium;
}

DemoProject::DemoProject() {
  auto created = Project::create(path(), demoSchema(), {.readOnly = false, .annotator = "anna"});
  if (!created) throw std::runtime_error(created.error().text());
  project_ = std::move(*created);
  Edit edit{"Add media",
            {create(demoMedium(MediumKind::Volume, "CT", 40, 35, 33)),
             create(demoMedium(MediumKind::Video, "clip", 100, 80, 50))},
            {}};
  const auto added = project_->apply(std::move(edit));
  if (!added) throw std::runtime_error(added.error().text());
  ids_.volume = MediumId{added->created.at(0)};
  ids_.video = MediumId{added->created.at(1)};
  ids_.polyp = ClassId{**project_->findNamed(RecordKind::LabelClass, "polyp")};
  ids_.tool = ClassId{**project_->findNamed(RecordKind::LabelClass, "tool")};
}

void DemoProject::open(const OpenOptions& options) {
  auto opened = Project::open(path(), options);
  if (!opened) throw std::runtime_error(opened.error().text());
  project_ = std::move(*opened);
}

DemoProject::Answer DemoProject::apply(const std::string& line) {
  auto edit = parseEdit(line, *project_);
  if (!edit) return {edit.error().text(), {}};
  const auto applied = project_->apply(std::move(*edit));
  if (!applied) return {applied.error().text(), {}};
  Answer answer;
  for (const RawId id : applied->created) {
    const bool isKeyframe = std::holds_alternative<Keyframe>(*project_->record(id));
    if (!isKeyframe) answer.created.push_back(id);
  }
  return answer;
}

std::string dump(const Project& project) {
  std::string text = *schemaJson(project) + "\n";
  for (const char* list :
       {"media", "classes", "annotations", "tracks", "events", "tags", "measurements", "segmentations", "marks"}) {
    const auto json = listJson(project, list, {.runs = true});
    text += json ? *json + "\n" : json.error().text();
  }
  return text;
}

std::string problemsOf(const Project& project) {
  const auto report = project.verify();
  if (!report) return report.error().text();
  std::string text;
  for (const std::string& problem : report->problems) text += problem + "\n";
  return text;
}

}  // namespace fiducial::project::test
