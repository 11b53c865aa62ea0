// Frames of a video file, or of a video inside another file, by exact number.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <vector>

#include "fiducial/media/frame_source.h"
#include "video/index_blob.h"
#include "video/picture_cache.h"
#include "video/picture_converter.h"
#include "video/stream_decoder.h"
#include "video/video_input.h"

namespace fiducial::media::video {

struct VideoOptions {
  std::size_t cacheBytes = std::size_t{512} << 20;  ///< of decoded pictures, as the decoder gives them
  /// Which videos are decoded once while opening, to know their pictures exactly; only those that take about a second.
  enum class Confirm { WhereQuick, WhereNeededAndQuick, Never };
  Confirm confirm = Confirm::WhereQuick;
};

/// Thread: as FrameSource says; isCached() does not wait for a frame() that is under way.
class VideoSource final : public FrameSource {
 public:
  /// An index saved earlier (serialisedIndex) spares the pass over the file; one of another file is ignored.
  /// Errors: NotMedia, Damaged, Unsupported, Unreadable, Cancelled.
  static Result<std::unique_ptr<VideoSource>> open(VideoBytes bytes, std::span<const std::byte> savedIndex,
                                                   std::stop_token stop, const runtime::Progress& progress,
                                                   const VideoOptions& options = {});

  [[nodiscard]] const MediumInfo& info() const override { return info_; }
  [[nodiscard]] int frameCount() const override { return index_.pictures.count(); }
  [[nodiscard]] Result<std::shared_ptr<const Frame>> frame(int n, std::stop_token stop, FrameOptions options) override;
  [[nodiscard]] Timestamp pts(int n) const override;
  [[nodiscard]] int keyframeAtOrBefore(int n) const override;
  [[nodiscard]] bool isCached(int n) const override { return cache_.has(n); }
  [[nodiscard]] std::vector<std::byte> serialisedIndex() const override;
  /// Frame n as the decoder gives it, neither turned nor converted.
  [[nodiscard]] Result<PictureCache::Picture> decodedPicture(int n, std::stop_token stop = {},
                                                             bool keepOnTheWay = true);

 private:
  VideoSource(std::unique_ptr<VideoInput> input, VideoIndex index, std::string sampleHash, const VideoOptions& options);
  [[nodiscard]] Result<ScalarBuffer> convert(const AVFrame& picture);
  [[nodiscard]] Result<PictureCache::Picture> picture(int n, bool keepOnTheWay, std::stop_token stop);
  [[nodiscard]] Result<PictureCache::Picture> decodeTo(int n, std::size_t entry, bool keepOnTheWay,
                                                       std::stop_token stop);
  [[nodiscard]] std::size_t soundEntryFor(int n) const;
  [[nodiscard]] bool goesOnTo(int n, std::size_t entry) const;
  [[nodiscard]] bool isAsShown(int n, const AVFrame& picture) const;
  [[nodiscard]] Error undecodable(int n) const;

  std::unique_ptr<VideoInput> input_;
  const VideoIndex index_;
  const std::string sampleHash_;
  const MediumInfo info_;
  PictureCache cache_;

  std::mutex converting_;  // guards converter_
  PictureConverter converter_;

  std::mutex decoding_;  // guards all below: one picture is decoded at a time
  std::unique_ptr<StreamDecoder> decoder_;
  std::vector<bool> unsound_;  ///< entries from which decoding gave other pictures than a sequential decode
  bool running_ = false;       ///< the decoder stands between two pictures
  int soundFrom_ = 0;          ///< pictures before it may lack what they refer to
  int last_ = -1;              ///< the picture decoded last
};

/// A video in memory that `owner` keeps alive (encapsulated in another file, `path`, named in messages only).
[[nodiscard]] Result<std::unique_ptr<FrameSource>> openVideoMemory(
    std::span<const std::byte> bytes, std::shared_ptr<const void> owner, const std::filesystem::path& path,
    std::span<const std::byte> savedIndex = {}, std::stop_token stop = {}, const runtime::Progress& progress = {});

}  // namespace fiducial::media::video
