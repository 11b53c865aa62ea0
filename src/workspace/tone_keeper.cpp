#include "tone_keeper.h"

#include <algorithm>
#include <cmath>

namespace fiducial::workspace {
namespace {

constexpr std::size_t kMostPresets = 40;
constexpr double kWidestDragFactor = 4;  ///< across the whole view the window grows by e^4

std::vector<WindowLevel> ctPresets() {
  return {{40, 400, "Soft tissue"}, {-600, 1500, "Lung"}, {90, 150, "Liver"}, {480, 2500, "Bone"}, {40, 80, "Brain"}};
}

/// The usual ranges of body PET, in output units.
std::vector<WindowLevel> suvPresets(const SecondUnit& suv) {
  std::vector<WindowLevel> presets;
  for (const int top : {5, 7, 10, 15}) {
    const double width = top / suv.factor;
    presets.push_back({width / 2, width, "SUV 0 to " + std::to_string(top), VoiFunction::LinearExact});
  }
  return presets;
}

std::string presentationName(const PresentationView& view) {
  return view.description.empty() || view.description == view.name ? view.name : view.name + ": " + view.description;
}

/// Colour has no windows: only what presentation states change beside them.
std::vector<WindowLevel> colorPresets(const std::vector<PresentationView>& views) {
  std::vector<WindowLevel> presets;
  if (!views.empty()) presets.emplace_back().name = "Standard";
  for (const PresentationView& view : views) presets.emplace_back().name = presentationName(view);
  return presets;
}

}  // namespace

void ToneKeeper::clear() {
  medium_ = {};
  info_ = {};
  tone_ = {};
}

void ToneKeeper::setMedium(MediumId id, const MediumInfo& info) {
  medium_ = id;
  info_ = info;
  const auto found = kept_.find(id);
  tone_ = found == kept_.end() ? render::defaultTone(info, {}) : found->second.tone;
}

bool ToneKeeper::hasFixedWindow() const { return !info_.windows.empty() || isColor(); }

bool ToneKeeper::pictureArrived(const MediumInfo& info, const media::Volume* volume, const media::Frame* frame) {
  if (isNone(medium_)) return false;
  info_ = info;
  Kept& kept = kept_[medium_];
  if (kept.isFinal) return false;
  ScalarBuffer values;
  if (frame) {
    values = frame->pixels;
    kept.isFinal = true;
  } else if (volume && (hasFixedWindow() || volume->isComplete())) {
    // The window is known without the values, or all of them are there to look at.
    if (volume->isComplete()) values = volume->values();
    kept.isFinal = true;
  } else if (volume) {
    // Until then a loaded slice gives a first idea; the final window is never that of one slice.
    for (int k = 0; k < volume->info().frames && values.empty(); ++k) {
      if (volume->isLoaded(k)) values = volume->values().slice(k);
    }
    if (values.empty()) return false;
  } else {
    return false;
  }
  const render::Tone standard = render::defaultTone(info, values);
  const bool isNew = kept.standard != standard;
  kept.standard = standard;
  if (kept.isTouched) {
    // Loading may have refined slope and intercept; the window itself is in output units and stays.
    tone_.slope = standard.slope;
    tone_.intercept = standard.intercept;
  } else {
    tone_ = standard;
  }
  kept.tone = tone_;
  return isNew;
}

void ToneKeeper::remember() {
  if (isNone(medium_)) return;
  Kept& kept = kept_[medium_];
  kept.tone = tone_;
  kept.isTouched = true;
}

void ToneKeeper::set(render::Tone tone) {
  tone.window.width = std::max(tone.window.width, 1e-6);
  tone_ = std::move(tone);
  remember();
}

void ToneKeeper::drag(double dx, double dy) {
  render::Tone tone = tone_;
  if (isColor()) {
    tone.contrast = std::clamp(tone.contrast * std::exp(dx), 0.05, 4.0);
    tone.brightness = std::clamp(tone.brightness - dy, -1.0, 1.0);
  } else {
    const double range = std::max(tone.window.width, 1e-6);
    tone.window.width = std::clamp(range * std::exp(dx * kWidestDragFactor), 1e-6, 1e9);
    // Brighter: the same value lies higher in the window, which sinks; with inverted light it rises.
    tone.window.center += (tone.inverted ? -1 : 1) * dy * std::max(range, 1.0);
    tone.window.name.clear();
    if (tone.window.function == VoiFunction::Table) tone.window.function = VoiFunction::Linear;  // over its range
    tone.window.table.reset();
  }
  set(std::move(tone));
}

std::vector<WindowLevel> ToneKeeper::presets() const {
  if (isColor()) return colorPresets(info_.extras.presentations);
  const auto kept = kept_.find(medium_);
  WindowLevel standard = kept == kept_.end() ? tone_.window : kept->second.standard.window;
  standard.name = info_.windows.empty() ? "Standard" : "As stored";
  std::vector<WindowLevel> presets{standard};
  if (info_.modality == "CT") {
    for (WindowLevel& preset : ctPresets()) presets.push_back(std::move(preset));
  }
  if (!info_.extras.secondUnit.unit.empty()) {
    for (WindowLevel& preset : suvPresets(info_.extras.secondUnit)) presets.push_back(std::move(preset));
  }
  for (std::size_t n = 1; n < info_.windows.size() && presets.size() < kMostPresets; ++n) {
    presets.push_back(info_.windows[n]);
    if (presets.back().name.empty()) presets.back().name = "Stored " + std::to_string(n + 1);
  }
  for (const WindowLevel& window : info_.extras.sliceWindows) presets.push_back(window);
  for (const PresentationView& view : info_.extras.presentations) {
    WindowLevel& preset = presets.emplace_back(view.window ? *view.window : standard);
    preset.name = presentationName(view);
  }
  return presets;
}

const PresentationView* ToneKeeper::presentationOf(int index) const {
  if (index < 0) return nullptr;
  const std::vector<PresentationView>& views = info_.extras.presentations;
  const auto at = static_cast<std::size_t>(index) + views.size();
  const std::size_t count = presets().size();
  return at >= count && at - count < views.size() ? &views[at - count] : nullptr;
}

void ToneKeeper::applyPreset(int index) {
  const std::vector<WindowLevel> all = presets();
  if (isColor()) {
    render::Tone tone = tone_;
    tone.window.name.clear();
    if (const PresentationView* view = presentationOf(index)) tone.window.name = presentationName(*view);
    if (index == 0) {
      tone.brightness = 0;
      tone.contrast = 1;
    }
    if (index >= 0) set(std::move(tone));
    return;
  }
  if (index < 0 || static_cast<std::size_t>(index) >= all.size()) return;
  render::Tone tone = tone_;
  tone.window = all[static_cast<std::size_t>(index)];
  if (const PresentationView* view = presentationOf(index)) {
    tone.inverted = view->inverted;
    tone.lightTable =
        view->lightTable.empty() ? nullptr : std::make_shared<const std::vector<std::uint16_t>>(view->lightTable);
    kept_[medium_].isPresented = true;
  } else if (Kept& kept = kept_[medium_]; kept.isPresented) {  // what it changed beside the window goes with it
    tone.inverted = kept.standard.inverted;
    tone.lightTable.reset();
    kept.isPresented = false;
  }
  set(std::move(tone));
}

}  // namespace fiducial::workspace
