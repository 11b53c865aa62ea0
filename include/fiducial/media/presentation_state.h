// Softcopy presentation states: how somebody wanted pictures shown. Their graphic annotations are not read here.
// Source: DICOM PS3.3 A.33, C.11.8, C.11.10 (grayscale, colour), C.10.4, C.10.6, C.7.6.11.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/presentation.h"
#include "fiducial/core/result.h"

namespace fiducial::media {

/// A picture that a presentation state, or one of its parts, is for.
struct ReferencedPicture {
  std::string seriesUid;  ///< empty in parts
  std::string sopInstance;
  std::vector<int> frames;  ///< from 0; empty: all
};

/// A window or displayed area for some of the pictures; an empty list: for all of them.
struct PresentationPart {
  std::vector<ReferencedPicture> pictures;
  std::optional<WindowLevel> window;
  std::optional<Box> area;
  double magnification = 0;
};

struct PresentationState {
  std::string sopInstance;
  std::vector<ReferencedPicture> pictures;
  PresentationView common;  ///< what holds for all pictures: name, inversion, turn, shutters
  std::vector<PresentationPart> parts;
  /// Output of its own modality transformation, in which its windows are: stored * slope + intercept. One that has none
  /// asks for stored values, whatever the picture says (PS3.4 N.2.1).
  double slope = 1;
  double intercept = 0;
  /// In place of slope and intercept where there is one: by stored value.
  std::shared_ptr<const VoiTable> modalityTable;
  std::shared_ptr<const std::vector<std::byte>> iccProfile;  ///< of colour states; kept, not applied
  std::vector<std::string> warnings;                         ///< what is not applied

  [[nodiscard]] bool isFor(std::string_view instance) const;
  /// What it says of one frame (from 0) of one picture.
  [[nodiscard]] PresentationView viewOf(std::string_view instance, int frame = 0) const;
};

/// Shape:  any softcopy presentation state (SOP classes 1.2.840.10008.5.1.4.1.1.11.*).
/// Frame:  shutters and areas in continuous pixels of the stored picture, before it is turned or flipped.
/// Errors: NotFound, Unreadable, NotMedia (no DICOM), Unsupported (another object), Damaged.
/// Thread: any.
[[nodiscard]] Result<PresentationState> readPresentationState(const std::filesystem::path& path);

}  // namespace fiducial::media
