#include "mosaic.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "siemens_csa.h"
#include "slice_stack.h"

namespace fiducial::media::dicom {
namespace {

constexpr int kMostTiles = 4096;

const std::string* csaOf(const DataSet& data) {
  const Element* element = data.find(tag::CsaImageHeader);
  return element != nullptr && data.text(tag::CsaCreator) == "SIEMENS CSA HEADER" ? &element->value : nullptr;
}

int tileCount(const DataSet& data) {
  if (data.text(tag::SiemensMrCreator) == "SIEMENS MR HEADER") {
    const auto count = data.integer(tag::MosaicCount);
    if (count && *count > 1 && *count <= kMostTiles) return int(*count);
  }
  const std::string* csa = csaOf(data);
  const std::vector<std::string> values =
      csa != nullptr ? csaValues(*csa, "NumberOfImagesInMosaic") : std::vector<std::string>{};
  if (values.empty()) return 0;
  const long count = std::strtol(values.front().c_str(), nullptr, 10);
  return count > 1 && count <= kMostTiles ? int(count) : 0;
}

/// The direction in which the tiles follow one another; row x column where the header does not say.
Vector3 tileDirection(const DataSet& data, const Orientation& orientation) {
  Vector3 normal = normalOf(orientation);
  const std::string* csa = csaOf(data);
  if (csa == nullptr) return normal;
  const std::vector<std::string> values = csaValues(*csa, "SliceNormalVector");
  if (values.size() < 3) return normal;
  double cosine = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) cosine += std::strtod(values[axis].c_str(), nullptr) * normal[axis];
  if (cosine < 0) {
    for (double& value : normal) value = -value;
  }
  return normal;
}

/// Image Position is that of a picture of the mosaic's size about the same centre: the tile begins further in.
Vector3 firstTilePosition(const FrameHeader& whole, const PixelFormat& format, const Mosaic& mosaic) {
  const auto& [row, column] = *whole.orientation;
  const auto& [rowSpacing, columnSpacing] = *whole.pixelSpacing;
  const double right = (format.columns - mosaic.columns) / 2.0 * columnSpacing;
  const double down = (format.rows - mosaic.rows) / 2.0 * rowSpacing;
  Vector3 position = *whole.position;
  for (std::size_t axis = 0; axis < 3; ++axis) position[axis] += row[axis] * right + column[axis] * down;
  return position;
}

}  // namespace

void readMosaic(const DataSet& data, ImageHeader& header) {
  const bool isNamed = std::find(header.imageType.begin(), header.imageType.end(), "MOSAIC") != header.imageType.end();
  if (!isNamed || header.frames != 1 || header.frameHeaders.size() != 1) return;
  const PixelFormat& format = header.format;
  Mosaic mosaic;
  mosaic.tiles = tileCount(data);
  mosaic.perRow = int(std::ceil(std::sqrt(double(mosaic.tiles))));
  const bool fits = mosaic.tiles > 1 && format.columns % mosaic.perRow == 0 && format.rows % mosaic.perRow == 0;
  const FrameHeader whole = header.frameHeaders.front();
  if (!fits || !whole.position || !whole.orientation || !whole.pixelSpacing) {
    header.warnings.emplace_back(
        "it is called a mosaic, but how its slices lie in it is not said; shown as one picture");
    return;
  }
  mosaic.columns = format.columns / mosaic.perRow;
  mosaic.rows = format.rows / mosaic.perRow;
  header.mosaic = mosaic;
  const double spacing = whole.sliceSpacing > 0 ? whole.sliceSpacing : whole.thickness > 0 ? whole.thickness : 1.0;
  const Vector3 direction = tileDirection(data, *whole.orientation);
  const Vector3 first = firstTilePosition(whole, format, mosaic);
  header.frameHeaders.assign(std::size_t(mosaic.tiles), whole);
  for (std::size_t n = 0; n < header.frameHeaders.size(); ++n) {
    Vector3 position = first;
    for (std::size_t axis = 0; axis < 3; ++axis) position[axis] += direction[axis] * spacing * double(n);
    header.frameHeaders[n].position = position;
  }
}

Result<std::shared_ptr<const TileReader::Picture>> TileReader::pictureOf(const FrameRef& ref, const ValuePlan& plan) {
  const std::lock_guard lock(mutex_);
  if (file_ == ref.file) return picture_;
  const std::size_t pixel = sizeOf(plan.scalar) * std::size_t(plan.components);
  auto picture = std::make_shared<Picture>(std::size_t(ref.file->header().format.pixels()) * pixel);
  if (auto read = readFrame({ref.file, ref.frame}, plan, *picture); !read) return read.error();
  file_ = ref.file;
  picture_ = std::move(picture);
  return picture_;
}

Status TileReader::read(const FrameRef& ref, const ValuePlan& plan, std::span<std::byte> out) {
  if (ref.tile < 0) return readFrame(ref, plan, out);
  const auto picture = pictureOf(ref, plan);
  if (!picture) return picture.error();
  const ImageHeader& header = ref.file->header();
  const Mosaic& mosaic = header.mosaic;
  const std::size_t pixel = sizeOf(plan.scalar) * std::size_t(plan.components);
  const std::size_t stride = std::size_t(header.format.columns) * pixel;
  const std::size_t line = std::size_t(mosaic.columns) * pixel;
  const auto across = std::size_t(ref.tile % mosaic.perRow);
  const auto down = std::size_t(ref.tile / mosaic.perRow) * std::size_t(mosaic.rows);
  for (std::size_t y = 0; y < std::size_t(mosaic.rows); ++y) {
    std::memcpy(out.data() + y * line, (*picture)->data() + (down + y) * stride + across * line, line);
  }
  return {};
}

ImageSize pictureSize(const FrameRef& ref) {
  const ImageHeader& header = ref.file->header();
  if (ref.tile >= 0) return {header.mosaic.columns, header.mosaic.rows};
  return {header.format.columns, header.format.rows};
}

}  // namespace fiducial::media::dicom
