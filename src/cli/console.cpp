#include "console.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <mutex>

namespace fiducial::cli {
namespace {

constexpr std::size_t kFlushBytes = std::size_t{64} << 10;

void writeAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // a closed pipe: nobody is there to be told
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string line(std::string_view kind, std::string_view text) {
  std::string result(kind);
  result += text;
  std::replace(result.begin(), result.end(), '\n', ' ');
  return result + '\n';
}

}  // namespace

struct Console::Bar {
  std::mutex mutex;
  bool isTerminal = ::isatty(STDERR_FILENO) != 0;
  bool isShown = false;
  std::chrono::steady_clock::time_point last;

  void show(std::int64_t done, std::int64_t total, std::string_view what) {
    using namespace std::chrono_literals;
    constexpr std::size_t kWidth = 30;
    const std::scoped_lock lock(mutex);
    const auto now = std::chrono::steady_clock::now();
    if (isShown && now - last < 100ms) return;
    last = now;
    isShown = true;
    std::string text = "\r\x1b[K";
    if (total > 0) {
      const double part = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
      const auto filled = static_cast<std::size_t>(part * kWidth);
      text += '[' + std::string(filled, '#') + std::string(kWidth - filled, '.') + "] " +
              std::to_string(static_cast<int>(part * 100)) + " % ";
    } else if (done > 0) {
      text += std::to_string(done) + ' ';
    }
    text += what.substr(0, 60);
    writeAll(STDERR_FILENO, text);
  }
  void clear() {
    const std::scoped_lock lock(mutex);
    if (isShown) writeAll(STDERR_FILENO, "\r\x1b[K");
    isShown = false;
  }
};

Console::Console() : bar_(std::make_unique<Bar>()) {}

Console::~Console() {
  flush();
  bar_->clear();
}

void Console::print(std::string_view text) {
  pending_ += text;
  pending_ += '\n';
  if (pending_.size() >= kFlushBytes) flush();
}

void Console::flush() {
  if (pending_.empty()) return;
  bar_->clear();
  writeAll(STDOUT_FILENO, pending_);
  pending_.clear();
}

void Console::warn(std::string_view text) {
  flush();
  bar_->clear();
  writeAll(STDERR_FILENO, line("warning: ", text));
}

ExitStatus Console::fail(const Error& error) { return fail(error.text()); }

ExitStatus Console::fail(std::string_view text) {
  flush();
  bar_->clear();
  writeAll(STDERR_FILENO, line("error: ", text));
  return ExitStatus::Failed;
}

ExitStatus Console::misuse(std::string_view text) {
  fail(text);
  return ExitStatus::WrongUsage;
}

runtime::Progress Console::progress() {
  if (!bar_->isTerminal) return {};
  return [bar = bar_.get()](std::int64_t done, std::int64_t total, std::string_view what) {
    bar->show(done, total, what);
  };
}

ExitStatus finish(Console& console, const std::vector<std::string>& warnings, bool isInPart) {
  for (const std::string& warning : warnings) console.warn(warning);
  return isInPart ? ExitStatus::InPart : ExitStatus::Done;
}

}  // namespace fiducial::cli
