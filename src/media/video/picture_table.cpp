#include "video/picture_table.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace fiducial::media::video {
namespace {

/// Presentation times for packets that carry none (AVI and MPEG program streams leave out those of anchor pictures).
/// Shown times are the decode times over again, one picture later for anchors: the first that nobody else has.
class MissingTimes {
 public:
  explicit MissingTimes(const PacketIndex& index) {
    Timestamp lastDts = kNoTimestamp;
    for (const IndexedPacket& packet : index.packets) {
      if (packet.dts != kNoTimestamp) free_.insert(packet.dts);
      if (packet.dts != kNoTimestamp && lastDts != kNoTimestamp) step_ = std::max<Timestamp>(1, packet.dts - lastDts);
      lastDts = packet.dts;
    }
    for (const IndexedPacket& packet : index.packets) {
      free_.erase(packet.pts);
      anyKnown_ = anyKnown_ || packet.pts != kNoTimestamp;
      latest_ = std::max(latest_, packet.pts);
    }
  }

  Timestamp of(const IndexedPacket& packet) {
    Timestamp time = packet.dts;
    if (packet.dts == kNoTimestamp) {
      time = latest_ == kNoTimestamp ? 0 : latest_ + step_;
    } else if (anyKnown_) {
      const auto next = free_.upper_bound(packet.dts);
      time = next != free_.end() ? *next : latest_ + step_;
      if (next != free_.end()) free_.erase(next);
    }
    latest_ = std::max(latest_, time);
    return time;
  }

 private:
  std::set<Timestamp> free_;
  Timestamp step_ = 1;
  Timestamp latest_ = kNoTimestamp;  // the lowest number
  bool anyKnown_ = false;
};

}  // namespace

PictureTable PictureTable::provisional(const PacketIndex& index) {
  const bool anyMissing = std::any_of(index.packets.begin(), index.packets.end(),
                                      [](const IndexedPacket& packet) { return packet.pts == kNoTimestamp; });
  std::optional<MissingTimes> missing;
  if (anyMissing) missing.emplace(index);
  std::vector<ShownPicture> pictures;
  for (std::uint32_t n = 0; n < index.packets.size(); ++n) {
    const IndexedPacket& packet = index.packets[n];
    if (packet.isHidden || packet.size == 0) continue;
    pictures.push_back({packet.pts != kNoTimestamp ? packet.pts : missing->of(packet), n, 0});
  }
  std::stable_sort(pictures.begin(), pictures.end(),
                   [](const ShownPicture& a, const ShownPicture& b) { return a.pts < b.pts; });
  return {index, std::move(pictures), false};
}

PictureTable PictureTable::confirmed(const PacketIndex& index, std::vector<ShownPicture> pictures) {
  return {index, std::move(pictures), true};
}

PictureTable::PictureTable(const PacketIndex& index, std::vector<ShownPicture> pictures, bool confirmed)
    : pictures_(std::move(pictures)), confirmed_(confirmed) {
  byPacket_.reserve(pictures_.size());
  for (int n = 0; n < count(); ++n) byPacket_.emplace_back(pictures_[std::size_t(n)].packet, n);
  std::sort(byPacket_.begin(), byPacket_.end());
  findEntries(index);
}

std::optional<int> PictureTable::pictureOf(std::uint32_t ordinal, int repeat) const {
  const auto first = std::lower_bound(byPacket_.begin(), byPacket_.end(), std::pair(ordinal, 0));
  const auto wanted = std::distance(byPacket_.begin(), first) + repeat;
  if (wanted >= std::ssize(byPacket_) || byPacket_[std::size_t(wanted)].first != ordinal) return std::nullopt;
  return byPacket_[std::size_t(wanted)].second;
}

void PictureTable::findEntries(const PacketIndex& index) {
  entries_.push_back({0, 0});
  for (std::uint32_t n = 1; n < index.packets.size(); ++n) {
    if (!index.packets[n].isKey) continue;
    // A key picture that is not shown cannot be told apart from those before it; the one before serves as well.
    const auto picture = pictureOf(n, 0);
    if (picture && *picture >= entries_.back().picture) entries_.push_back({n, *picture});
  }
}

std::size_t PictureTable::entryFor(int n) const {
  const std::uint32_t packet = pictures_[std::size_t(n)].packet;
  auto entry = std::upper_bound(entries_.begin(), entries_.end(), n,
                                [](int wanted, const EntryPoint& e) { return wanted < e.picture; });
  auto index = std::size_t(std::distance(entries_.begin(), entry));
  index = index > 0 ? index - 1 : 0;
  // Pictures shown after a key picture but stored before it need the one before.
  while (index > 0 && entries_[index].packet > packet) --index;
  return index;
}

}  // namespace fiducial::media::video
