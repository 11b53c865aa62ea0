// A video's bytes, opened by FFmpeg's demuxer, with the one stream that is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "ffmpeg_handles.h"
#include "fiducial/core/result.h"

namespace fiducial::media::video {

/// Where a video lies: in a file, or (where `owner` is set) in memory that `owner` keeps alive.
struct VideoBytes {
  std::filesystem::path path;  ///< also for memory: the file it came from, for messages
  std::span<const std::byte> memory;
  std::shared_ptr<const void> owner;

  [[nodiscard]] bool inMemory() const { return owner != nullptr; }
  [[nodiscard]] std::int64_t sizeBytes() const;
  /// Hash of the size and of samples from the beginning, middle and end: tells files apart without reading them whole.
  [[nodiscard]] Result<std::string> sampleHash() const;
};

/// Owner: holds the demuxer; other streams of the file are not read. Thread: one at a time.
class VideoInput {
 public:
  /// Errors: NotMedia (no video in it, or not a video), Damaged, Unreadable, Cancelled.
  static Result<std::unique_ptr<VideoInput>> open(VideoBytes bytes, std::stop_token stop);
  ~VideoInput();
  VideoInput(const VideoInput&) = delete;
  VideoInput& operator=(const VideoInput&) = delete;

  [[nodiscard]] AVFormatContext* context() const { return context_; }
  [[nodiscard]] AVStream* stream() const { return stream_; }
  [[nodiscard]] const VideoBytes& bytes() const { return bytes_; }
  /// What interrupts reading from now on.
  void stopWith(std::stop_token stop) { stop_ = std::move(stop); }
  /// The next packet of the stream; false at the end. `packet` is emptied first. Errors: Damaged, Cancelled.
  [[nodiscard]] Result<bool> read(AVPacket* packet);
  /// Back to the first packet, with a fresh demuxer.
  [[nodiscard]] Status reopen();

 private:
  explicit VideoInput(VideoBytes bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] Status openDemuxer();
  [[nodiscard]] Status openContainer();
  [[nodiscard]] Status chooseStream();
  void close();
  [[nodiscard]] Error refused(int averror) const;
  static int interrupted(void* self);
  static int readMemory(void* self, std::uint8_t* into, int size);
  static std::int64_t seekMemory(void* self, std::int64_t offset, int whence);

  VideoBytes bytes_;
  std::stop_token stop_;
  std::int64_t memoryAt_ = 0;
  AVFormatContext* context_ = nullptr;
  AVIOContext* memoryReader_ = nullptr;
  AVStream* stream_ = nullptr;
};

}  // namespace fiducial::media::video
