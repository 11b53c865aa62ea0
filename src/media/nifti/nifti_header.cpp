#include "nifti_header.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

namespace fiducial::media::nifti {
namespace {

using Rows = std::array<std::array<double, 4>, 4>;

template <class T>
T valueAt(std::span<const std::byte> bytes, std::size_t at, bool isSwapped) {
  unsigned char raw[sizeof(T)];
  std::memcpy(raw, bytes.data() + at, sizeof(T));
  if (isSwapped) std::reverse(raw, raw + sizeof(T));
  T value;
  std::memcpy(&value, raw, sizeof(T));
  return value;
}

/// The fields of both versions in one form.
struct Fields {
  bool isSwapped = false;
  bool isSecond = false;
  std::string magic;
  std::array<std::int64_t, 8> dim{};
  std::array<double, 8> pixdim{};
  int datatype = 0;
  double dataOffset = 0;
  double slope = 0, intercept = 0, calMax = 0, calMin = 0;
  int units = 0, qformCode = 0, sformCode = 0;
  std::array<double, 6> quaternion{};  // b, c, d, offsets
  std::array<double, 12> srow{};
  std::string description;
};

std::string textAt(std::span<const std::byte> bytes, std::size_t at, std::size_t size) {
  const auto* first = reinterpret_cast<const char*>(bytes.data() + at);
  return std::string(first, strnlen(first, size));
}

template <class Real>
void readReals(std::span<const std::byte> bytes, Fields& f, std::size_t quaternionAt, std::size_t srowAt) {
  for (std::size_t n = 0; n < 6; ++n) {
    f.quaternion[n] = double(valueAt<Real>(bytes, quaternionAt + n * sizeof(Real), f.isSwapped));
  }
  for (std::size_t n = 0; n < 12; ++n) {
    f.srow[n] = double(valueAt<Real>(bytes, srowAt + n * sizeof(Real), f.isSwapped));
  }
}

Fields firstVersion(std::span<const std::byte> bytes, bool isSwapped) {
  Fields f;
  f.isSwapped = isSwapped;
  f.magic = textAt(bytes, 344, 4);
  for (std::size_t n = 0; n < 8; ++n) {
    f.dim[n] = valueAt<std::int16_t>(bytes, 40 + 2 * n, isSwapped);
    f.pixdim[n] = double(valueAt<float>(bytes, 76 + 4 * n, isSwapped));
  }
  f.datatype = valueAt<std::int16_t>(bytes, 70, isSwapped);
  f.dataOffset = double(valueAt<float>(bytes, 108, isSwapped));
  f.slope = double(valueAt<float>(bytes, 112, isSwapped));
  f.intercept = double(valueAt<float>(bytes, 116, isSwapped));
  f.units = std::to_integer<int>(bytes[123]);
  f.calMax = double(valueAt<float>(bytes, 124, isSwapped));
  f.calMin = double(valueAt<float>(bytes, 128, isSwapped));
  f.description = textAt(bytes, 148, 80);
  f.qformCode = valueAt<std::int16_t>(bytes, 252, isSwapped);
  f.sformCode = valueAt<std::int16_t>(bytes, 254, isSwapped);
  readReals<float>(bytes, f, 256, 280);
  return f;
}

Fields secondVersion(std::span<const std::byte> bytes, bool isSwapped) {
  Fields f;
  f.isSwapped = isSwapped;
  f.isSecond = true;
  f.magic = textAt(bytes, 4, 4);
  f.datatype = valueAt<std::int16_t>(bytes, 12, isSwapped);
  for (std::size_t n = 0; n < 8; ++n) {
    f.dim[n] = valueAt<std::int64_t>(bytes, 16 + 8 * n, isSwapped);
    f.pixdim[n] = valueAt<double>(bytes, 104 + 8 * n, isSwapped);
  }
  f.dataOffset = double(valueAt<std::int64_t>(bytes, 168, isSwapped));
  f.slope = valueAt<double>(bytes, 176, isSwapped);
  f.intercept = valueAt<double>(bytes, 184, isSwapped);
  f.calMax = valueAt<double>(bytes, 192, isSwapped);
  f.calMin = valueAt<double>(bytes, 200, isSwapped);
  f.description = textAt(bytes, 240, 80);
  f.qformCode = valueAt<std::int32_t>(bytes, 344, isSwapped);
  f.sformCode = valueAt<std::int32_t>(bytes, 348, isSwapped);
  readReals<double>(bytes, f, 352, 400);
  f.units = valueAt<std::int32_t>(bytes, 500, isSwapped);
  return f;
}

std::optional<std::pair<int, bool>> versionAndOrder(std::span<const std::byte> bytes) {
  if (bytes.size() < 4) return std::nullopt;
  for (const bool isSwapped : {false, true}) {
    const auto size = valueAt<std::int32_t>(bytes, 0, isSwapped);
    if (size == int(kHeaderBytes1)) return std::pair(1, isSwapped);
    if (size == int(kHeaderBytes2)) return std::pair(2, isSwapped);
  }
  return std::nullopt;
}

Status readType(const Fields& f, Header& header) {
  switch (f.datatype) {
    case 2:
      header.scalar = ScalarType::UInt8;
      return {};
    case 4:
      header.scalar = ScalarType::Int16;
      return {};
    case 8:
      header.scalar = ScalarType::Int32;
      return {};
    case 16:
      header.scalar = ScalarType::Float32;
      return {};
    case 64:
      header.scalar = ScalarType::Float64;
      return {};
    case 128:
      header.components = 3;
      return {};
    case 256:
      header.scalar = ScalarType::Int8;
      return {};
    case 512:
      header.scalar = ScalarType::UInt16;
      return {};
    case 768:
      header.scalar = ScalarType::UInt32;
      return {};
    case 1024:
      header.scalar = ScalarType::Int64;
      return {};
    case 1280:
      header.scalar = ScalarType::UInt64;
      return {};
    case 2304:
      header.components = 4;
      return {};
    case 32:
    case 1792:
    case 2048:
      return Error{ErrorCode::Unsupported, "a NIfTI volume of complex numbers is not read", "", "save its magnitude"};
    case 1:
    case 1536:
      return Error{ErrorCode::Unsupported, "a NIfTI volume of single bits or 128-bit numbers is not read", "",
                   "save it as integers or 32-bit numbers"};
    default:
      return Error{ErrorCode::Damaged, "the NIfTI header names no valid data type (" + std::to_string(f.datatype) + ")",
                   "", "ask its source for a sound copy"};
  }
}

Status readSize(const Fields& f, Header& header) {
  const Error error{ErrorCode::Damaged, "the NIfTI header gives no valid size", "", "ask its source for a sound copy"};
  if (f.dim[0] < 1 || f.dim[0] > 7) return error;
  std::array<std::int64_t, 8> dim{};
  dim.fill(1);
  for (std::int64_t n = 1; n <= f.dim[0]; ++n) dim[std::size_t(n)] = f.dim[std::size_t(n)];
  for (std::size_t n = 4; n < 8; ++n) {
    if (dim[n] == 0) dim[n] = 1;  // some writers leave them out
  }
  constexpr std::int64_t limit = std::numeric_limits<std::int32_t>::max();
  std::int64_t voxels = 1;
  for (std::size_t n = 1; n < 8; ++n) {
    if (dim[n] < 1 || dim[n] > limit || voxels > (std::int64_t{1} << 48) / dim[n]) return error;
    voxels *= dim[n];
  }
  const std::int64_t times = dim[4] * dim[5] * dim[6] * dim[7];
  if (times > limit) return error;
  header.size = {int(dim[1]), int(dim[2]), int(dim[3])};
  header.times = int(times);
  return {};
}

double millimetresPerUnit(int units) {
  switch (units & 7) {
    case 1:
      return 1000;
    case 3:
      return 0.001;
    default:
      return 1;
  }
}

double secondsPerUnit(int units) {
  switch (units & 0x38) {
    case 16:
      return 1e-3;
    case 24:
      return 1e-6;
    default:
      return 1;
  }
}

bool isUsable(const Rows& rows) {
  for (std::size_t r = 0; r < 3; ++r) {
    for (const double value : rows[r]) {
      if (!std::isfinite(value)) return false;
    }
  }
  return Affine(rows).voxelVolumeMm3() > 1e-12;
}

Rows sformOf(const Fields& f) {
  Rows rows{};
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 4; ++c) rows[r][c] = f.srow[r * 4 + c];
  }
  rows[3] = {0, 0, 0, 1};
  return rows;
}

/// nifti1.h, "METHOD 2": the quaternion's rotation times pixdim, the third column times qfac.
Rows qformOf(const Fields& f) {
  auto [b, c, d, x, y, z] = f.quaternion;
  double a = 1 - (b * b + c * c + d * d);
  if (a < 1e-7) {  // a rotation of 180 degrees, or a quaternion a little too long
    const double length = std::sqrt(b * b + c * c + d * d);
    b /= length, c /= length, d /= length;
    a = 0;
  } else {
    a = std::sqrt(a);
  }
  const double sx = f.pixdim[1], sy = f.pixdim[2], sz = f.pixdim[3] * (f.pixdim[0] < 0 ? -1 : 1);
  return {{{(a * a + b * b - c * c - d * d) * sx, 2 * (b * c - a * d) * sy, 2 * (b * d + a * c) * sz, x},
           {2 * (b * c + a * d) * sx, (a * a + c * c - b * b - d * d) * sy, 2 * (c * d - a * b) * sz, y},
           {2 * (b * d - a * c) * sx, 2 * (c * d + a * b) * sy, (a * a + d * d - c * c - b * b) * sz, z},
           {0, 0, 0, 1}}};
}

/// The sform where it is set, else the qform; without either the voxel sizes alone.
void readGeometry(Fields f, Header& header) {
  bool isSizeOdd = false;
  for (std::size_t n = 1; n <= 3; ++n) {
    const bool isGood = std::isfinite(f.pixdim[n]) && f.pixdim[n] > 0;
    isSizeOdd = isSizeOdd || (!isGood && int(n) <= f.dim[0]);
    if (!isGood) f.pixdim[n] = std::isfinite(f.pixdim[n]) && f.pixdim[n] < 0 ? -f.pixdim[n] : 1;
  }
  Rows ras{};
  if (f.sformCode > 0 && isUsable(sformOf(f))) {
    ras = sformOf(f);
    header.hasGeometry = true;
  } else if (f.qformCode > 0 && isUsable(qformOf(f))) {
    ras = qformOf(f);
    header.hasGeometry = true;
  } else {
    ras = {{{-f.pixdim[1], 0, 0, 0}, {0, -f.pixdim[2], 0, 0}, {0, 0, f.pixdim[3], 0}, {0, 0, 0, 1}}};
  }
  if (f.sformCode > 0 && !isUsable(sformOf(f))) {
    header.warnings.emplace_back(header.hasGeometry ? "its sform matrix cannot be used; the qform was taken"
                                                    : "its sform matrix cannot be used; there is no orientation");
  } else if (!header.hasGeometry) {
    header.warnings.emplace_back("the header gives no orientation in the patient");
  }
  if (isSizeOdd) header.warnings.emplace_back("its voxel sizes are not all positive numbers");
  const double scale = millimetresPerUnit(f.units);
  for (std::size_t r = 0; r < 3; ++r) {
    for (double& value : ras[r]) value *= scale;
  }
  header.affine = Affine(ras).flippedXY();
}

}  // namespace

bool looksLikeHeader(std::span<const std::byte> bytes) {
  const auto version = versionAndOrder(bytes);
  if (!version || bytes.size() < kHeaderBytes1) return false;
  const std::string magic = textAt(bytes, version->first == 1 ? 344 : 4, 4);
  return magic == "n+1" || magic == "ni1" || magic == "n+2" || magic == "ni2";
}

Result<Header> parseHeader(std::span<const std::byte> bytes) {
  const auto version = versionAndOrder(bytes);
  if (!version) return Error{ErrorCode::NotMedia, "this is not a NIfTI file", "", ""};
  if (bytes.size() < (version->first == 1 ? kHeaderBytes1 : kHeaderBytes2)) {
    return Error{ErrorCode::Damaged, "the file ends inside its NIfTI header", "", "copy it again"};
  }
  const Fields f = version->first == 1 ? firstVersion(bytes, version->second) : secondVersion(bytes, version->second);
  Header header;
  header.version = version->first;
  header.isSwapped = f.isSwapped;
  header.isPair = f.magic == "ni1" || f.magic == "ni2";
  if (!header.isPair && f.magic != "n+1" && f.magic != "n+2") {
    return Error{ErrorCode::NotMedia, "this is not a NIfTI file (no NIfTI signature)", "", ""};
  }
  if (auto read = readType(f, header); !read) return read.error();
  if (auto read = readSize(f, header); !read) return read.error();
  if (!std::isfinite(f.dataOffset) || f.dataOffset < 0 || f.dataOffset > 1e15) {
    return Error{ErrorCode::Damaged, "the NIfTI header says its values begin beyond the end of the file", "",
                 "ask its source for a sound copy"};
  }
  header.dataOffset = std::int64_t(f.dataOffset);
  const std::int64_t least = header.version == 1 ? 352 : 544;
  if (!header.isPair && header.dataOffset < least) header.dataOffset = least;
  const bool hasSlope = std::isfinite(f.slope) && f.slope != 0 && header.components == 1;
  header.slope = hasSlope ? f.slope : 1;
  header.intercept = hasSlope && std::isfinite(f.intercept) ? f.intercept : 0;
  if (std::isfinite(f.calMin) && std::isfinite(f.calMax)) header.low = f.calMin, header.high = f.calMax;
  if (std::isfinite(f.pixdim[4])) header.frameSeconds = std::abs(f.pixdim[4]) * secondsPerUnit(f.units);
  header.description = f.description;
  readGeometry(f, header);
  return header;
}

}  // namespace fiducial::media::nifti
