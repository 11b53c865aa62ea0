// Whole files into memory.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <new>

#include "fiducial/runtime/atomic_file.h"
#include "file_descriptor.h"
#include "file_error.h"

namespace fiducial::runtime {
namespace {

namespace fs = std::filesystem;

Error tooLarge(const fs::path& path) {
  return {ErrorCode::TooLarge, "the file is larger than expected of its kind", path.string(), {}};
}

/// Container of one-byte elements. Reads to the end, whatever size the folder states: it may grow, and /proc states 0.
template <class Container>
Result<Container> readInto(const fs::path& path, std::size_t limitBytes) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.isOpen()) return readError(path, errno);
  struct stat facts = {};
  if (::fstat(file.number(), &facts) != 0) return readError(path, errno);
  if (S_ISDIR(facts.st_mode)) return readError(path, EISDIR);
  if (!S_ISREG(facts.st_mode)) return notAFile(path);  // a pipe may never answer, a device never end
  const auto stated = static_cast<std::size_t>(std::max<off_t>(facts.st_size, 0));
  if (stated > limitBytes) return tooLarge(path);

  Container bytes;
  std::size_t filled = 0;
  bytes.resize(stated + 1);  // one more, to see the end without growing
  for (;;) {
    const ssize_t got = ::read(file.number(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return readError(path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > limitBytes) return tooLarge(path);
    if (filled == bytes.size()) bytes.resize(bytes.size() + std::max<std::size_t>(bytes.size() / 2, 4096));
  }
  bytes.resize(filled);
  return bytes;
}

template <class Container>
Result<Container> read(const fs::path& path, std::size_t limitBytes) {
  try {
    return readInto<Container>(path, limitBytes);
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::TooLarge, "not enough memory to read the file", path.string(), {}};
  } catch (const std::length_error&) {
    return tooLarge(path);
  }
}

}  // namespace

Result<std::vector<std::byte>> readFile(const fs::path& path, std::size_t limitBytes) {
  return read<std::vector<std::byte>>(path, limitBytes);
}

Result<std::string> readText(const fs::path& path, std::size_t limitBytes) {
  return read<std::string>(path, limitBytes);
}

}  // namespace fiducial::runtime
