// A block of samples: a volume, a slice, a cine frame or a picture. Shared between threads, immutable once filled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "fiducial/core/geometry.h"

namespace fiducial {

enum class ScalarType : std::uint8_t {  // stored in projects: numbers never change
  UInt8 = 1,
  Int8 = 2,
  UInt16 = 3,
  Int16 = 4,
  UInt32 = 5,
  Int32 = 6,
  Float32 = 7,
  Float64 = 8,
  UInt64 = 9,
  Int64 = 10,
};

[[nodiscard]] std::size_t sizeOf(ScalarType type);
/// "uint8", "int16", "float32" ...: the names of `inspect --json`.
[[nodiscard]] std::string_view nameOf(ScalarType type);
[[nodiscard]] bool isInteger(ScalarType type);
[[nodiscard]] bool isSigned(ScalarType type);

template <class T>
constexpr ScalarType scalarTypeOf();
template <>
constexpr ScalarType scalarTypeOf<std::uint8_t>() {
  return ScalarType::UInt8;
}
template <>
constexpr ScalarType scalarTypeOf<std::int8_t>() {
  return ScalarType::Int8;
}
template <>
constexpr ScalarType scalarTypeOf<std::uint16_t>() {
  return ScalarType::UInt16;
}
template <>
constexpr ScalarType scalarTypeOf<std::int16_t>() {
  return ScalarType::Int16;
}
template <>
constexpr ScalarType scalarTypeOf<std::uint32_t>() {
  return ScalarType::UInt32;
}
template <>
constexpr ScalarType scalarTypeOf<std::int32_t>() {
  return ScalarType::Int32;
}
template <>
constexpr ScalarType scalarTypeOf<float>() {
  return ScalarType::Float32;
}
template <>
constexpr ScalarType scalarTypeOf<double>() {
  return ScalarType::Float64;
}
template <>
constexpr ScalarType scalarTypeOf<std::uint64_t>() {
  return ScalarType::UInt64;
}
template <>
constexpr ScalarType scalarTypeOf<std::int64_t>() {
  return ScalarType::Int64;
}

/// Shape: components fastest, then columns, rows, slices; no padding. A picture has slices == 1.
/// Owner: reference-counted bytes. Copies share them. Made by runtime::allocateScalars().
/// Thread: reading from any; mutableBytes() only by the one producer, before it is handed on (or, for slices of a
/// volume that is still loading, before that slice is announced as loaded).
class ScalarBuffer {
 public:
  ScalarBuffer() = default;
  ScalarBuffer(ScalarType type, int components, VolumeSize size, std::shared_ptr<std::byte[]> bytes)
      : type_(type), components_(components), size_(size), bytes_(std::move(bytes)) {}

  [[nodiscard]] bool empty() const { return !bytes_; }
  [[nodiscard]] ScalarType type() const { return type_; }
  [[nodiscard]] int components() const { return components_; }
  [[nodiscard]] VolumeSize size() const { return size_; }
  [[nodiscard]] ImageSize imageSize() const { return {size_.columns, size_.rows}; }
  [[nodiscard]] std::size_t sizeBytes() const {
    return bytes_ ? static_cast<std::size_t>(size_.voxels()) * static_cast<std::size_t>(components_) * sizeOf(type_)
                  : 0;
  }
  [[nodiscard]] std::size_t sliceBytes() const {
    return static_cast<std::size_t>(size_.columns) * static_cast<std::size_t>(size_.rows) *
           static_cast<std::size_t>(components_) * sizeOf(type_);
  }
  [[nodiscard]] std::span<const std::byte> bytes() const { return {bytes_.get(), sizeBytes()}; }
  [[nodiscard]] std::span<std::byte> mutableBytes() { return {bytes_.get(), sizeBytes()}; }
  /// The samples as T; T must be the type of the buffer.
  template <class T>
  [[nodiscard]] std::span<const T> values() const {
    return {reinterpret_cast<const T*>(bytes_.get()), sizeBytes() / sizeof(T)};
  }
  template <class T>
  [[nodiscard]] std::span<T> mutableValues() {
    return {reinterpret_cast<T*>(bytes_.get()), sizeBytes() / sizeof(T)};
  }
  /// Slice k as a picture that shares the same bytes.
  [[nodiscard]] ScalarBuffer slice(int k) const;
  /// One sample as double (slow: for read-outs, not for loops).
  [[nodiscard]] double at(Voxel voxel, int component = 0) const;

 private:
  ScalarType type_ = ScalarType::UInt8;
  int components_ = 1;
  VolumeSize size_;
  std::shared_ptr<std::byte[]> bytes_;
};

/// Calls f(T{}) with the C++ type of `type`: the one switch over scalar types.
template <class F>
decltype(auto) withScalarType(ScalarType type, F&& f) {
  switch (type) {
    case ScalarType::UInt8:
      return f(std::uint8_t{});
    case ScalarType::Int8:
      return f(std::int8_t{});
    case ScalarType::UInt16:
      return f(std::uint16_t{});
    case ScalarType::Int16:
      return f(std::int16_t{});
    case ScalarType::UInt32:
      return f(std::uint32_t{});
    case ScalarType::Int32:
      return f(std::int32_t{});
    case ScalarType::Float32:
      return f(float{});
    case ScalarType::UInt64:
      return f(std::uint64_t{});
    case ScalarType::Int64:
      return f(std::int64_t{});
    case ScalarType::Float64:
      break;
  }
  return f(double{});
}

}  // namespace fiducial
