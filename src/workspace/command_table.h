// The commands of one menu each; commands.cpp joins them in menu order.
#pragma once

#include <vector>

#include "fiducial/workspace/command.h"
#include "fiducial/workspace/workspace.h"

namespace fiducial::workspace {

[[nodiscard]] std::vector<Command> fileCommands();
[[nodiscard]] std::vector<Command> editCommands();
[[nodiscard]] std::vector<Command> viewCommands();
[[nodiscard]] std::vector<Command> goCommands();
[[nodiscard]] std::vector<Command> toolCommands();
[[nodiscard]] std::vector<Command> labelCommands();
[[nodiscard]] std::vector<Command> videoCommands();
[[nodiscard]] std::vector<Command> helpCommands();

// When a command is enabled.
inline bool hasProject(const Workspace& w) { return w.project() != nullptr; }
inline bool hasMedium(const Workspace& w) { return w.currentMedium() != nullptr; }
inline bool hasFrames(const Workspace& w) { return hasMedium(w) && w.frameCount() > 1; }
inline bool hasSelection(const Workspace& w) { return !w.selection().empty(); }
inline bool isVolume(const Workspace& w) {
  return hasMedium(w) && w.currentMedium()->medium.value.info.kind == MediumKind::Volume;
}

}  // namespace fiducial::workspace
