#include "fiducial/exchange/stored_picture.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "fiducial/core/json_text.h"
#include "fiducial/exchange/project_media.h"
#include "fiducial/media/write_image.h"
#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/buffer_allocator.h"

namespace fiducial::exchange {
namespace {

constexpr double kSignedOffset = 32768;  // 2^15: where 0 of signed stored values lies in the PNG
constexpr const char* kTextKey = "Stored values";

struct Mapping {
  double offset = 0;  // sample = (stored + offset) * scale
  double scale = 1;
};

template <class T>
Mapping mappingOf(std::span<const T> values) {
  if (std::numeric_limits<T>::is_signed && std::is_integral_v<T> && sizeof(T) <= 2) return {kSignedOffset, 1};
  if (std::is_integral_v<T> && sizeof(T) <= 2) return {0, 1};
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  for (const T value : values) {
    const auto v = static_cast<double>(value);
    if (!std::isfinite(v)) continue;
    lowest = std::min(lowest, v);
    highest = std::max(highest, v);
  }
  if (lowest > highest) return {0, 1};
  if (std::is_integral_v<T> && lowest >= 0 && highest <= 65535) return {0, 1};
  if (std::is_integral_v<T> && lowest >= -kSignedOffset && highest < kSignedOffset) return {kSignedOffset, 1};
  return {-lowest, highest > lowest ? 65535 / (highest - lowest) : 1};
}

std::string describe(const Mapping& mapping) {
  if (mapping.scale == 1 && mapping.offset == 0) return "sample = stored";
  if (mapping.scale == 1 && mapping.offset == kSignedOffset) return "sample = stored + 32768";
  std::string text = "stored = sample * ";
  appendNumber(text, 1 / mapping.scale);
  text += " + ";
  appendNumber(text, -mapping.offset);
  return text;
}

Result<std::pair<ScalarBuffer, Mapping>> toSixteenBits(const ScalarBuffer& gray) {
  VolumeSize size = gray.size();
  auto picture = runtime::allocateScalars(ScalarType::UInt16, 1, size);
  if (!picture) return picture.error();
  const auto to = picture->mutableValues<std::uint16_t>();
  const Mapping mapping = withScalarType(gray.type(), [&](auto zero) {
    using T = decltype(zero);
    const auto from = gray.values<T>();
    const Mapping m = mappingOf(from);
    for (std::size_t i = 0; i < from.size(); ++i) {
      const double sample = (static_cast<double>(from[i]) + m.offset) * m.scale;
      // Not-a-number and what overflows are black and white: a PNG has no other place for them.
      to[i] = sample >= 65535 ? std::uint16_t{65535}
              : sample > 0    ? static_cast<std::uint16_t>(sample + 0.5)
                              : std::uint16_t{0};
    }
    return m;
  });
  return std::pair{std::move(*picture), mapping};
}

}  // namespace

Result<std::vector<std::byte>> encodeStoredPicture(const ScalarBuffer& picture) {
  const bool asItIs = picture.components() >= 3 || picture.type() == ScalarType::UInt8;
  if (asItIs) return media::encodePng(picture);
  auto sixteen = toSixteenBits(picture);
  if (!sixteen) return sixteen.error();
  media::PngOptions options;
  options.text.emplace_back(kTextKey, describe(sixteen->second));
  return media::encodePng(sixteen->first, options);
}

Status writeStoredPicture(const std::filesystem::path& path, const ScalarBuffer& picture) {
  const auto bytes = encodeStoredPicture(picture);
  if (bytes) return runtime::writeFile(path, std::span<const std::byte>(*bytes));
  Error error = bytes.error();
  error.path = path.string();
  return error;
}

Result<PictureReader> PictureReader::open(const media::MediumLocation& location, std::span<const std::byte> savedIndex,
                                          std::stop_token stop) {
  PictureReader reader;
  if (location.info.kind == MediumKind::Volume) {
    auto slices = media::openVolume(location);
    if (!slices) return slices.error();
    reader.slices_ = std::move(*slices);
  } else {
    auto frames = media::openFrames(location, savedIndex, stop);
    if (!frames) return frames.error();
    reader.frames_ = std::move(*frames);
  }
  return reader;
}

const MediumInfo& PictureReader::info() const { return frames_ ? frames_->info() : slices_->info(); }

Result<ScalarBuffer> PictureReader::picture(int frame, std::stop_token stop) {
  if (frame < 0 || frame >= (frames_ ? frames_->frameCount() : info().frames)) {
    const int count = frames_ ? frames_->frameCount() : info().frames;
    return Error{ErrorCode::OutOfRange,
                 "there is no frame " + std::to_string(frame),
                 {},
                 "its " + std::to_string(count) + " frames are numbered 0 to " + std::to_string(count - 1)};
  }
  if (frames_) {
    auto decoded = frames_->frame(frame, stop, {.keepOnTheWay = false});
    if (!decoded) return decoded.error();
    return (*decoded)->pixels;
  }
  if (!volume_) {
    media::LoadOptions options;
    options.firstSlice = frame;
    auto loaded = slices_->load(options, stop);
    if (!loaded) return loaded.error();
    volume_ = loaded->volume;
  }
  return volume_->values().slice(frame);
}

Timestamp PictureReader::pts(int frame) const { return frames_ ? frames_->pts(frame) : 0; }

}  // namespace fiducial::exchange
