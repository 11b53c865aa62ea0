// Whole kinds of labels that a format has no place for, counted medium by medium.
#include <algorithm>
#include <optional>

#include "left_out.h"
#include "medium_tracks.h"

namespace fiducial::exchange {
namespace {

std::optional<FrameSpan> framesOf(const Event& event) { return FrameSpan{event.firstFrame, event.lastFrame + 1}; }
std::optional<FrameSpan> framesOf(const Tag& tag) {
  return tag.scope == Scope::Frame ? std::optional(FrameSpan{tag.frame, tag.frame + 1}) : std::nullopt;
}
std::optional<FrameSpan> framesOf(const Measurement& one) { return FrameSpan{one.frame, one.frame + 1}; }
std::optional<FrameSpan> framesOf(const Segmentation&) { return std::nullopt; }

class UnheldCount {
 public:
  UnheldCount(const Selection& selection, const Stored<Medium>& medium, const DoneFrames& done, const Format& format,
              LeftOut& leftOut)
      : selection_(selection), medium_(medium), done_(done), format_(format), leftOut_(leftOut) {}

  // `read` is asked only where the format does not hold the kind.
  template <class Read>
  Status count(Kinds kind, const Read& read) {
    if (holds(format_.kinds, kind)) return {};
    const auto labels = read();
    if (!labels) return labels.error();
    for (const auto& label : *labels) take(kind, label);
    return {};
  }

 private:
  template <class Label>
  void take(Kinds kind, const Stored<Label>& label) {
    if (!selection_.takesClass(label.value.labelClass)) return;
    const auto frames = framesOf(label.value);
    if (!selection_.takes(done_, frames, label.reading)) return;
    add(kind, frames ? std::optional(frames->first) : std::nullopt);
  }

  void take(Kinds kind, const TrackWithKeyframes& track) {
    if (!selection_.takesClass(track.track.value.labelClass)) return;
    for (const FrameSpan& span : exchange::framesOf(track, medium_.value.info.frames)) {
      if (selection_.takes(done_, span, track.track.reading)) return add(kind, span.first);
    }
  }

  void add(Kinds kind, std::optional<int> frame) {
    leftOut_.add(names(kind).front(), notHeldBy(format_), {medium_.value.name, frame});
  }

  const Selection& selection_;
  const Stored<Medium>& medium_;
  const DoneFrames& done_;
  const Format& format_;
  LeftOut& leftOut_;
};

}  // namespace

Status countUnheld(const project::Project& project, const Selection& selection, const Stored<Medium>& medium,
                   const DoneFrames& done, const Format& format, LeftOut& leftOut) {
  project::LabelQuery query;
  query.medium = MediumId{medium.id};
  UnheldCount unheld(selection, medium, done, format, leftOut);
  Status status = unheld.count(Kinds::Track, [&] { return tracksOf(project, *query.medium); });
  if (status) status = unheld.count(Kinds::Segmentation, [&] { return project.segmentations(query); });
  if (status) status = unheld.count(Kinds::Event, [&] { return project.events(query); });
  if (status) status = unheld.count(Kinds::Tag, [&] { return project.tags(query); });
  if (status) status = unheld.count(Kinds::Measurement, [&] { return project.measurements(query); });
  return status;
}

}  // namespace fiducial::exchange
