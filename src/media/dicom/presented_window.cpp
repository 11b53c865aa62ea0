#include "presented_window.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace fiducial::media::dicom {
namespace {

/// From stored to the medium's output values.
Rescale rescaleOf(const FrameRef& ref, const MediumInfo& info) {
  const bool isDone = info.slope == 1 && info.intercept == 0;  // the values hold it already, or there is none
  return isDone ? ref.header().rescale : Rescale{info.slope, info.intercept};
}

void say(PresentationView& view, std::string_view what) {
  view.description += view.description.empty() ? "" : "; ";
  view.description += what;
}

/// Without a window of its own a state asks for all values a pixel may hold (PS3.4 N.2.2: the identity).
WindowLevel wholeRange(const PixelFormat& format, const Rescale& rescale) {
  const double span = std::ldexp(1.0, std::min(format.bitsStored, 32));
  const double lowest = format.isSigned ? -span / 2 : 0;
  const double first = lowest * rescale.slope + rescale.intercept;
  const double last = (lowest + span - 1) * rescale.slope + rescale.intercept;
  WindowLevel window;
  window.width = std::abs(last - first);
  window.center = (first + last) / 2;
  window.function = VoiFunction::LinearExact;
  return window;
}

/// The linear function of the standard is not the same after scaling; its exact twin is.
void makeExact(WindowLevel& window) {
  if (window.function != VoiFunction::Linear || !(window.width > 1)) return;
  window.function = VoiFunction::LinearExact;
  window.center -= 0.5;
  window.width -= 1;
}

/// From output of the state's rescale to that of the medium.
void moveWindow(const PresentationState& state, const Rescale& medium, PresentationView& view) {
  WindowLevel& window = *view.window;
  const double ratio = medium.slope / state.slope;
  const double shift = medium.intercept - state.intercept * ratio;
  if (window.function == VoiFunction::Table && window.table) {
    if (ratio != 1) return say(view, "its table of values is not that of these pictures");
    auto moved = std::make_shared<VoiTable>(*window.table);
    moved->first += shift;
    window.table = std::move(moved);
  } else if (ratio != 1) {
    makeExact(window);
  }
  window.center = window.center * ratio + shift;
  window.width *= std::abs(ratio);
}

/// 0..1 of an output value.
double lightOf(const WindowLevel& window, double output) {
  const double width = std::max(window.width, 1e-9);
  switch (window.function) {
    case VoiFunction::Table: {
      const std::vector<std::uint16_t>& entries = window.table->entries;
      const double at = std::clamp(output - window.table->first, 0.0, double(entries.size() - 1));
      return entries[std::size_t(at)] / window.table->top;
    }
    case VoiFunction::Sigmoid:
      return 1 / (1 + std::exp(-4 * (output - window.center) / width));
    case VoiFunction::LinearExact:
      return (output - window.center) / width + 0.5;
    case VoiFunction::Linear:
      break;
  }
  if (!(window.width > 1)) return output > window.center - 0.5 ? 1 : 0;
  return (output - (window.center - 0.5)) / (window.width - 1) + 0.5;
}

/// The state's modality table and its window as one table over the medium's output values.
WindowLevel composed(const VoiTable& modality, const std::optional<WindowLevel>& window, double firstOutput) {
  auto table = std::make_shared<VoiTable>();
  table->first = firstOutput;
  table->top = 65535;
  for (const std::uint16_t entry : modality.entries) {
    const double light = window ? lightOf(*window, entry) : entry / modality.top;
    table->entries.push_back(std::uint16_t(std::lround(std::clamp(light, 0.0, 1.0) * 65535)));
  }
  WindowLevel one;
  if (window) one.name = window->name;
  one.function = VoiFunction::Table;
  one.width = double(table->entries.size());
  one.center = table->first + one.width / 2;
  one.table = std::move(table);
  return one;
}

bool isSameTable(const VoiTable& state, const ValueTable& picture) {
  return state.first == double(picture.first) && state.entries == picture.entries;
}

/// Values that went through a modality table do not lead back to stored ones.
void fitToTable(const PresentationState& state, const ImageHeader& header, PresentationView& view) {
  if (!state.modalityTable || !isSameTable(*state.modalityTable, *header.modalityTable)) {
    say(view, "its modality transformation is not that of the picture and is not applied");
  }
  if (view.window) return;
  const auto& entries = header.modalityTable->entries;
  view.window = wholeRange({.bitsStored = *std::ranges::max_element(entries) > 255 ? 16 : 8}, {});
}

}  // namespace

void fitWindow(const PresentationState& state, const FrameRef& ref, const MediumInfo& info, PresentationView& view) {
  const ImageHeader& header = ref.file->header();
  if (header.modalityTable) return fitToTable(state, header, view);
  const Rescale medium = rescaleOf(ref, info);
  if (state.modalityTable && medium.slope == 1) {
    view.window = composed(*state.modalityTable, view.window, state.modalityTable->first + medium.intercept);
    return;
  }
  if (state.modalityTable) {
    say(view, "its modality table is not applied, since the values of the picture are rescaled");
  } else if (view.window) {
    moveWindow(state, medium, view);
  }
  if (!view.window) view.window = wholeRange(header.format, medium);
}

}  // namespace fiducial::media::dicom
