#include "command_table.h"

namespace fiducial::workspace {
namespace {

void selectAll(Workspace& w) {
  std::vector<edit::LabelRef> all;
  for (const edit::SceneShape& shape : w.shapes()) {
    if (!w.isHidden(shape.ref)) all.push_back(shape.ref);
  }
  w.select(std::move(all));
}

void send(Workspace& w, edit::PointerEvent::Kind kind) {
  w.pointer(w.activeView(), {.kind = kind, .button = edit::Button::None});
}

/// Esc: what is in progress first, then the selection.
void cancel(Workspace& w) {
  if (w.isToolBusy()) return send(w, edit::PointerEvent::Kind::Cancel);
  w.select({});
}

Command nudge(std::string where, std::string text, double dx, double dy, bool isFar) {
  const double px = isFar ? 10 : 1;
  return {.id = "label.nudge" + where + (isFar ? "Far" : ""),
          .text = "Nudge " + text + (isFar ? " by 10 pixels" : ""),
          .keys = std::string(isFar ? "Alt+Shift+" : "Alt+") + where,
          .menu = "",
          .icon = "",
          .hint = "Move the selection " + text + (isFar ? " by 10 pixels" : " by one pixel"),
          .enabled = hasSelection,
          .checked = {},
          .run = [=](Workspace& w) { w.nudgeSelection(dx * px, dy * px); }};
}

}  // namespace

std::vector<Command> fileCommands() {
  return {
      {"file.new", "New project...", "Ctrl+N", "File", "fiducial", "Make an empty project", {}, {}, {}},
      {"file.open", "Open...", "Ctrl+O", "File", "open", "Open a project, a scan, a video or a picture", {}, {}, {}},
      {"file.add",
       "Add folder...",
       "Ctrl+Shift+O",
       "File",
       "add",
       "Add a folder of scans, videos or pictures",
       {},
       {},
       {}},
      {"file.loadSchema",
       "Load label schema...",
       "",
       "File",
       "class",
       "Add the classes, questions and layers of a file",
       hasProject,
       {},
       {}},
      {"file.locate",
       "Locate missing media...",
       "",
       "File",
       "locate",
       "Say where moved files are now",
       hasProject,
       {},
       {}},
      {"file.import", "Import labels...", "Ctrl+I", "File", "import", "Labels from a dataset", hasProject, {}, {}},
      {"file.export",
       "Export dataset...",
       "Ctrl+E",
       "File",
       "export",
       "Write a dataset that trains models",
       hasProject,
       {},
       {}},
      {"file.where",
       "Where is it saved?",
       "Ctrl+S",
       "File",
       "info",
       "Every edit is saved at once; this says where the project is",
       hasProject,
       {},
       {}},
      {"medium.spacing",
       "Give spacing...",
       "",
       "File",
       "",
       "Say how far apart pixels and slices are where the file does not",
       [](const Workspace& w) { return w.canGiveSpacing(); },
       {},
       {}},
      {"file.settings",
       "Settings...",
       "",
       "File",
       "",
       "Theme, mouse, large step and the memory for volumes",
       {},
       {},
       {}},
      {"file.quit", "Quit", "Ctrl+Q", "File", "", "Close the window; nothing is lost", {}, {}, {}},
  };
}

std::vector<Command> editCommands() {
  std::vector<Command> table{
      {"edit.undo",
       "Undo",
       "Ctrl+Z",
       "Edit",
       "undo",
       "Take back the last change",
       [](const Workspace& w) { return !w.undoState().undoName.empty(); },
       {},
       [](Workspace& w) { w.undo(); }},
      {"edit.redo",
       "Redo",
       "Ctrl+Y Ctrl+Shift+Z",
       "Edit",
       "redo",
       "Make the change again that was taken back",
       [](const Workspace& w) { return !w.undoState().redoName.empty(); },
       {},
       [](Workspace& w) { w.redo(); }},
      {"edit.delete",
       "Delete",
       "Del",
       "Edit",
       "trash",
       "Delete what is selected",
       hasSelection,
       {},
       [](Workspace& w) { w.deleteSelection(); }},
      {"edit.selectAll",
       "Select all on this frame",
       "Ctrl+A",
       "Edit",
       "select",
       "Select every shape on this frame",
       hasMedium,
       {},
       selectAll},
      {"edit.copyToNext",
       "Copy to next frame",
       "Ctrl+D",
       "Edit",
       "",
       "Copy the selection to the next frame and go there",
       hasSelection,
       {},
       [](Workspace& w) { w.copySelectionToNextFrame(); }},
      {"edit.cut",
       "Cut",
       "Ctrl+X",
       "Edit",
       "",
       "Copy the selection and delete it here",
       hasSelection,
       {},
       [](Workspace& w) { w.cutSelection(); }},
      {"edit.copy",
       "Copy",
       "Ctrl+C",
       "Edit",
       "",
       "Copy the selected shapes",
       hasSelection,
       {},
       [](Workspace& w) { w.copySelection(); }},
      {"edit.paste",
       "Paste",
       "Ctrl+V",
       "Edit",
       "",
       "Put the copied shapes on this frame",
       [](const Workspace& w) { return w.canPaste(); },
       {},
       [](Workspace& w) { w.paste(); }},
      {"edit.finish",
       "Finish shape",
       "Enter",
       "Edit",
       "check",
       "Finish the shape in progress",
       [](const Workspace& w) { return w.isToolBusy(); },
       {},
       [](Workspace& w) { send(w, edit::PointerEvent::Kind::Accept); }},
      {"edit.cancel",
       "Cancel or deselect",
       "Esc",
       "Edit",
       "",
       "Drop the shape in progress, else the selection",
       {},
       {},
       cancel},
      {"edit.back",
       "Last point back",
       "Backspace",
       "Edit",
       "",
       "Take back the last point of the shape in progress",
       [](const Workspace& w) { return w.isToolBusy(); },
       {},
       [](Workspace& w) { send(w, edit::PointerEvent::Kind::Back); }},
  };
  for (const bool isFar : {false, true}) {
    table.push_back(nudge("Left", "left", -1, 0, isFar));
    table.push_back(nudge("Right", "right", 1, 0, isFar));
    table.push_back(nudge("Up", "up", 0, -1, isFar));
    table.push_back(nudge("Down", "down", 0, 1, isFar));
  }
  return table;
}

}  // namespace fiducial::workspace
