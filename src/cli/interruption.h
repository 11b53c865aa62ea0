// Ctrl+C and SIGTERM as a stop token: work ends at the next safe place, nothing is left half-written.
#pragma once

#include <stop_token>
#include <thread>

namespace fiducial::cli {

/// Made once, before other threads, in main(). The first signal requests a stop; another, two seconds later, ends the
/// program at once.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread waiter_;
};

}  // namespace fiducial::cli
