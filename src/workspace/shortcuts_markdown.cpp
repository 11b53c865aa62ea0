#include <array>

#include "fiducial/workspace/command.h"

namespace fiducial::workspace {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kSigns{{{"Comma", ","},
                                                                                {"Period", "."},
                                                                                {"BracketLeft", "["},
                                                                                {"BracketRight", "]"},
                                                                                {"Plus", "+"},
                                                                                {"Minus", "-"},
                                                                                {"Equal", "="},
                                                                                {"PgUp", "Page Up"},
                                                                                {"PgDown", "Page Down"},
                                                                                {"Del", "Delete"}}};

/// "Ctrl+BracketLeft" as it stands on a US keyboard: "Ctrl+[".
std::string signOf(std::string_view key) {
  const std::size_t plus = key.rfind('+');
  const std::size_t start = plus == std::string_view::npos ? 0 : plus + 1;
  const std::string_view last = key.substr(start);
  std::string sign(last);
  if (last.starts_with("Digit")) sign = last.substr(5);
  for (const auto& [name, text] : kSigns) {
    if (last == name) sign = text;
  }
  return std::string(key.substr(0, start)) + sign;
}

std::string keysText(std::string_view keys) {
  std::string text;
  while (!keys.empty()) {
    const std::size_t end = std::min(keys.find(' '), keys.size());
    if (!text.empty()) text += ", ";
    text += "`" + signOf(keys.substr(0, end)) + "`";
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  return text;
}

std::string groupOf(const Command& command) {
  if (!command.menu.empty()) return command.menu;
  return command.id.starts_with("view.") ? "View" : "Edit";
}

}  // namespace

std::string shortcutsMarkdown() {
  std::string text =
      "# Keys\n\nGenerated from the table of commands (src/workspace/commands*.cpp) by the test `Shortcuts`; run it "
      "with\n"
      "`FIDUCIAL_UPDATE_DOCS=1` after a change. Letters follow the letter; digits, `,` `.` `[` `]` the place on a US\n"
      "keyboard. With a drawing tool `1`-`9` `0` choose the class of the next shape; with Select the class of the\n"
      "selection; while coding (`T`) they set tags, answers and events; with Shift always the class of the selection.\n"
      "`W` held: the left button changes the window. `Space` held: it pans.\n";
  for (const std::string_view menu : {"File", "Edit", "View", "Go", "Tools", "Labels", "Video", "Help"}) {
    text += "\n## " + std::string(menu) + "\n\n| keys | does | command |\n|---|---|---|\n";
    for (const Command& command : commands()) {
      if (groupOf(command) != menu) continue;
      text += "| " + keysText(command.keys) + " | " + command.text + (command.hint.empty() ? "" : ": " + command.hint) +
              " | `" + command.id + "` |\n";
    }
  }
  return text;
}

}  // namespace fiducial::workspace
