// NIfTI-1 and NRRD volumes (docs/architecture.md, "Coordinates": RAS is made here and in the NIfTI reader, nowhere
// else).
#include <algorithm>
#include <cmath>
#include <cstring>

#include "fiducial/media/write_image.h"
#include "fiducial/runtime/atomic_file.h"
#include "gzip/gzip_pieces.h"
#include "nifti/nifti_header.h"

namespace fiducial::media {
namespace {

/// Samples as the file holds them: colour of 16 bits scaled down to RGB24, the fourth component left out.
std::span<const std::byte> fileSamples(const ScalarBuffer& values, std::vector<std::byte>& rgb) {
  const std::span<const std::byte> all = values.bytes();
  if (values.components() == 1) return all;
  const std::size_t sample = sizeOf(values.type());
  const std::size_t pixel = sample * std::size_t(values.components());
  rgb.resize(all.size() / pixel * 3);
  for (std::size_t n = 0; n * pixel < all.size(); ++n) {
    // Little endian: the last byte is the highest.
    for (std::size_t c = 0; c < 3; ++c) rgb[n * 3 + c] = all[n * pixel + c * sample + sample - 1];
  }
  return rgb;
}

std::string nrrdType(ScalarType type) {
  switch (type) {
    case ScalarType::UInt8:
      return "unsigned char";
    case ScalarType::Int8:
      return "signed char";
    case ScalarType::UInt16:
      return "unsigned short";
    case ScalarType::Int16:
      return "short";
    case ScalarType::UInt32:
      return "unsigned int";
    case ScalarType::Int32:
      return "int";
    case ScalarType::UInt64:
      return "unsigned long long int";
    case ScalarType::Int64:
      return "long long int";
    case ScalarType::Float32:
      return "float";
    default:
      return "double";
  }
}

std::string shortest(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.17g", value);
  double back = 0;
  for (int digits = 6; digits < 17; ++digits) {
    char attempt[32];
    std::snprintf(attempt, sizeof(attempt), "%.*g", digits, value);
    if (std::sscanf(attempt, "%lf", &back) == 1 && back == value) return attempt;
  }
  return text;
}

std::string nrrdVector(const Affine& affine, std::size_t column) {
  const auto& rows = affine.rows();
  return "(" + shortest(rows[0][column]) + "," + shortest(rows[1][column]) + "," + shortest(rows[2][column]) + ")";
}

/// One word an axis: its step in the patient; without a place there, how far its samples are apart.
std::string nrrdAxes(const Affine& affine, const VolumeFileOptions& options, bool isColour) {
  std::string words = options.hasGeometry ? "space directions:" : "spacings:";
  const std::string nothing = options.hasGeometry ? " none" : " nan";
  const auto spacing = affine.spacingMm();
  if (isColour) words += nothing;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    words += ' ' + (options.hasGeometry ? nrrdVector(affine, axis) : shortest(spacing[axis]));
  }
  const bool hasSeconds = !options.hasGeometry && options.frameSeconds > 0;
  if (options.times > 1) words += hasSeconds ? ' ' + shortest(options.frameSeconds) : nothing;
  return words + '\n';
}

std::string nrrdHeader(const ScalarBuffer& values, const Affine& affine, const VolumeFileOptions& options) {
  const VolumeSize size = values.size();
  const bool isColour = values.components() > 1;
  const bool isTimed = options.times > 1;
  std::string sizes, kinds;
  if (isColour) sizes = " 3", kinds = " RGB-color";
  sizes += " " + std::to_string(size.columns) + " " + std::to_string(size.rows) + " " +
           std::to_string(size.slices / options.times);
  kinds += " domain domain domain";
  if (isTimed) sizes += " " + std::to_string(options.times), kinds += " time";
  std::string text = "NRRD0004\n";
  if (!options.description.empty()) text += "content: " + options.description + "\n";
  text += "type: " + (isColour ? std::string("unsigned char") : nrrdType(values.type())) + "\n";
  text += "dimension: " + std::to_string(3 + int(isColour) + int(isTimed)) + "\n";
  if (options.hasGeometry) text += "space: left-posterior-superior\n";
  text += "sizes:" + sizes + "\n" + nrrdAxes(affine, options, isColour) + "kinds:" + kinds +
          "\nendian: little\nencoding: gzip\n";
  if (options.hasGeometry) text += "space origin: " + nrrdVector(affine, 3) + "\n";
  if (options.slope != 1 || options.intercept != 0) {
    text += "rescale slope:=" + shortest(options.slope) + "\nrescale intercept:=" + shortest(options.intercept) + "\n";
  }
  return text + "\n";
}

/// Bytes of a voxel as the file holds it.
std::size_t voxelBytes(const ScalarBuffer& values) {
  return values.components() == 1 ? sizeOf(values.type()) : std::size_t{3};
}

Status writePieces(runtime::AtomicFile& file, const std::vector<std::vector<std::byte>>& pieces) {
  for (const std::vector<std::byte>& piece : pieces) {
    if (auto written = file.write(piece); !written) return written;
  }
  return file.commit();
}

Status writeNrrd(const std::filesystem::path& path, const ScalarBuffer& values, const Affine& affine,
                 const VolumeFileOptions& options) {
  std::vector<std::byte> rgb;
  auto pieces = gzipPieces({}, fileSamples(values, rgb), voxelBytes(values));
  if (!pieces) return pieces.error();
  auto file = runtime::AtomicFile::create(path);
  if (!file) return file.error();
  if (auto written = file->write(nrrdHeader(values, affine, options)); !written) return written;
  return writePieces(*file, *pieces);
}

Status writeNifti(const std::filesystem::path& path, const ScalarBuffer& values, const Affine& affine,
                  const VolumeFileOptions& options, bool isPacked) {
  auto header = nifti::makeHeader(values, affine, options);
  if (!header) {
    Error error = header.error();
    error.path = path.string();
    return error;
  }
  std::vector<std::byte> rgb;
  const std::span<const std::byte> samples = fileSamples(values, rgb);
  auto file = runtime::AtomicFile::create(path);
  if (!file) return file.error();
  if (!isPacked) {
    if (auto written = file->write(*header); !written) return written;
    if (auto written = file->write(samples); !written) return written;
    return file->commit();
  }
  auto pieces = gzipPieces(*header, samples, voxelBytes(values));
  if (!pieces) return pieces.error();
  return writePieces(*file, *pieces);
}

}  // namespace

Status writeVolume(const std::filesystem::path& path, const ScalarBuffer& values, const Affine& affine,
                   const VolumeFileOptions& options) {
  const int components = values.components();
  if (values.empty() || (components != 1 && components != 3 && components != 4) || options.times < 1 ||
      values.size().slices % options.times != 0) {
    return Error{ErrorCode::Invalid, "these values are not a volume that can be written", path.string(), ""};
  }
  const std::string name = path.filename().string();
  if (name.ends_with(".nii")) return writeNifti(path, values, affine, options, false);
  if (name.ends_with(".nii.gz")) return writeNifti(path, values, affine, options, true);
  if (name.ends_with(".nrrd")) return writeNrrd(path, values, affine, options);
  return Error{ErrorCode::Invalid, "volumes are written as .nii, .nii.gz or .nrrd", path.string(),
               "give the file one of these endings"};
}

}  // namespace fiducial::media
