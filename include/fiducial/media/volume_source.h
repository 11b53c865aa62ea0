// A geometric stack of slices, read whole with slices announced as they arrive, or one slice at a time.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "fiducial/core/medium.h"
#include "fiducial/core/overlay_plane.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"
#include "fiducial/media/find_media.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::media {

/// The voxels of one time point, maybe still arriving. Shared; slices may be read once isLoaded(k).
/// Frame: `values` is (column, row, slice); output = stored * slope + intercept of `info`.
class Volume {
 public:
  Volume(MediumInfo info, ScalarBuffer values);
  [[nodiscard]] const MediumInfo& info() const { return info_; }
  [[nodiscard]] const ScalarBuffer& values() const { return values_; }
  [[nodiscard]] ScalarBuffer& mutableValues() { return values_; }  ///< for the loading thread only
  [[nodiscard]] bool isLoaded(int k) const;
  [[nodiscard]] bool isComplete() const;
  /// Graphics of the file over slice k, once isLoaded(k).
  [[nodiscard]] const std::vector<OverlayPlane>& graphics(int k) const;
  void setGraphics(int k, std::vector<OverlayPlane> graphics);  ///< by the loading thread, before setLoaded(k)
  void setLoaded(int k);  ///< by the loading thread; releases the slice's bytes to readers
  /// Output value (HU for CT) of component 0.
  [[nodiscard]] double output(Voxel v) const { return values_.at(v) * info_.slope + info_.intercept; }

 private:
  MediumInfo info_;
  ScalarBuffer values_;
  std::vector<std::vector<OverlayPlane>> graphics_;  ///< one a slice
  std::vector<std::atomic<bool>> loaded_;
  std::atomic<int> remaining_;
};

struct LoadOptions {
  int firstSlice = -1;  ///< decoded first, then outwards; -1: the middle
  int time = 0;         ///< time point of a 4D medium
  /// Called once, from the loading thread, before any slice is decoded.
  std::function<void(std::shared_ptr<const Volume>)> onStarted;
  /// Called from decoding threads, after slice k is readable.
  std::function<void(int k)> onSlice;
  runtime::Progress progress;
};
struct LoadedVolume {
  std::shared_ptr<const Volume> volume;
  std::vector<std::string>
      warnings;  ///< slices that could not be read (they are filled with the padding or lowest value)
};

class VolumeSource {
 public:
  virtual ~VolumeSource() = default;
  /// May be refined by loading (integral rescale, modality LUT applied): the loaded Volume's info() is the truth for
  /// its values.
  [[nodiscard]] virtual const MediumInfo& info() const = 0;
  /// Errors: Damaged when no slice can be read, Cancelled, TooLarge. Thread: any, decodes on all cores.
  [[nodiscard]] virtual Result<LoadedVolume> load(const LoadOptions& options, std::stop_token stop) = 0;
};

/// Opens a volume (kind Volume). Also an Image or Cine of any family opens here as one slice or a stack over time.
[[nodiscard]] Result<std::unique_ptr<VolumeSource>> openVolume(const MediumLocation& location);

}  // namespace fiducial::media
