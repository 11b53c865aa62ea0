// UUIDv7: RFC 9562, section 5.7, with the 12 bits of rand_a as a counter (section 6.2, method 1).
#include <sodium.h>

#include <array>
#include <chrono>
#include <mutex>

#include "fiducial/runtime/content_hash.h"

namespace fiducial::runtime {
namespace {

struct Instant {
  std::uint64_t milliseconds;
  unsigned counter;  ///< 12 bits
};

/// Increasing within the process, also where the clock stands still or is set back.
Instant nextInstant() {
  static std::mutex mutex;
  static Instant last{0, 0};  // guarded by mutex
  const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
  const auto now =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count());
  const std::lock_guard lock(mutex);
  if (now > last.milliseconds) {
    last = {now, randombytes_uniform(0x800)};  // upper half free, for more within this millisecond
  } else if (++last.counter > 0xFFF) {
    last = {last.milliseconds + 1, randombytes_uniform(0x800)};
  }
  return last;
}

}  // namespace

std::string newUid() {
  const Instant instant = nextInstant();
  std::array<std::uint8_t, 16> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  for (std::size_t n = 0; n < 6; ++n) bytes[n] = static_cast<std::uint8_t>(instant.milliseconds >> (40 - 8 * n));
  bytes[6] = static_cast<std::uint8_t>(0x70 | (instant.counter >> 8));  // version 7
  bytes[7] = static_cast<std::uint8_t>(instant.counter & 0xFF);
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));  // variant 10
  std::string uid = toHex(bytes);
  for (const std::size_t position : {8U, 13U, 18U, 23U}) uid.insert(position, 1, '-');
  return uid;
}

}  // namespace fiducial::runtime
