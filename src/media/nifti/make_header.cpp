#include <cmath>
#include <cstring>

#include "nifti_header.h"

namespace fiducial::media::nifti {
namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

class Writer {
 public:
  Writer() : bytes_(352) {}
  template <class T>
  void put(std::size_t at, T value) {
    std::memcpy(bytes_.data() + at, &value, sizeof(T));  // this program's machines are little endian
  }
  void text(std::size_t at, const std::string& value, std::size_t limit) {
    std::memcpy(bytes_.data() + at, value.data(), std::min(value.size(), limit));
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

std::int16_t typeCode(const ScalarBuffer& values) {
  if (values.components() > 1) return 128;
  switch (values.type()) {
    case ScalarType::UInt8:
      return 2;
    case ScalarType::Int8:
      return 256;
    case ScalarType::UInt16:
      return 512;
    case ScalarType::Int16:
      return 4;
    case ScalarType::UInt32:
      return 768;
    case ScalarType::Int32:
      return 8;
    case ScalarType::UInt64:
      return 1280;
    case ScalarType::Int64:
      return 1024;
    case ScalarType::Float32:
      return 16;
    default:
      return 64;
  }
}

double determinant(const Matrix& m) {
  return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
         m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

Matrix inverseTransposed(const Matrix& m) {
  const double d = determinant(m);
  Matrix out{};
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      const std::size_t r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3, c2 = (c + 2) % 3;
      out[r][c] = (m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]) / d;
    }
  }
  return out;
}

/// The rotation nearest to a matrix (polar decomposition by Newton's iteration).
Matrix nearestRotation(Matrix m) {
  for (int step = 0; step < 60; ++step) {
    const Matrix other = inverseTransposed(m);
    double change = 0;
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 3; ++c) {
        const double next = (m[r][c] + other[r][c]) / 2;
        change += std::abs(next - m[r][c]);
        m[r][c] = next;
      }
    }
    if (change < 1e-14) break;
  }
  return m;
}

/// b, c, d of the quaternion of a rotation, with a >= 0.
std::array<double, 3> quaternionOf(const Matrix& m) {
  const double trace = m[0][0] + m[1][1] + m[2][2];
  std::array<double, 4> q{};
  if (trace > 0) {
    const double s = 2 * std::sqrt(trace + 1);
    q = {s / 4, (m[2][1] - m[1][2]) / s, (m[0][2] - m[2][0]) / s, (m[1][0] - m[0][1]) / s};
  } else {
    const std::size_t i = m[0][0] >= m[1][1] && m[0][0] >= m[2][2] ? 0 : m[1][1] >= m[2][2] ? 1 : 2;
    const std::size_t j = (i + 1) % 3, k = (i + 2) % 3;
    const double s = 2 * std::sqrt(1 + m[i][i] - m[j][j] - m[k][k]);
    q[0] = (m[k][j] - m[j][k]) / s;
    q[1 + i] = s / 4;
    q[1 + j] = (m[j][i] + m[i][j]) / s;
    q[1 + k] = (m[k][i] + m[i][k]) / s;
  }
  const double sign = q[0] < 0 ? -1 : 1;
  return {sign * q[1], sign * q[2], sign * q[3]};
}

void putGeometry(Writer& writer, const Affine& ras, const VolumeFileOptions& options) {
  const auto spacing = ras.spacingMm();
  Matrix directions{};
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) directions[r][c] = ras.rows()[r][c] / (spacing[c] > 0 ? spacing[c] : 1);
  }
  double qfac = 1;
  if (determinant(directions) < 0) {
    qfac = -1;
    for (std::size_t r = 0; r < 3; ++r) directions[r][2] = -directions[r][2];
  }
  writer.put(76, float(qfac));
  for (std::size_t n = 0; n < 3; ++n) writer.put(80 + 4 * n, float(spacing[n]));
  const std::int16_t code = options.hasGeometry ? 1 : 0;  // 0: voxel sizes, but no place in the patient
  writer.put(252, code);
  writer.put(254, code);
  const std::array<double, 3> q = quaternionOf(nearestRotation(directions));
  for (std::size_t n = 0; n < 3; ++n) {
    writer.put(256 + 4 * n, float(q[n]));
    writer.put(268 + 4 * n, float(ras.rows()[n][3]));
    for (std::size_t c = 0; c < 4; ++c) writer.put(280 + 16 * n + 4 * c, float(ras.rows()[n][c]));
  }
}

}  // namespace

Result<std::vector<std::byte>> makeHeader(const ScalarBuffer& values, const Affine& lps,
                                          const VolumeFileOptions& options) {
  const VolumeSize size = values.size();
  const int slices = size.slices / options.times;
  if (std::max({size.columns, size.rows, slices, options.times}) > 32767) {
    return Error{ErrorCode::Unsupported, "NIfTI-1 holds at most 32767 voxels along an axis", "", "write .nrrd instead"};
  }
  if (!(lps.voxelVolumeMm3() > 0)) {
    return Error{ErrorCode::Invalid, "the volume's affine cannot be inverted", "", ""};
  }
  Writer writer;
  writer.put(0, std::int32_t{348});
  writer.put(38, 'r');
  const std::array<int, 8> dim{options.times > 1 ? 4 : 3, size.columns, size.rows, slices, options.times, 1, 1, 1};
  for (std::size_t n = 0; n < 8; ++n) writer.put(40 + 2 * n, std::int16_t(dim[n]));
  if (options.isLabelMap) writer.put(68, std::int16_t{1002});
  writer.put(70, typeCode(values));
  writer.put(72, std::int16_t(values.components() > 1 ? 24 : 8 * int(sizeOf(values.type()))));
  for (std::size_t n = 4; n < 8; ++n) writer.put(76 + 4 * n, 1.0F);
  if (options.times > 1 && options.frameSeconds > 0) writer.put(92, float(options.frameSeconds));
  writer.put(108, 352.0F);
  writer.put(112, float(options.isLabelMap ? 1 : options.slope));
  writer.put(116, float(options.isLabelMap ? 0 : options.intercept));
  writer.put(123, char(options.times > 1 ? 10 : 2));
  writer.text(148, options.description, 79);
  putGeometry(writer, lps.flippedXY(), options);
  writer.text(344, "n+1", 3);
  return writer.take();
}

}  // namespace fiducial::media::nifti
