// One dataset format: what it can hold, and how it is read and written. All of them stand in one table, formats().
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/ids.h"
#include "fiducial/core/result.h"
#include "fiducial/project/project.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::exchange {

/// Kinds of labels a format can carry.
enum class Kinds : std::uint32_t {
  None = 0,
  Box = 1 << 0,
  RotatedBox = 1 << 1,
  Ellipse = 1 << 2,
  Polygon = 1 << 3,
  Polyline = 1 << 4,
  Points = 1 << 5,
  Skeleton = 1 << 6,
  Arrow = 1 << 7,
  Note = 1 << 8,
  Mask = 1 << 9,
  Track = 1 << 10,
  Segmentation = 1 << 11,
  Event = 1 << 12,
  Tag = 1 << 13,
  Measurement = 1 << 14,
};
constexpr Kinds operator|(Kinds a, Kinds b) {
  return static_cast<Kinds>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
constexpr bool holds(Kinds set, Kinds one) {
  return (static_cast<std::uint32_t>(set) & static_cast<std::uint32_t>(one)) != 0;
}
/// "box", "rotated_box", ... of the kinds in a set.
[[nodiscard]] std::vector<std::string> names(Kinds kinds);

enum class FrameChoice : std::uint8_t { Labelled, Done, All, None };
enum class StatusChoice : std::uint8_t { All, Done, Accepted };

struct ExportOptions {
  std::filesystem::path out;
  std::vector<MediumId> media;       ///< empty: all
  std::vector<std::string> classes;  ///< empty: all
  FrameChoice frames = FrameChoice::Labelled;
  StatusChoice status = StatusChoice::All;
  std::vector<std::pair<std::string, double>> split;          ///< name and share; empty: one split, "default"
  std::map<std::string, std::vector<std::string>> splitFile;  ///< split to medium uids or names; wins over `split`
  std::uint64_t seed = 0;
  bool strict = false;
  runtime::Progress progress;
};
struct ExportReport {
  std::vector<std::string> warnings;  ///< what was left out, by kind and count, and what else a reader should know
  std::int64_t skipped = 0;           ///< things left out; 0: all was done, whatever the warnings say
  std::int64_t labels = 0;            ///< annotations (one a frame of a track) or segments written
  std::int64_t frames = 0;
  std::vector<std::filesystem::path> files;  ///< the main ones (JSON, volumes), not every frame
};
struct ImportOptions {
  std::filesystem::path path;
  std::optional<MediumId> medium;          ///< all labels go here
  std::map<std::string, std::string> map;  ///< theirs to ours
  std::string by;
  runtime::Progress progress;
};
struct ImportReport {
  std::vector<std::string> warnings;
  std::int64_t skipped = 0;  ///< things of the dataset that could not be kept; 0: nothing was lost
  std::int64_t labels = 0;
  std::int64_t media = 0;  ///< added
  std::optional<EditId> edit;
};

class Exporter {
 public:
  virtual ~Exporter() = default;
  /// All or nothing: the dataset is written beside `out` and moved there. Errors: Unwritable, Invalid (strict),
  /// Cancelled.
  [[nodiscard]] virtual Result<ExportReport> write(const project::Project& project, const ExportOptions& options,
                                                   std::stop_token stop) = 0;
};
class Importer {
 public:
  virtual ~Importer() = default;
  /// One edit. Errors: NotFound, Damaged, Invalid; then the project is unchanged.
  [[nodiscard]] virtual Result<ImportReport> read(project::Project& project, const ImportOptions& options,
                                                  std::stop_token stop) = 0;
};

struct Format {
  std::string_view name;   ///< as in --format
  std::string_view title;  ///< as in menus
  Kinds kinds = Kinds::None;
  std::unique_ptr<Importer> (*importer)() = nullptr;  ///< null: cannot read
  std::unique_ptr<Exporter> (*exporter)() = nullptr;  ///< null: cannot write
};
[[nodiscard]] std::span<const Format> formats();
/// Null if there is none of that name.
[[nodiscard]] const Format* findFormat(std::string_view name);

}  // namespace fiducial::exchange
