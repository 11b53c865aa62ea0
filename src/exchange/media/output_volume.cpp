#include "fiducial/exchange/output_volume.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <mutex>

#include "fiducial/media/volume_source.h"
#include "fiducial/media/write_image.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "fiducial/runtime/thread_pool.h"

namespace fiducial::exchange {
namespace {

constexpr double kLargestExact = 9007199254740992.0;  // 2^53: integers are exact in a double up to here

struct Range {
  double lowest = 0;
  double highest = 0;
};

bool isIntegral(double value) { return std::nearbyint(value) == value && std::abs(value) < kLargestExact; }

// Calls body(first, end) on pieces of `count` samples from all cores.
template <class Body>
void inPieces(std::size_t count, const Body& body) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  runtime::parallelFor((count + kPiece - 1) / kPiece,
                       [&](std::size_t n) { body(n * kPiece, std::min(count, (n + 1) * kPiece)); });
}

template <class T>
Range rangeOf(std::span<const T> values) {
  if (values.empty()) return {};
  std::mutex mutex;
  T lowest = values[0];
  T highest = values[0];
  inPieces(values.size(), [&](std::size_t first, std::size_t end) {
    T low = values[first];
    T high = values[first];
    for (std::size_t i = first; i < end; ++i) {
      low = values[i] < low ? values[i] : low;
      high = values[i] > high ? values[i] : high;
    }
    const std::scoped_lock lock(mutex);
    lowest = std::min(lowest, low);
    highest = std::max(highest, high);
  });
  return {static_cast<double>(lowest), static_cast<double>(highest)};
}

bool fits(ScalarType type, Range range) {
  return withScalarType(type, [&](auto zero) {
    using Limits = std::numeric_limits<decltype(zero)>;
    return range.lowest >= static_cast<double>(Limits::lowest()) && range.highest <= static_cast<double>(Limits::max());
  });
}

// The first of own type, int16, uint16, int32, int64 that holds every output value.
ScalarType fittingType(ScalarType own, Range range) {
  for (const ScalarType type : {own, ScalarType::Int16, ScalarType::UInt16, ScalarType::Int32, ScalarType::Int64}) {
    if (fits(type, range)) return type;
  }
  return ScalarType::Float32;
}

template <class From, class To>
void rescale(std::span<const From> from, std::span<To> to, double slope, double intercept) {
  if constexpr (std::is_integral_v<From> && std::is_integral_v<To>) {
    const auto factor = static_cast<std::int64_t>(slope);
    const auto offset = static_cast<std::int64_t>(intercept);
    inPieces(from.size(), [&](std::size_t first, std::size_t end) {
      for (std::size_t i = first; i < end; ++i) {
        to[i] = static_cast<To>(static_cast<std::int64_t>(from[i]) * factor + offset);
      }
    });
  } else {
    inPieces(from.size(), [&](std::size_t first, std::size_t end) {
      for (std::size_t i = first; i < end; ++i) to[i] = static_cast<To>(double(from[i]) * slope + intercept);
    });
  }
}

// Gray in output units; the buffer itself where nothing has to change.
Result<ScalarBuffer> toOutput(const ScalarBuffer& stored, double slope, double intercept) {
  const bool integral = isInteger(stored.type()) && isIntegral(slope) && isIntegral(intercept);
  const bool unchanged = slope == 1 && intercept == 0;
  if (unchanged && (isInteger(stored.type()) || stored.type() == ScalarType::Float32)) return stored;
  ScalarType type = ScalarType::Float32;
  if (integral) {
    const Range range =
        withScalarType(stored.type(), [&](auto zero) { return rangeOf(stored.values<decltype(zero)>()); });
    const double a = range.lowest * slope + intercept;
    const double b = range.highest * slope + intercept;
    type = fittingType(stored.type(), {std::min(a, b), std::max(a, b)});
  }
  auto output = runtime::allocateScalars(type, stored.components(), stored.size());
  if (!output) return output.error();
  withScalarType(stored.type(), [&](auto from) {
    withScalarType(type, [&](auto to) {
      rescale(stored.values<decltype(from)>(), output->mutableValues<decltype(to)>(), slope, intercept);
    });
  });
  return output;
}

// RGB of 8 bits from RGB or RGBX of any depth: deeper samples keep their high byte.
Result<ScalarBuffer> toRgb24(const ScalarBuffer& colour) {
  if (colour.components() == 3 && colour.type() == ScalarType::UInt8) return colour;
  auto output = runtime::allocateScalars(ScalarType::UInt8, 3, colour.size());
  if (!output) return output.error();
  const auto to = output->mutableValues<std::uint8_t>();
  const auto components = static_cast<std::size_t>(colour.components());
  const auto pixels = static_cast<std::size_t>(colour.size().voxels());
  const bool done = withScalarType(colour.type(), [&](auto zero) {
    using T = decltype(zero);
    if constexpr (std::is_integral_v<T>) {
      const auto from = colour.values<T>();
      constexpr int kShift = 8 * (static_cast<int>(sizeof(T)) - 1);
      inPieces(pixels, [&](std::size_t first, std::size_t end) {
        for (std::size_t i = first; i < end; ++i) {
          for (std::size_t c = 0; c < 3; ++c) {
            to[i * 3 + c] =
                static_cast<std::uint8_t>(static_cast<std::make_unsigned_t<T>>(from[i * components + c]) >> kShift);
          }
        }
      });
      return true;
    } else {
      return false;
    }
  });
  if (!done) return Error{ErrorCode::Unsupported, "colour of floating point samples cannot be converted", {}, {}};
  return output;
}

Result<ScalarBuffer> outputOf(const media::Volume& volume) {
  if (volume.values().components() >= 3) return toRgb24(volume.values());
  return toOutput(volume.values(), volume.info().slope, volume.info().intercept);
}

// Time points one after the other. Their types may differ (each fits its own values): float32 then holds them all.
Result<ScalarBuffer> joined(const std::vector<ScalarBuffer>& parts) {
  if (parts.size() == 1) return parts.front();
  VolumeSize size = parts.front().size();
  const bool sameType = std::all_of(parts.begin(), parts.end(),
                                    [&](const ScalarBuffer& part) { return part.type() == parts.front().type(); });
  const ScalarType type = sameType ? parts.front().type() : ScalarType::Float32;
  const auto sliceCount = std::int64_t{size.slices} * static_cast<std::int64_t>(parts.size());
  if (sliceCount > std::numeric_limits<int>::max()) {
    return Error{ErrorCode::TooLarge, "the series has too many slices over all its times", {}, {}};
  }
  size.slices = static_cast<int>(sliceCount);
  auto all = runtime::allocateScalars(type, parts.front().components(), size);
  if (!all) return all.error();
  std::byte* to = all->mutableBytes().data();
  for (const ScalarBuffer& part : parts) {
    if (sameType) {
      std::memcpy(to, part.bytes().data(), part.sizeBytes());
      to += part.sizeBytes();
      continue;
    }
    const auto count = static_cast<std::size_t>(part.size().voxels()) * static_cast<std::size_t>(part.components());
    withScalarType(part.type(), [&](auto zero) {
      rescale(part.values<decltype(zero)>(), std::span<float>(reinterpret_cast<float*>(to), count), 1, 0);
    });
    to += count * sizeof(float);
  }
  return all;
}

double secondsOf(const MediumInfo& info) {
  if (info.frameRate > 0) return 1 / info.frameRate;
  return info.frames > 0 && info.durationSeconds > 0 ? info.durationSeconds / info.frames : 0;
}

}  // namespace

Result<OutputVolume> readOutputVolume(const media::MediumLocation& location, std::stop_token stop,
                                      const runtime::Progress& progress) {
  if (location.info.kind == MediumKind::Video) {
    return Error{ErrorCode::Unsupported, "a video is no volume", location.path.string(),
                 "write single frames of it with the command `frame`"};
  }
  auto source = media::openVolume(location);
  if (!source) return source.error();
  OutputVolume output;
  std::vector<ScalarBuffer> parts;
  const int times = std::max(1, (*source)->info().times);
  for (int time = 0; time < times; ++time) {
    media::LoadOptions options;
    options.firstSlice = 0;
    options.time = time;
    options.progress = progress;
    auto loaded = (*source)->load(options, stop);
    if (!loaded) return loaded.error();
    auto values = outputOf(*loaded->volume);
    if (!values) return values.error();
    parts.push_back(std::move(*values));
    if (time == 0) output.info = loaded->volume->info();
    for (std::string& warning : loaded->warnings) output.warnings.push_back(std::move(warning));
  }
  auto values = joined(parts);
  if (!values) return values.error();
  output.values = std::move(*values);
  output.times = output.info.kind == MediumKind::Cine ? output.values.size().slices : times;
  output.frameSeconds = output.times > 1 ? secondsOf(output.info) : 0;
  return output;
}

Status writeOutputVolume(const std::filesystem::path& path, const OutputVolume& volume) {
  media::VolumeFileOptions options;
  options.hasGeometry = volume.info.hasGeometry;
  options.times = volume.times;
  options.frameSeconds = volume.frameSeconds;
  return media::writeVolume(path, volume.values, volume.info.affine, options);
}

}  // namespace fiducial::exchange
