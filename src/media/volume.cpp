// Volume: the voxels of one time point, slice by slice as they arrive.
#include "fiducial/media/volume_source.h"

namespace fiducial::media {

Volume::Volume(MediumInfo info, ScalarBuffer values)
    : info_(std::move(info)),
      values_(std::move(values)),
      graphics_(static_cast<std::size_t>(values_.size().slices)),
      loaded_(static_cast<std::size_t>(values_.size().slices)),
      remaining_(values_.size().slices) {}

bool Volume::isLoaded(int k) const {
  return k >= 0 && std::size_t(k) < loaded_.size() && loaded_[std::size_t(k)].load(std::memory_order_acquire);
}

bool Volume::isComplete() const { return remaining_.load(std::memory_order_acquire) == 0; }

const std::vector<OverlayPlane>& Volume::graphics(int k) const {
  static const std::vector<OverlayPlane> none;
  return isLoaded(k) ? graphics_[std::size_t(k)] : none;
}

void Volume::setGraphics(int k, std::vector<OverlayPlane> graphics) {
  if (k >= 0 && std::size_t(k) < graphics_.size()) graphics_[std::size_t(k)] = std::move(graphics);
}

void Volume::setLoaded(int k) {
  if (k < 0 || std::size_t(k) >= loaded_.size()) return;
  if (!loaded_[std::size_t(k)].exchange(true, std::memory_order_acq_rel)) {
    remaining_.fetch_sub(1, std::memory_order_acq_rel);
  }
}

}  // namespace fiducial::media
