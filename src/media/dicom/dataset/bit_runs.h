// Runs of set bits and of equal samples in the rows of a frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fiducial/media/dicom_runs.h"

namespace fiducial::media::dicom {

/// Bit n of the frame is bit (firstBit + n) % 8, from the least significant, of byte (firstBit + n) / 8. `bytes` holds
/// eight bytes more than the frame needs.
[[nodiscard]] std::vector<SampleRun> runsOfBits(std::span<const std::byte> bytes, int firstBit, int rows, int columns);
[[nodiscard]] std::vector<SampleRun> runsOfBytes(std::span<const std::byte> bytes, int rows, int columns);
/// 16 bits a sample, least significant byte first unless `bigEndian`.
[[nodiscard]] std::vector<SampleRun> runsOfWords(std::span<const std::byte> bytes, bool bigEndian, int rows,
                                                 int columns);

}  // namespace fiducial::media::dicom
