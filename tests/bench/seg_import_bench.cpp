// A made DICOM segmentation of 100 segments by 400 slices of 512 x 512 into a new project, as one edit (limit: 10 s):
// binary, 1.3 GB of packed bits, and fractional, RLE. Its pictures are nowhere, so that nothing else is read.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "fiducial/exchange/format.h"
#include "fiducial/media/dicom_tags.h"
#include "support/temporary_folder.h"

namespace fiducial::exchange {
namespace {

namespace tag = media::dicom::tag;

constexpr int kSegments = 100;
constexpr int kSlices = 400;
constexpr int kEdge = 512;  // pixels

enum class Samples { Binary, Fractional };

/// Explicit VR little endian, as far as a segmentation needs it.
class DicomText {
 public:
  void number(std::uint32_t value, int bytes) {
    for (int n = 0; n < bytes; ++n) text_ += char(value >> (8 * n) & 255U);
  }
  void tag(std::uint32_t tag) {
    number(tag >> 16, 2);
    number(tag & 0xFFFFU, 2);
  }
  void element(std::uint32_t at, const char* vr, std::string value) {
    if (value.size() % 2 == 1) value += vr == std::string("UI") ? '\0' : ' ';
    tag(at);
    text_ += vr;
    number(std::uint32_t(value.size()), 2);
    text_ += value;
  }
  void word(std::uint32_t at, int value) {
    tag(at);
    text_ += "US";
    number(2, 2);
    number(std::uint32_t(value), 2);
  }
  void beginLong(std::uint32_t at, const char* vr, std::uint32_t length) {
    tag(at);
    text_ += vr;
    number(0, 2);
    number(length, 4);
  }
  void sequence(std::uint32_t at, const std::vector<DicomText>& items) {
    std::string all;
    for (const DicomText& item : items) all += item.asItem();
    beginLong(at, "SQ", std::uint32_t(all.size()));
    text_ += all;
  }
  [[nodiscard]] std::string asItem() const {
    DicomText item;
    item.tag(tag::Item);
    item.number(std::uint32_t(text_.size()), 4);
    return item.text_ + text_;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Of row `y` the columns that are in the disc of a segment on a slice: [first, end).
struct Span {
  int first = 0;
  int end = 0;
};
Span discRow(int segment, int slice, int y) {
  const int x0 = 60 + segment % 10 * 43, y0 = 60 + segment / 10 * 43, radius = 12 + (segment + slice) % 25;
  const int dy = y - y0;
  int half = 0;
  while ((half + 1) * (half + 1) + dy * dy <= radius * radius) ++half;
  return dy * dy > radius * radius ? Span{} : Span{x0 - half, x0 + half + 1};
}

std::string packedBits(int segment, int slice) {
  std::string bytes(kEdge * kEdge / 8, '\0');
  for (int y = 0; y < kEdge; ++y) {
    const Span span = discRow(segment, slice, y);
    for (int x = span.first; x < span.end; ++x) {
      const std::size_t pixel = std::size_t(y) * kEdge + std::size_t(x);
      bytes[pixel / 8] = char(static_cast<unsigned char>(bytes[pixel / 8]) | (1U << pixel % 8));
    }
  }
  return bytes;
}

void appendRuns(std::string& out, int count, char value) {
  for (; count > 0; count -= 128) {
    const int run = std::min(count, 128);
    out += run == 1 ? '\0' : char(257 - run);
    out += value;
  }
}

/// PS3.5 G.4: a header of 16 numbers, and one segment.
std::string runLengths(int segment, int slice) {
  DicomText header;
  header.number(1, 4);
  header.number(64, 4);
  for (int n = 0; n < 14; ++n) header.number(0, 4);
  std::string out = header.text();
  for (int y = 0; y < kEdge; ++y) {
    const Span span = discRow(segment, slice, y);
    appendRuns(out, span.first, '\0');
    appendRuns(out, span.end - span.first, char(200));
    appendRuns(out, kEdge - span.end, '\0');
  }
  if (out.size() % 2 == 1) out += '\0';
  return out;
}

DicomText frameGroups(int segment, int slice) {
  DicomText position, identification, groups;
  position.element(tag::ImagePosition, "DS", "-100\\-120\\" + std::to_string(2 * slice));
  identification.word(tag::ReferencedSegment, segment + 1);
  groups.sequence(tag::PlanePosition, {position});
  groups.sequence(tag::SegmentIdentification, {identification});
  return groups;
}

DicomText sharedGroups() {
  DicomText orientation, measures, groups;
  orientation.element(tag::ImageOrientation, "DS", "1\\0\\0\\0\\1\\0");
  measures.element(tag::SpacingBetweenSlices, "DS", "2");
  measures.element(tag::PixelSpacing, "DS", "0.5\\0.5");
  groups.sequence(tag::PlaneOrientation, {orientation});
  groups.sequence(tag::PixelMeasures, {measures});
  return groups;
}

std::string header(Samples samples) {
  const bool isBinary = samples == Samples::Binary;
  std::vector<DicomText> segments(kSegments), frames;
  for (int n = 0; n < kSegments; ++n) {
    segments[std::size_t(n)].word(tag::SegmentNumber, n + 1);
    segments[std::size_t(n)].element(tag::SegmentLabel, "LO", "segment " + std::to_string(n + 1));
    for (int slice = 0; slice < kSlices; ++slice) frames.push_back(frameGroups(n, slice));
  }
  DicomText series, meta, data;
  series.element(tag::SeriesUid, "UI", "1.2.3.4");
  meta.element(tag::TransferSyntax, "UI", isBinary ? "1.2.840.10008.1.2.1" : "1.2.840.10008.1.2.5");
  data.element(tag::SopClass, "UI", "1.2.840.10008.5.1.4.1.1.66.4");
  data.element(tag::SopInstance, "UI", "1.2.3.5");
  data.element(tag::Modality, "CS", "SEG");
  data.sequence(tag::ReferencedSeries, {series});
  data.element(tag::StudyUid, "UI", "1.2.3.6");
  data.word(tag::SamplesPerPixel, 1);
  data.element(tag::Photometric, "CS", "MONOCHROME2");
  data.element(tag::NumberOfFrames, "IS", std::to_string(kSegments * kSlices));
  data.word(tag::Rows, kEdge);
  data.word(tag::Columns, kEdge);
  data.word(tag::BitsAllocated, isBinary ? 1 : 8);
  data.word(tag::BitsStored, isBinary ? 1 : 8);
  data.word(tag::HighBit, isBinary ? 0 : 7);
  data.word(tag::PixelRepresentation, 0);
  data.element(tag::SegmentationType, "CS", isBinary ? "BINARY" : "FRACTIONAL");
  data.sequence(tag::Segments, segments);
  if (!isBinary) data.word(tag::LargestFraction, 255);
  data.sequence(tag::SharedGroups, {sharedGroups()});
  data.sequence(tag::PerFrameGroups, frames);
  std::string text(128, '\0');
  text += "DICM";
  text += meta.text();
  text += data.text();
  return text;
}

void writeSegmentation(const std::filesystem::path& path, Samples samples) {
  std::ofstream out(path, std::ios::binary);
  out << header(samples);
  DicomText pixels;
  const bool isBinary = samples == Samples::Binary;
  const auto bytes = std::uint32_t(kSegments) * kSlices * (kEdge * kEdge / 8);
  pixels.beginLong(tag::PixelData, "OB", isBinary ? bytes : media::kDicomUndefinedLength);
  if (!isBinary) pixels.tag(tag::Item), pixels.number(0, 4);  // no offsets
  out << pixels.text();
  for (int n = 0; n < kSegments * kSlices; ++n) {
    const std::string frame = isBinary ? packedBits(n / kSlices, n % kSlices) : runLengths(n / kSlices, n % kSlices);
    if (!isBinary) {
      DicomText item;
      item.tag(tag::Item);
      item.number(std::uint32_t(frame.size()), 4);
      out << item.text();
    }
    out << frame;
  }
  DicomText end;
  if (!isBinary) end.tag(tag::SequenceEnd), end.number(0, 4);
  out << end.text();
}

void importSegmentation(benchmark::State& state, Samples samples) {
  fiducial::test::TemporaryFolder folder;
  writeSegmentation(folder / "seg.dcm", samples);
  ImportOptions options;
  options.path = folder / "seg.dcm";
  int project = 0;
  for (auto _ : state) {
    auto created = project::Project::create(folder / ("p" + std::to_string(project++) + ".fiducial"));
    if (!created) std::abort();
    auto report = findFormat("dicom-seg")->importer()->read(**created, options, {});
    if (!report || report->labels != kSegments || report->skipped != 0) state.SkipWithError("not all was imported");
  }
}
BENCHMARK_CAPTURE(importSegmentation, Binary, Samples::Binary)->Unit(benchmark::kSecond)->Iterations(1);
BENCHMARK_CAPTURE(importSegmentation, Fractional, Samples::Fractional)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace fiducial::exchange
