#include "video/picture_table.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace fiducial::media::video {
namespace {

/// Presentation times for packets that carry none (AVI and MPEG program streams leave out those of anchor pictures).
/// Shown times are the decode times over again, one picture later for anchors: the first that nobody else has.
std::vector<Timestamp> completeTimes(const PacketIndex& index) {
  std::vector<Timestamp> times;
  std::set<Timestamp> freeTimes;
  for (const IndexedPacket& packet : index.packets) {
    times.push_back(packet.pts);
    if (packet.dts != kNoTimestamp) freeTimes.insert(packet.dts);
  }
  const bool anyKnown = std::any_of(times.begin(), times.end(), [](Timestamp t) { return t != kNoTimestamp; });
  for (const Timestamp known : times) freeTimes.erase(known);
  for (std::size_t n = 0; n < times.size(); ++n) {
    if (times[n] != kNoTimestamp) continue;
    const Timestamp dts = index.packets[n].dts;
    if (!anyKnown || dts == kNoTimestamp) {
      times[n] = dts != kNoTimestamp ? dts : (n == 0 ? 0 : times[n - 1] + 1);
      continue;
    }
    const auto next = freeTimes.upper_bound(dts);
    times[n] = next != freeTimes.end() ? *next : dts + 1;
    if (next != freeTimes.end()) freeTimes.erase(next);
  }
  return times;
}

}  // namespace

PictureTable PictureTable::provisional(const PacketIndex& index) {
  const std::vector<Timestamp> times = completeTimes(index);
  std::vector<ShownPicture> pictures;
  for (std::uint32_t n = 0; n < times.size(); ++n) {
    const IndexedPacket& packet = index.packets[n];
    if (packet.isHidden || packet.size == 0) continue;
    pictures.push_back({times[n], n, 0});
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
