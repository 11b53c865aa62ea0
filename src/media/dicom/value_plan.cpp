#include <algorithm>
#include <cmath>

#include "frame_values.h"

namespace fiducial::media::dicom {
namespace {

ScalarType storedType(const PixelFormat& format) {
  if (format.isFloat) return format.bitsAllocated == 64 ? ScalarType::Float64 : ScalarType::Float32;
  switch (format.bitsAllocated) {
    case 16:
      return format.isSigned ? ScalarType::Int16 : ScalarType::UInt16;
    case 32:
      return format.isSigned ? ScalarType::Int32 : ScalarType::UInt32;
    case 64:
      return format.isSigned ? ScalarType::Int64 : ScalarType::UInt64;
    default:
      return format.isSigned && format.bitsAllocated == 8 ? ScalarType::Int8 : ScalarType::UInt8;
  }
}

/// The smallest type that holds the output values of every frame.
ScalarType outputType(std::span<const FrameRef> frames) {
  double low = 0;
  double high = 0;
  for (const FrameRef& ref : frames) {
    const PixelFormat& format = ref.file->header().format;
    const auto [slope, intercept] = ref.header().rescale;
    const bool isIntegral = slope == std::floor(slope) && intercept == std::floor(intercept);
    if (!isIntegral || format.isFloat || format.bitsStored > 32) return ScalarType::Float32;
    const double span = std::ldexp(1.0, format.bitsStored);
    const double first = format.isSigned ? -span / 2 : 0;
    const double last = first + span - 1;
    low = std::min({low, first * slope + intercept, last * slope + intercept});
    high = std::max({high, first * slope + intercept, last * slope + intercept});
  }
  if (low >= -32768 && high <= 32767) return ScalarType::Int16;
  if (low >= -2147483648.0 && high <= 2147483647.0) return ScalarType::Int32;
  return ScalarType::Float32;
}

}  // namespace

ValuePlan planValues(std::span<const FrameRef> frames) {
  ValuePlan plan;
  const ImageHeader& header = frames.front().file->header();
  const PixelFormat& format = header.format;
  if (format.samples == 3 || header.palette) {
    plan.isColour = true;
    plan.components = 3;
    const int bits = header.palette ? header.palette->bits : format.bitsAllocated;
    plan.scalar = bits > 8 ? ScalarType::UInt16 : ScalarType::UInt8;
    return plan;
  }
  plan.scalar = storedType(format);
  if (header.modalityTable && !format.isFloat) {
    plan.appliesTable = true;
    plan.scalar = ScalarType::UInt16;
    return plan;
  }
  const Rescale first = frames.front().header().rescale;
  const bool isSame =
      std::all_of(frames.begin(), frames.end(), [&](const FrameRef& ref) { return ref.header().rescale == first; });
  if (isSame) {
    plan.slope = first.slope;
    plan.intercept = first.intercept;
  } else {
    plan.appliesRescale = true;
    plan.scalar = outputType(frames);
  }
  return plan;
}

}  // namespace fiducial::media::dicom
