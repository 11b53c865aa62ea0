#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "../element_head.h"
#include "../frame_decoder.h"
#include "../image_file.h"
#include "bit_runs.h"
#include "dataset_state.h"
#include "fiducial/media/dicom_runs.h"

namespace fiducial::media {
namespace {

namespace tag = dicom::tag;

Error unsupported(const DicomDataset& dataset, std::string what) {
  return {ErrorCode::Unsupported, std::move(what), dataset.path().string(), ""};
}

/// RLE (PS3.5 annex G) that unpackRle() reads: of packed bits, for DCMTK's decoder knows whole bytes a pixel only; of
/// bytes in one segment right behind the header, for the speed.
bool isPlainRle(const dicom::ImageHeader& header, std::span<const std::byte> stream) {
  if (header.syntax->codec != dicom::PixelCodec::Rle || header.format.bitsAllocated > 8) return false;
  if (header.format.bitsAllocated == 1) return true;
  constexpr std::array<unsigned char, 8> kOneSegmentAt64{1, 0, 0, 0, 64, 0, 0, 0};
  return stream.size() > 64 && std::memcmp(stream.data(), kOneSegmentAt64.data(), kOneSegmentAt64.size()) == 0;
}

Result<std::vector<std::byte>> unpackRle(std::span<const std::byte> stream, std::size_t wanted) {
  constexpr std::size_t kHeader = 64;
  std::vector<std::byte> bytes;
  bytes.reserve(wanted);
  std::size_t at = kHeader;
  while (at < stream.size() && bytes.size() < wanted) {
    const auto code = int(static_cast<signed char>(std::to_integer<unsigned char>(stream[at++])));
    if (code == -128) continue;
    if (code >= 0) {
      const std::size_t count = std::min<std::size_t>(std::size_t(code) + 1, stream.size() - at);
      bytes.insert(bytes.end(), stream.begin() + std::ptrdiff_t(at), stream.begin() + std::ptrdiff_t(at + count));
      at += count;
    } else if (at < stream.size()) {
      bytes.insert(bytes.end(), std::size_t(1 - code), stream[at++]);
    }
  }
  if (bytes.size() < wanted) return Error{ErrorCode::Damaged, "the RLE data of this frame ends early", "", ""};
  bytes.resize(wanted);
  return bytes;
}

Result<dicom::ImageHeader> headerOf(const DicomDataset& dataset) {
  const DicomItem root = dataset.root();
  const DicomDataset::State& state = dataset.state();
  dicom::ImageHeader header;
  header.syntax = dicom::findTransferSyntax(dataset.transferSyntax());
  if (header.syntax == nullptr || header.syntax->codec == dicom::PixelCodec::Video) {
    return unsupported(dataset, "its transfer syntax " + dataset.transferSyntax() + " is none of segmentations");
  }
  header.pixels = state.pixels;
  if (header.pixels.tag != tag::PixelData)
    return unsupported(dataset, "it has no pixel data: there are no voxels in it");
  const auto value = [&](dicom::Tag tag, int absent) {
    return int(std::clamp<std::int64_t>(root.integer(tag).value_or(absent), -1, 1 << 24));
  };
  dicom::PixelFormat& format = header.format;
  format.rows = value(tag::Rows, 0);
  format.columns = value(tag::Columns, 0);
  format.bitsAllocated = value(tag::BitsAllocated, 0);
  format.bitsStored = value(tag::BitsStored, format.bitsAllocated);
  format.highBit = format.bitsStored - 1;
  format.bigEndian = state.bigEndian;
  const bool hasSize = format.rows > 0 && format.columns > 0 && format.rows <= 65535 && format.columns <= 65535;
  if (!hasSize) return Error{ErrorCode::Damaged, "its frames have no valid size", dataset.path().string(), ""};
  const int bits = format.bitsAllocated;
  if (value(tag::SamplesPerPixel, 1) != 1 || (bits != 1 && bits != 8 && bits != 16)) {
    return unsupported(dataset, "segmentations have one sample of 1, 8 or 16 bits a pixel, this one " +
                                    std::to_string(bits) + " bits");
  }
  if (format.bigEndian && bits < 16 && header.pixels.vr == dicom::vrOf("OW")) {
    return unsupported(dataset, "big-endian words of single bits or bytes are not read");
  }
  if (format.bitsStored < 1 || format.bitsStored > bits) format.bitsStored = bits;
  header.frames = std::max(1, value(tag::NumberOfFrames, 1));
  for (const double offset : root.numbers(tag::ExtendedOffsets)) {
    header.extendedOffsets.push_back(offset < 0 ? 0 : std::uint64_t(offset));
  }
  return header;
}

}  // namespace

struct DicomRunReader::State {
  std::shared_ptr<const dicom::ImageFile> file;

  [[nodiscard]] std::vector<SampleRun> runsIn(std::span<const std::byte> bytes, int firstBit, bool bigEndian) const;
  [[nodiscard]] Result<std::vector<SampleRun>> native(int frame) const;
  [[nodiscard]] Result<std::vector<SampleRun>> encapsulated(int frame) const;
};

DicomRunReader::DicomRunReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
DicomRunReader::~DicomRunReader() = default;
DicomRunReader::DicomRunReader(DicomRunReader&&) noexcept = default;
DicomRunReader& DicomRunReader::operator=(DicomRunReader&&) noexcept = default;

Result<DicomRunReader> DicomRunReader::open(const DicomDataset& dataset) {
  auto header = headerOf(dataset);
  if (!header) return header.error();
  auto source = dicom::ByteSource::open(dataset.path());
  if (!source) return source.error();
  if (header->syntax->deflated) {
    if (auto start = dicom::findDataSet(*source); !start) return start.error();
  }
  auto state = std::make_unique<State>();
  state->file = dicom::ImageFile::over(std::move(*source), std::move(*header));
  return DicomRunReader(std::move(state));
}

int DicomRunReader::rows() const { return state_->file->header().format.rows; }
int DicomRunReader::columns() const { return state_->file->header().format.columns; }
int DicomRunReader::frames() const { return state_->file->header().frames; }
int DicomRunReader::bits() const { return state_->file->header().format.bitsAllocated; }

Result<std::vector<SampleRun>> DicomRunReader::runs(int frame) const {
  if (frame < 0 || frame >= frames()) {
    return Error{ErrorCode::OutOfRange, "there is no frame " + std::to_string(frame), "", ""};
  }
  return state_->file->header().pixels.encapsulated ? state_->encapsulated(frame) : state_->native(frame);
}

std::vector<SampleRun> DicomRunReader::State::runsIn(std::span<const std::byte> bytes, int firstBit,
                                                     bool bigEndian) const {
  const dicom::PixelFormat& format = file->header().format;
  if (format.bitsAllocated == 1) return dicom::runsOfBits(bytes, firstBit, format.rows, format.columns);
  if (format.bitsAllocated == 8) return dicom::runsOfBytes(bytes, format.rows, format.columns);
  return dicom::runsOfWords(bytes, bigEndian, format.rows, format.columns);
}

Result<std::vector<SampleRun>> DicomRunReader::State::native(int frame) const {
  if (const std::string missing = file->truncation(frame); !missing.empty()) {
    return Error{ErrorCode::Damaged, missing, file->path().string(), ""};
  }
  std::vector<std::byte> bytes(file->nativeFrameBytes() + sizeof(std::uint64_t));
  const auto frameBytes = std::span(bytes).first(file->nativeFrameBytes());
  if (auto read = file->readNative(frame, frameBytes); !read) return read.error();
  return runsIn(bytes, file->firstBit(frame), file->header().format.bigEndian);
}

Result<std::vector<SampleRun>> DicomRunReader::State::encapsulated(int frame) const {
  auto stream = file->readEncapsulated(frame);
  if (!stream) return stream.error();
  const dicom::PixelFormat& format = file->header().format;
  const auto pixels = std::size_t(format.pixels());
  std::vector<std::byte> bytes;
  if (isPlainRle(file->header(), *stream)) {
    auto unpacked = unpackRle(*stream, format.bitsAllocated == 1 ? (pixels + 7) / 8 : pixels);
    if (!unpacked) return unpacked.error();
    bytes = std::move(*unpacked);
  } else {
    auto decoded = dicom::decodeFrame(file->header(), *stream);
    if (!decoded) return decoded.error();
    bytes = std::move(decoded->bytes);
  }
  // JPEG 2000 gives a byte for a bit.
  if (format.bitsAllocated == 1 && bytes.size() >= pixels && pixels > 8) {
    return dicom::runsOfBytes(bytes, format.rows, format.columns);
  }
  if (bytes.size() < std::size_t((format.nativeFrameBits() + 7) / 8)) {
    return Error{ErrorCode::Damaged, "this frame ends early", file->path().string(), ""};
  }
  if (format.bitsAllocated == 1) bytes.resize(bytes.size() + sizeof(std::uint64_t));  // bits are read 64 at a time
  return runsIn(bytes, 0, false);
}

}  // namespace fiducial::media
