// Bits packed into bytes as deflate packs them, the first bit lowest. Source: RFC 1951, section 3.1.1.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace fiducial::media {

/// Writes behind what `out` already holds, which must outlive it; `out` has its true size after finish() only.
/// Whoever writes reserves first: nothing is checked for each symbol.
class BitWriter {
 public:
  explicit BitWriter(std::vector<std::byte>& out) : out_(out), at_(out.size()) {}

  void reserve(std::size_t bytes) {
    const std::size_t need = at_ + bytes + sizeof(bits_);  // put() stores eight bytes at a time
    if (out_.size() < need) out_.resize(std::max(out_.size() * 2, need));
  }
  void put(std::uint64_t bits, unsigned count) {  // count <= 48
    bits_ |= bits << held_;
    held_ += count;
    std::memcpy(out_.data() + at_, &bits_, sizeof(bits_));
    at_ += held_ / 8;
    bits_ >>= held_ & ~7U;
    held_ &= 7U;
  }
  void toByte() {
    if (held_ > 0) put(0, 8 - held_);
  }
  void bytes(const void* from, std::size_t count) {  // at a whole byte
    std::memcpy(out_.data() + at_, from, count);
    at_ += count;
  }
  void finish() { out_.resize(at_); }

 private:
  std::vector<std::byte>& out_;
  std::size_t at_ = 0;
  std::uint64_t bits_ = 0;
  unsigned held_ = 0;
};

}  // namespace fiducial::media
