#include "coco/coco_annotation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "coco/coco_formats.h"
#include "fiducial/core/json_text.h"
#include "fiducial/project/record_json.h"
#include "left_out.h"

namespace fiducial::exchange {
namespace {

constexpr int kEllipsePoints = 64;
constexpr std::string_view kCrowd = "iscrowd";

void appendBox(std::string& out, const Box& box) {
  out += '[';
  appendNumber(out, box.x);
  out += ',';
  appendNumber(out, box.y);
  out += ',';
  appendNumber(out, box.width);
  out += ',';
  appendNumber(out, box.height);
  out += ']';
}

void appendRing(std::string& out, const Ring& ring) {
  out += '[';
  for (const ImagePoint& p : ring) {
    appendNumber(out, p.x);
    out += ',';
    appendNumber(out, p.y);
    out += ',';
  }
  out.back() = ']';
}

void appendRuns(std::string& out, const RunMask& mask) {
  out += "{\"size\":[";
  appendNumber(out, std::int64_t{mask.size.rows});
  out += ',';
  appendNumber(out, std::int64_t{mask.size.columns});
  out += "],\"counts\":[";
  for (const std::uint32_t count : mask.counts) {
    appendNumber(out, std::int64_t{count});
    out += ',';
  }
  out.back() = ']';
  out += '}';
}

Ring cornersOf(const Box& box) {
  return {{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}};
}

// (dx, dy) turned clockwise on screen about the centre; y points down, so this is the usual matrix.
ImagePoint turned(ImagePoint center, double dx, double dy, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  return {center.x + dx * std::cos(angle) - dy * std::sin(angle),
          center.y + dx * std::sin(angle) + dy * std::cos(angle)};
}

Ring cornersOf(const RotatedBox& box) {
  const double w = box.width / 2;
  const double h = box.height / 2;
  return {turned(box.center, -w, -h, box.degrees), turned(box.center, w, -h, box.degrees),
          turned(box.center, w, h, box.degrees), turned(box.center, -w, h, box.degrees)};
}

Ring outlineOf(const Ellipse& ellipse) {
  Ring ring;
  for (int i = 0; i < kEllipsePoints; ++i) {
    const double angle = 2 * std::numbers::pi * i / kEllipsePoints;
    ring.push_back(
        turned(ellipse.center, ellipse.radiusX * std::cos(angle), ellipse.radiusY * std::sin(angle), ellipse.degrees));
  }
  return ring;
}

// What is written for shapes that COCO has no keys for.
Ring ringOf(const Shape& shape) {
  if (const Box* box = std::get_if<Box>(&shape)) return cornersOf(*box);
  if (const RotatedBox* box = std::get_if<RotatedBox>(&shape)) return cornersOf(*box);
  if (const Ellipse* ellipse = std::get_if<Ellipse>(&shape)) return outlineOf(*ellipse);
  return {};
}

bool isNear(const Ring& a, const Ring& b) {
  constexpr double kPixel = 1.0;  // some round to whole pixels
  return std::ranges::equal(
      a, b, [](ImagePoint p, ImagePoint q) { return std::abs(p.x - q.x) <= kPixel && std::abs(p.y - q.y) <= kPixel; });
}

void appendMask(std::string& out, const RunMask& mask) {
  const PixelRect rect = bounds(mask).value_or(PixelRect{});
  out += ",\"area\":";
  appendNumber(out, area(mask));
  out += ",\"bbox\":";
  appendBox(out, {double(rect.left), double(rect.top), double(rect.width()), double(rect.height())});
  out += ",\"segmentation\":";
  appendRuns(out, mask);
}

void appendRings(std::string& out, const Shape& shape, const std::vector<const Ring*>& rings) {
  out += ",\"area\":";
  appendNumber(out, areaOf(shape));
  out += ",\"bbox\":";
  appendBox(out, boundsOf(shape).value_or(Box{}));
  out += ",\"segmentation\":[";
  for (const Ring* ring : rings) {
    appendRing(out, *ring);
    out += ',';
  }
  out.back() = ']';
}

// The original shape, where COCO's keys hold an approximation or do not tell it from a polygon.
void appendOriginal(std::string& out, const Shape& shape) {
  out += ",\"shape\":";
  if (const Box* box = std::get_if<Box>(&shape)) {
    out += "{\"box\":";
    appendBox(out, *box);
    out += '}';
    return;
  }
  out += project::shapeJson(shape);
}

void appendGeometry(std::string& out, const Shape& shape, ImageSize size) {
  if (const RunMask* mask = std::get_if<RunMask>(&shape)) return appendMask(out, *mask);
  if (const Polygon* polygon = std::get_if<Polygon>(&shape)) {
    if (hasHoles(shape)) {
      appendMask(out, rasterise(shape, size));
      return appendOriginal(out, shape);
    }
    std::vector<const Ring*> rings;
    for (const PolygonPart& part : polygon->parts) rings.push_back(&part.front());
    return appendRings(out, shape, rings);
  }
  const Ring ring = ringOf(shape);
  appendRings(out, shape, {&ring});
  appendOriginal(out, shape);
}

bool isCrowd(const CocoLabel& label) {
  if (label.attributes == nullptr) return false;
  const auto found = label.attributes->find(std::string(kCrowd));
  const bool* crowd = found == label.attributes->end() ? nullptr : std::get_if<bool>(&found->second);
  return crowd != nullptr && *crowd;
}

void appendAttributes(std::string& out, const CocoLabel& label) {
  Attributes all;
  if (label.attributes != nullptr) all = *label.attributes;
  if (label.frameAttributes != nullptr) {
    for (const auto& [name, value] : *label.frameAttributes) all[name] = value;
  }
  if (const auto crowd = all.find(std::string(kCrowd));
      crowd != all.end() && std::holds_alternative<bool>(crowd->second)) {
    all.erase(crowd);  // it stands in COCO's own key
  }
  const bool inTrack = !isNone(label.track);
  if (inTrack) {
    all.erase("track_id");
    all["keyframe"] = label.isKeyframe;
    all["occluded"] = label.isOccluded;
  }
  if (all.empty()) return;
  out += ",\"attributes\":{";
  if (inTrack) {
    out += "\"track_id\":";
    appendNumber(out, raw(label.track));
    out += ',';
  }
  for (const auto& [name, value] : all) {
    appendKey(out, name);
    appendValue(out, value);
    out += ',';
  }
  out.back() = '}';
}

}  // namespace

bool cocoHolds(const Shape& shape) { return holds(kCocoKinds, kindOf(shape)); }

bool hasHoles(const Shape& shape) {
  const Polygon* polygon = std::get_if<Polygon>(&shape);
  return polygon != nullptr &&
         std::ranges::any_of(polygon->parts, [](const PolygonPart& part) { return part.size() > 1; });
}

bool coversPixels(const Shape& shape, ImageSize imageSize) {
  if (const RunMask* mask = std::get_if<RunMask>(&shape)) return area(*mask) > 0;
  return !hasHoles(shape) || area(rasterise(shape, imageSize)) > 0;
}

bool isStillOf(const Shape& shape, const std::vector<Ring>& rings, const std::optional<RunMask>& mask) {
  if (mask) return hasHoles(shape) && decodeRuns(rasterise(shape, mask->size)) == decodeRuns(*mask);
  if (rings.empty() || hasHoles(shape)) return true;
  return rings.size() == 1 && isNear(rings.front(), ringOf(shape));
}

void appendCocoAnnotation(std::string& out, const Shape& shape, const CocoLabel& label, ImageSize imageSize) {
  out += "{\"id\":";
  appendNumber(out, label.id);
  out += ",\"image_id\":";
  appendNumber(out, label.imageId);
  out += ",\"category_id\":";
  appendNumber(out, raw(label.category));
  out += isCrowd(label) ? ",\"iscrowd\":1" : ",\"iscrowd\":0";
  appendGeometry(out, shape, imageSize);
  appendAttributes(out, label);
  if (!label.note.empty()) {
    out += ",\"note\":";
    appendString(out, label.note);
  }
  out += '}';
}

}  // namespace fiducial::exchange
