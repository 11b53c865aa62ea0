// A lookup table as DICOM writes it: descriptor and entries. Source: PS3.3 C.11.1.1, C.11.2.1.1, C.7.6.3.1.5.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "data_set.h"

namespace fiducial::media::dicom {

struct LutDescriptor {
  std::int64_t count = 0;
  std::int64_t first = 0;  ///< the value that takes entry 0
  int bits = 16;           ///< of an entry, as claimed
};

/// `isSigned`: the first value is, whatever the type says (implicit VR).
[[nodiscard]] std::optional<LutDescriptor> descriptorOf(const DataSet& data, Tag tag, bool isSigned);
/// 16-bit words, or 8-bit entries packed two a word where there are only that many bytes; empty where too short.
[[nodiscard]] std::vector<std::uint16_t> entriesOf(const DataSet& data, Tag tag, const LutDescriptor& descriptor);

}  // namespace fiducial::media::dicom
