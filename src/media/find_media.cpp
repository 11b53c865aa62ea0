// Searching files and folders: every file is recognised by its bytes, then by its name, and grouped by its family.
#include "fiducial/media/find_media.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <set>

#include "family.h"
#include "fiducial/runtime/thread_pool.h"
#include "file_bytes.h"
#include "registry.h"

namespace fiducial::media {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNothingWeRead = "not a scan, picture or video this program knows";

/// What became of one file.
struct Outcome {
  const Family* family = nullptr;  // null: not media at all
  ExaminedFile file;
  std::optional<Error> error;
};

std::vector<const Family*> candidates(const FileHead& head) {
  std::vector<std::pair<Certainty, const Family*>> sure;
  for (const Family* family : families()) {
    const Certainty certainty = family->sniff(head);
    if (certainty != Certainty::No) sure.emplace_back(certainty, family);
  }
  std::stable_sort(sure.begin(), sure.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const Family*> ordered;
  for (const auto& [certainty, family] : sure) ordered.push_back(family);
  return ordered;
}

Outcome examineFile(const fs::path& path, bool alone, std::stop_token stop) {
  Outcome outcome;
  outcome.file.path = path;
  auto file = FileBytes::open(path);
  if (!file) {
    outcome.error = file.error();
    return outcome;
  }
  std::array<std::byte, kHeadBytes> bytes;
  auto got = file->read(0, bytes);
  if (!got) {
    outcome.error = got.error();
    return outcome;
  }
  const FileHead head{path, file->sizeBytes(), {bytes.data(), *got}};
  outcome.file.sizeBytes = head.sizeBytes;
  for (const Family* family : candidates(head)) {
    if (outcome.family == nullptr) outcome.family = family;
    if (head.sizeBytes == 0) {
      outcome.error = Error{ErrorCode::Damaged, "the file is empty", path.string(), "copy it again from its source"};
      return outcome;
    }
    auto examined = family->examine(head, alone, stop);
    if (examined) {
      outcome.family = family;
      outcome.file.examined = std::move(*examined);
      outcome.error.reset();
      return outcome;
    }
    if (!outcome.error) outcome.error = examined.error();  // the surest family knows best what is wrong
  }
  return outcome;
}

/// The order of paths, folder by folder, without taking them apart for each comparison.
bool comesBefore(const fs::path& a, const fs::path& b) {
  const auto rank = [](char c) { return c == '/' ? 0 : 1 + int(static_cast<unsigned char>(c)); };
  return std::ranges::lexicographical_compare(a.native(), b.native(), {}, rank, rank);
}

/// The files of one folder and, each at the place of its name, those of the folders in it.
void appendFiles(const fs::path& folder, std::vector<fs::path>& files, MediaListing& listing, std::stop_token stop) {
  struct Entry {
    std::string name;  // of a folder with the slash behind it: it sorts as the paths below it do
    bool isFolder = false;
  };
  std::vector<Entry> entries;
  std::error_code code;
  fs::directory_iterator each(folder, fs::directory_options::skip_permission_denied, code);
  for (; !code && each != fs::directory_iterator() && !stop.stop_requested(); each.increment(code)) {
    std::error_code ignored;
    std::string name = each->path().filename().string();
    if (name.starts_with(".")) continue;
    if (each->is_directory(ignored) && !each->is_symlink(ignored)) {
      entries.push_back({name + '/', true});
    } else if (each->is_regular_file(ignored)) {
      entries.push_back({std::move(name), false});
    }
  }
  if (code) listing.skipped.push_back({folder, "the folder could not be read to its end: " + code.message()});
  const auto rank = [](char c) { return c == '/' ? 0 : 1 + int(static_cast<unsigned char>(c)); };
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    return std::ranges::lexicographical_compare(a.name, b.name, {}, rank, rank);
  });
  for (Entry& entry : entries) {
    if (!entry.isFolder) {
      files.push_back(folder / entry.name);
      continue;
    }
    entry.name.pop_back();
    appendFiles(folder / entry.name, files, listing, stop);
  }
}

/// All files below a folder in the order of comesBefore(); links to folders are not followed, so there are no circles.
std::vector<fs::path> filesBelow(const fs::path& folder, MediaListing& listing, std::stop_token stop) {
  std::vector<fs::path> files;
  appendFiles(folder, files, listing, stop);
  return files;
}

void addOwnMedia(std::span<const ExaminedFile> files, MediaListing& listing) {
  for (const ExaminedFile& file : files) {
    const auto& own = static_cast<const OwnMedia&>(*file.examined);
    listing.media.insert(listing.media.end(), own.media.begin(), own.media.end());
  }
}

void nameUniquely(std::vector<FoundMedium>& media) {
  std::set<std::string> taken;
  for (FoundMedium& medium : media) {
    const std::string wanted = medium.name.empty() ? "unnamed" : medium.name;
    medium.name = wanted;
    for (int n = 2; !taken.insert(medium.name).second; ++n) medium.name = wanted + " (" + std::to_string(n) + ")";
  }
}

/// The path that comes first of a medium's files.
const fs::path& firstPath(const FoundMedium& medium) {
  const auto& files = medium.location.files;
  return files.empty() ? medium.location.path : *std::min_element(files.begin(), files.end(), comesBefore);
}

void orderByPath(MediaListing& listing) {
  struct Place {
    const fs::path* path;
    std::size_t number;
  };
  auto& media = listing.media;
  std::vector<Place> places;
  for (std::size_t n = 0; n < media.size(); ++n) places.push_back({&firstPath(media[n]), n});
  const auto selector = [&](const Place& place) -> const std::string& {
    return media[place.number].location.info.selector;
  };
  std::stable_sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (comesBefore(*a.path, *b.path)) return true;
    return !comesBefore(*b.path, *a.path) && selector(a) < selector(b);
  });
  std::vector<FoundMedium> ordered;
  ordered.reserve(media.size());
  for (const Place& place : places) ordered.push_back(std::move(media[place.number]));
  media = std::move(ordered);
  std::stable_sort(listing.skipped.begin(), listing.skipped.end(),
                   [](const SkippedFile& a, const SkippedFile& b) { return comesBefore(a.path, b.path); });
}

void group(std::vector<Outcome>& outcomes, MediaListing& listing) {
  std::map<const Family*, std::vector<ExaminedFile>> byFamily;
  for (Outcome& outcome : outcomes) {
    if (outcome.file.examined) {
      byFamily[outcome.family].push_back(std::move(outcome.file));
    } else if (outcome.error) {
      const Error& error = *outcome.error;
      listing.skipped.push_back(
          {outcome.file.path, error.hint.empty() ? error.message : error.message + "; " + error.hint});
    }
  }
  for (const auto& [family, files] : byFamily) {
    family->list != nullptr ? family->list(files, listing) : addOwnMedia(files, listing);
  }
  orderByPath(listing);
  nameUniquely(listing.media);
}

Result<MediaListing> findInFile(const fs::path& path, std::stop_token stop) {
  std::vector<Outcome> outcomes;
  outcomes.push_back(examineFile(path, true, stop));
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "the search was stopped", path.string(), ""};
  const Outcome& only = outcomes.front();
  if (only.error) {
    Error error = *only.error;
    if (error.path.empty()) error.path = path.string();
    return error;
  }
  if (!only.file.examined) {
    return Error{ErrorCode::NotMedia, only.file.sizeBytes == 0 ? "the file is empty" : std::string(kNothingWeRead),
                 path.string(), "open a DICOM file or folder, NIfTI or NRRD volume, picture or video"};
  }
  MediaListing listing;
  group(outcomes, listing);
  if (listing.media.empty() && !listing.skipped.empty()) {
    return Error{ErrorCode::Unsupported, listing.skipped.front().reason, path.string(), ""};
  }
  return listing;
}

Result<MediaListing> findInFolder(const fs::path& folder, const FindOptions& options, std::stop_token stop) {
  MediaListing listing;
  const std::vector<fs::path> files = filesBelow(folder, listing, stop);
  std::vector<Outcome> outcomes(files.size());
  std::atomic<std::int64_t> done = 0;
  runtime::parallelFor(
      files.size(),
      [&](std::size_t n) {
        outcomes[n] = examineFile(files[n], false, stop);
        const std::int64_t now = ++done;
        if (options.progress && (now % 64 == 0 || now == std::int64_t(files.size()))) {
          options.progress(now, std::int64_t(files.size()), "Looking at files");
        }
      },
      stop);
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "the search was stopped", folder.string(), ""};
  group(outcomes, listing);
  return listing;
}

}  // namespace

bool FileHead::startsWith(std::string_view magic, std::size_t at) const {
  if (at > bytes.size() || magic.size() > bytes.size() - at) return false;
  return std::equal(magic.begin(), magic.end(), bytes.begin() + std::ptrdiff_t(at), [](char a, std::byte b) {
    return static_cast<unsigned char>(a) == std::to_integer<unsigned char>(b);
  });
}

std::string FileHead::extension() const {
  std::string text = path.extension().string();
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

Result<MediaListing> findMedia(const fs::path& path, const FindOptions& options, std::stop_token stop) {
  std::error_code code;
  const fs::path absolute = fs::absolute(path, code).lexically_normal();
  const fs::file_status status = fs::status(absolute, code);
  if (status.type() == fs::file_type::not_found) {
    return Error{ErrorCode::NotFound, "there is no such file or folder", path.string(), "check the path"};
  }
  if (code) return Error{ErrorCode::Unreadable, "it cannot be read: " + code.message(), path.string(), ""};
  if (fs::is_directory(status)) return findInFolder(absolute, options, stop);
  return findInFile(absolute, stop);
}

}  // namespace fiducial::media
