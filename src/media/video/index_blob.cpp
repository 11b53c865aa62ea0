#include "video/index_blob.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace fiducial::media::video {
namespace {

// Layout: magic (8), flags (1: confirmed), hash of the file's samples (32 ASCII), length of the unpacked body (8,
// little endian), CRC-32 of the packed body (4), packed body (zlib). The body is a list of columns of variable-length
// integers.
constexpr std::array<char, 8> kMagic = {'F', 'I', 'D', 'V', 'I', 'X', '0', '1'};
constexpr std::size_t kHashAt = 9;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kLengthAt = kHashAt + kHashBytes;
constexpr std::size_t kCheckAt = kLengthAt + 8;
constexpr std::size_t kBodyAt = kCheckAt + 4;
constexpr int kCompressionLevel = 3;  // columns of differences: higher levels gain a few per cent for twice the time
constexpr std::uint64_t kMostPackets = std::uint64_t{1} << 28;
constexpr std::size_t kLeastBytesAPacket = 6;

class ColumnWriter {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(std::byte((value & 0x7f) | 0x80));
    bytes_.push_back(std::byte(value));
  }
  /// Small differences, of either sign, are small numbers.
  void difference(std::int64_t from, std::int64_t to) {
    const auto d = std::int64_t(std::uint64_t(to) - std::uint64_t(from));
    number((std::uint64_t(d) << 1) ^ std::uint64_t(d >> 63));
  }
  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

class ColumnReader {
 public:
  explicit ColumnReader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) break;
      const auto byte = std::to_integer<std::uint64_t>(bytes_[at_++]);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    bad_ = true;
    return 0;
  }
  std::int64_t difference(std::int64_t from) {
    const std::uint64_t coded = number();
    return std::int64_t(std::uint64_t(from) + ((coded >> 1) ^ (~(coded & 1) + 1)));
  }
  bool bad() const { return bad_; }
  std::size_t left() const { return bytes_.size() - at_; }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  bool bad_ = false;
};

std::vector<std::byte> writeBody(const VideoIndex& index) {
  ColumnWriter out;
  const auto& packets = index.packets.packets;
  out.number(packets.size());
  out.difference(0, index.packets.lastDuration);
  out.number(index.packets.endsEarly ? 1 : 0);
  out.difference(0, index.packets.announced);
  IndexedPacket last{0, 0, 0, 0, 0, false, false};
  for (const IndexedPacket& p : packets) {
    out.number((p.isKey ? 1U : 0U) | (p.isHidden ? 2U : 0U) | (p.pts == kNoTimestamp ? 4U : 0U) |
               (p.dts == kNoTimestamp ? 8U : 0U));
    if (p.pts != kNoTimestamp) out.difference(last.pts, p.pts);
    if (p.dts != kNoTimestamp) out.difference(last.dts, p.dts);
    out.difference(last.position, p.position);
    out.number(std::uint64_t(p.size));
    out.number(p.fingerprint);
    const IndexedPacket before = last;
    last = p;
    if (p.pts == kNoTimestamp) last.pts = before.pts;
    if (p.dts == kNoTimestamp) last.dts = before.dts;
  }
  if (!index.pictures.isConfirmed()) return out.bytes();
  ShownPicture previous;
  out.number(std::uint64_t(index.damaged));
  out.number(index.pictures.pictures().size());
  for (const ShownPicture& picture : index.pictures.pictures()) {
    out.difference(previous.pts, picture.pts);
    out.difference(previous.packet, picture.packet);
    out.number(picture.planes);
    previous = picture;
  }
  return out.bytes();
}

std::optional<PacketIndex> readPackets(ColumnReader& in) {
  PacketIndex index;
  const std::uint64_t count = in.number();
  if (count == 0 || count > kMostPackets || count * kLeastBytesAPacket / 2 > in.left()) return std::nullopt;
  index.lastDuration = in.difference(0);
  index.endsEarly = in.number() != 0;
  index.announced = in.difference(0);
  index.packets.reserve(count);
  IndexedPacket last{0, 0, 0, 0, 0, false, false};
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t flags = in.number();
    IndexedPacket p;
    p.isKey = (flags & 1) != 0;
    p.isHidden = (flags & 2) != 0;
    if ((flags & 4) == 0) last.pts = p.pts = in.difference(last.pts);
    if ((flags & 8) == 0) last.dts = p.dts = in.difference(last.dts);
    last.position = p.position = in.difference(last.position);
    p.size = std::int32_t(in.number() & 0x7fffffff);
    p.fingerprint = std::uint32_t(in.number());
    index.packets.push_back(p);
  }
  if (in.bad()) return std::nullopt;
  return index;
}

std::optional<std::vector<ShownPicture>> readPictures(ColumnReader& in, std::size_t packets) {
  const std::uint64_t count = in.number();
  if (count == 0 || count > in.left()) return std::nullopt;
  std::vector<ShownPicture> pictures;
  pictures.reserve(count);
  ShownPicture last;
  for (std::uint64_t n = 0; n < count; ++n) {
    last.pts = in.difference(last.pts);
    last.packet = std::uint32_t(in.difference(last.packet));
    last.planes = in.number();
    if (last.packet >= packets) return std::nullopt;
    pictures.push_back(last);
  }
  if (in.bad()) return std::nullopt;
  return pictures;
}

void putNumber(std::vector<std::byte>& out, std::uint64_t value, int bytes) {
  for (int n = 0; n < bytes; ++n) out.push_back(std::byte((value >> (8 * n)) & 0xff));
}

std::uint64_t getNumber(std::span<const std::byte> in, std::size_t at, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t n = 0; n < bytes; ++n) value |= std::to_integer<std::uint64_t>(in[at + n]) << (8 * n);
  return value;
}

const Bytef* zlibBytes(const std::byte* bytes) { return reinterpret_cast<const Bytef*>(bytes); }

bool hasHeader(std::span<const std::byte> blob) {
  return blob.size() > kBodyAt && std::memcmp(blob.data(), kMagic.data(), kMagic.size()) == 0;
}

std::optional<std::vector<std::byte>> unpackBody(std::span<const std::byte> blob) {
  const std::span<const std::byte> packed = blob.subspan(kBodyAt);
  if (getNumber(blob, kCheckAt, 4) != crc32_z(0, zlibBytes(packed.data()), packed.size())) return std::nullopt;
  // zlib cannot pack better than about 1:1032: a greater length is a lie, and not worth an allocation.
  const std::uint64_t length = getNumber(blob, kLengthAt, 8);
  if (length > packed.size() * 1100) return std::nullopt;
  std::vector<std::byte> body(length);
  uLongf unpacked = uLongf(length);
  const int code =
      uncompress(reinterpret_cast<Bytef*>(body.data()), &unpacked, zlibBytes(packed.data()), uLong(packed.size()));
  if (code != Z_OK || unpacked != length) return std::nullopt;
  return body;
}

}  // namespace

std::vector<std::byte> packIndex(const VideoIndex& index, std::string_view sampleHash) {
  const std::vector<std::byte> body = writeBody(index);
  uLongf packedSize = compressBound(uLong(body.size()));
  std::vector<std::byte> packed(packedSize);
  compress2(reinterpret_cast<Bytef*>(packed.data()), &packedSize, zlibBytes(body.data()), uLong(body.size()),
            kCompressionLevel);
  packed.resize(packedSize);

  std::vector<std::byte> blob;
  blob.reserve(kBodyAt + packed.size());
  for (const char c : kMagic) blob.push_back(std::byte(c));
  blob.push_back(std::byte(index.pictures.isConfirmed() ? 1 : 0));
  for (std::size_t n = 0; n < kHashBytes; ++n) blob.push_back(std::byte(n < sampleHash.size() ? sampleHash[n] : ' '));
  putNumber(blob, body.size(), 8);
  putNumber(blob, crc32_z(0, zlibBytes(packed.data()), packed.size()), 4);
  blob.insert(blob.end(), packed.begin(), packed.end());
  return blob;
}

std::optional<VideoIndex> unpackIndex(std::span<const std::byte> blob, std::string_view sampleHash) {
  if (!hasHeader(blob) || sampleHash.size() != kHashBytes) return std::nullopt;
  if (std::memcmp(blob.data() + kHashAt, sampleHash.data(), kHashBytes) != 0) return std::nullopt;
  const auto body = unpackBody(blob);
  if (!body) return std::nullopt;
  ColumnReader in(*body);
  auto packets = readPackets(in);
  if (!packets) return std::nullopt;
  if (!saysConfirmed(blob)) {
    PictureTable table = PictureTable::provisional(*packets);
    return VideoIndex{std::move(*packets), std::move(table), 0};
  }
  const int damaged = int(in.number() & 0x7fffffff);
  auto pictures = readPictures(in, packets->packets.size());
  if (!pictures) return std::nullopt;
  PictureTable table = PictureTable::confirmed(*packets, std::move(*pictures));
  return VideoIndex{std::move(*packets), std::move(table), damaged};
}

bool saysConfirmed(std::span<const std::byte> blob) {
  return hasHeader(blob) && (std::to_integer<int>(blob[kMagic.size()]) & 1) != 0;
}

}  // namespace fiducial::media::video
