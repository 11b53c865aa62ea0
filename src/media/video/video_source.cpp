#include "video/video_source.h"

#include <algorithm>
#include <string>

#include "video/confirm_pictures.h"
#include "video/video_info.h"

namespace fiducial::media::video {
namespace {

// Packets that are cheaper to decode on the way than a seek over them.
constexpr std::uint32_t kDecodeThrough = 4;

PictureCache::Picture shared(FrameHandle frame) { return {frame.release(), FreeFrame{}}; }

}  // namespace

Result<std::unique_ptr<VideoSource>> VideoSource::open(VideoBytes bytes, std::span<const std::byte> savedIndex,
                                                       std::stop_token stop, const runtime::Progress& progress,
                                                       const VideoOptions& options) {
  auto input = VideoInput::open(std::move(bytes), stop);
  if (!input) return input.error();
  auto sampleHash = (*input)->bytes().sampleHash();
  if (!sampleHash) return sampleHash.error();
  auto index = unpackIndex(savedIndex, *sampleHash);
  if (!index) {
    auto packets = indexPackets(**input, stop, progress);
    if (!packets) return packets.error();
    PictureTable pictures = PictureTable::provisional(*packets);
    index = VideoIndex{std::move(*packets), std::move(pictures), 0};
  }
  using Confirm = VideoOptions::Confirm;
  const bool isWanted = options.confirm == Confirm::WhereQuick ||
                        (options.confirm == Confirm::WhereNeededAndQuick && packetsMislead(**input, index->packets));
  const bool isQuick = isWanted && isQuickToConfirm(**input, index->packets);
  if (!index->pictures.isConfirmed() && (isQuick || index->pictures.count() == 0)) {
    auto confirmed = confirmPictures(**input, std::move(index->packets), stop, progress);
    if (!confirmed) return confirmed.error();
    index = std::move(*confirmed);
  }
  (*input)->stopWith({});
  std::unique_ptr<VideoSource> source(
      new VideoSource(std::move(*input), std::move(*index), std::move(*sampleHash), options));
  auto decoder = StreamDecoder::open(*source->input_, source->index_.packets);
  if (!decoder) return decoder.error();
  source->decoder_ = std::move(*decoder);
  return source;
}

VideoSource::VideoSource(std::unique_ptr<VideoInput> input, VideoIndex index, std::string sampleHash,
                         const VideoOptions& options)
    : input_(std::move(input)),
      index_(std::move(index)),
      sampleHash_(std::move(sampleHash)),
      info_(describeVideo(*input_, index_)),
      cache_(options.cacheBytes),
      converter_(presentationOf(*input_)),
      unsound_(index_.pictures.entries().size(), false) {}

Timestamp VideoSource::pts(int n) const { return index_.pictures[std::clamp(n, 0, index_.pictures.count() - 1)].pts; }

int VideoSource::keyframeAtOrBefore(int n) const {
  const PictureTable& pictures = index_.pictures;
  return pictures.entries()[pictures.entryFor(std::clamp(n, 0, pictures.count() - 1))].picture;
}

std::vector<std::byte> VideoSource::serialisedIndex() const { return packIndex(index_, sampleHash_); }

Result<std::shared_ptr<const Frame>> VideoSource::frame(int n, std::stop_token stop, FrameOptions options) {
  auto decoded = decodedPicture(n, stop, options.keepOnTheWay);
  if (!decoded) return decoded.error();
  auto pixels = convert(**decoded);
  if (!pixels) return pixels.error();
  auto frame = std::make_shared<Frame>();
  frame->index = n;
  frame->pts = index_.pictures[n].pts;
  frame->pixels = std::move(*pixels);
  if (options.wantPlaneHash) frame->planeHash = planeHash(**decoded);
  return std::shared_ptr<const Frame>(std::move(frame));
}

Result<ScalarBuffer> VideoSource::convert(const AVFrame& picture) {
  const std::lock_guard lock(converting_);
  return converter_.convert(picture);
}

Result<PictureCache::Picture> VideoSource::decodedPicture(int n, std::stop_token stop, bool keepOnTheWay) {
  if (n < 0 || n >= frameCount()) {
    return Error{ErrorCode::OutOfRange,
                 "there is no frame " + std::to_string(n) + ": the last one is " + std::to_string(frameCount() - 1),
                 input_->bytes().path.string(), ""};
  }
  const std::lock_guard lock(decoding_);
  return picture(n, keepOnTheWay, stop);
}

bool VideoSource::isAsShown(int n, const AVFrame& picture) const {
  const std::uint64_t known = index_.pictures[n].planes;
  return known == 0 || known == shortHash(planeHash(picture));
}

Error VideoSource::undecodable(int n) const {
  return {ErrorCode::Damaged, "frame " + std::to_string(n) + " cannot be decoded", input_->bytes().path.string(),
          "the other frames can still be shown"};
}

std::size_t VideoSource::soundEntryFor(int n) const {
  std::size_t entry = index_.pictures.entryFor(n);
  while (entry > 0 && unsound_[entry]) --entry;
  return entry;
}

Result<PictureCache::Picture> VideoSource::picture(int n, bool keepOnTheWay, std::stop_token stop) {
  if (auto known = cache_.find(n); known && isAsShown(n, *known)) return known;
  std::size_t entry = soundEntryFor(n);
  for (std::size_t back = 1;; back *= 2) {
    auto decoded = decodeTo(n, entry, keepOnTheWay, stop);
    if (!decoded) return decoded.error();
    if (*decoded && isAsShown(n, **decoded)) return decoded;
    if (entry == 0) return *decoded ? decoded : Result<PictureCache::Picture>(undecodable(n));
    // Not what a sequential decode shows: this key picture does not stand on its own. Begin further ahead.
    unsound_[entry] = true;
    cache_.drop(soundFrom_, last_ + 1);
    running_ = false;
    entry -= std::min(entry, back);
  }
}

bool VideoSource::goesOnTo(int n, std::size_t entry) const {
  if (!running_ || n <= last_ || n < soundFrom_) return false;
  return index_.pictures.entries()[entry].packet <= decoder_->fedUpTo() + kDecodeThrough;
}

/// Null where a decode from there does not show picture n.
Result<PictureCache::Picture> VideoSource::decodeTo(int n, std::size_t entry, bool keepOnTheWay, std::stop_token stop) {
  const EntryPoint& from = index_.pictures.entries()[entry];
  if (!goesOnTo(n, entry)) {
    running_ = false;
    if (auto started = decoder_->start(from.packet); !started) return started.error();
    running_ = true;
    soundFrom_ = from.picture;
    last_ = from.picture - 1;
  }
  for (;;) {
    if (stop.stop_requested())
      return Error{ErrorCode::Cancelled, "decoding was stopped", input_->bytes().path.string(), ""};
    auto decoded = decoder_->next();
    if (!decoded || !*decoded) running_ = false;
    if (!decoded) return decoded.error();
    if (!*decoded) return PictureCache::Picture();
    const auto number = index_.pictures.pictureOf((*decoded)->packet, (*decoded)->repeat);
    if (!number || *number < soundFrom_) continue;
    auto picture = shared(std::move((*decoded)->frame));
    if (keepOnTheWay || *number >= n) cache_.put(*number, picture);
    last_ = *number;
    if (*number == n) return picture;
    // A provisional number may stand for a packet that shows nothing: then the next picture is what is shown.
    if (*number > n) return index_.pictures.isConfirmed() ? PictureCache::Picture() : picture;
  }
}

Result<std::unique_ptr<FrameSource>> openVideoMemory(std::span<const std::byte> bytes,
                                                     std::shared_ptr<const void> owner,
                                                     const std::filesystem::path& path,
                                                     std::span<const std::byte> savedIndex, std::stop_token stop,
                                                     const runtime::Progress& progress) {
  auto source = VideoSource::open({path, bytes, std::move(owner)}, savedIndex, stop, progress);
  if (!source) return source.error();
  return std::unique_ptr<FrameSource>(std::move(*source));
}

}  // namespace fiducial::media::video
