#include "timeline/timeline_layout.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "text.h"

namespace fiducial::ui {
namespace {

constexpr double kMaxPixelsPerFrame = 40;

QString tr(const char* text) { return QCoreApplication::translate("Timeline", text); }

QString className(const workspace::LabelStore& labels, ClassId id) {
  const LabelClass* labelClass = labels.findClass(id);
  return labelClass ? qt(labelClass->name) : QString();
}

/// Puts an item into the first lane of [begin, lanes.end()) where it overlaps nothing, or into a new one.
void placeFree(std::vector<TimelineLane>& lanes, std::size_t begin, const QString& title, TimelineItem item) {
  for (std::size_t n = begin; n < lanes.size(); ++n) {
    if (lanes[n].items.empty() || lanes[n].items.back().end <= item.first) {
      lanes[n].items.push_back(std::move(item));
      return;
    }
  }
  lanes.push_back({lanes.size() == begin ? title : QString(), {}, {std::move(item)}});
}

void addEvents(std::vector<TimelineLane>& lanes, const workspace::LabelStore& labels) {
  std::map<LayerId, std::vector<TimelineItem>> byLayer;
  for (const auto& [id, stored] : labels.events())
    byLayer[stored.value.layer].push_back(
        {{RecordKind::Event, raw(id)}, stored.value.firstFrame, stored.value.lastFrame + 1, {}, {}});
  for (auto& [layer, items] : byLayer) {
    std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto known = labels.layers().find(layer);
    const QString title = known == labels.layers().end() ? tr("Events") : qt(known->second.value.name);
    const std::size_t begin = lanes.size();
    for (TimelineItem& item : items) placeFree(lanes, begin, title, std::move(item));
  }
}

void addTracks(std::vector<TimelineLane>& lanes, const workspace::LabelStore& labels, int frameCount) {
  for (const auto& [id, entry] : labels.tracks()) {
    TimelineItem item{{RecordKind::Track, raw(id)}, entry.firstFrame(), entry.endFrame(frameCount), {}, {}};
    for (const auto& keyframe : entry.keyframes)
      item.keys.push_back({static_cast<KeyframeId>(keyframe.id), keyframe.value.frame, keyframe.value.outside});
    const ClassId labelClass = entry.track.value.labelClass;
    lanes.push_back({className(labels, labelClass), labelClass, {std::move(item)}});
  }
}

void addSingles(std::vector<TimelineLane>& lanes, const workspace::LabelStore& labels) {
  std::map<ClassId, std::set<int>> frames;
  for (const auto& [id, stored] : labels.annotations()) frames[stored.value.labelClass].insert(stored.value.frame);
  for (const auto& [id, stored] : labels.tags())
    if (stored.value.scope == Scope::Frame) frames[stored.value.labelClass].insert(stored.value.frame);
  for (const auto& [labelClass, set] : frames) {
    TimelineItem item;
    item.first = *set.begin();
    item.end = *set.rbegin() + 1;
    item.marksAt.assign(set.begin(), set.end());
    lanes.push_back({className(labels, labelClass), labelClass, {std::move(item)}});
  }
}

TimelineHit hitItem(const TimelineItem& item, const TimelineScale& scale, const TimelineMetrics& metrics, double x) {
  TimelineHit hit;
  hit.ref = item.ref;
  hit.frame = static_cast<int>(std::floor(scale.frameAt(x)));
  double nearest = metrics.reachPx;
  for (const TimelineKey& key : item.keys) {
    const double away = std::abs(scale.x(key.frame + 0.5) - x);
    if (away > nearest) continue;
    nearest = away;
    hit.what = TimelineHit::What::Keyframe;
    hit.keyframe = key.id;
    hit.frame = key.frame;
  }
  for (const int frame : item.marksAt) {
    if (std::abs(scale.x(frame + 0.5) - x) > nearest) continue;
    hit.what = TimelineHit::What::Item;
    hit.frame = frame;
    hit.isMark = true;
  }
  if (hit.what != TimelineHit::What::Nothing || !item.marksAt.empty()) return hit;
  if (item.ref.kind == RecordKind::Event) {
    if (std::abs(scale.x(item.first) - x) <= metrics.reachPx)
      hit.what = TimelineHit::What::EventBegin;
    else if (std::abs(scale.x(item.end) - x) <= metrics.reachPx)
      hit.what = TimelineHit::What::EventEnd;
    if (hit.what != TimelineHit::What::Nothing) return hit;
  }
  if (x >= scale.x(item.first) && x < scale.x(item.end)) hit.what = TimelineHit::What::Item;
  return hit;
}

}  // namespace

TimelineScale TimelineScale::fitted(int frameCount, double leftPx, double widthPx) {
  return {0, std::max(1e-6, widthPx / std::max(1, frameCount)), leftPx};
}

TimelineScale TimelineScale::zoomedAt(double x, double factor, int frameCount, double widthPx) const {
  const double smallest = widthPx / std::max(1, frameCount);
  TimelineScale zoomed = *this;
  const double anchor = frameAt(x);
  zoomed.pixelsPerFrame = std::clamp(pixelsPerFrame * factor, smallest, std::max(smallest, kMaxPixelsPerFrame));
  zoomed.first = anchor - (x - leftPx) / zoomed.pixelsPerFrame;
  return zoomed.pannedBy(0, frameCount, widthPx);
}

TimelineScale TimelineScale::pannedBy(double frames, int frameCount, double widthPx) const {
  TimelineScale panned = *this;
  const double last = std::max(0.0, frameCount - widthPx / pixelsPerFrame);
  panned.first = std::clamp(first + frames, 0.0, last);
  return panned;
}

std::vector<TimelineLane> timelineLanes(const workspace::LabelStore& labels, int frameCount) {
  std::vector<TimelineLane> lanes;
  addEvents(lanes, labels);
  addTracks(lanes, labels, frameCount);
  addSingles(lanes, labels);
  return lanes;
}

std::optional<std::size_t> laneOf(const std::vector<TimelineLane>& lanes, const workspace::LabelStore& labels,
                                  const edit::LabelRef& label) {
  const bool isSingle = label.kind == RecordKind::Annotation || label.kind == RecordKind::Tag;
  const auto labelClass = labels.classOf(label);
  const auto holds = [&](const TimelineItem& item, const TimelineLane& lane) {
    if (isSingle) return !item.marksAt.empty() && labelClass && lane.labelClass == *labelClass;
    return item.ref == label;
  };
  for (std::size_t n = 0; n < lanes.size(); ++n)
    if (std::ranges::any_of(lanes[n].items, [&](const TimelineItem& item) { return holds(item, lanes[n]); })) return n;
  return std::nullopt;
}

std::vector<edit::LabelRef> labelsOfMark(const workspace::LabelStore& labels, ClassId labelClass, int frame) {
  std::vector<edit::LabelRef> found;
  for (const auto& [id, stored] : labels.annotations())
    if (stored.value.labelClass == labelClass && stored.value.frame == frame)
      found.push_back({RecordKind::Annotation, raw(id)});
  for (const auto& [id, stored] : labels.tags())
    if (stored.value.scope == Scope::Frame && stored.value.labelClass == labelClass && stored.value.frame == frame)
      found.push_back({RecordKind::Tag, raw(id)});
  return found;
}

TimelineHit hitTimeline(const std::vector<TimelineLane>& lanes, const TimelineScale& scale,
                        const TimelineMetrics& metrics, double x, double y, int scrollPx) {
  TimelineHit hit;
  hit.frame = static_cast<int>(std::floor(scale.frameAt(x)));
  if (y < metrics.rulerHeight) {
    hit.what = TimelineHit::What::Ruler;
    return hit;
  }
  const auto row = static_cast<std::size_t>((y - metrics.rulerHeight + scrollPx) / metrics.laneHeight);
  if (row >= lanes.size()) return hit;
  TimelineHit best = hit;
  for (const TimelineItem& item : lanes[row].items) {
    const TimelineHit found = hitItem(item, scale, metrics, x);
    if (found.what == TimelineHit::What::Nothing) continue;
    best = found;
    best.labelClass = lanes[row].labelClass;
    if (found.what == TimelineHit::What::Item) continue;  // a border of the neighbour wins over the inside
    break;
  }
  return best;
}

int tickStep(double pixelsPerFrame, double minPx) {
  for (long long decade = 1; decade < 1'000'000'000; decade *= 10)
    for (const long long step : {1LL, 2LL, 5LL})
      if (static_cast<double>(step * decade) * pixelsPerFrame >= minPx) return static_cast<int>(step * decade);
  return 1'000'000'000;
}

}  // namespace fiducial::ui
