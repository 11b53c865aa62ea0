#include <algorithm>
#include <cmath>

#include "command_table.h"

namespace fiducial::workspace {
namespace {

constexpr double kZoomStep = 1.25;

bool hasTimes(const Workspace& w) { return w.timeCount() > 1; }

void zoom(Workspace& w, double factor) {
  const ViewState& view = w.view(w.activeView());
  w.zoomView(w.activeView(), {view.width / 2, view.height / 2}, factor);
}

bool isDicom(const Workspace& w) { return hasMedium(w) && w.currentMedium()->medium.value.info.format == "dicom"; }

void setOverlay(Workspace& w, void (*change)(OverlayOptions&)) {
  OverlayOptions overlay = w.overlay();
  change(overlay);
  w.setOverlay(overlay);
}

void nextStyle(OverlayOptions& overlay) {
  using Style = OverlayOptions::Style;
  overlay.style = overlay.style == Style::FillAndOutline ? Style::Outline
                  : overlay.style == Style::Outline      ? Style::Fill
                                                         : Style::FillAndOutline;
}

void invert(Workspace& w) {
  render::Tone tone = w.tone();
  tone.inverted = !tone.inverted;
  w.setTone(std::move(tone));
}

Command preset(int n) {
  return {.id = "view.preset" + std::to_string(n),
          .text = n == 0 ? "Window as stored" : "Window preset " + std::to_string(n),
          .keys = "Alt+Digit" + std::to_string(n),
          .menu = "",
          .icon = "window_level",
          .hint = n == 0 ? "Brightness and contrast as the file asks for" : "Window preset of the modality",
          .enabled = [n](const Workspace& w) { return n < static_cast<int>(w.windowPresets().size()); },
          .checked = {},
          .run = [n](Workspace& w) { w.applyWindowPreset(n); }};
}

/// Frames of the active view: its own steps on a reformatted plane.
void step(Workspace& w, int delta) { w.stepView(w.activeView(), delta); }

/// Up and Down: a slice; on video a second.
void stepFar(Workspace& w, int direction) {
  const MediumInfo& info = w.currentMedium()->medium.value.info;
  const bool hasTime = info.kind == MediumKind::Video || info.kind == MediumKind::Cine;
  const double rate = info.frameRate > 0 ? info.frameRate : 25;
  step(w, direction * (hasTime ? std::max(static_cast<int>(std::lround(rate)), 1) : 1));
}

}  // namespace

std::vector<Command> viewCommands() {
  std::vector<Command> table{
      {"view.fit",
       "Fit",
       "Ctrl+Digit0",
       "View",
       "fit",
       "The whole picture in the view",
       hasMedium,
       {},
       [](Workspace& w) { w.fit(w.activeView()); }},
      {"view.oneToOne",
       "1:1",
       "Ctrl+Digit1",
       "View",
       "one_to_one",
       "One picture pixel for one of the screen",
       hasMedium,
       {},
       [](Workspace& w) { w.setZoom(w.activeView(), 1); }},
      {"view.zoomIn",
       "Zoom in",
       "Ctrl+Plus Ctrl+Equal Ctrl+Shift+Plus Ctrl+BracketRight",
       "View",
       "zoom_in",
       "Larger, about the middle of the view",
       hasMedium,
       {},
       [](Workspace& w) { zoom(w, kZoomStep); }},
      {"view.zoomOut",
       "Zoom out",
       "Ctrl+Minus Ctrl+BracketLeft",
       "View",
       "zoom_out",
       "Smaller, about the middle of the view",
       hasMedium,
       {},
       [](Workspace& w) { zoom(w, 1 / kZoomStep); }},
      {"view.layoutSingle", "One view", "", "View", "layout_single", "One view of the stored slices", isVolume,
       [](const Workspace& w) { return w.layout() == LayoutKind::Single; },
       [](Workspace& w) { w.setLayout(LayoutKind::Single); }},
      {"view.layoutThree", "Three planes", "", "View", "layout", "Axial, coronal and sagittal, linked by a crosshair",
       isVolume, [](const Workspace& w) { return w.layout() == LayoutKind::ThreePlanes; },
       [](Workspace& w) { w.setLayout(LayoutKind::ThreePlanes); }},
      {"view.labels",
       "Show labels",
       "H",
       "View",
       "eye",
       "Labels off while held; a tap toggles",
       {},
       [](const Workspace& w) { return w.overlay().labelsVisible; },
       [](Workspace& w) { setOverlay(w, [](OverlayOptions& o) { o.labelsVisible = !o.labelsVisible; }); }},
      {"view.labelStyle",
       "Fill, outline or both",
       "Shift+H",
       "View",
       "segmentation",
       "How regions are drawn",
       {},
       {},
       [](Workspace& w) { setOverlay(w, nextStyle); }},
      {"view.cornerText",
       "Corner text",
       "I",
       "View",
       "info",
       "Text in the corners of the views",
       {},
       [](const Workspace& w) { return w.overlay().text; },
       [](Workspace& w) { setOverlay(w, [](OverlayOptions& o) { o.text = !o.text; }); }},
      {"view.graphics", "Graphics of the file", "Ctrl+Shift+G", "View", "",
       "Drawings that the scanner put over the picture", hasMedium,
       [](const Workspace& w) { return w.overlay().graphics; },
       [](Workspace& w) { setOverlay(w, [](OverlayOptions& o) { o.graphics = !o.graphics; }); }},
      {"view.invert", "Invert", "Shift+I", "View", "invert", "Dark for bright", hasMedium,
       [](const Workspace& w) { return w.tone().inverted; }, invert},
      {"view.tags",
       "Tags of the file...",
       "Ctrl+Shift+T",
       "View",
       "info",
       "Every element of the shown DICOM file, searchable",
       isDicom,
       {},
       {}},
      {"view.panels", "Panels", "F9", "View", "list", "Hide or show all panels", {}, {}, {}},
      {"view.fullScreen", "Full screen", "F11", "View", "", "The window fills the screen", {}, {}, {}},
  };
  for (int n = 0; n <= 9; ++n) table.push_back(preset(n));
  const auto choice = [&](const char* id, const char* text, const char* hint) {
    table.push_back({id, text, "", "View", "", hint, {}, {}, {}});
  };
  choice("mouse.fiducial", "Mouse: Fiducial", "Right drag windows, left on empty picture pans");
  choice("mouse.viewers", "Mouse: OHIF, Weasis", "Left drag on empty picture windows, right drag zooms");
  choice("mouse.segmenters", "Mouse: 3D Slicer, ITK-SNAP", "Right drag zooms, W held windows");
  choice("theme.dark", "Theme: dark", "For reading rooms; the window opens again");
  choice("theme.light", "Theme: light", "For bright rooms; the window opens again");
  choice("theme.high-contrast", "Theme: high contrast", "White and yellow on black; the window opens again");
  return table;
}

std::vector<Command> goCommands() {
  const auto to = [](std::string id, std::string text, std::string keys, std::string icon, std::string hint,
                     void (*run)(Workspace&)) {
    return Command{"go." + std::move(id),
                   std::move(text),
                   std::move(keys),
                   "Go",
                   std::move(icon),
                   std::move(hint),
                   hasFrames,
                   {},
                   run};
  };
  std::vector<Command> table{
      to("nextFrame", "Next frame or slice", "F Right Period", "step_forward", "One frame or slice forward",
         [](Workspace& w) { step(w, 1); }),
      to("previousFrame", "Previous frame or slice", "D Left Comma", "step_back", "One frame or slice back",
         [](Workspace& w) { step(w, -1); }),
      to("next10", "Ten forward", "Shift+F Shift+Right Shift+Period", "", "The large step forward",
         [](Workspace& w) { step(w, w.largeStep()); }),
      to("previous10", "Ten back", "Shift+D Shift+Left Shift+Comma", "", "The large step back",
         [](Workspace& w) { step(w, -w.largeStep()); }),
      to("down", "Slice or second forward", "Down", "", "One slice; on video one second",
         [](Workspace& w) { stepFar(w, 1); }),
      to("up", "Slice or second back", "Up", "", "One slice; on video one second",
         [](Workspace& w) { stepFar(w, -1); }),
      to("first", "First frame or slice", "Home", "first", "To the beginning",
         [](Workspace& w) { w.setViewStep(w.activeView(), 0); }),
      to("last", "Last frame or slice", "End", "last", "To the end",
         [](Workspace& w) { w.setViewStep(w.activeView(), w.viewStepCount(w.activeView()) - 1); }),
      {"go.nextTime",
       "Next time",
       "Ctrl+Down",
       "Go",
       "",
       "The same slice at the next time of a 4D scan",
       hasTimes,
       {},
       [](Workspace& w) { w.setTime(w.time() + 1); }},
      {"go.previousTime",
       "Previous time",
       "Ctrl+Up",
       "Go",
       "",
       "The same slice at the time before, of a 4D scan",
       hasTimes,
       {},
       [](Workspace& w) { w.setTime(w.time() - 1); }},
      to("nextStop", "Next stop", "R Ctrl+Right", "chevron_right", "Next key frame, event border or labelled frame",
         [](Workspace& w) { w.goToStop(1); }),
      to("previousStop", "Previous stop", "E Ctrl+Left", "chevron_left",
         "Previous key frame, event border or labelled frame", [](Workspace& w) { w.goToStop(-1); }),
      {"go.frame", "Go to frame...", "Ctrl+G", "Go", "", "Frame, time code or slice by number", hasFrames, {}, {}},
      {"go.find", "Find...", "Ctrl+F", "Go", "search", "Media, classes and labels by name", hasProject, {}, {}},
      {"go.nextMedium",
       "Next medium",
       "PgDown",
       "Go",
       "",
       "The next scan, video or picture",
       hasMedium,
       {},
       [](Workspace& w) { w.showNextMedium(1); }},
      {"go.previousMedium",
       "Previous medium",
       "PgUp",
       "Go",
       "",
       "The previous scan, video or picture",
       hasMedium,
       {},
       [](Workspace& w) { w.showNextMedium(-1); }},
  };
  return table;
}

}  // namespace fiducial::workspace
