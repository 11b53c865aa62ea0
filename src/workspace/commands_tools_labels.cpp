#include <algorithm>
#include <array>

#include "command_table.h"

namespace fiducial::workspace {
namespace {

Command toolCommand(const edit::ToolInfo& info) {
  const std::string id(info.id);
  return {.id = "tool." + id,
          .text = std::string(info.text),
          .keys = std::string(info.key),
          .menu = "Tools",
          .icon = std::string(info.icon),
          .hint = std::string(info.hint),
          .enabled = {},
          .checked = [id](const Workspace& w) { return !w.isCoding() && w.tool().id == id; },
          .run = [id](Workspace& w) { w.toggleTool(id); }};
}

void setSphere(Workspace& w) {
  edit::ToolSettings settings = w.toolSettings();
  settings.sphere = w.tool().id != "brush" || !settings.sphere;
  w.setToolSettings(settings);
  w.setTool("brush");
}

void toggleOverlap(Workspace& w) {
  edit::ToolSettings settings = w.toolSettings();
  settings.allowOverlap = !settings.allowOverlap;
  w.setToolSettings(settings);
}

bool hasTime(const Workspace& w) {
  if (!hasMedium(w)) return false;
  const MediumKind kind = w.currentMedium()->medium.value.info.kind;
  return kind == MediumKind::Video || kind == MediumKind::Cine;
}

/// J and L again: faster.
void shuttle(Workspace& w, int direction) {
  constexpr std::array kRates{1.0, 2.0, 4.0, 8.0};
  const double rate = w.playbackRate() * direction;
  const auto faster = std::ranges::upper_bound(kRates, rate);
  w.play(direction * (rate <= 0 ? kRates.front() : faster == kRates.end() ? kRates.back() : *faster));
}

}  // namespace

std::vector<Command> toolCommands() {
  std::vector<Command> table;
  for (const edit::ToolInfo& info : edit::tools()) table.push_back(toolCommand(info));
  table.push_back({"tool.code",
                   "Code tags and events",
                   "T",
                   "Tools",
                   "tag",
                   "Digits set tags, answers and events; in an exclusive layer one event ends the one before",
                   {},
                   [](const Workspace& w) { return w.isCoding(); },
                   [](Workspace& w) { w.toggleTool("code"); }});
  table.push_back({"tool.sphere", "Sphere brush", "Shift+S", "Tools", "sphere_brush", "Paint in all slices at once",
                   isVolume, [](const Workspace& w) { return w.toolSettings().sphere; }, setSphere});
  table.push_back({"tool.overlap", "Allow overlap", "", "Tools", "segmentation",
                   "Painting leaves other segments as they are", isVolume,
                   [](const Workspace& w) { return w.toolSettings().allowOverlap; }, toggleOverlap});
  table.push_back({"tool.sizeUp", "Larger", "BracketRight", "Tools", "", "Larger brush", {}, {}, [](Workspace& w) {
                     w.changeToolSize(1);
                   }});
  table.push_back({"tool.sizeDown", "Smaller", "BracketLeft", "Tools", "", "Smaller brush", {}, {}, [](Workspace& w) {
                     w.changeToolSize(-1);
                   }});
  table.push_back({"tool.tracks", "Draw tracks", "", "Tools", "track",
                   "On video a new box or polygon becomes a track; else it stands on one frame", hasTime,
                   [](const Workspace& w) { return w.drawsTracks(); },
                   [](Workspace& w) { w.setDrawsTracks(!w.drawsTracks()); }});
  return table;
}

std::vector<Command> labelCommands() {
  return {
      {"label.class", "Choose class...", "Q", "Labels", "class", "Class by name: type, Enter", hasProject, {}, {}},
      {"label.next",
       "Next annotation",
       "N",
       "Labels",
       "",
       "Select the next one on this frame",
       hasMedium,
       {},
       [](Workspace& w) { w.selectNext(1); }},
      {"label.previous",
       "Previous annotation",
       "Shift+N",
       "Labels",
       "",
       "Select the previous one on this frame",
       hasMedium,
       {},
       [](Workspace& w) { w.selectNext(-1); }},
      {"label.keyframe",
       "Key frame here",
       "C",
       "Labels",
       "keyframe",
       "Set a key frame of the selected track, or start the selected event here",
       hasSelection,
       {},
       [](Workspace& w) { w.setKeyframeHere(); }},
      {"label.endHere",
       "Ends here",
       "Shift+C",
       "Labels",
       "stop",
       "The selected track or event ends on this frame",
       hasSelection,
       {},
       [](Workspace& w) { w.endHere(); }},
      {"label.occluded",
       "Occluded",
       "Shift+V",
       "Labels",
       "eye_off",
       "The selected track is occluded from here on",
       hasSelection,
       {},
       [](Workspace& w) { w.toggleOccluded(); }},
      {"label.doneFrame",
       "Frame is done",
       "Shift+Enter",
       "Labels",
       "done",
       "Looked at and complete, also when empty; goes to the next frame",
       hasMedium,
       {},
       [](Workspace& w) { w.markDone(false); }},
      {"label.doneMedium",
       "Medium is done",
       "Ctrl+Enter",
       "Labels",
       "check",
       "Looked at and complete; goes to the next unfinished one",
       hasMedium,
       {},
       [](Workspace& w) { w.markDone(true); }},
  };
}

std::vector<Command> videoCommands() {
  return {
      {"video.play", "Play or pause", "Space", "Video", "play", "Play at normal speed, or pause", hasFrames,
       [](const Workspace& w) { return w.isPlaying(); }, [](Workspace& w) { w.isPlaying() ? w.pause() : w.play(1); }},
      {"video.back",
       "Play backwards",
       "J",
       "Video",
       "",
       "Again: faster",
       hasFrames,
       {},
       [](Workspace& w) { shuttle(w, -1); }},
      {"video.stop", "Stop", "K", "Video", "pause", "Stop playing", hasFrames, {}, [](Workspace& w) { w.pause(); }},
      {"video.forward",
       "Play forwards",
       "L",
       "Video",
       "",
       "Again: faster",
       hasFrames,
       {},
       [](Workspace& w) { shuttle(w, 1); }},
  };
}

std::vector<Command> helpCommands() {
  return {
      {"help.keys", "Keys", "? F1", "Help", "keyboard", "All keys at a glance", {}, {}, {}},
      {"help.palette", "Search commands...", "Ctrl+K", "Help", "search", "Find a command by name", {}, {}, {}},
  };
}

}  // namespace fiducial::workspace
