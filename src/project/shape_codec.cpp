#include "shape_codec.h"

#include <array>
#include <cmath>
#include <span>
#include <variant>

#include "compression.h"

namespace fiducial::project {
namespace {

// In every project file: these numbers never change.
enum class ShapeCode : std::uint8_t {
  Box = 1,
  RotatedBox = 2,
  Ellipse = 3,
  Polygon = 4,
  Polyline = 5,
  Points = 6,
  Skeleton = 7,
  Arrow = 8,
  Note = 9,
  Mask = 10,
};
constexpr std::uint8_t kCompressed = 0x80;  // column only: the rest is zstd
constexpr std::size_t kCompressFromBytes = 64;
constexpr std::size_t kMaxMaskBytes = std::size_t{1} << 30;

// Most coordinates are whole numbers, halves or short decimals. Where each is n / scale exactly, the n are stored.
constexpr std::array<double, 6> kScales = {0, 1, 2, 10, 100, 1000};  // index is stored; 0: raw doubles
constexpr double kLargestNumerator = 4503599627370496.0;             // 2^52: differences stay exact

bool isMultiple(double value, double scale) {
  const double numerator = std::nearbyint(value * scale);
  return std::abs(numerator) <= kLargestNumerator && numerator / scale == value &&
         !(numerator == 0 && std::signbit(value));
}

std::uint8_t scaleIndexOf(std::span<const double> values) {
  for (std::uint8_t index = 1; index < kScales.size(); ++index) {
    bool all = true;
    for (std::size_t i = 0; all && i < values.size(); ++i) all = isMultiple(values[i], kScales[index]);
    if (all) return index;
  }
  return 0;
}

// x, y, x, y...: each as the difference to the one two before.
void encodeCoordinates(ByteWriter& out, std::span<const double> values) {
  const std::uint8_t index = scaleIndexOf(values);
  out.byte(index);
  if (index == 0) {
    for (const double value : values) out.real(value);
    return;
  }
  std::array<std::int64_t, 2> last{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto numerator = static_cast<std::int64_t>(std::nearbyint(values[i] * kScales[index]));
    out.signedNumber(numerator - last[i & 1]);
    last[i & 1] = numerator;
  }
}

void decodeCoordinates(ByteReader& in, std::span<double> values) {
  const std::uint8_t index = in.byte();
  if (index >= kScales.size()) return in.fail();
  std::array<std::int64_t, 2> last{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (index == 0) {
      values[i] = in.real();
    } else {
      const auto sum = static_cast<std::uint64_t>(last[i & 1]) + static_cast<std::uint64_t>(in.signedNumber());
      last[i & 1] = static_cast<std::int64_t>(sum);
      values[i] = static_cast<double>(last[i & 1]) / kScales[index];
    }
  }
}

void append(std::vector<double>& values, ImagePoint p) { values.insert(values.end(), {p.x, p.y}); }

struct Encoder {
  ByteWriter& out;

  void code(ShapeCode value) const { out.byte(static_cast<std::uint8_t>(value)); }
  void points(std::span<const ImagePoint> list) const {
    out.unsignedNumber(list.size());
    std::vector<double> values;
    values.reserve(2 * list.size());
    for (const ImagePoint p : list) append(values, p);
    encodeCoordinates(out, values);
  }
  void numbers(std::initializer_list<double> values) const {
    encodeCoordinates(out, std::span(values.begin(), values.size()));
  }

  void operator()(const Box& s) const {
    code(ShapeCode::Box);
    numbers({s.x, s.y, s.width, s.height});
  }
  void operator()(const RotatedBox& s) const {
    code(ShapeCode::RotatedBox);
    numbers({s.center.x, s.center.y, s.width, s.height, s.degrees});
  }
  void operator()(const Ellipse& s) const {
    code(ShapeCode::Ellipse);
    numbers({s.center.x, s.center.y, s.radiusX, s.radiusY, s.degrees});
  }
  void operator()(const Polygon& s) const {
    code(ShapeCode::Polygon);
    std::vector<double> values;
    out.unsignedNumber(s.parts.size());
    for (const PolygonPart& part : s.parts) {
      out.unsignedNumber(part.size());
      for (const Ring& ring : part) {
        out.unsignedNumber(ring.size());
        for (const ImagePoint p : ring) append(values, p);
      }
    }
    encodeCoordinates(out, values);
  }
  void operator()(const Polyline& s) const {
    code(ShapeCode::Polyline);
    points(s.points);
  }
  void operator()(const Points& s) const {
    code(ShapeCode::Points);
    points(s.points);
  }
  void operator()(const Skeleton& s) const {
    code(ShapeCode::Skeleton);
    out.sized(s.templateName);
    out.unsignedNumber(s.points.size());
    for (const SkeletonPoint& p : s.points) out.byte(static_cast<std::uint8_t>(p.visibility));
    std::vector<double> values;
    for (const SkeletonPoint& p : s.points) append(values, p.at);
    encodeCoordinates(out, values);
  }
  void operator()(const Arrow& s) const {
    code(ShapeCode::Arrow);
    numbers({s.from.x, s.from.y, s.to.x, s.to.y});
  }
  void operator()(const NoteAnchor& s) const {
    code(ShapeCode::Note);
    numbers({s.at.x, s.at.y});
  }
  void operator()(const RunMask& s) const {
    code(ShapeCode::Mask);
    out.unsignedNumber(static_cast<std::uint64_t>(s.size.columns));
    out.unsignedNumber(static_cast<std::uint64_t>(s.size.rows));
    out.unsignedNumber(s.counts.size());
    for (const std::uint32_t run : s.counts) out.unsignedNumber(run);
  }
};

std::vector<ImagePoint> decodePoints(ByteReader& in, std::size_t count) {
  std::vector<double> values(2 * count);
  decodeCoordinates(in, values);
  std::vector<ImagePoint> points(count);
  for (std::size_t i = 0; i < count; ++i) points[i] = {values[2 * i], values[2 * i + 1]};
  return points;
}

template <std::size_t N>
std::array<double, N> decodeNumbers(ByteReader& in) {
  std::array<double, N> values{};
  decodeCoordinates(in, values);
  return values;
}

Polygon decodePolygon(ByteReader& in) {
  Polygon polygon;
  std::size_t total = 0;
  polygon.parts.resize(in.count());
  for (PolygonPart& part : polygon.parts) {
    part.resize(in.count());
    for (Ring& ring : part) {
      const std::size_t points = in.count(2);
      if (total + points > in.left()) in.fail();
      if (!in.ok()) return {};
      ring.resize(points);
      total += points;
    }
  }
  std::vector<double> values(2 * total);
  decodeCoordinates(in, values);
  std::size_t next = 0;
  for (PolygonPart& part : polygon.parts) {
    for (Ring& ring : part) {
      for (ImagePoint& p : ring) {
        p = {values[next], values[next + 1]};
        next += 2;
      }
    }
  }
  return polygon;
}

Skeleton decodeSkeleton(ByteReader& in) {
  Skeleton skeleton;
  skeleton.templateName = in.sized();
  skeleton.points.resize(in.count(2));
  for (SkeletonPoint& p : skeleton.points) {
    const std::uint8_t visibility = in.byte();
    if (visibility > static_cast<std::uint8_t>(Visibility::Visible)) in.fail();
    p.visibility = static_cast<Visibility>(visibility);
  }
  const auto points = decodePoints(in, skeleton.points.size());
  for (std::size_t i = 0; i < points.size(); ++i) skeleton.points[i].at = points[i];
  return skeleton;
}

RunMask decodeMask(ByteReader& in) {
  constexpr std::uint64_t kLargest = 0x7FFFFFFF;
  RunMask mask;
  const std::uint64_t columns = in.unsignedNumber();
  const std::uint64_t rows = in.unsignedNumber();
  if (columns > kLargest || rows > kLargest) in.fail();
  mask.size = {static_cast<int>(columns & kLargest), static_cast<int>(rows & kLargest)};
  mask.counts.resize(in.count());
  for (std::uint32_t& run : mask.counts) {
    const std::uint64_t value = in.unsignedNumber();
    if (value > 0xFFFFFFFFU) in.fail();
    run = static_cast<std::uint32_t>(value);
  }
  return mask;
}

Shape decodeAny(ByteReader& in) {
  switch (static_cast<ShapeCode>(in.byte())) {
    case ShapeCode::Box: {
      const auto v = decodeNumbers<4>(in);
      return Box{v[0], v[1], v[2], v[3]};
    }
    case ShapeCode::RotatedBox: {
      const auto v = decodeNumbers<5>(in);
      return RotatedBox{{v[0], v[1]}, v[2], v[3], v[4]};
    }
    case ShapeCode::Ellipse: {
      const auto v = decodeNumbers<5>(in);
      return Ellipse{{v[0], v[1]}, v[2], v[3], v[4]};
    }
    case ShapeCode::Polygon:
      return decodePolygon(in);
    case ShapeCode::Polyline:
      return Polyline{decodePoints(in, in.count(2))};
    case ShapeCode::Points:
      return Points{decodePoints(in, in.count(2))};
    case ShapeCode::Skeleton:
      return decodeSkeleton(in);
    case ShapeCode::Arrow: {
      const auto v = decodeNumbers<4>(in);
      return Arrow{{v[0], v[1]}, {v[2], v[3]}};
    }
    case ShapeCode::Note: {
      const auto v = decodeNumbers<2>(in);
      return NoteAnchor{{v[0], v[1]}};
    }
    case ShapeCode::Mask:
      return decodeMask(in);
  }
  in.fail();
  return Box{};
}

}  // namespace

void encodeShape(ByteWriter& out, const Shape& shape) { std::visit(Encoder{out}, shape); }

std::optional<Shape> decodeShape(std::string_view bytes) {
  ByteReader in(bytes);
  Shape shape = decodeAny(in);
  if (!in.ok() || !in.atEnd()) return std::nullopt;
  return shape;
}

std::string shapeToColumn(const Shape& shape) {
  ByteWriter out;
  encodeShape(out, shape);
  if (!std::holds_alternative<RunMask>(shape) || out.size() < kCompressFromBytes) return out.take();
  std::string column(1, static_cast<char>(static_cast<std::uint8_t>(ShapeCode::Mask) | kCompressed));
  return column + compress(out.bytes());
}

std::optional<Shape> shapeFromColumn(std::string_view column) {
  if (column.empty() || (static_cast<std::uint8_t>(column.front()) & kCompressed) == 0) return decodeShape(column);
  const auto bytes = decompress(column.substr(1), kMaxMaskBytes);
  if (!bytes) return std::nullopt;
  return decodeShape(*bytes);
}

}  // namespace fiducial::project
