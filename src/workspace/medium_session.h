// The pixels of the medium on show: a volume that loads in the background, or single frames from a frame server.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "background.h"
#include "fiducial/media/frame_server.h"
#include "fiducial/workspace/workspace.h"

namespace fiducial::workspace {

/// Thread: the owner's. Latest wins: answers about an earlier medium are dropped.
class MediumSession {
 public:
  struct Events {
    std::function<void()> picture;                                  ///< something new can be shown
    std::function<void()> opened;                                   ///< frame count and times are known
    std::function<void(const Error&)> failed;                       ///< this medium cannot be shown
    std::function<void(const std::vector<std::string>&)> warnings;  ///< shown all the same
  };
  MediumSession(OwnerThread owner, Background& background, Events events)
      : owner_(std::move(owner)), background_(background), events_(std::move(events)) {}

  void show(std::shared_ptr<project::Project> project, const Stored<Medium>& medium, int frame, int time = 0);
  /// Another time point of the volume on show; what is shown stays until the slice of the new one is there.
  void showTime(std::shared_ptr<project::Project> project, int frame, int time);
  void clear();
  /// Frame kinds: asks for a picture; volumes: nothing to do.
  void wantFrame(int frame);
  void prefetch(int first, int count);
  /// While playing: the frames that come next, asked for once each.
  void prefetchAround(int frame, double rate);
  /// Its picture can be shown at once, or is known not to come.
  [[nodiscard]] bool isReady(int frame) const { return frames_ && frames_->isSettled(frame); }
  /// Keeps which picture labels of a frame stand on (pts and hash of the decoder's planes) in the project, when there
  /// is time for it.
  void identify(std::shared_ptr<project::Project> project, const std::set<int>& frames);
  /// True where the picture of a frame is there without waiting; then it becomes the shown one.
  bool takeCached(int frame);

  [[nodiscard]] const std::optional<Stored<Medium>>& medium() const { return medium_; }
  /// What is known of the pixels; refined by opening them.
  [[nodiscard]] const MediumInfo& info() const { return info_; }
  [[nodiscard]] std::shared_ptr<const media::Volume> volume() const { return volume_; }
  /// The time point of volume().
  [[nodiscard]] int shownTime() const { return shownTime_; }
  [[nodiscard]] std::shared_ptr<const media::Frame> shownFrame() const { return shown_; }
  [[nodiscard]] bool isVolume() const { return medium_ && medium_->value.info.kind == MediumKind::Volume; }
  [[nodiscard]] int frameCount() const;
  [[nodiscard]] Timestamp pts(int frame) const;
  /// No picture is on its way.
  [[nodiscard]] bool isIdle() const { return !isOpening_ && wanted_ < 0; }
  /// Since when the wanted picture is waited for, steady ms; 0: it is there.
  [[nodiscard]] std::int64_t waitingSinceMs() const { return waitingSinceMs_; }

 private:
  void loadVolume(std::shared_ptr<project::Project> project, int frame);
  void volumeStarted(const std::shared_ptr<const media::Volume>& volume, int time);
  void showVolume(std::shared_ptr<const media::Volume> volume, int time);
  void keepTime();
  void openFrames(std::shared_ptr<project::Project> project, int frame);
  void framesOpened(const std::shared_ptr<project::Project>& project,
                    Result<std::shared_ptr<media::FrameSource>> source);
  void arrived(int frame, const Result<std::shared_ptr<const media::Frame>>& picture);
  void fail(const Error& error);
  void retireFrames();
  void identifyNext(std::shared_ptr<project::Project> project);
  void confirmFrames(std::shared_ptr<project::Project> project);

  OwnerThread owner_;
  Background& background_;
  Events events_;
  std::optional<Stored<Medium>> medium_;
  MediumInfo info_;
  std::shared_ptr<const media::Volume> volume_;
  std::shared_ptr<const media::Volume> arriving_;  ///< of another time, without a slice to show yet
  std::vector<std::pair<int, std::shared_ptr<const media::Volume>>>
      times_;          ///< whole ones of a 4D medium, oldest first
  int time_ = 0;       ///< wanted
  int shownTime_ = 0;  ///< of volume_
  std::shared_ptr<media::FrameServer> frames_;
  std::shared_ptr<media::FrameSource> source_;  ///< that of frames_
  std::set<int> toIdentify_;
  std::set<int> identified_;
  std::uint64_t identifyJob_ = 0;
  std::uint64_t confirmJob_ = 0;
  std::shared_ptr<const media::Frame> shown_;
  std::uint64_t job_ = 0;
  std::uint64_t generation_ = 0;  ///< of the medium on show
  bool isOpening_ = false;
  int wanted_ = -1;
  std::pair<int, bool> fetchedFor_{-1, false};  ///< frame and direction that prefetchAround was last asked about
  std::int64_t waitingSinceMs_ = 0;
  std::string failedFrames_;  ///< the last failure said, so that a scrub over a damaged part says it once
};

}  // namespace fiducial::workspace
