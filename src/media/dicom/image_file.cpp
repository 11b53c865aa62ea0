#include "image_file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace fiducial::media::dicom {
namespace {

std::uint32_t little32(const std::byte* at) {
  std::uint32_t value = 0;
  for (int n = 3; n >= 0; --n) value = (value << 8) | std::to_integer<std::uint32_t>(at[n]);
  return value;
}

/// True where a compressed picture begins: JPEG and JPEG-LS (SOI), JPEG 2000 (SOC, or a JP2 box), RLE (its segments,
/// the first of them behind the header). A table of offsets begins with 0.
bool beginsPicture(std::span<const std::byte, 8> bytes) {
  const std::uint32_t first = little32(bytes.data());
  const bool isRle = first >= 1 && first <= 15 && little32(bytes.data() + 4) == 64;
  return (first & 0x00FFFFFFu) == 0x00FFD8FFu || first == 0x51FF4FFFu || first == 0x0C000000u || isRle;
}

/// The fragment that each frame begins with, or the count of all where it is missing. Empty where the offsets cannot be
/// those of frames: many writers leave zeros, or the offsets of the picture before it was packed anew.
std::vector<std::size_t> startsByOffsets(const std::vector<std::uint64_t>& offsets,
                                         const std::vector<Fragment>& fragments, std::uint64_t firstItem) {
  std::vector<std::size_t> starts;
  std::size_t at = 0;
  for (const std::uint64_t offset : offsets) {
    const auto place = [&] { return fragments[at].offset - 8 - firstItem; };
    while (at < fragments.size() && place() < offset) ++at;
    const bool isTwice = !starts.empty() && at < fragments.size() && starts.back() == at;
    if (isTwice || (at < fragments.size() && place() != offset)) return {};
    starts.push_back(at);
  }
  if (!starts.empty() && starts.front() != 0) return {};
  return starts;
}

}  // namespace

Result<std::shared_ptr<const ImageFile>> ImageFile::open(const std::filesystem::path& path) {
  auto source = ByteSource::open(path);
  if (!source) return source.error();
  auto file = std::make_shared<ImageFile>(std::move(*source));
  auto header = readImageHeader(file->source_);
  if (!header) return header.error();
  file->header_ = std::move(*header);
  file->source_.close();
  return std::shared_ptr<const ImageFile>(std::move(file));
}

Result<std::shared_ptr<const ImageFile>> ImageFile::fromHead(const std::filesystem::path& path, std::int64_t sizeBytes,
                                                             std::span<const std::byte> head) {
  auto file = std::make_shared<ImageFile>(ByteSource(path, sizeBytes, head));
  auto header = readImageHeader(file->source_);
  if (!header) return header.error();
  file->header_ = std::move(*header);
  file->source_.close();
  return std::shared_ptr<const ImageFile>(std::move(file));
}

std::shared_ptr<const ImageFile> ImageFile::over(ByteSource source, ImageHeader header) {
  auto file = std::make_shared<ImageFile>(std::move(source));
  file->header_ = std::move(header);
  return file;
}

Error ImageFile::damaged(std::string what) const {
  return {ErrorCode::Damaged, std::move(what), path().string(), "copy the file again from its source"};
}

int ImageFile::firstBit(int n) const { return int((header_.format.nativeFrameBits() * n) % 8); }

std::size_t ImageFile::nativeFrameBytes() const {
  const std::int64_t bits = header_.format.nativeFrameBits();
  return std::size_t((bits + 7) / 8) + (bits % 8 != 0 && header_.frames > 1 ? 1 : 0);
}

Result<std::vector<std::byte>> ImageFile::readBytes(std::uint64_t offset, std::size_t length) const {
  std::vector<std::byte> bytes(
      std::size_t(std::min<std::uint64_t>(length, source_.size() - std::min(source_.size(), offset))));
  auto got = source_.read(offset, bytes);
  if (!got) return got.error();
  bytes.resize(*got);
  return bytes;
}

std::string ImageFile::truncation(int n) const {
  if (header_.pixels.encapsulated) return {};
  const std::int64_t bits = header_.format.nativeFrameBits();
  const std::int64_t end = (bits * (n + 1) + 7) / 8;
  const std::int64_t there = std::min<std::int64_t>(std::int64_t(header_.pixels.length),
                                                    std::int64_t(source_.size()) - std::int64_t(header_.pixels.offset));
  if (end <= there) return {};
  const std::int64_t begin = bits * n / 8;
  return "pixel data ends after " + std::to_string(std::max<std::int64_t>(0, there - begin)) + " of " +
         std::to_string(end - begin) + " bytes";
}

Status ImageFile::readNative(int n, std::span<std::byte> into) const {
  if (const std::string missing = truncation(n); !missing.empty()) return damaged(missing);
  const std::uint64_t begin = header_.pixels.offset + std::uint64_t(header_.format.nativeFrameBits()) * unsigned(n) / 8;
  const std::uint64_t end = std::min(source_.size(), begin + into.size());
  auto got = source_.read(begin, into.first(std::size_t(end - begin)));
  if (!got) return got.error();
  if (*got + 1 < into.size()) return damaged("pixel data ends early");  // the spare byte of bit frames may be missing
  return {};
}

const ImageFile::FrameIndex& ImageFile::frameIndex() const {
  std::call_once(indexed_, [this] { index_ = buildIndex(); });
  return index_;
}

ImageFile::PixelItems ImageFile::readItems() const {
  PixelItems items;
  std::uint64_t at = header_.pixels.offset;
  std::array<std::byte, 16> head{};
  for (bool isFirst = true; source_.size() - at >= 8; isFirst = false) {
    auto got = source_.read(at, head);
    if (!got || *got < 8 || little32(head.data()) != 0xE000FFFEu) break;
    const std::uint64_t length = std::min<std::uint64_t>(little32(head.data() + 4), source_.size() - at - 8);
    if (isFirst) items.begin = at;
    if (isFirst && !beginsPicture(std::span(head).last<8>())) {  // some leave the table out
      std::vector<std::byte> table(std::size_t(std::min<std::uint64_t>(length, std::uint64_t(header_.frames) * 4)));
      auto read = source_.read(at + 8, table);
      for (std::size_t n = 0; read && n + 4 <= *read; n += 4) items.offsets.push_back(little32(table.data() + n));
      items.begin = at + 8 + length;
    } else {
      items.fragments.push_back({at + 8, length});
    }
    at += 8 + length;
  }
  if (!header_.extendedOffsets.empty()) items.offsets = header_.extendedOffsets;
  return items;
}

std::vector<std::size_t> ImageFile::startsByPictures(const std::vector<Fragment>& fragments) const {
  std::vector<std::size_t> starts;
  for (std::size_t n = 0; n < fragments.size(); ++n) {
    std::array<std::byte, 8> start{};
    auto got = source_.read(fragments[n].offset, start);
    if (got && beginsPicture(start)) starts.push_back(n);
  }
  return starts;
}

ImageFile::FrameIndex ImageFile::buildIndex() const {
  FrameIndex index;
  PixelItems items = readItems();
  index.fragments = std::move(items.fragments);
  const std::size_t frames = std::size_t(header_.frames);
  const std::size_t count = index.fragments.size();
  if (frames == 1) {
    index.firstFragment = {0, count};
    return index;
  }
  std::vector<std::size_t>& starts = index.firstFragment;
  if (items.offsets.size() == frames) starts = startsByOffsets(items.offsets, index.fragments, items.begin);
  if (starts.empty() && count > frames) starts = startsByPictures(index.fragments);
  if (starts.empty() && count <= frames) {
    starts.resize(count);
    std::iota(starts.begin(), starts.end(), std::size_t{0});
  }
  starts.push_back(count);
  if (count > frames && starts.size() < frames + 1) index.problem = "its frames cannot be told apart";
  if (starts.size() > frames + 1) starts.resize(frames + 1);  // more pictures than the header counts: the first ones
  return index;
}

Result<std::vector<std::byte>> ImageFile::readFragments(std::size_t first, std::size_t end) const {
  const FrameIndex& index = frameIndex();
  std::size_t total = 0;
  for (std::size_t n = first; n < end; ++n) total += std::size_t(index.fragments[n].length);
  std::vector<std::byte> bytes(total);
  std::size_t done = 0;
  for (std::size_t n = first; n < end; ++n) {
    const auto length = std::size_t(index.fragments[n].length);
    auto got = source_.read(index.fragments[n].offset, std::span(bytes).subspan(done, length));
    if (!got) return got.error();
    done += *got;
  }
  bytes.resize(done);
  if (bytes.empty()) return damaged("the pixel data of this frame is missing");
  return bytes;
}

Result<std::vector<std::byte>> ImageFile::readEncapsulated(int n) const {
  const FrameIndex& index = frameIndex();
  if (!index.problem.empty()) return damaged(index.problem);
  if (std::size_t(n) + 1 >= index.firstFragment.size()) return damaged("frame " + std::to_string(n) + " is missing");
  return readFragments(index.firstFragment[std::size_t(n)], index.firstFragment[std::size_t(n) + 1]);
}

Result<std::vector<std::byte>> ImageFile::readWholeStream() const {
  return readFragments(0, frameIndex().fragments.size());
}

}  // namespace fiducial::media::dicom
