#include <algorithm>
#include <cmath>
#include <map>

#include "capsule.h"
#include "stroke.h"

namespace fiducial::edit {
namespace {

constexpr RawId kNewSegment = -1;  ///< temporary id inside the edit

struct Working {
  BrickVolume before;                  ///< shares its bricks with the store; only changed ones are copied
  std::shared_ptr<BrickVolume> after;  ///< handed out as preview, changed in place: all on the window's thread
};

Working workOn(const BrickVolume& voxels) { return {voxels, std::make_shared<BrickVolume>(voxels)}; }

void appendChanges(const Working& working, SegmentationId id, int time, std::vector<Change>& changes) {
  const auto& before = working.before.bricks();
  const auto& after = working.after->bricks();
  for (const auto& [index, brick] : after) {
    const auto old = before.find(index);
    const bool isSame = old != before.end() && (old->second == brick || *old->second == *brick);
    if (!isSame) changes.push_back(paint(BrickContent{id, time, index, brick}));
  }
  for (const auto& [index, brick] : before) {
    if (!after.contains(index)) changes.push_back(paint(BrickContent{id, time, index, nullptr}));
  }
}

class VoxelStroke final : public Stroke {
 public:
  VoxelStroke(StrokeMode mode, const SceneSegment* active, const ToolContext& context)
      : mode_(mode), target_(active ? active->id : SegmentationId{}), size_(context.volumeSize) {
    working_ = workOn(active && active->voxels ? *active->voxels : BrickVolume(size_));
  }

  void extend(ImagePoint to, const ToolContext& context) override {
    if (!begun_) last_ = to;
    begun_ = true;
    if (context.settings.sphere) {
      sweepSphere(to, context);
    } else {
      sweepDisc(to, context);
    }
    last_ = to;
  }

  Preview preview() const override {
    Preview preview;
    preview.segments.emplace_back(target_, working_.after);
    for (const auto& [id, other] : others_) preview.segments.emplace_back(id, other.after);
    return preview;
  }

  ToolOutput finish(const ToolContext& context) override {
    Edit edit{.name = mode_ == StrokeMode::Paint ? "Paint segment" : "Erase from segment", .changes = {}, .by = {}};
    const SegmentationId id = isNone(target_) ? SegmentationId{kNewSegment} : target_;
    std::vector<Change> bricks;
    appendChanges(working_, id, context.time, bricks);
    for (const auto& [other, working] : others_) appendChanges(working, other, context.time, bricks);
    if (bricks.empty()) return {};
    if (isNone(target_)) {
      edit.changes.push_back(create(Segmentation{context.medium, context.labelClass, {}}, kNewSegment));
    }
    edit.changes.insert(edit.changes.end(), std::make_move_iterator(bricks.begin()),
                        std::make_move_iterator(bricks.end()));
    return {.edit = std::move(edit)};
  }

  void renameLabels(const std::function<RawId(RawId)>& mapping) override {
    target_ = SegmentationId{mapping(raw(target_))};
    std::map<SegmentationId, Working> others;
    for (auto& [id, working] : others_) others[SegmentationId{mapping(raw(id))}] = std::move(working);
    others_ = std::move(others);
  }

 private:
  /// Rows along the picture's x, in mm of the plane; pixel n has its centre at n + 0.5.
  void sweepDisc(ImagePoint to, const ToolContext& context) {
    const ScenePlane& plane = context.plane;
    const double sx = context.spacingMm[static_cast<std::size_t>(plane.axisX)];
    const double sy = context.spacingMm[static_cast<std::size_t>(plane.axisY)];
    const double radius = std::max(context.settings.brushRadiusPx, 0.5) * sx;
    const Capsule swept{{last_.x * sx, last_.y * sy, 0}, {to.x * sx, to.y * sy, 0}, radius};
    const int rows = extent(plane.axisY);
    const int first = clampIndex((std::min(last_.y, to.y) * sy - radius) / sy - 0.5, rows);
    const int last = clampIndex((std::max(last_.y, to.y) * sy + radius) / sy + 0.5, rows);
    for (int row = first; row <= last; ++row) {
      const auto span = swept.crossing((row + 0.5) * sy, 0);
      if (!span) continue;
      fillPlaneRow(plane, row, firstInside(span->low / sx - 0.5), endInside(span->high / sx - 0.5), context);
    }
    if (radius < sx) fillPlaneRow(plane, pixelOf(to.y), pixelOf(to.x), pixelOf(to.x) + 1, context);
  }

  /// Rows along i, in mm; voxel n stands at n.
  void sweepSphere(ImagePoint to, const ToolContext& context) {
    const auto& s = context.spacingMm;
    const double radius =
        std::max(context.settings.brushRadiusPx, 0.5) * s[static_cast<std::size_t>(context.plane.axisX)];
    const Capsule swept{millimetres(last_, context), millimetres(to, context), radius};
    const auto range = [&](std::size_t axis, int count) {
      const double low = (std::min(swept.from[axis], swept.to[axis]) - radius) / s[axis];
      const double high = (std::max(swept.from[axis], swept.to[axis]) + radius) / s[axis];
      return std::pair{clampIndex(std::ceil(low), count), clampIndex(std::floor(high), count)};
    };
    const auto [firstJ, lastJ] = range(1, size_.rows);
    const auto [firstK, lastK] = range(2, size_.slices);
    for (int k = firstK; k <= lastK; ++k) {
      for (int j = firstJ; j <= lastJ; ++j) {
        const auto span = swept.crossing(j * s[1], k * s[2]);
        if (span) fillRow(firstInside(span->low / s[0]), endInside(span->high / s[0]), j, k, context);
      }
    }
  }

  static Point3 millimetres(ImagePoint p, const ToolContext& context) {
    Point3 point{};
    point[static_cast<std::size_t>(context.plane.axisX)] = p.x - 0.5;
    point[static_cast<std::size_t>(context.plane.axisY)] = p.y - 0.5;
    point[static_cast<std::size_t>(context.plane.axisStep)] = context.plane.step;
    for (std::size_t n = 0; n < 3; ++n) point[n] *= context.spacingMm[n];
    return point;
  }

  void fillPlaneRow(const ScenePlane& plane, int row, int first, int end, const ToolContext& context) {
    first = std::max(first, 0);
    end = std::min(end, extent(plane.axisX));
    if (first >= end || row < 0 || row >= extent(plane.axisY)) return;
    std::array<int, 3> at{};
    at[static_cast<std::size_t>(plane.axisY)] = row;
    at[static_cast<std::size_t>(plane.axisStep)] = plane.step;
    if (plane.axisX == 0) {
      fillRow(first, end, at[1], at[2], context);
      return;
    }
    for (int x = first; x < end; ++x) {
      at[static_cast<std::size_t>(plane.axisX)] = x;
      fillRow(at[0], at[0] + 1, at[1], at[2], context);
    }
  }

  void fillRow(int first, int end, int j, int k, const ToolContext& context) {
    working_.after->fillRow(first, end, j, k, mode_ == StrokeMode::Paint);
    if (mode_ == StrokeMode::Erase || context.settings.allowOverlap) return;
    for (const SceneSegment& other : context.segments) {
      if (other.id == target_ || other.locked || !other.voxels) continue;
      takeFrom(other, first, end, j, k);
    }
  }

  /// What is painted is taken from the others, unless they allow overlap; a working copy is made at the first touch.
  void takeFrom(const SceneSegment& other, int first, int end, int j, int k) {
    first = std::max(first, 0);
    end = std::min(end, size_.columns);
    bool meets = false;
    for (int i = first; i < end && !meets; i = (i / kBrickSizeVoxels + 1) * kBrickSizeVoxels) {
      meets = other.voxels->bricks().contains(brickOf({i, j, k}));
    }
    if (!meets) return;
    const auto [found, isNew] = others_.try_emplace(other.id);
    if (isNew) found->second = workOn(*other.voxels);
    found->second.after->fillRow(first, end, j, k, false);
  }

  [[nodiscard]] int extent(int axis) const { return axis == 0 ? size_.columns : axis == 1 ? size_.rows : size_.slices; }
  static int clampIndex(double value, int count) {
    return static_cast<int>(std::clamp(value, 0.0, std::max(count - 1.0, 0.0)));
  }
  static int pixelOf(double value) { return static_cast<int>(std::clamp(std::floor(value), -1.0, 1e9)); }
  static int firstInside(double low) { return static_cast<int>(std::clamp(std::ceil(low), -1e9, 1e9)); }
  static int endInside(double high) { return static_cast<int>(std::clamp(std::floor(high) + 1, -1e9, 1e9)); }

  StrokeMode mode_;
  SegmentationId target_;  ///< none: a new one
  VolumeSize size_;
  Working working_;
  std::map<SegmentationId, Working> others_;
  ImagePoint last_;
  bool begun_ = false;
};

}  // namespace

StrokeStart startVoxelStroke(StrokeMode mode, const ToolContext& context) {
  const auto active = std::ranges::find(context.segments, context.activeSegment, &SceneSegment::id);
  const SceneSegment* segment = isNone(context.activeSegment) || active == context.segments.end() ? nullptr : &*active;
  if (segment && segment->locked) return {nullptr, "This segment is locked: unlock it in the list to change it"};
  if (!segment && mode == StrokeMode::Erase) return {nullptr, "Select the segment to erase from"};
  if (!segment && isNone(context.labelClass)) return {nullptr, "Choose a class first: press Q and type a name"};
  if (context.volumeSize.voxels() <= 0) return {nullptr, "There is no volume to paint on yet"};
  return {std::make_unique<VoxelStroke>(mode, segment, context), {}};
}

}  // namespace fiducial::edit
