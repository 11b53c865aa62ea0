#include "thumbnails.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "fiducial/exchange/project_media.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/render/picture_renderer.h"
#include "fiducial/runtime/buffer_allocator.h"

namespace fiducial::workspace {
namespace {

constexpr std::string_view kBlob = "thumbnail";
constexpr std::size_t kHeaderBytes = 2;  ///< columns and rows, a byte each: both at most kThumbnailPx

std::vector<std::byte> packed(const ScalarBuffer& picture) {
  std::vector<std::byte> blob{static_cast<std::byte>(picture.size().columns),
                              static_cast<std::byte>(picture.size().rows)};
  const auto bytes = picture.bytes();
  blob.insert(blob.end(), bytes.begin(), bytes.end());
  return blob;
}

ScalarBuffer unpacked(const std::vector<std::byte>& blob) {
  if (blob.size() < kHeaderBytes) return {};
  const VolumeSize size{std::to_integer<int>(blob[0]), std::to_integer<int>(blob[1]), 1};
  if (size.voxels() <= 0 || blob.size() != kHeaderBytes + static_cast<std::size_t>(size.voxels()) * 4) return {};
  Result<ScalarBuffer> picture = runtime::allocateScalars(ScalarType::UInt8, 4, size);
  if (!picture) return {};
  std::memcpy(picture->mutableBytes().data(), blob.data() + kHeaderBytes, picture->sizeBytes());
  return *std::move(picture);
}

double displayedAspect(const MediumInfo& info) {
  if (info.spacing.size() >= 2 && info.spacing[0] > 0 && info.spacing[1] > 0) return info.spacing[1] / info.spacing[0];
  const double aspect = info.sampleAspect.toDouble();
  return aspect > 0 ? 1 / aspect : 1;
}

ScalarBuffer shrunk(const media::Frame& frame, const MediumInfo& info) {
  const ImageSize size = frame.pixels.imageSize();
  if (size.columns <= 0 || size.rows <= 0) return {};
  const double aspect = displayedAspect(info);
  const double scale = kThumbnailPx / std::max<double>(size.columns, size.rows * aspect);
  const int width = std::clamp(static_cast<int>(std::lround(size.columns * scale)), 1, kThumbnailPx);
  const int height = std::clamp(static_cast<int>(std::lround(size.rows * aspect * scale)), 1, kThumbnailPx);
  render::PlaneAxes axes;
  if (info.kind == MediumKind::Volume)
    axes = render::planeAxesFor(info.affine, info.hasGeometry, render::Plane::Stored);
  const bool isTurned = axes.transpose;
  render::Raster raster;
  raster.resize(isTurned ? height : width, isTurned ? width : height);
  const auto transform = render::ViewTransform::fitted(axes, size, aspect, raster.width, raster.height);
  render::renderPicture(
      {.values = frame.pixels, .axes = axes, .step = 0, .tone = render::defaultTone(info, frame.pixels)}, transform,
      raster);
  Result<ScalarBuffer> picture = runtime::allocateScalars(ScalarType::UInt8, 4, {raster.width, raster.height, 1});
  if (!picture) return {};
  auto out = picture->mutableValues<std::uint8_t>();
  for (std::size_t n = 0; n < raster.pixels.size(); ++n) {
    out[4 * n] = static_cast<std::uint8_t>(raster.pixels[n] >> 16);
    out[4 * n + 1] = static_cast<std::uint8_t>(raster.pixels[n] >> 8);
    out[4 * n + 2] = static_cast<std::uint8_t>(raster.pixels[n]);
    out[4 * n + 3] = 255;
  }
  return *std::move(picture);
}

ScalarBuffer make(const project::Project& project, const Medium& medium, const std::stop_token& stop) {
  const Result<media::MediumLocation> location = exchange::locationOf(project, medium);
  if (!location) return {};
  const auto source = media::openFrames(*location, {}, stop);
  if (!source) return {};
  const auto frame = (*source)->frame((*source)->frameCount() / 2, stop);
  return frame ? shrunk(**frame, (*source)->info()) : ScalarBuffer{};
}

}  // namespace

void makeThumbnails(project::Project& project, const std::vector<Stored<Medium>>& media,
                    const std::function<void(MediumId, ScalarBuffer)>& made, const std::stop_token& stop) {
  for (const Stored<Medium>& medium : media) {
    if (stop.stop_requested()) return;
    const MediumId id{medium.id};
    ScalarBuffer picture;
    if (const auto kept = project.cachedBlob(id, kBlob)) picture = unpacked(*kept);
    if (picture.empty()) {
      picture = make(project, medium.value, stop);
      if (!picture.empty() && !project.isReadOnly()) project.storeBlob(id, kBlob, packed(picture));
    }
    if (!picture.empty()) made(id, std::move(picture));
  }
}

}  // namespace fiducial::workspace
