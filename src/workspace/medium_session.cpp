#include "medium_session.h"

#include <algorithm>

#include "fiducial/media/memory_bound.h"
#include "fiducial/media/video_index.h"

namespace fiducial::workspace {
namespace {

/// Opens frames with the packet index kept in the project, and keeps a new one there.
Result<std::shared_ptr<media::FrameSource>> openSource(project::Project& project, const Stored<Medium>& medium,
                                                       const JobContext& job) {
  Result<media::MediumLocation> location = exchange::locationOf(project, medium.value);
  if (!location) return location.error();
  std::vector<std::byte> index;
  if (medium.value.info.kind == MediumKind::Video) {
    if (auto saved = project.cachedBlob(MediumId{medium.id}, exchange::kPacketIndexBlob)) index = *std::move(saved);
  }
  auto source = media::openFrames(*location, index, job.stop, job.progress);
  if (!source) return source.error();
  std::shared_ptr<media::FrameSource> frames = *std::move(source);
  std::vector<std::byte> made = frames->serialisedIndex();
  if (!made.empty() && made != index && !project.isReadOnly()) {
    project.storeBlob(MediumId{medium.id}, exchange::kPacketIndexBlob, std::move(made));
  }
  return frames;
}

}  // namespace

void MediumSession::clear() {
  background_.forget(job_);
  ++generation_;
  medium_.reset();
  info_ = {};
  volume_.reset();
  arriving_.reset();
  times_.clear();
  time_ = shownTime_ = 0;
  shown_.reset();
  retireFrames();
  source_.reset();
  toIdentify_.clear();
  identified_.clear();
  if (identifyJob_ != 0) background_.forget(identifyJob_);
  if (confirmJob_ != 0) background_.forget(confirmJob_);
  identifyJob_ = confirmJob_ = 0;
  isOpening_ = false;
  wanted_ = -1;
  fetchedFor_ = {-1, false};
  waitingSinceMs_ = 0;
  failedFrames_.clear();
}

void MediumSession::retireFrames() {
  if (!frames_) return;
  // Its thread may be inside a long decode: the owner does not wait for it.
  background_.start("Closing", JobVisibility::Spare,
                    [frames = std::exchange(frames_, nullptr)](const JobContext&) mutable { frames.reset(); });
}

void MediumSession::show(std::shared_ptr<project::Project> project, const Stored<Medium>& medium, int frame, int time) {
  clear();
  time_ = shownTime_ = time;
  medium_ = medium;
  info_ = medium.value.info;
  isOpening_ = true;
  waitingSinceMs_ = steadyMs();
  if (isVolume()) {
    loadVolume(std::move(project), frame);
  } else {
    openFrames(std::move(project), frame);
  }
}

void MediumSession::showTime(std::shared_ptr<project::Project> project, int frame, int time) {
  if (!isVolume() || time == time_) return;
  keepTime();
  time_ = time;
  arriving_.reset();
  background_.forget(job_);
  ++generation_;
  isOpening_ = false;
  waitingSinceMs_ = 0;
  const auto kept = std::ranges::find(times_, time, [](const auto& entry) { return entry.first; });
  if (kept != times_.end()) {
    showVolume(kept->second, time);
    return events_.picture();
  }
  isOpening_ = true;
  waitingSinceMs_ = steadyMs();
  loadVolume(std::move(project), frame);
}

/// Going to and fro between times reads none twice, as far as the memory bound allows.
void MediumSession::keepTime() {
  if (!volume_ || !volume_->isComplete()) return;
  std::erase_if(times_, [&](const auto& entry) { return entry.first == shownTime_; });
  times_.emplace_back(shownTime_, volume_);
  const auto bytes = static_cast<std::int64_t>(volume_->values().bytes().size());
  while (times_.size() > 1 && static_cast<std::int64_t>(times_.size()) * bytes > media::memoryBound()) {
    times_.erase(times_.begin());
  }
}

void MediumSession::volumeStarted(const std::shared_ptr<const media::Volume>& volume, int time) {
  if (volume_ && shownTime_ != time) {
    arriving_ = volume;
    return;
  }
  showVolume(volume, time);
  events_.opened();
}

void MediumSession::showVolume(std::shared_ptr<const media::Volume> volume, int time) {
  volume_ = std::move(volume);
  shownTime_ = time;
  info_ = volume_->info();
  arriving_.reset();
}

void MediumSession::loadVolume(std::shared_ptr<project::Project> project, int frame) {
  const std::uint64_t generation = generation_;
  const auto current = [this, generation](auto&& task) {
    return [this, generation, task] {
      if (generation == generation_) task();
    };
  };
  media::LoadOptions options;
  options.firstSlice = frame;
  options.time = time_;
  options.onStarted = [this, owner = owner_, current, time = time_](std::shared_ptr<const media::Volume> volume) {
    owner.post(current([this, volume, time] { volumeStarted(volume, time); }));
  };
  // Slices arrive faster than they can be shown: at most one notice is on its way.
  auto told = std::make_shared<std::atomic<bool>>(false);
  options.onSlice = [this, owner = owner_, current, told](int) {
    if (told->exchange(true)) return;
    owner.post(current([this, told] {
      told->store(false);
      waitingSinceMs_ = 0;
      if (arriving_) showVolume(arriving_, time_);
      events_.picture();
    }));
  };
  job_ = background_.start<Result<media::LoadedVolume>>(
      "Loading " + medium_->value.name, JobVisibility::Shown,
      [project = std::move(project), medium = *medium_,
       options](const JobContext& job) mutable -> Result<media::LoadedVolume> {
        Result<media::MediumLocation> location = exchange::locationOf(*project, medium.value);
        project.reset();  // loading may take long, and the project may be closed meanwhile
        if (!location) return location.error();
        auto source = media::openVolume(*location);
        if (!source) return source.error();
        options.progress = job.progress;
        return (*source)->load(options, job.stop);
      },
      [this, generation](Result<media::LoadedVolume> loaded) {
        if (generation != generation_) return;
        isOpening_ = false;
        waitingSinceMs_ = 0;
        if (!loaded && shownTime_ != time_) volume_.reset();  // the picture of another time is not this one's
        if (!loaded) return fail(loaded.error());
        showVolume(loaded->volume, time_);
        events_.opened();
        events_.picture();
        if (!loaded->warnings.empty()) events_.warnings(loaded->warnings);
      });
}

void MediumSession::openFrames(std::shared_ptr<project::Project> project, int frame) {
  const std::uint64_t generation = generation_;
  wanted_ = frame;
  job_ = background_.start<Result<std::shared_ptr<media::FrameSource>>>(
      "Opening " + medium_->value.name, JobVisibility::Shown,
      [project, medium = *medium_](const JobContext& job) { return openSource(*project, medium, job); },
      [this, project, generation](Result<std::shared_ptr<media::FrameSource>> source) {
        if (generation == generation_) framesOpened(project, std::move(source));
      });
}

void MediumSession::framesOpened(const std::shared_ptr<project::Project>& project,
                                 Result<std::shared_ptr<media::FrameSource>> source) {
  isOpening_ = false;
  if (!source) {
    wanted_ = -1;
    waitingSinceMs_ = 0;
    return fail(source.error());
  }
  info_ = (*source)->info();
  retireFrames();
  source_ = *std::move(source);
  frames_ = std::make_shared<media::FrameServer>(source_);
  const int first = std::exchange(wanted_, -1);
  events_.opened();
  if (wanted_ < 0) wantFrame(first);
  if (info_.framesProvisional) confirmFrames(project);
}

void MediumSession::wantFrame(int frame) {
  if (isVolume()) return;
  if (!frames_) {
    if (isOpening_) wanted_ = frame;
    return;
  }
  if (shown_ && shown_->index == frame) {
    wanted_ = -1;
    waitingSinceMs_ = 0;
    return;
  }
  if (takeCached(frame)) return events_.picture();
  if (waitingSinceMs_ == 0) waitingSinceMs_ = steadyMs();
  wanted_ = frame;
  frames_->show(frame, [this, owner = owner_, generation = generation_](
                           int n, const Result<std::shared_ptr<const media::Frame>>& picture) {
    owner.post([this, generation, n, picture] {
      if (generation == generation_) arrived(n, picture);
    });
  });
}

void MediumSession::arrived(int frame, const Result<std::shared_ptr<const media::Frame>>& picture) {
  const bool isWanted = frame == wanted_;
  if (isWanted) {
    wanted_ = -1;
    waitingSinceMs_ = 0;
  }
  if (picture) {
    // An outdated one is shown all the same while scrubbing, so that the picture keeps moving.
    if (isWanted || wanted_ >= 0) shown_ = *picture;
    return events_.picture();
  }
  if (!isWanted || picture.error().code == ErrorCode::Cancelled) return;
  if (failedFrames_ == picture.error().text()) return;
  failedFrames_ = picture.error().text();
  fail(picture.error());
}

bool MediumSession::takeCached(int frame) {
  if (!frames_) return false;
  std::shared_ptr<const media::Frame> picture = frames_->cached(frame);
  if (!picture) return false;
  shown_ = std::move(picture);
  wanted_ = -1;
  waitingSinceMs_ = 0;
  return true;
}

void MediumSession::prefetch(int first, int count) {
  if (frames_) frames_->prefetch(first, count);
}

void MediumSession::confirmFrames(std::shared_ptr<project::Project> project) {
  const std::uint64_t generation = generation_;
  using Index = Result<std::vector<std::byte>>;
  confirmJob_ = background_.start<Index>(
      "Counting frames", JobVisibility::Spare,
      [project, medium = *medium_](const JobContext& job) -> Index {
        const Result<media::MediumLocation> location = exchange::locationOf(*project, medium.value);
        if (!location) return location.error();
        const Index known = project->cachedBlob(MediumId{medium.id}, exchange::kPacketIndexBlob);
        Index index = media::confirmVideoIndex(*location, known ? *known : std::vector<std::byte>(), job.stop);
        if (index && !project->isReadOnly()) {
          project->storeBlob(MediumId{medium.id}, exchange::kPacketIndexBlob, *index);
        }
        return index;
      },
      [this, project, generation](const Index& index) {
        if (generation != generation_) return;
        confirmJob_ = 0;
        // Opened anew with what is certain now; the picture on show stays until then.
        if (index && !project->isReadOnly()) openFrames(project, shown_ ? shown_->index : 0);
      });
}

void MediumSession::identify(std::shared_ptr<project::Project> project, const std::set<int>& frames) {
  if (!source_ || project->isReadOnly()) return;
  for (const int frame : frames) {
    if (identified_.insert(frame).second) toIdentify_.insert(frame);
  }
  identifyNext(std::move(project));
}

void MediumSession::identifyNext(std::shared_ptr<project::Project> project) {
  if (toIdentify_.empty() || background_.isRunning(identifyJob_) || !source_) return;
  identifyJob_ = background_.start(
      "Identifying frames", JobVisibility::Spare,
      [project, source = source_, id = MediumId{medium_->id},
       frames = std::exchange(toIdentify_, {})](const JobContext& job) {
        for (const int frame : frames) {
          if (job.stop.stop_requested()) return;
          const auto picture = source->frame(frame, job.stop, {.wantPlaneHash = true});
          if (picture) project->storeFrameIdentity(id, {frame, (*picture)->pts, (*picture)->planeHash});
        }
      },
      [this, project] { identifyNext(project); });
}

void MediumSession::prefetchAround(int frame, double rate) {
  const std::pair asked(frame, rate < 0);  // turning round on a frame asks for those before it
  if (!frames_ || fetchedFor_ == asked) return;
  fetchedFor_ = asked;
  constexpr int kAhead = 24;
  frames_->prefetch(rate < 0 ? std::max(frame - kAhead, 0) : frame + 1, kAhead);
}

void MediumSession::fail(const Error& error) {
  if (error.code == ErrorCode::Cancelled) return;
  events_.failed(error);
}

int MediumSession::frameCount() const {
  if (frames_) return std::max(frames_->source().frameCount(), 1);
  return medium_ ? std::max(info_.frames, 1) : 0;
}

Timestamp MediumSession::pts(int frame) const {
  if (!frames_ || frame < 0 || frame >= frames_->source().frameCount()) return 0;
  return frames_->source().pts(frame);
}

}  // namespace fiducial::workspace
