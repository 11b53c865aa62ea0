// The pictures of a video in the order they are shown, and the packet each comes from.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "video/packet_index.h"

namespace fiducial::media::video {

struct ShownPicture {
  Timestamp pts = 0;
  std::uint32_t packet = 0;  ///< ordinal of the packet that gave it
  std::uint64_t planes = 0;  ///< first 64 bits of the hash of its planes; 0 while not decoded
  friend bool operator==(const ShownPicture&, const ShownPicture&) = default;
};

/// Where decoding may begin: at this packet, with all pictures from `picture` on sound.
struct EntryPoint {
  std::uint32_t packet = 0;
  int picture = 0;
};

/// Thread: any, immutable.
class PictureTable {
 public:
  /// Counted from packets: right where each packet is one picture.
  static PictureTable provisional(const PacketIndex& index);
  /// What a sequential decode showed.
  static PictureTable confirmed(const PacketIndex& index, std::vector<ShownPicture> pictures);

  [[nodiscard]] bool isConfirmed() const { return confirmed_; }
  [[nodiscard]] int count() const { return int(pictures_.size()); }
  [[nodiscard]] const ShownPicture& operator[](int n) const { return pictures_[std::size_t(n)]; }
  [[nodiscard]] const std::vector<ShownPicture>& pictures() const { return pictures_; }
  /// The picture that packet `ordinal` gives, the `repeat`-th of it; nothing where it shows none.
  [[nodiscard]] std::optional<int> pictureOf(std::uint32_t ordinal, int repeat) const;
  /// In the order of the file; never empty, the first one is the beginning.
  [[nodiscard]] const std::vector<EntryPoint>& entries() const { return entries_; }
  /// Index into entries() of the last one from which picture n can be decoded.
  [[nodiscard]] std::size_t entryFor(int n) const;

 private:
  PictureTable(const PacketIndex& index, std::vector<ShownPicture> pictures, bool confirmed);
  void findEntries(const PacketIndex& index);

  std::vector<ShownPicture> pictures_;
  std::vector<std::pair<std::uint32_t, int>> byPacket_;  ///< (packet, picture), sorted
  std::vector<EntryPoint> entries_;
  bool confirmed_ = false;
};

}  // namespace fiducial::media::video
