#include "interruption.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace fiducial::cli {
namespace {

constexpr int kWakeSignal = SIGUSR1;  // tells the waiting thread that the program is done

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, kWakeSignal}) sigaddset(&set, signal);
  return set;
}

}  // namespace

Interruption::Interruption() {
  std::signal(SIGPIPE, SIG_IGN);  // `| head` ends our output, not our work
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);  // inherited by every thread to come
  waiter_ = std::jthread([this, set](const std::stop_token& finished) {
    int signal = 0;
    while (sigwait(&set, &signal) == 0 && !finished.stop_requested()) {
      if (signal == kWakeSignal) continue;
      if (source_.stop_requested()) ::_exit(128 + signal);
      source_.request_stop();
    }
  });
}

Interruption::~Interruption() {
  waiter_.request_stop();
  pthread_kill(waiter_.native_handle(), kWakeSignal);
}

}  // namespace fiducial::cli
