// The table of tools: toolbar, menus, shortcuts and the test that every tool passes all read it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "fiducial/edit/tool.h"

namespace fiducial::edit {

struct ToolInfo {
  std::string_view id;    ///< "select", "box", "polygon", "brush", "eraser"
  std::string_view text;  ///< "Box"
  std::string_view key;   ///< "B"
  std::string_view icon;  ///< resources/icons name
  std::string_view hint;  ///< one line: how it is used
  std::unique_ptr<Tool> (*make)() = nullptr;
  bool usesSize = false;  ///< brush size applies
  bool needsClass = true;
};
[[nodiscard]] std::span<const ToolInfo> tools();
[[nodiscard]] const ToolInfo* findTool(std::string_view id);

}  // namespace fiducial::edit
