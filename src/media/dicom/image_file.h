// One DICOM file with its header read, and the bytes of its frames on demand.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "byte_source.h"
#include "fiducial/core/result.h"
#include "image_header.h"

namespace fiducial::media::dicom {

/// A piece of encapsulated pixel data.
struct Fragment {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// Thread: const members from any thread.
class ImageFile {
 public:
  /// Reads the header and closes the file again. Errors as readImageHeader().
  static Result<std::shared_ptr<const ImageFile>> open(const std::filesystem::path& path);
  static Result<std::shared_ptr<const ImageFile>> fromHead(const std::filesystem::path& path, std::int64_t sizeBytes,
                                                           std::span<const std::byte> head);
  /// For objects whose header another reader has made (segmentations).
  static std::shared_ptr<const ImageFile> over(ByteSource source, ImageHeader header);
  explicit ImageFile(ByteSource source) : source_(std::move(source)) {}

  [[nodiscard]] const ImageHeader& header() const { return header_; }
  [[nodiscard]] const std::filesystem::path& path() const { return source_.path(); }

  /// Exactly the bytes of native frame n, packed as in the file, into `into` (whose size is nativeFrameBytes()).
  /// Errors: Damaged where the file ends before.
  [[nodiscard]] Status readNative(int n, std::span<std::byte> into) const;
  [[nodiscard]] std::size_t nativeFrameBytes() const;
  /// Bits before the first sample of frame n in what readNative() gives (1-bit frames are not padded to bytes).
  [[nodiscard]] int firstBit(int n) const;
  /// The fragments of encapsulated frame n, one after the other. Errors: Damaged.
  [[nodiscard]] Result<std::vector<std::byte>> readEncapsulated(int n) const;
  /// All fragments in one: an encapsulated video stream. Errors: Damaged.
  [[nodiscard]] Result<std::vector<std::byte>> readWholeStream() const;
  /// Any bytes of the file (of a deflated one, of what was inflated); fewer where it ends before.
  [[nodiscard]] Result<std::vector<std::byte>> readBytes(std::uint64_t offset, std::size_t length) const;
  /// Why frame n's bytes are not all there; empty where they seem to be. Reads nothing of native frames.
  [[nodiscard]] std::string truncation(int n) const;

 private:
  struct FrameIndex {
    std::vector<Fragment> fragments;
    std::vector<std::size_t> firstFragment;  // of each frame, and the end
    std::string problem;                     // why the frames could not be told apart
  };
  /// The items of encapsulated pixel data.
  struct PixelItems {
    std::vector<std::uint64_t> offsets;  // of frames, from `begin`; as the file claims
    std::vector<Fragment> fragments;
    std::uint64_t begin = 0;  // of the first fragment's item
  };
  [[nodiscard]] const FrameIndex& frameIndex() const;
  [[nodiscard]] PixelItems readItems() const;
  [[nodiscard]] std::vector<std::size_t> startsByPictures(const std::vector<Fragment>& fragments) const;
  [[nodiscard]] FrameIndex buildIndex() const;
  [[nodiscard]] Result<std::vector<std::byte>> readFragments(std::size_t first, std::size_t end) const;
  [[nodiscard]] Error damaged(std::string what) const;

  ByteSource source_;
  ImageHeader header_;
  mutable std::once_flag indexed_;
  mutable FrameIndex index_;
};

}  // namespace fiducial::media::dicom
