#include "coco/coco_media.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "fiducial/media/find_media.h"
#include "fiducial/project/unicode.h"
#include "media/media_path.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

// What tells one medium from another in a file: an image of its own, or a frame of a medium of ours.
std::string keyOf(const CocoImage& image) {
  if (!image.mediumUid.empty()) return "uid " + image.mediumUid;
  if (!image.mediumHash.empty()) return "hash " + image.mediumHash;
  if (!image.mediumName.empty()) return "name " + project::toNfc(image.mediumName);
  return "file " + image.fileName;
}

MediumKind kindOf(const CocoImage& image) {
  for (const MediumKind kind : {MediumKind::Volume, MediumKind::Cine, MediumKind::Video}) {
    if (image.mediumKind == nameOf(kind)) return kind;
  }
  return MediumKind::Image;
}

std::string lastComponent(const std::string& fileName) {
  return project::toNfc(fs::path(fileName).filename().string());  // systems differ in how they spell a name
}

// "frame_000012.png" is frame 12.
std::optional<int> trailingNumber(const std::string& fileName) {
  const std::string stem = fs::path(fileName).stem().string();
  std::size_t first = stem.size();
  while (first > 0 && stem[first - 1] >= '0' && stem[first - 1] <= '9') --first;
  int number = 0;
  const auto read = std::from_chars(stem.data() + first, stem.data() + stem.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

// Never outside the dataset: no absolute path, no "..".
bool staysInside(const fs::path& name) {
  return !name.empty() && name.is_relative() &&
         std::none_of(name.begin(), name.end(), [](const fs::path& p) { return p == ".."; });
}

// The usual places of pictures around a COCO file.
std::vector<fs::path> placesFor(const fs::path& json, const fs::path& name) {
  const fs::path here = json.parent_path();
  const fs::path up = here.parent_path();
  const std::string stem = json.stem().string();
  const std::string split = stem.substr(stem.rfind('_') + 1);
  return {here / name, here / "images" / name, up / "images" / name, up / "images" / split / name, up / split / name,
          up / name};
}

}  // namespace

Result<CocoMedia> CocoMedia::read(const project::Project& project, const ImportOptions& options) {
  CocoMedia media;
  auto index = MediaIndex::read(project);
  if (!index) return index.error();
  media.projectFolder_ = project.folder();
  for (const auto& medium : index->media()) {
    const Known known{MediumId{medium.id}, medium.value.info};
    if (options.medium == known.id) media.all_ = known;
    media.byUid_.emplace(medium.uid, known);
    if (!medium.value.hash.empty()) media.byHash_.emplace(medium.value.hash, known);
    media.byName_.emplace(medium.value.name, known);
    const std::string path =
        medium.value.files.size() == 1 ? medium.value.path + '/' + medium.value.files.front() : medium.value.path;
    media.byFile_.emplace(project::toNfc(fs::path(path).filename().string()), std::pair{project::toNfc(path), known});
  }
  if (options.medium && !media.all_) {
    return Error{ErrorCode::NotFound, "there is no medium " + std::to_string(raw(*options.medium)) + " in this project",
                 project.path().string(), "`list` shows the ids of the media"};
  }
  media.index_ = std::move(*index);
  return media;
}

void CocoMedia::startFile() {
  images_.clear();
  targets_.clear();
}

bool CocoMedia::add(CocoImage image, const fs::path& file) {
  file_ = file;
  if (!targets_.emplace(image.id, std::nullopt).second) return false;
  const auto [last, isNew] = lastFrame_.try_emplace(keyOf(image), 0);
  last->second = std::max(last->second, image.frame.value_or(0));
  if (isNew && image.mediumName.empty()) ++sameName_[lastComponent(image.fileName)];
  images_.push_back(std::move(image));
  return true;
}

Status CocoMedia::match(std::vector<Change>& changes, RawId& nextId, std::stop_token stop) {
  for (const CocoImage& image : images_) {
    if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
    if (const Known* known = knownFor(image)) {
      place(image, *known);
      continue;
    }
    std::optional<Known> found;
    if (kindOf(image) == MediumKind::Image) found = beside(image, changes, nextId, stop);
    if (!found && (image.columns <= 0 || image.rows <= 0)) {
      skipped_.push_back("image " + std::to_string(image.id) + " (" + image.fileName +
                         ") has no size and is not there");
      continue;
    }
    if (!found) found = missing(image, changes, nextId);
    byUid_.emplace(keyOf(image), *found);  // a key is no uid, so the two never meet
    place(image, *found);
  }
  images_.clear();
  return {};
}

const CocoMedia::Known* CocoMedia::knownFor(const CocoImage& image) {
  if (all_) return &*all_;
  const auto in = [](const std::map<std::string, Known>& map, const std::string& key) {
    const auto found = key.empty() ? map.end() : map.find(key);
    return found == map.end() ? nullptr : &found->second;
  };
  if (const Known* known = in(byUid_, image.mediumUid)) return known;
  if (const Known* known = in(byHash_, image.mediumHash)) return known;
  if (const Known* known = in(byUid_, keyOf(image))) return known;
  if (const Known* known = in(byName_, project::toNfc(image.mediumName))) return known;
  return byFileName(image);
}

// The medium whose path ends as the image's name does; else one of that file or medium name, if it is the only one and
// no other image of the dataset could be meant as well.
const CocoMedia::Known* CocoMedia::byFileName(const CocoImage& image) {
  if (image.fileName.empty() || !image.mediumName.empty()) return nullptr;
  const std::string fileName = project::toNfc(image.fileName);
  const std::string last = lastComponent(image.fileName);
  const auto [first, end] = byFile_.equal_range(last);
  for (auto it = first; it != end; ++it) {
    const std::string& path = it->second.first;
    if (path == fileName || path.ends_with('/' + fileName)) return &it->second.second;
  }
  if (sameName_[last] > 1) return nullptr;
  if (first != end && std::next(first) == end) return &first->second.second;
  for (const std::string& name : {fileName, fs::path(fileName).stem().string()}) {
    if (const auto found = byName_.find(name); found != byName_.end()) return &found->second;
  }
  return nullptr;
}

std::optional<CocoMedia::Known> CocoMedia::beside(const CocoImage& image, std::vector<Change>& changes, RawId& nextId,
                                                  std::stop_token stop) {
  const fs::path name(image.fileName);
  if (!staysInside(name)) return std::nullopt;
  for (const fs::path& path : placesFor(file_, name)) {
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) continue;
    auto listing = media::findMedia(path, {}, stop);
    if (!listing || listing->media.size() != 1) {
      notes_.push_back(path.string() + " lies beside the dataset but cannot be read; its labels are kept");
      return std::nullopt;
    }
    const media::MediumLocation& location = listing->media.front().location;
    const auto identity = media::identify(location, stop);
    if (!identity) return std::nullopt;
    if (const Stored<Medium>* same = index_->find(identity->hash, location.info.selector);
        same != nullptr && !same->value.missing) {
      return Known{MediumId{same->id}, same->value.info};
    }
    Medium medium;
    medium.study = index_->studyFor(location.info, changes, nextId);
    medium.name = index_->uniqueName(image.mediumName.empty() ? listing->media.front().name : image.mediumName);
    medium.info = location.info;
    medium.hash = identity->hash;
    medium.sizeBytes = identity->sizeBytes;
    storePaths(location, projectFolder_, medium);
    const Known known{MediumId{nextId}, medium.info};
    changes.push_back(create(std::move(medium), nextId--));
    ++added_;
    return known;
  }
  return std::nullopt;
}

CocoMedia::Known CocoMedia::missing(const CocoImage& image, std::vector<Change>& changes, RawId& nextId) {
  Medium medium;
  medium.name =
      index_->uniqueName(image.mediumName.empty() ? fs::path(image.fileName).stem().string() : image.mediumName);
  medium.info.kind = kindOf(image);
  medium.info.columns = image.columns;
  medium.info.rows = image.rows;
  medium.info.frames =
      medium.info.kind == MediumKind::Image ? 1 : std::max(image.mediumFrames, lastFrame_[keyOf(image)] + 1);
  medium.info.timeBase = image.timeBase;
  std::string extension = fs::path(image.fileName).extension().string();
  if (medium.info.kind == MediumKind::Image && extension.size() > 1) medium.info.format = extension.substr(1);
  medium.path = image.mediumKind.empty() ? fs::path(image.fileName).generic_string() : "";
  medium.hash = image.mediumHash;
  medium.missing = true;
  const Known known{MediumId{nextId}, medium.info};
  ++missing_;
  changes.push_back(create(std::move(medium), nextId--));
  ++added_;
  return known;
}

void CocoMedia::place(const CocoImage& image, const Known& known) {
  const std::string name = "image " + std::to_string(image.id) + " (" + image.fileName + ")";
  CocoTarget target{known.id, 0, known.info.imageSize(), std::max(1, known.info.frames)};
  const bool hasSize = image.columns > 0 && image.rows > 0;
  if (hasSize && target.size != ImageSize{image.columns, image.rows}) {
    skipped_.push_back(name + " is " + std::to_string(image.columns) + " x " + std::to_string(image.rows) +
                       " pixels, its medium " + std::to_string(target.size.columns) + " x " +
                       std::to_string(target.size.rows));
    return;
  }
  if (image.frame && (target.frameCount > 1 || *image.frame == 0)) {
    target.frame = *image.frame;
  } else if (target.frameCount > 1) {
    const auto number = trailingNumber(image.fileName);
    if (!number) {
      skipped_.push_back(name + " does not say which frame of its medium it is");
      return;
    }
    target.frame = *number;
  }
  if (target.frame < 0 || target.frame >= target.frameCount) {
    skipped_.push_back(name + " would be frame " + std::to_string(target.frame) + " of a medium of " +
                       std::to_string(target.frameCount));
    return;
  }
  targets_[image.id] = target;
}

const CocoTarget* CocoMedia::find(std::int64_t imageId) const {
  const auto found = targets_.find(imageId);
  return found == targets_.end() || !found->second ? nullptr : &*found->second;
}

}  // namespace fiducial::exchange
