#include "fiducial/core/scalar_buffer.h"

#include <array>
#include <limits>

namespace fiducial {
namespace {

struct TypeFacts {
  std::size_t sizeBytes;
  std::string_view name;
  bool integer;
  bool isSigned;
};
constexpr std::array kTypes = {
    // in the order of ScalarType, from 1
    TypeFacts{1, "uint8", true, false},   TypeFacts{1, "int8", true, true},     TypeFacts{2, "uint16", true, false},
    TypeFacts{2, "int16", true, true},    TypeFacts{4, "uint32", true, false},  TypeFacts{4, "int32", true, true},
    TypeFacts{4, "float32", false, true}, TypeFacts{8, "float64", false, true}, TypeFacts{8, "uint64", true, false},
    TypeFacts{8, "int64", true, true},
};
const TypeFacts& factsOf(ScalarType type) {
  const auto index = static_cast<std::size_t>(type) - 1;
  return kTypes[index < kTypes.size() ? index : 0];
}

}  // namespace

std::size_t sizeOf(ScalarType type) { return factsOf(type).sizeBytes; }
std::string_view nameOf(ScalarType type) { return factsOf(type).name; }
bool isInteger(ScalarType type) { return factsOf(type).integer; }
bool isSigned(ScalarType type) { return factsOf(type).isSigned; }

ScalarBuffer ScalarBuffer::slice(int k) const {
  if (!bytes_ || k < 0 || k >= size_.slices) return {};
  std::byte* first = bytes_.get() + static_cast<std::size_t>(k) * sliceBytes();
  return {type_, components_, {size_.columns, size_.rows, 1}, std::shared_ptr<std::byte[]>(bytes_, first)};
}

double ScalarBuffer::at(Voxel voxel, int component) const {
  if (!bytes_ || !size_.contains(voxel) || component < 0 || component >= components_) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const std::int64_t pixel = (std::int64_t{voxel.k} * size_.rows + voxel.j) * size_.columns + voxel.i;
  const auto index = static_cast<std::size_t>(pixel * components_ + component);
  return withScalarType(type_, [&]<class T>(T) { return static_cast<double>(values<T>()[index]); });
}

}  // namespace fiducial
