#include "video/packet_index.h"

#include <zlib.h>

#include <algorithm>
#include <tuple>

namespace fiducial::media::video {
namespace {

// Enough to tell neighbours apart, little enough to cost nothing beside demuxing.
constexpr int kPrintedBytes = 96;
constexpr std::size_t kPacketsBetweenReports = 1024;

IndexedPacket describe(const AVPacket& packet) {
  IndexedPacket described;
  described.pts = packet.pts;
  described.dts = packet.dts;
  described.position = packet.pos;
  described.size = packet.size;
  described.fingerprint = fingerprintOf(packet);
  described.isKey = (packet.flags & AV_PKT_FLAG_KEY) != 0;
  described.isHidden = (packet.flags & AV_PKT_FLAG_DISCARD) != 0;
  return described;
}

std::uint64_t keyOf(std::int32_t size, std::uint32_t fingerprint) {
  return (std::uint64_t(std::uint32_t(size)) << 32) | fingerprint;
}

/// How many packets the file's own index lists, where some of them lie behind the end of the file; else 0. (Counts in
/// headers say nothing: they include dropped pictures and those that an edit list leaves out.)
std::int64_t announcedBeyondTheEnd(AVStream* stream, std::int64_t sizeBytes) {
  const int count = avformat_index_get_entries_count(stream);
  for (int n = count - 1; n >= 0; --n) {
    const AVIndexEntry* entry = avformat_index_get_entry(stream, n);
    if (entry != nullptr && entry->pos + entry->size > sizeBytes) return count;
  }
  return 0;
}

}  // namespace

std::uint32_t fingerprintOf(const AVPacket& packet) {
  if (packet.data == nullptr || packet.size <= 0) return 0;
  const int head = std::min(packet.size, kPrintedBytes);
  const int tail = std::min(packet.size - head, kPrintedBytes);
  uLong crc = crc32(0, packet.data, uInt(head));
  if (tail > 0) crc = crc32(crc, packet.data + packet.size - tail, uInt(tail));
  return std::uint32_t(crc);
}

Result<PacketIndex> indexPackets(VideoInput& input, std::stop_token stop, const runtime::Progress& progress) {
  PacketIndex index;
  input.stopWith(stop);
  const std::int64_t sizeBytes = input.bytes().sizeBytes();
  const PacketHandle packet(av_packet_alloc());
  for (;;) {
    auto more = input.read(packet.get());
    if (!more && more.error().code == ErrorCode::Cancelled) return more.error();
    if (!more) index.endsEarly = true;
    if (!more || !*more) break;
    index.packets.push_back(describe(*packet));
    index.lastDuration = packet->duration;
    if (progress && index.packets.size() % kPacketsBetweenReports == 0) {
      progress(std::max<std::int64_t>(packet->pos, 0), sizeBytes, "Indexing the video");
    }
  }
  if (index.packets.empty()) {
    return Error{ErrorCode::Damaged, "there is no picture in it", input.bytes().path.string(),
                 "copy it again from its source"};
  }
  index.announced = announcedBeyondTheEnd(input.stream(), sizeBytes);
  if (index.announced > 0) index.endsEarly = true;
  return index;
}

PacketLookup::PacketLookup(const PacketIndex& index) : index_(index) {
  entries_.reserve(index.packets.size());
  std::uint32_t ordinal = 0;
  for (const IndexedPacket& packet : index.packets)
    entries_.push_back({keyOf(packet.size, packet.fingerprint), ordinal++});
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.key, a.ordinal) < std::tie(b.key, b.ordinal); });
}

bool PacketLookup::isAt(const AVPacket& packet, std::uint32_t ordinal) const {
  if (ordinal >= index_.packets.size()) return false;
  const IndexedPacket& known = index_.packets[ordinal];
  return known.size == packet.size && known.fingerprint == fingerprintOf(packet);
}

std::optional<std::uint32_t> PacketLookup::find(const AVPacket& packet, std::uint32_t expected) const {
  const std::uint64_t key = keyOf(packet.size, fingerprintOf(packet));
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), key,
                                [](const Entry& e, std::uint64_t k) { return e.key < k; });
  std::optional<std::uint32_t> nearest;
  const auto distance = [expected](std::uint32_t n) { return n > expected ? n - expected : expected - n; };
  for (; entry != entries_.end() && entry->key == key; ++entry) {
    if (packet.pos >= 0 && index_.packets[entry->ordinal].position == packet.pos) return entry->ordinal;
    if (!nearest || distance(entry->ordinal) < distance(*nearest)) nearest = entry->ordinal;
  }
  // Alike in contents (loops, still scenes) but known to stand elsewhere: not this one.
  if (nearest && packet.pos >= 0 && index_.packets[*nearest].position >= 0) return std::nullopt;
  return nearest;
}

}  // namespace fiducial::media::video
