// Bytes of the project file's own encodings: little-endian, variable-length integers (LEB128), zigzag for signed ones.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace fiducial::project {

static_assert(std::endian::native == std::endian::little, "doubles are stored as they lie in memory");

class ByteWriter {
 public:
  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void unsignedNumber(std::uint64_t value) {
    while (value >= 0x80) {
      byte(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
  }
  void signedNumber(std::int64_t value) {
    unsignedNumber((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void real(double value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void raw(std::string_view bytes) { out_.append(bytes); }
  void sized(std::string_view bytes) {
    unsignedNumber(bytes.size());
    out_.append(bytes);
  }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] const std::string& bytes() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }
  void clear() { out_.clear(); }

 private:
  std::string out_;
};

/// Reads what ByteWriter wrote. After the first thing that does not fit, ok() is false and every answer is zero or
/// empty, so that a decoder tests once, at its end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : in_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool atEnd() const { return in_.empty(); }
  [[nodiscard]] std::size_t left() const { return in_.size(); }
  void fail() {
    ok_ = false;
    in_ = {};
  }
  std::uint8_t byte() {
    if (in_.empty()) return fail(), std::uint8_t{0};
    const auto value = static_cast<std::uint8_t>(in_.front());
    in_.remove_prefix(1);
    return value;
  }
  [[nodiscard]] std::uint8_t peek() const {
    return in_.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(in_.front());
  }
  std::uint64_t unsignedNumber() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      value |= std::uint64_t{next & 0x7FU} << shift;
      if ((next & 0x80U) == 0) return value;
    }
    return fail(), 0;
  }
  std::int64_t signedNumber() {
    const std::uint64_t value = unsignedNumber();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  double real() {
    double value = 0;
    const std::string_view bytes = raw(sizeof value);
    if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::string_view raw(std::uint64_t count) {
    if (count > in_.size()) return fail(), std::string_view{};
    const std::string_view bytes = in_.substr(0, static_cast<std::size_t>(count));
    in_.remove_prefix(bytes.size());
    return bytes;
  }
  std::string_view sized() { return raw(unsignedNumber()); }
  /// How many things follow, each of at least `leastBytes`: never more than the bytes that are there allow.
  std::size_t count(std::size_t leastBytes = 1) {
    const std::uint64_t value = unsignedNumber();
    if (value > in_.size() / leastBytes) return fail(), std::size_t{0};
    return static_cast<std::size_t>(value);
  }

 private:
  std::string_view in_;
  bool ok_ = true;
};

/// The 16 bytes of a Uid, as stored.
using UidBytes = std::array<std::uint8_t, 16>;
[[nodiscard]] UidBytes packUid(std::string_view uid);
[[nodiscard]] std::string unpackUid(const UidBytes& bytes);

}  // namespace fiducial::project
