#include "dicom/label_object.h"

namespace fiducial::exchange {
namespace {

/// The pictures in the project or beside the file; else a medium that waits for them.
Status findPictures(const project::Project& project, const LabelObject& object, ReferencedMedia& media,
                    LabelCollector& collector, std::stop_token stop) {
  const std::optional<References> references = object.references();
  if (!references) return {};
  Status matched = media.match(*references, collector.nextId(), std::move(stop));
  if (!matched && matched.error().code != ErrorCode::NotFound) return matched;
  if (matched ? media.findWaiting() == nullptr : !object.needsPictures()) return {};
  auto described = object.describePictures();
  if (matched) return described ? media.growWaiting(project, *described) : Status();
  if (!described) {
    Error error = matched.error();
    if (!described.error().message.empty()) error.message += ", and " + described.error().message;
    return error;
  }
  collector.note(media.addMissing(std::move(*described), collector.nextId()));
  return {};
}

class LabelObjectImporter final : public Importer {
 public:
  LabelObjectImporter(std::string_view name, std::unique_ptr<LabelObject> (*make)()) : name_(name), make_(make) {}

  Result<ImportReport> read(project::Project& project, const ImportOptions& options, std::stop_token stop) override {
    auto dataset = media::DicomDataset::open(options.path);
    if (!dataset) return dataset.error();
    const std::unique_ptr<LabelObject> object = make_();
    if (Status read = object->read(*dataset); !read) return read.error();
    auto collector = LabelCollector::read(project, options);
    if (!collector) return collector.error();
    auto media = ReferencedMedia::read(project, options);
    if (!media) return media.error();
    if (Status found = findPictures(project, *object, *media, *collector, stop); !found) return found.error();
    if (!(*dataset)->damage().empty()) collector->leaveOut("rest of the file", (*dataset)->damage());
    if (Status taken = object->take({project, options, *media, *collector, stop}); !taken) return taken.error();
    const std::string edit = "Import " + name_ + ' ' + options.path.filename().string();
    return collector->apply(project, *media, edit, stop);
  }

 private:
  std::string name_;
  std::unique_ptr<LabelObject> (*make_)();
};

}  // namespace

Result<MediumInfo> LabelObject::describePictures() const { return Error{ErrorCode::NotFound, {}, {}, {}}; }

std::unique_ptr<Importer> labelImporter(std::string_view name, std::unique_ptr<LabelObject> (*make)()) {
  return std::make_unique<LabelObjectImporter>(name, make);
}

Error notSuchAnObject(const media::DicomDataset& dataset, std::string message, std::string hint) {
  if (!dataset.damage().empty()) hint = "it is damaged: " + dataset.damage();
  return {ErrorCode::Unsupported, std::move(message), dataset.path().string(), std::move(hint)};
}

}  // namespace fiducial::exchange
