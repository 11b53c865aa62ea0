// The images of a COCO file against the media of a project: which medium and frame each of them is.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "coco/coco_document.h"
#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
#include "media/media_index.h"

namespace fiducial::exchange {

/// Where the annotations of one image go.
struct CocoTarget {
  MediumId medium{};
  int frame = 0;
  ImageSize size;
  int frameCount = 1;
};

/// Collects images, then matches them. Thread: one.
class CocoMedia {
 public:
  /// `folder`: the project's. Errors: NotFound for an --medium that is not there.
  static Result<CocoMedia> read(const project::Project& project, const ImportOptions& options);

  /// One image; false: its id was there before. `file` is the JSON it stands in.
  [[nodiscard]] bool add(CocoImage image, const std::filesystem::path& file);
  /// Matches all images added so far and puts the media that the project lacks into `changes`: those that lie beside
  /// the file as they are, the others as missing. Errors: Cancelled.
  [[nodiscard]] Status match(std::vector<Change>& changes, RawId& nextId, std::stop_token stop);
  /// Forgets the images (their ids mean something in one file only), not the media.
  void startFile();
  /// Null: there is no such image, or it has no place (skipped() says why).
  [[nodiscard]] const CocoTarget* find(std::int64_t imageId) const;

  [[nodiscard]] std::int64_t added() const { return added_; }
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }  ///< nothing is lost by these
  [[nodiscard]] std::int64_t missingCount() const { return missing_; }            ///< media made without their bytes
  [[nodiscard]] const std::vector<std::string>& skipped() const {
    return skipped_;
  }  ///< images whose labels cannot be kept

 private:
  struct Known {
    MediumId id{};
    MediumInfo info;
  };
  CocoMedia() = default;
  [[nodiscard]] const Known* knownFor(const CocoImage& image);
  [[nodiscard]] const Known* byFileName(const CocoImage& image);
  [[nodiscard]] std::optional<Known> beside(const CocoImage& image, std::vector<Change>& changes, RawId& nextId,
                                            std::stop_token stop);
  [[nodiscard]] Known missing(const CocoImage& image, std::vector<Change>& changes, RawId& nextId);
  void place(const CocoImage& image, const Known& known);

  std::filesystem::path projectFolder_;
  std::optional<MediaIndex> index_;
  std::optional<Known> all_;  // --medium
  std::map<std::string, Known> byUid_, byHash_, byName_;
  std::multimap<std::string, std::pair<std::string, Known>> byFile_;  // last component to whole path
  std::filesystem::path file_;
  std::vector<CocoImage> images_;
  std::map<std::string, int> lastFrame_;  // of media that are to be made, by their key
  std::map<std::string, int> sameName_;   // of those, how many share a file name's last component
  std::unordered_map<std::int64_t, std::optional<CocoTarget>> targets_;
  std::vector<std::string> notes_, skipped_;
  std::int64_t added_ = 0;
  std::int64_t missing_ = 0;
};

}  // namespace fiducial::exchange
