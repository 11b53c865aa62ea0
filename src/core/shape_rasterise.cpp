#include <algorithm>
#include <cmath>

#include "fiducial/core/shape.h"
#include "shape_outline.h"

namespace fiducial {
namespace {

struct RowSpan {
  int first;
  int end;
};

/// First pixel whose centre is at or after `edge`, within 0..size.
int firstCentre(double edge, int size) {
  if (std::isnan(edge)) return 0;
  return static_cast<int>(std::ceil(std::clamp(edge - 0.5, 0.0, double(size))));
}

/// Spans of rows by column; columns come in any order, spans of one column may overlap.
class ColumnCanvas {
 public:
  explicit ColumnCanvas(ImageSize size) : size_(size), spans_(static_cast<std::size_t>(size.columns)) {}

  void add(int column, double top, double bottom) {
    const RowSpan span{firstCentre(top, size_.rows), firstCentre(bottom, size_.rows)};
    if (span.first < span.end) spans_[static_cast<std::size_t>(column)].push_back(span);
  }

  /// Even-odd over the rings.
  void addPart(const PolygonPart& part) {
    std::vector<std::vector<double>> crossings(static_cast<std::size_t>(size_.columns));
    for (const Ring& ring : part) {
      for (std::size_t n = 0; n < ring.size(); ++n) addCrossings(ring[n], ring[(n + 1) % ring.size()], crossings);
    }
    for (int column = 0; column < size_.columns; ++column) {
      auto& rows = crossings[static_cast<std::size_t>(column)];
      std::ranges::sort(rows);
      for (std::size_t n = 0; n + 1 < rows.size(); n += 2) add(column, rows[n], rows[n + 1]);
    }
  }

  RunMask finish() {
    std::vector<std::uint32_t> counts;
    std::int64_t written = 0, start = 0, end = 0;  // [start, end): the run that may still grow
    const auto flush = [&] {
      if (end <= start) return;
      counts.push_back(static_cast<std::uint32_t>(start - written));
      counts.push_back(static_cast<std::uint32_t>(end - start));
      written = end;
    };
    for (std::size_t column = 0; column < spans_.size(); ++column) {
      auto& spans = spans_[column];
      std::ranges::sort(spans, {}, &RowSpan::first);
      const std::int64_t top = static_cast<std::int64_t>(column) * size_.rows;
      for (const RowSpan span : spans) {
        if (end > start && top + span.first <= end) {
          end = std::max(end, top + span.end);
        } else {
          flush();
          start = top + span.first;
          end = top + span.end;
        }
      }
    }
    flush();
    if (counts.empty() || written < size_.pixels()) {
      counts.push_back(static_cast<std::uint32_t>(size_.pixels() - written));
    }
    return {size_, std::move(counts)};
  }

 private:
  void addCrossings(ImagePoint a, ImagePoint b, std::vector<std::vector<double>>& crossings) const {
    if (!std::isfinite(a.x + a.y + b.x + b.y)) return;
    if (a.x > b.x) std::swap(a, b);  // so that both directions of an edge give the same numbers
    const int end = firstCentre(b.x, size_.columns);
    for (int column = firstCentre(a.x, size_.columns); column < end; ++column) {
      const double t = (column + 0.5 - a.x) / (b.x - a.x);
      crossings[static_cast<std::size_t>(column)].push_back(a.y + t * (b.y - a.y));
    }
  }

  ImageSize size_;
  std::vector<std::vector<RowSpan>> spans_;
};

/// Solves the ellipse's equation for y in each column.
void addEllipse(const Ellipse& e, ImageSize size, ColumnCanvas& canvas) {
  const Turn turn(e.degrees);
  const double u = 1 / (e.radiusX * e.radiusX), v = 1 / (e.radiusY * e.radiusY);
  const double a = turn.sine * turn.sine * u + turn.cosine * turn.cosine * v;
  const double halfWidth = std::hypot(e.radiusX * turn.cosine, e.radiusY * turn.sine);
  if (!std::isfinite(a) || !(a > 0)) return;
  const int end = firstCentre(e.center.x + halfWidth, size.columns);
  for (int column = firstCentre(e.center.x - halfWidth, size.columns); column < end; ++column) {
    const double dx = column + 0.5 - e.center.x;
    const double halfB = dx * turn.sine * turn.cosine * (u - v);
    const double c = dx * dx * (turn.cosine * turn.cosine * u + turn.sine * turn.sine * v) - 1;
    const double discriminant = halfB * halfB - a * c;
    if (!(discriminant > 0)) continue;
    const double root = std::sqrt(discriminant);
    canvas.add(column, e.center.y + (-halfB - root) / a, e.center.y + (-halfB + root) / a);
  }
}

/// The overlap of a mask with an image of another size, both from the top left.
RunMask cropped(const RunMask& mask, ImageSize size) {
  if (mask.size == size) return mask;
  const std::vector<std::uint8_t> from = decodeRuns(mask);
  std::vector<std::uint8_t> to(static_cast<std::size_t>(size.pixels()));
  const int columns = std::min(size.columns, mask.size.columns);
  for (int y = 0; y < std::min(size.rows, mask.size.rows); ++y) {
    std::copy_n(from.begin() + std::ptrdiff_t{y} * mask.size.columns, columns,
                to.begin() + std::ptrdiff_t{y} * size.columns);
  }
  return encodeRuns(to, size);
}

}  // namespace

RunMask rasterise(const Shape& shape, ImageSize size) {
  if (size.columns <= 0 || size.rows <= 0) return {size, {}};
  if (const auto* mask = std::get_if<RunMask>(&shape)) return cropped(*mask, size);
  ColumnCanvas canvas(size);
  if (const auto* box = std::get_if<Box>(&shape)) canvas.addPart({ringOf(*box)});
  if (const auto* box = std::get_if<RotatedBox>(&shape)) canvas.addPart({ringOf(*box)});
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) addEllipse(*ellipse, size, canvas);
  if (const auto* polygon = std::get_if<Polygon>(&shape)) {
    for (const PolygonPart& part : polygon->parts) canvas.addPart(part);
  }
  return canvas.finish();
}

}  // namespace fiducial
