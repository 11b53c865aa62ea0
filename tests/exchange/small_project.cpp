#include "small_project.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace fiducial::test {
namespace {

template <class T>
T valueOf(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

}  // namespace

SmallProject::SmallProject() : project_(emptyProject(folder_, "small.fiducial")) {}

MediumId SmallProject::addMedium(const std::string& name, MediumKind kind, ImageSize size, int frames) {
  Medium medium;
  medium.name = name;
  medium.info.kind = kind;
  medium.info.columns = size.columns;
  medium.info.rows = size.rows;
  medium.info.frames = frames;
  medium.info.hasGeometry = kind == MediumKind::Volume;
  medium.missing = true;
  return MediumId{add(std::move(medium))};
}

ClassId SmallProject::addClass(const std::string& name, std::vector<AttributeSpec> attributes) {
  LabelClass labelClass;
  labelClass.name = name;
  labelClass.color = "#e6194b";
  labelClass.attributes = std::move(attributes);
  return ClassId{add(std::move(labelClass))};
}

RawId SmallProject::add(Record record) {
  return valueOf(project_->apply(Edit{"Add", {create(std::move(record), -1)}, "reader1"})).created.front();
}

RawId SmallProject::addTrack(Track track, std::vector<Keyframe> keyframes) {
  Edit edit{"Add track", {create(std::move(track), -1)}, "reader1"};
  RawId next = -2;
  for (Keyframe& keyframe : keyframes) {
    keyframe.track = TrackId{-1};
    edit.changes.push_back(create(std::move(keyframe), next--));
  }
  return valueOf(project_->apply(std::move(edit))).created.front();
}

nlohmann::json SmallProject::exportCoco(const std::string& name, exchange::ExportOptions options) {
  options.out = folder_ / name;
  report = valueOf(exchange::findFormat("coco")->exporter()->write(*project_, options, {}));
  return nlohmann::json::parse(contents(options.out / "annotations" / "instances_default.json"));
}

std::unique_ptr<project::Project> emptyProject(const TemporaryFolder& folder, const std::string& name) {
  return valueOf(project::Project::create(folder / name));
}

Result<exchange::ImportReport> importCoco(project::Project& project, const std::filesystem::path& path,
                                          exchange::ImportOptions options) {
  options.path = path;
  return exchange::findFormat("coco")->importer()->read(project, options, {});
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace fiducial::test
