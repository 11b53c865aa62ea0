#include "dicom/contour_voxels.h"

#include <algorithm>
#include <cmath>

namespace fiducial::exchange {
namespace {

struct Edge {
  double top = 0;  // y of the upper end
  double bottom = 0;
  double xAtTop = 0;
  double slope = 0;  // x a row
};

std::vector<Edge> edgesOf(const std::vector<Ring>& rings) {
  std::vector<Edge> edges;
  for (const Ring& ring : rings) {
    for (std::size_t n = 0; n < ring.size(); ++n) {
      ImagePoint a = ring[n];
      ImagePoint b = ring[(n + 1) % ring.size()];
      if (a.y == b.y) continue;
      if (a.y > b.y) std::swap(a, b);
      edges.push_back({a.y, b.y, a.x, (b.x - a.x) / (b.y - a.y)});
    }
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.top < b.top; });
  return edges;
}

}  // namespace

std::vector<media::SampleRun> pixelsInside(const std::vector<Ring>& rings, ImageSize size) {
  std::vector<media::SampleRun> runs;
  const std::vector<Edge> edges = edgesOf(rings);
  if (edges.empty()) return runs;
  double last = 0;
  for (const Edge& edge : edges) last = std::max(last, edge.bottom);
  const int firstRow = int(std::clamp(std::floor(edges.front().top - 0.5), 0.0, double(size.rows)));
  const int endRow = int(std::clamp(std::ceil(last), 0.0, double(size.rows)));
  std::vector<const Edge*> active;
  std::vector<double> crossings;
  std::size_t next = 0;
  for (int row = firstRow; row < endRow; ++row) {
    const double y = row + 0.5;
    while (next < edges.size() && edges[next].top <= y) active.push_back(&edges[next++]);
    std::erase_if(active, [&](const Edge* edge) { return edge->bottom <= y; });
    crossings.clear();
    for (const Edge* edge : active) crossings.push_back(edge->xAtTop + (y - edge->top) * edge->slope);
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t n = 0; n + 1 < crossings.size(); n += 2) {
      // A centre on the left border is inside, one on the right is not.
      const int first = int(std::clamp(std::ceil(crossings[n] - 0.5), 0.0, double(size.columns)));
      const int end = int(std::clamp(std::ceil(crossings[n + 1] - 0.5), 0.0, double(size.columns)));
      if (first < end) runs.push_back({row, first, end, 1});
    }
  }
  return runs;
}

}  // namespace fiducial::exchange
