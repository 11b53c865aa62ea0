#include "interruption.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>

namespace fiducial::cli {
namespace {

// Programs that run us (timeout, make) often send a signal twice: only a later one means that somebody insists.
constexpr std::chrono::seconds kPatience{2};
constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

// A handler may do no more than this; and blocking the signals for a thread that waits for them is not enough, for
// libraries start threads of their own before main(), in which they stay open.
std::atomic<int> wakeDescriptor{-1};

void onSignal(int) {
  const int saved = errno;
  const std::uint64_t one = 1;
  if (::write(wakeDescriptor.load(), &one, sizeof(one)) < 0) ::_exit(1);
  errno = saved;
}

bool isIgnored(int signal) {
  struct sigaction before {};
  return ::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
}

}  // namespace

Interruption::Interruption() {
  std::signal(SIGPIPE, SIG_IGN);  // `| head` ends our output, not our work
  const int descriptor = ::eventfd(0, EFD_CLOEXEC);
  if (descriptor < 0) return;  // the system's own way to end a program remains
  wakeDescriptor = descriptor;
  struct sigaction action {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_RESTART;
  for (const int signal : kSignals) {
    if (!isIgnored(signal)) ::sigaction(signal, &action, nullptr);  // `nohup` and shells' background jobs ignore some
  }
  waiter_ = std::jthread([this, descriptor](const std::stop_token& finished) {
    using Clock = std::chrono::steady_clock;
    Clock::time_point first;
    std::uint64_t count = 0;
    while (::read(descriptor, &count, sizeof(count)) > 0 && !finished.stop_requested()) {
      if (!source_.stop_requested()) {
        first = Clock::now();
        source_.request_stop();
      } else if (Clock::now() - first > kPatience) {
        ::_exit(1);
      }
    }
  });
}

Interruption::~Interruption() {
  if (!waiter_.joinable()) return;
  for (const int signal : kSignals) {
    if (!isIgnored(signal)) std::signal(signal, SIG_DFL);
  }
  waiter_.request_stop();
  const std::uint64_t one = 1;
  if (::write(wakeDescriptor.load(), &one, sizeof(one)) < 0) ::_exit(1);
  waiter_.join();
  ::close(wakeDescriptor.exchange(-1));
}

}  // namespace fiducial::cli
