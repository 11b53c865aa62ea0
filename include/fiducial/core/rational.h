// Exact time: an integer count of a stream's own time base, never a float.
#pragma once

#include <cstdint>

namespace fiducial {

struct Rational {
  std::int64_t num = 0;
  std::int64_t den = 1;
  friend bool operator==(const Rational&, const Rational&) = default;
  [[nodiscard]] double toDouble() const { return den == 0 ? 0.0 : double(num) / double(den); }
};

/// A count of the stream's time base.
using Timestamp = std::int64_t;

/// For display only: labels keep the Timestamp.
inline double secondsForDisplay(Timestamp timestamp, Rational timeBase) {
  return double(timestamp) * timeBase.toDouble();
}

}  // namespace fiducial
