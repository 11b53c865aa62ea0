#include "same_picture.h"

#include <algorithm>

#include "kinds_apart.h"

namespace fiducial::media::dicom {
namespace {

/// The pixel data of the frame as they are in the file; empty where they cannot be read.
std::vector<std::byte> pixelBytes(const FrameRef& ref) {
  const ImageFile& file = *ref.file;
  if (file.header().pixels.encapsulated) {
    auto stream = file.readEncapsulated(ref.frame);
    return stream ? std::move(*stream) : std::vector<std::byte>{};
  }
  std::vector<std::byte> bytes(file.nativeFrameBytes());
  if (!file.readNative(ref.frame, bytes)) bytes.clear();
  return bytes;
}

bool isTold(const Telling& telling, const FrameRef& a, const FrameRef& b) { return telling.key(a) != telling.key(b); }

}  // namespace

bool isSamePicture(const FrameRef& a, const FrameRef& b) {
  if (a.tile != b.tile) return false;
  const auto tells = [&](const Telling& telling) { return isTold(telling, a, b); };
  if (std::any_of(tellingKinds().begin(), tellingKinds().end(), tells)) return false;
  const auto times = tellingTimes().first(tellingTimes().size() - 1);  // but not by their folders
  if (std::any_of(times.begin(), times.end(), tells)) return false;
  if (a.header().kind.dimensions != b.header().kind.dimensions) return false;
  const std::vector<std::byte> first = pixelBytes(a);
  return !first.empty() && first == pixelBytes(b);
}

}  // namespace fiducial::media::dicom
