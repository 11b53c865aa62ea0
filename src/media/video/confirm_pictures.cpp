#include "video/confirm_pictures.h"

#include <algorithm>
#include <string_view>

#include "video/picture_converter.h"
#include "video/stream_decoder.h"

namespace fiducial::media::video {
namespace {

// What two slow cores decode in about 0.7 s of common H.264.
constexpr std::int64_t kQuickPixels = 250'000'000;
constexpr std::int64_t kQuickPixelsWherePacketsMislead = 4 * kQuickPixels;
constexpr std::size_t kPicturesBetweenReports = 32;

/// When a picture is shown: its packet's own time, unless those times go backwards more often than decode times do, or
/// are missing (then the time at which the decoder gave it). Files with times of one kind only are common in AVI.
class TimeChooser {
 public:
  Timestamp choose(Timestamp own, Timestamp decoded) {
    if (decoded != kNoTimestamp && decoded <= lastDecoded_) ++badDecoded_;
    if (own != kNoTimestamp && own <= lastOwn_) ++badOwn_;
    if (decoded != kNoTimestamp || own != kNoTimestamp) lastDecoded_ = decoded != kNoTimestamp ? decoded : own;
    if (decoded != kNoTimestamp || own != kNoTimestamp) lastOwn_ = own != kNoTimestamp ? own : decoded;
    const bool trustsOwn = own != kNoTimestamp && (badOwn_ <= badDecoded_ || decoded == kNoTimestamp);
    return trustsOwn ? own : decoded;
  }

 private:
  // kNoTimestamp is the lowest number: nothing comes before it.
  Timestamp lastOwn_ = kNoTimestamp;
  Timestamp lastDecoded_ = kNoTimestamp;
  int badOwn_ = 0;
  int badDecoded_ = 0;
};

/// Streams without any times still have an order: one tick a picture.
void fillMissingTimes(std::vector<ShownPicture>& pictures) {
  Timestamp step = 1;
  for (std::size_t n = 2; n < pictures.size(); ++n) {
    if (pictures[n - 1].pts == kNoTimestamp || pictures[n - 2].pts == kNoTimestamp) continue;
    step = std::max<Timestamp>(1, pictures[n - 1].pts - pictures[n - 2].pts);
    break;
  }
  for (std::size_t n = 0; n < pictures.size(); ++n) {
    if (pictures[n].pts == kNoTimestamp) pictures[n].pts = n == 0 ? 0 : pictures[n - 1].pts + step;
  }
}

}  // namespace

bool packetsMislead(const VideoInput& input, const PacketIndex& packets) {
  const std::string_view container = input.context()->iformat->name;
  if (container == "avi" || container == "mpeg" || container == "mpegts" || container == "asf") return true;
  const AVFieldOrder fields = input.stream()->codecpar->field_order;
  if (fields != AV_FIELD_PROGRESSIVE && fields != AV_FIELD_UNKNOWN) return true;
  return std::any_of(packets.packets.begin(), packets.packets.end(),
                     [](const IndexedPacket& p) { return p.pts == kNoTimestamp || p.isHidden; });
}

bool isQuickToConfirm(const VideoInput& input, const PacketIndex& packets) {
  const AVCodecParameters* p = input.stream()->codecpar;
  const std::int64_t pixels = std::int64_t{p->width} * p->height * std::int64_t(packets.packets.size());
  return pixels <= (packetsMislead(input, packets) ? kQuickPixelsWherePacketsMislead : kQuickPixels);
}

Result<VideoIndex> confirmPictures(VideoInput& input, PacketIndex packets, std::stop_token stop,
                                   const runtime::Progress& progress) {
  input.stopWith(stop);
  auto decoder = StreamDecoder::open(input, packets);
  if (!decoder) return decoder.error();
  if (auto started = (*decoder)->start(0); !started) return started.error();
  std::vector<ShownPicture> pictures;
  TimeChooser times;
  for (;;) {
    if (stop.stop_requested())
      return Error{ErrorCode::Cancelled, "counting pictures was stopped", input.bytes().path.string(), ""};
    auto picture = (*decoder)->next();
    if (!picture) return picture.error();
    if (!*picture) break;
    const DecodedPicture& shown = **picture;
    const Timestamp own = packets.packets[shown.packet].pts;
    pictures.push_back({times.choose(own, shown.frame->pkt_dts), shown.packet, shortHash(planeHash(*shown.frame))});
    if (progress && pictures.size() % kPicturesBetweenReports == 0) {
      progress((*decoder)->fedUpTo(), std::int64_t(packets.packets.size()), "Counting pictures");
    }
  }
  if (pictures.empty()) {
    return Error{ErrorCode::Damaged, "not one of its pictures can be decoded", input.bytes().path.string(),
                 "copy it again from its source"};
  }
  fillMissingTimes(pictures);
  PictureTable table = PictureTable::confirmed(packets, std::move(pictures));
  return VideoIndex{std::move(packets), std::move(table), (*decoder)->damaged()};
}

}  // namespace fiducial::media::video
