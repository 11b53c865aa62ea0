#include "line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace fiducial::cli {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} << 10;
constexpr std::size_t kLongestLineBytes = std::size_t{1} << 30;

// A folder has no lines; a device may have no end.
bool holdsLines(int descriptor) {
  struct stat facts = {};
  struct stat nothing = {};
  if (::fstat(descriptor, &facts) != 0 || S_ISDIR(facts.st_mode) || S_ISBLK(facts.st_mode)) return false;
  if (!S_ISCHR(facts.st_mode) || ::isatty(descriptor) != 0) return true;
  return ::stat("/dev/null", &nothing) == 0 && facts.st_rdev == nothing.st_rdev;
}

// Waits until `descriptor` has something to read, or a stop; false: stopped.
bool waitFor(int descriptor, const std::stop_token& stop) {
  if (stop.stop_requested()) return false;
  const int wake = ::eventfd(0, EFD_CLOEXEC);
  if (wake < 0) return true;
  {
    const std::stop_callback onStop(stop, [wake] { (void)::eventfd_write(wake, 1); });
    std::array<pollfd, 2> polled{{{descriptor, POLLIN, 0}, {wake, POLLIN, 0}}};
    while (::poll(polled.data(), polled.size(), -1) < 0 && errno == EINTR) {
    }
  }
  ::close(wake);
  return !stop.stop_requested();
}

}  // namespace

Result<LineReader> LineReader::open(const std::filesystem::path& path) {
  if (path == "-") return LineReader(STDIN_FILENO, "standard input");
  // A pipe is opened at once, whoever writes to it; waiting for them can be stopped (waitFor).
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const auto code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable;
    return Error{code, std::string("cannot read the edits: ") + std::strerror(errno), path.string(), {}};
  }
  LineReader reader(descriptor, path.string());
  if (!holdsLines(descriptor)) {
    return Error{ErrorCode::Invalid, "this is no file of edits", path.string(), "name a file, a pipe or -"};
  }
  return reader;
}

LineReader::LineReader(LineReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      buffer_(std::move(other.buffer_)),
      at_(other.at_),
      isAtEnd_(other.isAtEnd_) {}

LineReader::~LineReader() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Result<bool> LineReader::fill(const std::stop_token& stop) {
  if (isAtEnd_) return false;
  buffer_.erase(0, std::exchange(at_, 0));
  if (buffer_.size() > kLongestLineBytes) return Error{ErrorCode::TooLarge, "a line is longer than 1 GB", name_, {}};
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kReadBytes);
  ssize_t count = 0;
  do {
    if (!waitFor(descriptor_, stop)) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
    count = ::read(descriptor_, buffer_.data() + before, kReadBytes);
  } while (count < 0 && (errno == EINTR || errno == EAGAIN));
  buffer_.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
  if (count < 0) return Error{ErrorCode::Unreadable, std::string("cannot read: ") + std::strerror(errno), name_, {}};
  isAtEnd_ = count == 0;
  return count > 0;
}

Result<std::optional<std::string>> LineReader::next(std::stop_token stop) {
  std::size_t searched = at_;
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(at_, end - at_);
      at_ = end + 1;
      if (line.ends_with('\r')) line.pop_back();
      return std::optional(std::move(line));
    }
    searched = buffer_.size() - at_;  // after fill() the rest stands at the front
    auto more = fill(stop);
    if (!more) return more.error();
    if (*more) continue;
    if (at_ >= buffer_.size()) return std::optional<std::string>();
    std::string last = buffer_.substr(at_);
    at_ = buffer_.size();
    return std::optional(std::move(last));
  }
}

}  // namespace fiducial::cli
