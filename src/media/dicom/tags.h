// The value representations that data elements have where the file does not say (implicit VR). Source: DICOM PS3.6.
#pragma once

#include <cstdint>

#include "fiducial/media/dicom_tags.h"

namespace fiducial::media::dicom {

using Tag = DicomTag;
using Vr = std::uint16_t;  // two letters, first in the high byte

constexpr Vr vrOf(const char (&text)[3]) {
  return Vr((static_cast<unsigned>(text[0]) << 8) | static_cast<unsigned>(text[1]));
}

/// The overlay's tag in group 6000, for any of its groups 6000, 6002 ... 601E; any other tag as it is.
constexpr Tag withoutOverlayGroup(Tag tag) {
  const Tag group = tag >> 16;
  return group >= 0x6000 && group <= 0x601E && group % 2 == 0 ? (0x6000u << 16) | (tag & 0xFFFFu) : tag;
}

/// The VR of an element we keep; 0 for all others.
[[nodiscard]] Vr knownVr(Tag tag);

}  // namespace fiducial::media::dicom
