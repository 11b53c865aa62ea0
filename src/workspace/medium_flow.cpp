// Which medium and frame are shown; the shapes that stand there.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "event_actions.h"
#include "parts.h"

namespace fiducial::workspace {
namespace {

constexpr std::int64_t kSpinnerMs = 150;  ///< waiting shorter than this is not worth a sign
constexpr double kSliceMs = 100;          ///< playing through a stack that has no time
constexpr double kNoRateMs = 40;          ///< a cine without frame times
constexpr int kSeekAhead = 8;             ///< frames decoded ahead of a step

std::string timeText(double seconds) {
  const bool isNegative = seconds < 0;
  const auto ms = static_cast<long long>(std::llround(std::abs(seconds) * 1000));
  char text[48];
  std::snprintf(text, sizeof text, "%s%lld:%02lld:%02lld.%03lld", isNegative ? "-" : "", ms / 3'600'000,
                ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
  return text;
}

}  // namespace

void Workspace::Parts::leaveMedium() {
  finishGesture();
  playback.stop();
  if (medium.medium()) leftAt[mediumId()] = {frame, time};
  medium.clear();
  failure.clear();
  if (labelJob != 0) background.forget(labelJob);
  labelJob = 0;
  sinceLoad.clear();
  shownStep.clear();
  presentation.reset();
  shutter = {};
  shapeCache.reset();
  labels.clearLabels({}, {});
  selection.set({});
  views.clear();
  tones.clear();
  frame = time = 0;
  tools.activeSegment = {};
}

void Workspace::Parts::show(MediumId id) {
  const MediumItem* item = media.find(id);
  if (!item || !project) return;
  if (medium.medium() && mediumId() == id) return;
  leaveMedium();
  const Stored<Medium> stored = item->medium;
  const MediumInfo& info = stored.value.info;
  const auto left = leftAt.find(id);
  const int first = info.kind == MediumKind::Volume ? info.frames / 2 : 0;
  frame = std::clamp(left == leftAt.end() ? first : left->second.frame, 0, std::max(info.frames - 1, 0));
  time = std::clamp(left == leftAt.end() ? 0 : left->second.time, 0, std::max(info.times - 1, 0));
  views.setMedium(info);
  views.setFrame(frame);
  tones.setMedium(id, info);
  medium.show(project, stored, frame, time);
  loadLabels();
  notices.changed(Topic::Medium | Topic::Frame);
  notices.changed(Topic::Labels | Topic::Selection);
  notices.changed(Topic::View | Topic::Picture);
  notices.changed(Topic::Tool | Topic::Playback);
}

namespace {

/// Whether an edit gave a medium other pictures, or the same ones other places.
bool isOtherPicture(const Medium& a, const Medium& b) {
  return a.missing != b.missing || a.path != b.path || a.info.spacing != b.info.spacing ||
         !(a.info.volumeSize() == b.info.volumeSize());
}

}  // namespace

void Workspace::Parts::reopenIfChanged(const AppliedEdit& applied) {
  if (!medium.medium()) return;
  for (const Change& change : applied.changes) {
    if (change.kind != RecordKind::Medium || MediumId{change.id} != mediumId() || !change.after) continue;
    const Medium* now = recordAs<Medium>(*change.after);
    if (!now || !isOtherPicture(*now, medium.medium()->value)) continue;
    const MediumId id = mediumId();
    leaveMedium();
    return show(id);
  }
}

void Workspace::Parts::loadLabels() {
  const MediumId id = mediumId();
  const VolumeSize size = medium.medium()->value.info.volumeSize();
  labels.clearLabels(id, size, time);
  pending.showAgain();
  using Loaded = Result<LabelStore>;
  labelJob = background.start<Loaded>(
      "Reading labels", JobVisibility::Quiet,
      [asked = project, id, size, at = time](const JobContext&) -> Loaded {
        LabelStore store;
        if (Status done = store.load(*asked, id, size, at); !done) return done.error();
        return store;
      },
      [this](Loaded loaded) {
        labelJob = 0;
        if (!loaded) return sayError(loaded.error());
        labels = *std::move(loaded);
        // What became durable while they were read may be in them or not: applying it twice does no harm.
        for (const AppliedEdit& applied : std::exchange(sinceLoad, {})) labels.apply(applied);
        pending.showAgain();
        shapeCache.reset();
        chooseActiveSegment();
        notices.changed(Topic::Labels | Topic::Tool);
      });
}

void Workspace::Parts::mediumOpened() {
  views.setMedium(medium.info());
  frame = std::clamp(frame, 0, std::max(medium.frameCount() - 1, 0));
  views.setFrame(frame);
  if (const MediumItem* item = media.find(mediumId()); item && !item->available) {
    media.setAvailable(mediumId(), true);
    notices.changed(Topic::Media);
  }
  notices.changed(Topic::Medium | Topic::View);
  offerSpacing();
}

void Workspace::Parts::pictureChanged() {
  if (tones.pictureArrived(medium.info(), medium.volume().get(), medium.shownFrame().get())) {
    notices.changed(Topic::View);
  }
  const bool isLoaded = !medium.volume() || medium.volume()->isComplete();
  if (isLoaded && medium.isIdle()) makeThumbnails();
  notices.changed(Topic::Picture);
}

void Workspace::Parts::setFrame(int wanted) {
  if (!medium.medium()) return;
  wanted = std::clamp(wanted, 0, std::max(medium.frameCount() - 1, 0));
  if (wanted == frame) return;
  finishGesture();
  frame = wanted;
  views.setFrame(frame);
  medium.wantFrame(frame);
  if (!playback.isPlaying()) medium.prefetch(frame + 1, kSeekAhead);
  // What stands on another frame is out of sight: keys must not reach it.
  std::vector<edit::LabelRef> kept(selection.labels().begin(), selection.labels().end());
  std::erase_if(kept, [&](const edit::LabelRef& label) {
    const auto annotation = labels.annotations().find(AnnotationId{label.id});
    return label.kind == RecordKind::Annotation && annotation != labels.annotations().end() &&
           annotation->second.value.frame != frame;
  });
  if (selection.set(std::move(kept))) notices.changed(Topic::Selection);
  notices.changed(Topic::Frame | Topic::Picture);
  if (medium.isVolume()) notices.changed(Topic::View);
}

void Workspace::Parts::setTime(int wanted) {
  if (!medium.medium() || !medium.isVolume()) return;
  wanted = std::clamp(wanted, 0, std::max(medium.info().times - 1, 0));
  if (wanted == time) return;
  finishGesture();
  time = wanted;
  medium.showTime(project, frame, time);
  if (labelJob != 0) background.forget(labelJob);
  select({});
  loadLabels();
  notices.changed(Topic::Frame | Topic::Picture);
  notices.changed(Topic::Labels | Topic::View);
}

double Workspace::Parts::frameDurationMs(int of) const {
  if (medium.isVolume()) return kSliceMs;
  const MediumInfo& info = medium.info();
  const int last = medium.frameCount() - 1;
  const int from = std::clamp(of, 0, std::max(last - 1, 0));  // the last one lasts as long as the one before
  const Timestamp ticks = medium.pts(from + 1) - medium.pts(from);
  const double ms = static_cast<double>(ticks) * info.timeBase.toDouble() * 1000;
  if (last > 0 && ms > 0) return ms;
  return info.frameRate > 0 ? 1000 / info.frameRate : kNoRateMs;
}

const std::vector<edit::SceneShape>& Workspace::Parts::shapesOn(int wanted) const {
  if (!shapeCache || shapeCache->first != wanted) {
    shapeCache = {wanted, labels.shapesOn(wanted)};
    for (edit::SceneShape& shape : shapeCache->second) shape.locked = selection.locked.contains(shape.ref);
  }
  return shapeCache->second;
}

std::vector<edit::SceneShape> Workspace::Parts::selectedShapes() const {
  std::vector<edit::SceneShape> chosen;
  for (const edit::SceneShape& shape : shapesOn(frame)) {
    if (std::ranges::find(selection.labels(), shape.ref) != selection.labels().end()) chosen.push_back(shape);
  }
  return chosen;
}

std::optional<edit::SceneShape> Workspace::Parts::ghostOn(int wanted) const {
  const std::optional<RawId> track = selection.single(RecordKind::Track);
  if (!track || selection.hidden.contains({RecordKind::Track, *track})) return std::nullopt;
  std::optional<edit::SceneShape> ghost = labels.ghostOf(TrackId{*track}, wanted);
  if (ghost) ghost->locked = selection.locked.contains(ghost->ref);
  return ghost;
}

void Workspace::showMedium(MediumId id) { parts_->show(id); }

void Workspace::showNextMedium(int direction) {
  const auto items = media();
  if (items.empty()) return;
  const auto now = std::ranges::find(items, raw(parts_->mediumId()), [](const auto& item) { return item.medium.id; });
  const auto index = now == items.end() ? 0 : now - items.begin() + direction;
  if (index < 0 || index >= std::ssize(items)) {
    return parts_->say(Message::Kind::Info, direction > 0 ? "This is the last one" : "This is the first one");
  }
  showMedium(MediumId{items[static_cast<std::size_t>(index)].medium.id});
}

const MediumItem* Workspace::currentMedium() const { return findMedium(parts_->mediumId()); }
int Workspace::frame() const { return parts_->frame; }
int Workspace::frameCount() const { return parts_->medium.frameCount(); }
void Workspace::setFrame(int frame) { parts_->setFrame(frame); }
int Workspace::time() const { return parts_->time; }
int Workspace::timeCount() const { return parts_->medium.isVolume() ? std::max(parts_->medium.info().times, 1) : 1; }
void Workspace::setTime(int time) { parts_->setTime(time); }
const MediumInfo& Workspace::shownInfo() const { return parts_->medium.info(); }
Timestamp Workspace::pts(int frame) const { return parts_->medium.pts(frame); }
std::shared_ptr<const media::Volume> Workspace::volume() const { return parts_->medium.volume(); }
std::shared_ptr<const media::Frame> Workspace::shownFrame() const { return parts_->medium.shownFrame(); }

std::string Workspace::timecode(int frame) const {
  const MediumSession& medium = parts_->medium;
  if (!medium.medium() || medium.isVolume() || medium.frameCount() <= 1) return {};
  const double seconds = secondsForDisplay(medium.pts(frame) - medium.pts(0), medium.info().timeBase);
  return timeText(seconds);
}

bool Workspace::isPictureCurrent() const {
  const MediumSession& medium = parts_->medium;
  if (!medium.medium()) return true;
  if (medium.isVolume()) {
    if (medium.volume() && medium.shownTime() == parts_->time && medium.volume()->isLoaded(parts_->frame)) return true;
  } else if (medium.shownFrame() && medium.shownFrame()->index == parts_->frame) {
    return true;
  }
  if (medium.isIdle() && medium.waitingSinceMs() == 0) return true;  // it failed: there is nothing to wait for
  return steadyMs() - medium.waitingSinceMs() < kSpinnerMs;
}

std::string Workspace::pictureFailure() const { return pictureView(0) ? std::string() : parts_->failure; }

void Workspace::goToStop(int direction) {
  Parts& p = *parts_;
  std::vector<int> stops;
  const std::optional<RawId> track = p.selection.single(RecordKind::Track);
  if (track && p.labels.tracks().contains(TrackId{*track})) {
    for (const auto& keyframe : p.labels.tracks().at(TrackId{*track}).keyframes) stops.push_back(keyframe.value.frame);
  } else if (p.tools.isCoding()) {
    stops = eventBorders(p.labels);
  } else {
    stops = p.labels.labelledFrames();
  }
  const auto next = std::ranges::upper_bound(stops, p.frame);
  const auto previous = std::ranges::lower_bound(stops, p.frame);
  if (direction > 0 && next != stops.end()) return setFrame(*next);
  if (direction < 0 && previous != stops.begin()) return setFrame(*std::prev(previous));
  p.say(Message::Kind::Info, direction > 0 ? "No labelled frame after this one" : "No labelled frame before this one");
}

void Workspace::setLargeStep(int frames) {
  parts_->largeStep = std::max(frames, 1);
  parts_->notices.changed(Topic::View);
}
int Workspace::largeStep() const { return parts_->largeStep; }

std::span<const edit::SceneShape> Workspace::shapes() const {
  const Parts& p = *parts_;
  // Picture and labels of one frame appear together: while the next picture is on its way, those of the one on show.
  const auto picture = p.medium.shownFrame();
  const int on = picture && !p.medium.isVolume() ? picture->index : p.frame;
  const std::vector<edit::SceneShape>& all = p.shapesOn(on);
  if (!p.tools.preview || p.tools.preview->moved.empty()) return all;
  p.shownShapes = all;
  for (const auto& [ref, shape] : p.tools.preview->moved) {
    const auto found = std::ranges::find(p.shownShapes, ref, &edit::SceneShape::ref);
    if (found != p.shownShapes.end()) found->shape = shape;
  }
  return p.shownShapes;
}

std::optional<edit::SceneShape> Workspace::ghost() const {
  const Parts& p = *parts_;
  const auto picture = p.medium.shownFrame();
  std::optional<edit::SceneShape> ghost = p.ghostOn(picture && !p.medium.isVolume() ? picture->index : p.frame);
  if (!ghost || !p.tools.preview) return ghost;
  for (const auto& [ref, shape] : p.tools.preview->moved)
    if (ref == ghost->ref) ghost->shape = shape;
  return ghost;
}

bool Workspace::isPlaying() const { return parts_->playback.isPlaying(); }
double Workspace::playbackRate() const { return parts_->playback.rate(); }
double Workspace::shownRate() const { return parts_->playback.shownRate(); }

void Workspace::play(double rate) {
  Parts& p = *parts_;
  if (!p.medium.medium() || p.medium.frameCount() <= 1) return;
  if (rate == 0) return pause();
  p.finishGesture();
  const bool isAtEnd = rate > 0 ? p.frame >= p.medium.frameCount() - 1 : p.frame <= 0;
  if (isAtEnd) p.setFrame(rate > 0 ? 0 : p.medium.frameCount() - 1);
  p.playback.start(rate, p.clockMs);
  p.notices.changed(Topic::Playback);
}

void Workspace::pause() {
  if (!parts_->playback.isPlaying()) return;
  parts_->playback.stop();
  parts_->notices.changed(Topic::Playback);
}

void Workspace::tick(std::int64_t nowMs) {
  Parts& p = *parts_;
  p.clockMs = nowMs;
  if (!p.playback.isPlaying() || !p.medium.medium()) return;
  const double shownRate = p.playback.shownRate();
  Playback::Reel reel;
  reel.frame = p.frame;
  reel.count = p.medium.frameCount();
  reel.loops = p.medium.info().kind == MediumKind::Cine;
  reel.durationMs = [&](int frame) { return p.frameDurationMs(frame); };
  reel.isReady = [&](int frame) {
    if (p.medium.isVolume()) return p.medium.volume() && p.medium.volume()->isLoaded(frame);
    return p.medium.isReady(frame);
  };
  const Playback::Step step = p.playback.tick(reel, nowMs);
  if (step.frame != p.frame) {
    p.setFrame(step.frame);
    if (p.playback.isPlaying()) p.medium.prefetchAround(p.frame, p.playback.rate());
  } else if (!p.medium.isVolume()) {
    p.medium.prefetchAround(p.frame, p.playback.rate());
  }
  if (step.ended) {
    p.playback.stop();
    p.notices.changed(Topic::Playback);
  } else if (p.playback.shownRate() != shownRate) {
    p.notices.changed(Topic::Playback);
  }
}

}  // namespace fiducial::workspace
