#include "dicom_answers.h"

#include <algorithm>

#include "fiducial/media/dicom_dataset.h"
#include "fiducial/media/find_media.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"
#include "support/shared_data.h"

namespace fiducial::media::test {
namespace {

namespace fs = std::filesystem;

constexpr DicomTag kSopClass = 0x00080016;
constexpr DicomTag kLastOfHead = 0x00080060;

/// "CTImageStorage" to "CT Image".
std::string spaced(const std::string& name) {
  std::string text;
  for (std::size_t n = 0; n < name.size(); ++n) {
    const auto is = [&](std::size_t at, int (*what)(int)) { return at < name.size() && what(name[at]) != 0; };
    const bool isWord = is(n, std::isupper) && n > 0 && (is(n - 1, std::islower) || is(n + 1, std::islower));
    if (isWord && !text.ends_with(' ')) text += ' ';
    text += name[n];
  }
  const std::string_view suffix = " Storage";
  if (text.ends_with(suffix)) text.resize(text.size() - suffix.size());
  return text;
}

void readHead(const fs::path& path, DicomAnswer& answer) {
  const auto head = DicomDataset::open(path, {.lastTag = kLastOfHead});
  if (!head) return;
  answer.syntax = (*head)->transferSyntax();
  const DicomItem root = (*head)->root();
  const DicomElement* element = root.find(kSopClass);
  if (element == nullptr) return;
  const std::string shown = dicomShownValue(**head, root, *element);
  const std::size_t at = shown.find("= ");
  answer.object = at == std::string::npos ? shown : spaced(shown.substr(at + 2));
}

void loadMedium(const MediumLocation& location, DicomAnswer& answer) {
  const auto refuse = [&](const Error& error) { answer.refusal = error.message; };
  std::vector<std::string> warnings = location.info.warnings;
  if (location.info.kind == MediumKind::Video) {
    auto frames = openFrames(location);
    if (!frames) return refuse(frames.error());
    if (auto last = (*frames)->frame((*frames)->frameCount() - 1); !last) return refuse(last.error());
  } else {
    auto source = openVolume(location);
    if (!source) return refuse(source.error());
    auto loaded = (*source)->load({}, {});
    if (!loaded) return refuse(loaded.error());
    warnings.insert(warnings.end(), loaded->warnings.begin(), loaded->warnings.end());
  }
  answer.opensAs.insert(std::string(nameOf(location.info.kind)));
  for (std::string& warning : warnings) {
    if (std::ranges::find(answer.warnings, warning) == answer.warnings.end()) answer.warnings.push_back(warning);
  }
}

/// Paths in sentences as they are in the document: below dicom/.
void shortenPaths(std::string& text) {
  const std::string root = fiducial::test::sharedData("dicom").string() + "/";
  for (std::size_t at = 0; (at = text.find(root, at)) != std::string::npos;) text.erase(at, root.size());
}

bool isDicom(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension != ".json" && extension != ".png" && extension != ".nrrd" && extension != ".dump";
}

std::vector<fs::path> filesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && isDicom(entry.path())) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

DicomAnswer answerFor(const fs::path& path, std::string shownAs) {
  DicomAnswer answer;
  answer.file = std::move(shownAs);
  if (fs::is_regular_file(path)) readHead(path, answer);
  auto listing = findMedia(path);
  if (!listing) {
    answer.refusal = listing.error().message;
    return answer;
  }
  for (const FoundMedium& medium : listing->media) loadMedium(medium.location, answer);
  for (const SkippedFile& skipped : listing->skipped) {
    answer.warnings.push_back(skipped.path.filename().string() + ": " + skipped.reason);
  }
  shortenPaths(answer.refusal);
  for (std::string& warning : answer.warnings) shortenPaths(warning);
  return answer;
}

std::vector<DicomAnswer> answersForAllFiles() {
  std::vector<DicomAnswer> answers;
  const fs::path shared = fiducial::test::sharedData("dicom");
  for (const fs::path& file : filesBelow(shared)) {
    const std::string name = file.lexically_relative(shared).generic_string();
    if (name.starts_with("reference/") || name.starts_with("malformed/")) continue;
    answers.push_back(answerFor(file, name));
  }
  const fs::path source = fiducial::test::sourceFolder();
  for (const char* folder : {"pixels", "values", "mosaic"}) {
    for (const fs::path& file : filesBelow(source / "tests/data/dicom" / folder)) {
      answers.push_back(answerFor(file, file.lexically_relative(source).generic_string()));
      answers.back().isMade = true;
    }
  }
  return answers;
}

std::vector<DicomAnswer> answersForMalformed() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fiducial::test::sharedData("dicom/malformed"))) {
    paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<DicomAnswer> answers;
  for (const fs::path& path : paths) {
    answers.push_back(answerFor(path, path.filename().string() + (fs::is_directory(path) ? "/" : "")));
  }
  return answers;
}

}  // namespace fiducial::media::test
