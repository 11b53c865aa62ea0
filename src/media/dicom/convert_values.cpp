#include <algorithm>
#include <cmath>
#include <cstring>

#include "frame_values.h"

namespace fiducial::media::dicom {
namespace {

/// Calls f(sample index, stored value) for every sample, masked and sign-extended already.
template <class Stored, class F>
void forEachStored(const StoredSamples& samples, std::size_t count, F&& f) {
  const auto* values = reinterpret_cast<const Stored*>(samples.bytes.data());
  count = std::min(count, samples.bytes.size() / sizeof(Stored));
  for (std::size_t n = 0; n < count; ++n) f(n, values[n]);
}

template <class F>
void withStoredType(const PixelFormat& format, int bytesPerSample, F&& f) {
  if (format.isFloat) return bytesPerSample == 8 ? f(double{}) : f(float{});
  switch (bytesPerSample) {
    case 1:
      return format.isSigned ? f(std::int8_t{}) : f(std::uint8_t{});
    case 2:
      return format.isSigned ? f(std::int16_t{}) : f(std::uint16_t{});
    case 4:
      return format.isSigned ? f(std::int32_t{}) : f(std::uint32_t{});
    default:
      return format.isSigned ? f(std::int64_t{}) : f(std::uint64_t{});
  }
}

template <class Stored, class Out>
void rescaleInto(const StoredSamples& samples, const Rescale& rescale, std::span<Out> out) {
  forEachStored<Stored>(samples, out.size(), [&](std::size_t n, Stored stored) {
    const double value = double(stored) * rescale.slope + rescale.intercept;
    if constexpr (std::is_floating_point_v<Out>) {
      out[n] = Out(value);
    } else {
      out[n] = Out(std::clamp(value, double(std::numeric_limits<Out>::min()), double(std::numeric_limits<Out>::max())));
    }
  });
}

std::size_t entryOf(std::int64_t stored, std::int64_t first, std::size_t count) {
  return std::size_t(std::clamp<std::int64_t>(stored - first, 0, std::int64_t(count) - 1));
}

template <class Stored>
void throughPalette(const StoredSamples& samples, const Palette& palette, const ValuePlan& plan, std::size_t pixels,
                    std::span<std::byte> out) {
  const auto paint = [&](auto* rgb) {
    using Component = std::remove_pointer_t<decltype(rgb)>;
    forEachStored<Stored>(samples, pixels, [&](std::size_t n, Stored stored) {
      for (std::size_t c = 0; c < 3; ++c) {
        const auto& entries = palette.entries[c];
        rgb[n * 3 + c] = Component(entries[entryOf(std::int64_t(stored), palette.first, entries.size())]);
      }
    });
  };
  if (plan.scalar == ScalarType::UInt16) return paint(reinterpret_cast<std::uint16_t*>(out.data()));
  paint(reinterpret_cast<std::uint8_t*>(out.data()));
}

/// One pixel of YBR to RGB, PS3.3 C.7.6.3.1.2; `half` is the neutral chroma, `top` the largest value.
struct YbrToRgb {
  double half = 128;
  double top = 255;
  bool isPartial = false;

  void operator()(double y, double cb, double cr, double* rgb) const {
    cb -= half;
    cr -= half;
    if (isPartial) {  // 16..235 and 16..240 of 8 bits
      const double luma = 1.1644 * (y - half / 8);
      rgb[0] = luma + 1.5960 * cr;
      rgb[1] = luma - 0.3917 * cb - 0.8130 * cr;
      rgb[2] = luma + 2.0173 * cb;
    } else {
      rgb[0] = y + 1.402 * cr;
      rgb[1] = y - 0.344136 * cb - 0.714136 * cr;
      rgb[2] = y + 1.772 * cb;
    }
    for (int c = 0; c < 3; ++c) rgb[c] = std::clamp(std::round(rgb[c]), 0.0, top);
  }
};

template <class Stored, class Out>
void ybrInto(const PixelFormat& format, const StoredSamples& samples, std::span<Out> out) {
  const auto* in = reinterpret_cast<const Stored*>(samples.bytes.data());
  const std::size_t there = samples.bytes.size() / sizeof(Stored);
  const YbrToRgb convert{std::ldexp(1.0, format.bitsStored - 1), std::ldexp(1.0, format.bitsStored) - 1,
                         format.photometric == "YBR_PARTIAL_422" || format.photometric == "YBR_PARTIAL_420"};
  double rgb[3];
  for (std::size_t pixel = 0; pixel < out.size() / 3; ++pixel) {
    const std::size_t at = samples.isSubsampled ? pixel / 2 * 4 : pixel * 3;
    const std::size_t chroma = at + (samples.isSubsampled ? 2 : 1);
    if (chroma + 1 >= there) return;
    const Stored y = in[samples.isSubsampled ? at + pixel % 2 : at];
    convert(double(y), double(in[chroma]), double(in[chroma + 1]), rgb);
    for (std::size_t c = 0; c < 3; ++c) out[pixel * 3 + c] = Out(rgb[c]);
  }
}

}  // namespace

void convertGray(const ImageHeader& header, const Rescale& rescale, const ValuePlan& plan, const StoredSamples& raw,
                 std::span<std::byte> out) {
  const PixelFormat& format = header.format;
  StoredSamples samples = raw;
  if (format.bitsAllocated >= 8) maskInPlace(format, samples.bytes);
  const auto pixels = std::size_t(format.pixels());
  withStoredType(format, samples.bytesPerSample, [&](auto stored) {
    using Stored = decltype(stored);
    if (plan.isColour) {
      if constexpr (std::is_integral_v<Stored>) throughPalette<Stored>(samples, *header.palette, plan, pixels, out);
    } else if (plan.appliesTable) {
      auto* values = reinterpret_cast<std::uint16_t*>(out.data());
      const ValueTable& table = *header.modalityTable;
      forEachStored<Stored>(samples, pixels, [&](std::size_t n, Stored value) {
        values[n] = table.entries[entryOf(std::int64_t(value), table.first, table.entries.size())];
      });
    } else if (plan.appliesRescale) {
      withScalarType(plan.scalar, [&](auto typed) {
        using Out = decltype(typed);
        rescaleInto<Stored, Out>(samples, rescale, {reinterpret_cast<Out*>(out.data()), pixels});
      });
    } else {
      std::memcpy(out.data(), samples.bytes.data(), std::min(out.size(), samples.bytes.size()));
    }
  });
}

void convertColour(const ImageHeader& header, const ValuePlan& plan, const StoredSamples& samples,
                   std::span<std::byte> out) {
  const PixelFormat& format = header.format;
  const bool isYbr =
      !samples.isRgb && (format.photometric.starts_with("YBR_FULL") || format.photometric.starts_with("YBR_PARTIAL"));
  withStoredType(PixelFormat{.isSigned = false}, samples.bytesPerSample, [&](auto stored) {
    using Stored = decltype(stored);
    const auto into = [&](auto* first) {
      using Out = std::remove_pointer_t<decltype(first)>;
      const std::span<Out> all(first, out.size() / sizeof(Out));
      if (isYbr) return ybrInto<Stored, Out>(format, samples, all);
      // Components beyond 16 bits keep their highest 16.
      const int shift = sizeof(Stored) > sizeof(Out) ? int(8 * (sizeof(Stored) - sizeof(Out))) : 0;
      if constexpr (std::is_integral_v<Stored>) {
        forEachStored<Stored>(samples, all.size(), [&](std::size_t n, Stored value) { all[n] = Out(value >> shift); });
      }
    };
    plan.scalar == ScalarType::UInt16 ? into(reinterpret_cast<std::uint16_t*>(out.data()))
                                      : into(reinterpret_cast<std::uint8_t*>(out.data()));
  });
}

}  // namespace fiducial::media::dicom
