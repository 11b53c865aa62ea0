#include <algorithm>
#include <cmath>
#include <vector>

#include "capsule.h"
#include "stroke.h"

namespace fiducial::edit {
namespace {

const SceneShape* asMask(const SceneShape& shape) {
  const bool isMask = std::holds_alternative<RunMask>(shape.shape) && shape.ref.kind == RecordKind::Annotation;
  return isMask && !shape.locked ? &shape : nullptr;
}

const SceneShape* selectedMask(const ToolContext& context) {
  for (const SceneShape& shape : context.shapes) {
    const bool isSelected = std::ranges::find(context.selection, shape.ref) != context.selection.end();
    if (isSelected && asMask(shape)) return &shape;
  }
  return nullptr;
}

const SceneShape* maskToErase(ImagePoint at, const ToolContext& context) {
  if (const SceneShape* selected = selectedMask(context)) return selected;
  const SceneShape* top = nullptr;
  const double reach = std::max(context.settings.brushRadiusPx, 0.5);
  for (const SceneShape& shape : context.shapes) {
    if (asMask(shape) && hits(shape.shape, at, reach)) top = &shape;
  }
  return top;
}

class MaskStroke final : public Stroke {
 public:
  MaskStroke(StrokeMode mode, const SceneShape* target, const ToolContext& context) : mode_(mode), size_(context.size) {
    if (target) {
      target_ = *target;
      before_ = std::get<RunMask>(target->shape);
    }
    if (before_.size == size_ && check(before_)) {
      pixels_ = decodeRuns(before_);
    } else {
      pixels_.assign(static_cast<std::size_t>(size_.pixels()), 0);
      before_ = encodeRuns(pixels_, size_);
    }
  }

  void extend(ImagePoint to, const ToolContext& context) override {
    if (!begun_) last_ = to;
    begun_ = true;
    const double radius = std::max(context.settings.brushRadiusPx, 0.5);
    // The picture's rows are the lines the capsule is cut along, in units of a pixel's width, so that the brush is
    // round also where pixels are not square; pixel n has its centre at n + 0.5.
    const double aspect = context.spacingMm[0] > 0 ? context.spacingMm[1] / context.spacingMm[0] : 1;
    const Capsule swept{{last_.x, last_.y * aspect, 0}, {to.x, to.y * aspect, 0}, radius};
    const int top = rowOf(std::min(last_.y, to.y) - radius / aspect);
    const int bottom = rowOf(std::max(last_.y, to.y) + radius / aspect);
    for (int row = top; row <= bottom; ++row) {
      if (const auto span = swept.crossing((row + 0.5) * aspect, 0)) fill(row, *span);
    }
    if (radius < 1) setPixel(to);  // a point brush always marks the pixel it is in
    last_ = to;
  }

  Preview preview() const override {
    Preview preview;
    preview.shape = encodeRuns(pixels_, size_);
    if (target_) preview.replaces = target_->ref;
    return preview;
  }

  ToolOutput finish(const ToolContext& context) override {
    RunMask after = encodeRuns(pixels_, size_);
    if (after == before_) return {};
    if (!target_) {
      ToolContext single = context;  // masks do not interpolate: they stand on one frame, also on video
      single.drawsTracks = false;
      return {.edit = drawEdit(std::move(after), single, "Paint mask"), .selectCreated = true};
    }
    if (area(after) == 0) {
      return {.edit = Edit{"Erase mask", {erase(AnnotationId{target_->ref.id}, RecordKind::Annotation)}, {}}};
    }
    const std::string name = mode_ == StrokeMode::Paint ? "Paint mask" : "Erase from mask";
    return {.edit = reshapeEdit(*target_, std::move(after), context, name), .selection = std::vector{target_->ref}};
  }

  void renameLabels(const std::function<RawId(RawId)>& mapping) override {
    if (target_) target_->ref.id = mapping(target_->ref.id);
  }

 private:
  [[nodiscard]] int rowOf(double y) const { return static_cast<int>(std::clamp(std::floor(y), 0.0, size_.rows - 1.0)); }
  void fill(int row, Capsule::Interval span) {
    // Pixels whose centre is inside: n + 0.5 >= low and n + 0.5 <= high.
    const double first = std::clamp(std::ceil(span.low - 0.5), 0.0, double(size_.columns));
    const double end = std::clamp(std::floor(span.high - 0.5) + 1, first, double(size_.columns));
    auto* line = pixels_.data() + std::int64_t{row} * size_.columns;
    std::fill(line + static_cast<std::ptrdiff_t>(first), line + static_cast<std::ptrdiff_t>(end), value());
  }
  void setPixel(ImagePoint at) {
    if (!size_.contains(at)) return;
    const auto index = std::int64_t{static_cast<int>(at.y)} * size_.columns + static_cast<int>(at.x);
    pixels_[static_cast<std::size_t>(index)] = value();
  }
  [[nodiscard]] std::uint8_t value() const { return mode_ == StrokeMode::Paint ? 1 : 0; }

  StrokeMode mode_;
  ImageSize size_;
  std::optional<SceneShape> target_;
  RunMask before_;
  std::vector<std::uint8_t> pixels_;  ///< row-major, 0 or 1
  ImagePoint last_;
  bool begun_ = false;
};

}  // namespace

StrokeStart startMaskStroke(StrokeMode mode, ImagePoint at, const ToolContext& context) {
  const SceneShape* target = nullptr;
  if (mode == StrokeMode::Erase) {
    target = maskToErase(at, context);
    if (!target) return {nullptr, "Nothing to erase here: the eraser works on painted masks"};
  } else {
    target = selectedMask(context);
    const bool isOfClass = target && (isNone(context.labelClass) || target->labelClass == context.labelClass);
    if (!isOfClass) target = nullptr;
    if (!target && isNone(context.labelClass)) return {nullptr, "Choose a class first: press Q and type a name"};
  }
  if (context.size.columns <= 0 || context.size.rows <= 0) return {nullptr, "There is no picture to paint on yet"};
  return {std::make_unique<MaskStroke>(mode, target, context), {}};
}

}  // namespace fiducial::edit
