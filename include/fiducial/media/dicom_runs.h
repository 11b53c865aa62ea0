// The frames of a DICOM segmentation as runs of equal values: binary (packed bits that run over frame borders),
// fractional and label map, in any transfer syntax without loss. Source: DICOM PS3.3 C.8.20, PS3.5 8.1.1, A.4.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "fiducial/core/result.h"
#include "fiducial/media/dicom_dataset.h"

namespace fiducial::media {

/// Columns [first, end) of one row hold `value`, which is not 0.
struct SampleRun {
  int row = 0;
  int first = 0;
  int end = 0;
  std::uint32_t value = 0;
};

/// Thread: const members from any thread.
class DicomRunReader {
 public:
  /// Errors: Unsupported (not one sample of 1, 8 or 16 bits a pixel, or a lossy video), Damaged.
  static Result<DicomRunReader> open(const DicomDataset& dataset);
  ~DicomRunReader();
  DicomRunReader(DicomRunReader&&) noexcept;
  DicomRunReader& operator=(DicomRunReader&&) noexcept;

  [[nodiscard]] int rows() const;
  [[nodiscard]] int columns() const;
  [[nodiscard]] int frames() const;  ///< as claimed; those whose bytes are missing fail one by one
  [[nodiscard]] int bits() const;    ///< 1, 8 or 16
  /// Row by row. Errors: OutOfRange, Damaged (this frame is not all there).
  [[nodiscard]] Result<std::vector<SampleRun>> runs(int frame) const;

 private:
  struct State;
  explicit DicomRunReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fiducial::media
