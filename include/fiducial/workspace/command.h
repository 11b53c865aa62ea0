// One table of everything the window can be asked to do: menus, toolbars, keys, palette and docs/shortcuts.md read it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fiducial::workspace {

class Workspace;

/// Keys are written portably: "Ctrl+K", "Shift+Enter", "D", "PgDown", "Alt+1"; several are separated by a space.
/// A key whose place counts, not its letter, is written by scan code name: "Digit1", "Comma", "Period", "BracketLeft".
struct Command {
  std::string id;                                 ///< "edit.undo"
  std::string text;                               ///< "Undo"; may be completed by `label`
  std::string keys;                               ///< default keys; empty: palette and menu only
  std::string menu;                               ///< "File", "Edit", "View", "Labels", "Video", "Tools", "Help"
  std::string icon;                               ///< resources/icons name or empty
  std::string hint;                               ///< a sentence for tooltip and palette
  std::function<bool(const Workspace&)> enabled;  ///< null: always
  std::function<bool(const Workspace&)> checked;  ///< null: not checkable
  std::function<void(Workspace&)> run;            ///< null: a dialog the ui opens by this id
};

/// In menu order. Built once.
[[nodiscard]] std::span<const Command> commands();
[[nodiscard]] const Command* findCommand(std::string_view id);
/// docs/shortcuts.md: a test fails when the file is not this text.
[[nodiscard]] std::string shortcutsMarkdown();

}  // namespace fiducial::workspace
