// A COCO file as it is read: images and categories whole, annotations one at a time.
// Source: cocodataset.org data format; docs (formats: COCO).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "fiducial/core/attribute.h"
#include "fiducial/core/rational.h"
#include "fiducial/core/records.h"
#include "fiducial/core/result.h"
#include "fiducial/core/shape.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::exchange {

struct CocoImage {
  std::int64_t id = 0;
  std::string fileName;
  int columns = 0;
  int rows = 0;
  std::string mediumUid;  ///< the next ones only in our own exports
  std::string mediumName;
  std::string mediumHash;
  std::string mediumKind;
  int mediumFrames = 0;
  std::optional<int> frame;
  Rational timeBase{0, 1};
};
struct CocoCategory {
  std::int64_t id = 0;
  std::string name;
  std::string supercategory;
  std::string color;  ///< "#rrggbb" or empty
  Code code;
};
struct CocoAnnotation {
  std::optional<std::int64_t> id;
  std::int64_t imageId = 0;
  std::int64_t categoryId = 0;
  bool isCrowd = false;
  std::optional<Box> bbox;
  std::vector<Ring> rings;      ///< of three points or more
  std::int64_t badRings = 0;    ///< odd or too few numbers
  std::optional<RunMask> mask;  ///< its runs add up to its size
  bool hasBadMask = false;
  std::optional<Shape> original;  ///< our own extra key `shape`
  Attributes attributes;          ///< nested values as their JSON text
  std::optional<std::int64_t> trackId;
  std::optional<bool> isKeyframe;
  bool isOccluded = false;
  std::string note;
  int keypoints = 0;  ///< of them marked
};
/// Keys that this reader does not know, with how often they say something (not null, "", [] or {}).
using KeyCounts = std::map<std::string, std::int64_t, std::less<>>;
struct UnknownKeys {
  KeyCounts root;
  KeyCounts images;
  KeyCounts categories;
  KeyCounts annotations;
};
struct CocoReader {
  std::function<Status(CocoImage)> onImage;
  std::function<Status(CocoCategory)> onCategory;
  std::function<Status(CocoAnnotation)> onAnnotation;       ///< after all images and categories
  std::function<void(const UnknownKeys&)> onUnknownKeys{};  ///< last
};

/// Errors: NotFound, Unreadable, Damaged with the byte at which the JSON is wrong, Invalid where it is JSON but no COCO
/// dataset, Cancelled, or what a callback answers.
[[nodiscard]] Status readCoco(const std::filesystem::path& path, const CocoReader& reader, std::stop_token stop);

}  // namespace fiducial::exchange
