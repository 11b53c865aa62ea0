#include <algorithm>

#include "command_table.h"

namespace fiducial::workspace {
namespace {

std::vector<Command> all() {
  std::vector<Command> table;
  for (auto* part : {fileCommands, editCommands, viewCommands, goCommands, toolCommands, labelCommands, videoCommands,
                     helpCommands}) {
    std::vector<Command> more = part();
    table.insert(table.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return table;
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> table = all();
  return table;
}

const Command* findCommand(std::string_view id) {
  const auto table = commands();
  const auto found = std::ranges::find(table, id, &Command::id);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace fiducial::workspace
