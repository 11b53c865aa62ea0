// What tells frames of one orientation apart by kind, and what tells their times apart.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "frame_values.h"

namespace fiducial::media::dicom {

/// Something by which frames may be told apart: `key` to compare by, `label` for a person ("TE 4.6 ms").
struct Telling {
  std::string (*key)(const FrameRef& ref) = nullptr;
  std::string (*label)(const FrameRef& ref) = nullptr;
};

/// Image type, b-value, echo time: pictures that differ in these are never times of one stack.
[[nodiscard]] std::span<const Telling> tellingKinds();
/// Temporal position, acquisition, trigger, time, folder: these tell times apart.
[[nodiscard]] std::span<const Telling> tellingTimes();

struct Part {
  std::string label;
  std::vector<FrameRef> frames;
};
/// Whether not all of them have the same key.
[[nodiscard]] bool tellsApart(const Telling& telling, const std::vector<FrameRef>& frames);
/// By the key, in its order; the frames keep theirs.
[[nodiscard]] std::vector<Part> partsBy(const Telling& telling, const std::vector<FrameRef>& frames);

/// True where a is taken before b, as far as their headers say.
[[nodiscard]] bool isEarlier(const FrameRef& a, const FrameRef& b);

}  // namespace fiducial::media::dicom
