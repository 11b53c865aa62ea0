#include "image_header.h"

#include <algorithm>
#include <cmath>

#include "calibration.h"
#include "mosaic.h"
#include "suv.h"

namespace fiducial::media::dicom {
namespace {

Error damaged(const ByteSource& source, std::string what) {
  return {ErrorCode::Damaged, std::move(what), source.path().string(), "ask its source for a sound copy"};
}

void readIdentity(const DataSet& data, ImageHeader& header) {
  header.sopClass = data.text(tag::SopClass);
  header.sopInstance = data.text(tag::SopInstance);
  header.studyUid = data.text(tag::StudyUid);
  header.seriesUid = data.text(tag::SeriesUid);
  header.frameOfReference = data.text(tag::FrameOfReference);
  header.modality = data.text(tag::Modality);
  header.studyDate = data.text(tag::StudyDate);
  header.studyDescription = toUtf8(data, tag::StudyDescription);
  header.seriesDescription = toUtf8(data, tag::SeriesDescription);
  header.patientName = toUtf8(data, tag::PatientName);
  header.imageType = data.texts(tag::ImageType);
  header.instanceNumber = data.integer(tag::InstanceNumber).value_or(0);
  header.acquisitionNumber = data.integer(tag::AcquisitionNumber).value_or(0);
  header.temporalPosition = data.integer(tag::TemporalPosition).value_or(0);
  header.concatenation = data.text(tag::Concatenation);
  header.echoTime = data.number(tag::EchoTime).value_or(0);
  header.lossy = data.text(tag::LossyCompression) == "01" || (header.syntax != nullptr && header.syntax->lossy);
}

std::string unitOf(const DataSet& data, const std::string& modality) {
  if (data.has(tag::GridFrameOffsets) || data.has(tag::DoseGridScaling)) return "Gy";
  std::string unit = data.text(tag::RescaleType);
  if (unit == "US") unit.clear();  // unspecified
  if (unit.empty() && modality == "CT" && data.has(tag::RescaleIntercept)) return "HU";
  if (unit.empty() && modality == "PT") return data.text(tag::Units);
  return unit;
}

/// Integer attributes as the file has them; the checks follow in checkFormat().
PixelFormat claimedFormat(const DataSet& data, const ParsedFile& file) {
  PixelFormat format;
  const auto value = [&](Tag tag, int absent) {
    return int(std::clamp<std::int64_t>(data.integer(tag).value_or(absent), -1, 1 << 20));
  };
  format.rows = value(tag::Rows, 0);
  format.columns = value(tag::Columns, 0);
  format.samples = value(tag::SamplesPerPixel, 1);
  format.isFloat = file.pixels.tag != tag::PixelData;
  const int floatBits = file.pixels.tag == tag::DoublePixelData ? 64 : 32;
  format.bitsAllocated = format.isFloat ? floatBits : value(tag::BitsAllocated, 0);
  format.bitsStored = format.isFloat ? floatBits : value(tag::BitsStored, format.bitsAllocated);
  format.highBit = value(tag::HighBit, format.bitsStored - 1);
  format.isSigned = value(tag::PixelRepresentation, 0) == 1;
  format.isPlanar = value(tag::PlanarConfiguration, 0) == 1;
  format.bigEndian = file.bigEndian;
  format.words = file.pixels.vr == vrOf("OW");
  const std::string photometric = data.text(tag::Photometric);
  if (!photometric.empty()) format.photometric = photometric;
  return format;
}

Status checkFormat(const ByteSource& source, ImageHeader& header) {
  PixelFormat& format = header.format;
  if (format.rows < 1 || format.columns < 1) {
    return damaged(source, "its picture has no size: " + std::to_string(std::max(format.columns, 0)) + " columns, " +
                               std::to_string(std::max(format.rows, 0)) + " rows");
  }
  if (format.rows > 65535 || format.columns > 65535) return damaged(source, "its picture claims an impossible size");
  const int bits = format.bitsAllocated;
  if (bits != 1 && bits != 8 && bits != 16 && bits != 32 && bits != 64) {
    return damaged(source, "it claims " + std::to_string(bits) + " bits a sample, which no picture has");
  }
  if (format.samples != 1 && format.samples != 3) {
    return damaged(source, "it claims " + std::to_string(format.samples) + " samples a pixel; pictures have 1 or 3");
  }
  if (format.samples == 3 && bits == 64) return damaged(source, "colour of 64 bits a sample is not read");
  if (format.bitsStored < 1 || format.bitsStored > bits) {
    header.warnings.push_back("Bits Stored is " + std::to_string(format.bitsStored) + " of " + std::to_string(bits) +
                              " allocated; all allocated bits are taken");
    format.bitsStored = bits;
    format.highBit = bits - 1;
  }
  if (format.highBit >= bits || format.highBit < format.bitsStored - 1) {
    header.warnings.push_back("High Bit is " + std::to_string(format.highBit) + "; " +
                              std::to_string(format.bitsStored - 1) + " is taken");
    format.highBit = format.bitsStored - 1;
  }
  const bool isGray = format.photometric == "MONOCHROME1" || format.photometric == "MONOCHROME2";
  const bool isColour = format.photometric == "RGB" || format.photometric.starts_with("YBR_");
  if (format.samples == 3 && !isColour) {
    header.warnings.push_back("3 samples a pixel called " + format.photometric + "; shown as RGB");
    format.photometric = "RGB";
  }
  if (format.samples == 1 && !isGray && format.photometric != "PALETTE COLOR") {
    header.warnings.push_back("1 sample a pixel called " + format.photometric + "; shown as gray");
    format.photometric = "MONOCHROME2";
  }
  return {};
}

/// Frames the bytes can hold; a claim beyond that is cut with a warning.
Status checkFrames(const ByteSource& source, std::int64_t claimed, ImageHeader& header) {
  if (claimed < 1) {
    header.warnings.push_back("it claims " + std::to_string(claimed) + " frames; 1 is taken");
    claimed = 1;
  }
  const std::int64_t there =
      header.pixels.offset > source.size() ? 0 : std::int64_t(source.size() - header.pixels.offset);
  std::int64_t possible = 0;
  if (header.pixels.encapsulated) {
    possible = there / 16;  // an item header and a few bytes a frame
    if (header.syntax->codec == PixelCodec::Video) possible = claimed <= there ? claimed : 1;
  } else {
    const std::int64_t length = std::min(there, std::int64_t(header.pixels.length));
    const std::int64_t bits = header.format.nativeFrameBits();
    possible = (length * 8 + bits - 1) / bits;  // a last frame in part counts
    if (length == 0) return damaged(source, "its pixel data is missing: the file ends before them");
    if (claimed == 1) possible = 1;
  }
  if (possible < 1) return damaged(source, "its pixel data is missing: the file ends before them");
  if (claimed > possible) {
    header.warnings.push_back("it claims " + std::to_string(claimed) + " frames; there are bytes for " +
                              std::to_string(possible));
    claimed = possible;
  }
  header.frames = int(std::min<std::int64_t>(claimed, 1 << 24));
  return {};
}

void readTiming(const DataSet& data, ImageHeader& header) {
  header.frameTimeMs = data.number(tag::FrameTime).value_or(0);
  if (!(header.frameTimeMs > 0)) {
    const double rate = data.number(tag::CineRate).value_or(data.number(tag::RecommendedDisplayFrameRate).value_or(0));
    header.frameTimeMs = rate > 0 ? 1000.0 / rate : 0;
  }
  header.frameTimesMs = data.numbers(tag::FrameTimeVector);
  const bool usable =
      header.frameTimesMs.size() == std::size_t(header.frames) &&
      std::all_of(header.frameTimesMs.begin(), header.frameTimesMs.end(), [](double t) { return t >= 0; });
  if (!usable) header.frameTimesMs.clear();
}

/// Spacing from ultrasound regions, only where all of them agree (PS3.3 C.8.5.5).
void readRegions(const DataSet& data, ImageHeader& header) {
  constexpr std::int64_t centimetres = 3;
  for (const DataSet& region : data.items(tag::UltrasoundRegions)) {
    const double x = std::abs(region.number(tag::PhysicalDeltaX).value_or(0)) * 10;
    const double y = std::abs(region.number(tag::PhysicalDeltaY).value_or(0)) * 10;
    const bool inCentimetres = region.integer(tag::RegionUnitsX).value_or(0) == centimetres &&
                               region.integer(tag::RegionUnitsY).value_or(0) == centimetres;
    if (!inCentimetres) continue;
    const std::vector<double> spacing{x, y};
    if (x <= 0 || y <= 0 || (!header.regionSpacing.empty() && header.regionSpacing != spacing)) {
      header.regionSpacing.clear();
      return;
    }
    header.regionSpacing = spacing;
  }
}

}  // namespace

std::int64_t PixelFormat::nativeFrameBits() const {
  const std::int64_t samplesOfFrame = isSubsampled() && samples == 3 ? pixels() * 2 : pixels() * samples;
  return samplesOfFrame * bitsAllocated;
}

Result<ImageHeader> readImageHeader(ByteSource& source) {
  ImageHeader header;
  header.sizeBytes = std::int64_t(source.size());
  auto file = parseFile(source);
  if (!file) return file.error();
  const DataSet& data = file->dataSet;
  header.syntax = findTransferSyntax(file->transferSyntax);
  header.warnings = std::move(file->warnings);
  header.pixels = file->pixels;
  readIdentity(data, header);
  if (header.sopClass.empty()) header.sopClass = file->mediaClass;
  const std::string reason = reasonWithoutPicture(header.sopClass, header.modality);
  if (!reason.empty()) return Error{ErrorCode::Unsupported, reason, source.path().string(), ""};
  if (header.pixels.tag == 0) {
    return Error{ErrorCode::Unsupported,
                 data.has(tag::Rows) ? "it describes a picture but has no pixel data; it may have been cut short"
                                     : "a DICOM object without pixel data: there is no picture in it",
                 source.path().string(), ""};
  }
  header.unit = unitOf(data, header.modality);
  header.format = claimedFormat(data, *file);
  if (auto checked = checkFormat(source, header); !checked) return checked.error();
  const std::int64_t claimed = data.integer(tag::NumberOfFrames).value_or(1);
  if (auto checked = checkFrames(source, claimed, header); !checked) return checked.error();
  for (double offset : data.numbers(tag::ExtendedOffsets)) header.extendedOffsets.push_back(std::uint64_t(offset));
  readTables(data, header);
  readOverlays(data, header);
  if (!isEnhancedPet(header)) header.secondUnit = readSuv(data, header.modality, header.unit);
  if (const Element* profile = data.find(tag::IccProfile)) header.iccProfile = profile->location;
  readTiming(data, header);
  readRegions(data, header);
  readCalibration(data, header);
  header.imagerSpacing = data.numbers(tag::ImagerPixelSpacing);
  if (header.imagerSpacing.empty()) header.imagerSpacing = data.numbers(tag::ImagePlaneSpacing);  // RT images
  if (header.imagerSpacing.size() != 2) header.imagerSpacing.clear();
  readFrameHeaders(data, header);
  if (isEnhancedPet(header)) readEnhancedSuv(data, header);
  readMosaic(data, header);
  return header;
}

}  // namespace fiducial::media::dicom
