// The voxels of a file as a stream of unpacked bytes, however they are packed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial::media {

enum class Packing : std::uint8_t {
  Plain,
  Gzip,   ///< gzip members, or one zlib stream
  Bzip2,  ///< bzip2 streams one after the other
  Text,   ///< numbers between blanks or commas
  Hex,    ///< two digits a byte
};

/// Owner: of what it reads from. Thread: one.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Fills `into`; less only at the end. Errors: Damaged, Unreadable.
  virtual Result<std::size_t> read(std::span<std::byte> into) = 0;
  /// Errors: as read(); Damaged where the stream ends before.
  Status skip(std::int64_t bytes);
};

struct PackedFile {
  std::filesystem::path path;
  Packing packing = Packing::Plain;
  std::int64_t start = 0;                 ///< where in the file the packed bytes begin
  ScalarType scalar = ScalarType::UInt8;  ///< of the numbers of Text; they come as this machine has them
};
[[nodiscard]] Result<std::unique_ptr<ByteStream>> openStream(const PackedFile& file);
/// The files one after the other.
[[nodiscard]] std::unique_ptr<ByteStream> joinedStream(std::vector<PackedFile> files);

// One for each packing, in its own file.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> openBzip2(const PackedFile& file);
[[nodiscard]] Result<std::unique_ptr<ByteStream>> openText(const PackedFile& file);
[[nodiscard]] Result<std::unique_ptr<ByteStream>> openHex(const PackedFile& file);

/// Bytes that `packed` bytes may at most become; a claim beyond that is not believed.
[[nodiscard]] std::int64_t mostUnpacked(Packing packing, std::int64_t packed, ScalarType scalar);

}  // namespace fiducial::media
