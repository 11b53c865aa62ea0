#include "video/packet_reader.h"

#include <algorithm>
#include <array>

namespace fiducial::media::video {
namespace {

// Forward distance in packets that is cheaper to read through than to seek over.
constexpr std::uint32_t kReadThrough = 8;
// After a seek into a stream without packet borders, a few packets are scraps; more means that the place is wrong.
constexpr int kMostUnknown = 256;

}  // namespace

PacketReader::PacketReader(VideoInput& input, const PacketIndex& index)
    : input_(input), index_(index), lookup_(index), holding_(av_packet_alloc()) {}

Result<std::optional<std::uint32_t>> PacketReader::next(AVPacket* packet) {
  if (held_) {
    const std::optional<std::uint32_t> ordinal = held_;
    held_.reset();
    av_packet_unref(packet);
    av_packet_move_ref(packet, holding_.get());
    return ordinal;
  }
  for (int unknown = 0; unknown < kMostUnknown; ++unknown) {
    auto more = input_.read(packet);
    if (!more && more.error().code == ErrorCode::Cancelled) return more.error();
    if (!more || !*more) return std::optional<std::uint32_t>();  // what broke indexing off ends playing too
    std::optional<std::uint32_t> ordinal;
    if (expected_ && lookup_.isAt(*packet, *expected_)) {
      ordinal = expected_;
    } else {
      ordinal = lookup_.find(*packet, expected_.value_or(target_));
    }
    if (!ordinal) continue;
    expected_ = *ordinal + 1;
    return ordinal;
  }
  return std::optional<std::uint32_t>();
}

Status PacketReader::seek(std::uint32_t ordinal) {
  target_ = ordinal;
  const auto at = upcoming();
  if (at && *at == ordinal) return {};
  if (at && *at < ordinal && ordinal - *at <= kReadThrough) {
    auto there = readUpTo(ordinal);
    if (!there) return there.error();
    if (*there) return {};
  }
  const std::array byTime = {Way::ByTime, Way::ByTimeOfEarlierKey, Way::ByPosition, Way::FromStart};
  const std::array byPosition = {Way::ByPosition, Way::ByTime, Way::ByTimeOfEarlierKey, Way::FromStart};
  for (const Way way : seeksByPosition() ? byPosition : byTime) {
    auto there = jump(way, ordinal);
    if (!there) return there.error();
    if (*there) return {};
  }
  return Error{ErrorCode::Damaged, "a part of the video cannot be found again", input_.bytes().path.string(),
               "the file may have changed while it was open; open it again"};
}

bool PacketReader::seeksByPosition() const {
  const int flags = input_.context()->iformat->flags;
  return (flags & AVFMT_TS_DISCONT) != 0 && (flags & AVFMT_NO_BYTE_SEEK) == 0;
}

Result<bool> PacketReader::jump(Way way, std::uint32_t ordinal) {
  held_.reset();
  expected_.reset();
  av_packet_unref(holding_.get());
  bool done = false;
  switch (way) {
    case Way::ByTime:
      done = seekTime(ordinal);
      break;
    case Way::ByTimeOfEarlierKey: {
      std::uint32_t key = ordinal;
      while (key > 0 && !index_.packets[--key].isKey) continue;
      done = seekTime(key);
      break;
    }
    case Way::ByPosition:
      done = seekPosition(ordinal);
      break;
    case Way::FromStart: {
      if (auto opened = input_.reopen(); !opened) return opened.error();
      expected_ = 0;
      done = true;
      break;
    }
  }
  if (!done) return false;
  return readUpTo(ordinal);
}

bool PacketReader::seekTime(std::uint32_t ordinal) {
  // Presentation time: MP4 compares it with that of key pictures, and given a decode time lands a key picture early.
  const IndexedPacket& packet = index_.packets[ordinal];
  const Timestamp time = packet.pts != kNoTimestamp ? packet.pts : packet.dts;
  if (time == kNoTimestamp) return false;
  return av_seek_frame(input_.context(), input_.stream()->index, time, AVSEEK_FLAG_BACKWARD) >= 0;
}

bool PacketReader::seekPosition(std::uint32_t ordinal) {
  if ((input_.context()->iformat->flags & AVFMT_NO_BYTE_SEEK) != 0) return false;
  // Some packets begin inside a unit that has no position of its own: the unit before holds them.
  std::uint32_t from = ordinal;
  while (from > 0 && index_.packets[from].position < 0) --from;
  const std::int64_t position = std::max<std::int64_t>(index_.packets[from].position, 0);
  return av_seek_frame(input_.context(), input_.stream()->index, position, AVSEEK_FLAG_BYTE) >= 0;
}

Result<bool> PacketReader::readUpTo(std::uint32_t ordinal) {
  held_.reset();
  for (;;) {
    auto at = next(holding_.get());
    if (!at) return at.error();
    if (!*at || **at > ordinal) return false;
    if (**at == ordinal) {
      held_ = ordinal;
      return true;
    }
  }
}

}  // namespace fiducial::media::video
