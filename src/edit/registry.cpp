#include "fiducial/edit/registry.h"

#include <algorithm>
#include <array>

#include "box_tool.h"
#include "brush_tool.h"
#include "polygon_tool.h"
#include "select_tool.h"

namespace fiducial::edit {
namespace {

std::unique_ptr<Tool> selectTool() { return std::make_unique<SelectTool>(); }
std::unique_ptr<Tool> boxTool() { return std::make_unique<BoxTool>(); }
std::unique_ptr<Tool> polygonTool() { return std::make_unique<PolygonTool>(); }
std::unique_ptr<Tool> brushTool() { return std::make_unique<BrushTool>(StrokeMode::Paint); }
std::unique_ptr<Tool> eraserTool() { return std::make_unique<BrushTool>(StrokeMode::Erase); }

const std::array kTools = {
    // in the order of the tool bar
    ToolInfo{"select", "Select", "V", "select",
             "Click selects, drag moves, handles reshape; drag on empty picture pans, with Shift a rubber band",
             selectTool, false, false},
    ToolInfo{"box", "Box", "B", "box", "Press, drag, release; Shift for a square", boxTool},
    ToolInfo{"polygon", "Polygon", "P", "polygon",
             "Click points or drag freehand; Enter, double click or the first point closes, Backspace takes one back",
             polygonTool},
    ToolInfo{"brush", "Brush", "S", "brush", "Paint; Ctrl erases, Shift+wheel changes the size", brushTool, true},
    ToolInfo{"eraser", "Eraser", "X", "eraser", "Erase from the selected mask or segment; Ctrl paints", eraserTool,
             true, false},
};

}  // namespace

std::span<const ToolInfo> tools() { return kTools; }

const ToolInfo* findTool(std::string_view id) {
  const auto found = std::ranges::find(kTools, id, &ToolInfo::id);
  return found == kTools.end() ? nullptr : &*found;
}

}  // namespace fiducial::edit
