// A tool: a state machine without widgets. Pointer events in picture coordinates go in, previews and edits come out.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/edit/pointer_event.h"
#include "fiducial/edit/scene.h"

namespace fiducial::edit {

/// What is seen of a gesture before its edit is durable.
struct Preview {
  std::optional<Shape> shape{};          ///< drawn in the class's colour
  std::optional<LabelRef> replaces{};    ///< not drawn while the preview stands in for it
  std::vector<ImagePoint> openPoints{};  ///< a polygon in progress: its vertices so far, then the pointer
  /// Segments as they would be after the stroke (working bricks).
  std::vector<std::pair<SegmentationId, std::shared_ptr<const BrickVolume>>> segments{};
  /// Further labels as they would stand (several selected ones moved together); they replace their own shapes.
  std::vector<std::pair<LabelRef, Shape>> moved{};
  std::optional<Box> rubberBand{};
  std::string readout{};  ///< "34.2 x 18.0 px"
};

struct ToolOutput {
  std::optional<Preview> preview{};  ///< none: nothing in progress
  std::optional<Edit> edit{};
  std::optional<std::vector<LabelRef>> selection{};  ///< replaces the window's selection
  bool selectCreated = false;                        ///< the first record the edit creates becomes the selection
  std::string message{};                             ///< for the strip; empty: none
};

/// Thread: the window's. At most one edit a gesture. Cancel in any state leaves nothing behind.
class Tool {
 public:
  virtual ~Tool() = default;
  virtual ToolOutput handle(const PointerEvent& event, const ToolContext& context) = 0;
  /// A shape is in progress: the wheel zooms, Esc cancels it, a frame change finishes or cancels it.
  [[nodiscard]] virtual bool isBusy() const { return false; }
  /// Labels got other ids while the gesture goes on (the one just drawn became durable).
  virtual void renameLabels(const std::function<RawId(RawId)>&) {}
};

/// What stands under the pointer.
struct Handle {
  enum class Kind : unsigned char { Corner, Edge, Vertex, Rotate, Body };
  Kind kind = Kind::Body;
  ImagePoint at{};
  int part = 0;
  int ring = 0;
  int index = 0;  ///< corner 0..7 clockwise from the top left (odd: edge middles), or vertex; on a polygon's or line's
                  ///< Edge: the vertex before it
};
/// Handles of a selected shape, for drawing and for hit tests.
[[nodiscard]] std::vector<Handle> handlesOf(const Shape& shape);
/// The handle or edge within `reach` image pixels of `at`, corners and vertices first; nothing elsewhere, also inside.
[[nodiscard]] std::optional<Handle> handleAt(const Shape& shape, ImagePoint at, double reach);
/// What a press may miss a handle by: 8 screen pixels, 14 with a pen, in image pixels.
[[nodiscard]] double reachOf(const PointerEvent& event, const ToolContext& context);
/// `shape` with `handle` dragged to `to` (a Body handle: moved by to - handle.at). Boxes never turn inside out; the
/// Edge of a polygon or line gets a new vertex at `to`.
[[nodiscard]] Shape dragged(const Shape& shape, const Handle& handle, ImagePoint to, bool constrain);
/// The edit that gives a label a new shape on this frame: an annotation is updated, a track gets or changes its key
/// frame.
[[nodiscard]] Edit reshapeEdit(const SceneShape& label, Shape shape, const ToolContext& context, std::string name);
/// The edit that creates a label of `shape` on this frame: an annotation, or a track where context.drawsTracks.
[[nodiscard]] Edit drawEdit(Shape shape, const ToolContext& context, std::string name);

}  // namespace fiducial::edit
