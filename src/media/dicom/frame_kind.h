// What tells pictures of one place apart: the kind of picture, echo, diffusion weighting, and their times.
// Source: DICOM PS3.3 C.8.3.1 (MR), C.8.13.5 (enhanced MR), C.7.6.16.2 (frame content); the makers' conformance
// statements for the private b-values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data_set.h"

namespace fiducial::media::dicom {

struct FrameKind {
  std::string type;                      ///< Image Type or Frame Type, its values joined by backslashes
  double echoTimeMs = 0;                 ///< 0: not said
  std::optional<double> bValue;          ///< s/mm2
  std::int64_t temporal = 0;             ///< Temporal Position Identifier or Index
  std::int64_t acquisition = 0;          ///< Acquisition Number
  double triggerMs = 0;                  ///< Trigger Time or Nominal Cardiac Trigger Delay Time
  double timeMs = 0;                     ///< acquisition (else content) time of day; 0: not said
  std::int64_t inStack = 0;              ///< In-Stack Position Number; 0: not said
  std::vector<std::int64_t> dimensions;  ///< Dimension Index Values
};

/// From the attributes of a whole file.
[[nodiscard]] FrameKind frameKindOf(const DataSet& data);
/// Over `kind`, what a functional group item (shared, or of one frame) says.
void readKindOfGroups(const DataSet& groups, FrameKind& kind);

}  // namespace fiducial::media::dicom
