// A Tone that is no straight line: SIGMOID, VOI tables and presentation tables.
// Source: DICOM PS3.3 C.11.2.1.1 (VOI LUT), C.11.2.1.3.1 (SIGMOID), C.11.6 (Presentation LUT).
#pragma once

#include <cstddef>
#include <vector>

#include "fiducial/core/scalar_buffer.h"
#include "fiducial/render/picture_renderer.h"
#include "tone_map.h"

namespace fiducial::render {

/// Thread: reading from any.
class ToneCurve {
 public:
  ToneCurve() = default;  ///< straight
  ToneCurve(const Tone& tone, ScalarType type);
  /// True: ToneMap says it all.
  [[nodiscard]] bool isStraight() const { return isStraight_; }
  /// 0..255 of a stored value.
  [[nodiscard]] float light(double stored) const;
  /// The same from a table, for types of up to 16 bits.
  [[nodiscard]] float ofStored(int stored) const { return table_[static_cast<std::size_t>(stored - lowest_)]; }

 private:
  bool isStraight_ = true;
  Tone tone_;
  ToneMap straight_;  ///< under a presentation table
  int lowest_ = 0;
  std::vector<float> table_;
};

}  // namespace fiducial::render
