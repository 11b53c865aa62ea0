#include "file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace fiducial::media {
namespace {

Error systemError(const std::filesystem::path& path, int number) {
  const ErrorCode code = number == ENOENT || number == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Unreadable;
  return {code, std::string("the file cannot be read: ") + std::strerror(number), path.string(), ""};
}

}  // namespace

FileBytes::FileBytes(int descriptor, std::int64_t sizeBytes, std::filesystem::path path)
    : descriptor_(descriptor), sizeBytes_(sizeBytes), path_(std::move(path)) {}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), sizeBytes_(other.sizeBytes_), path_(std::move(other.path_)) {}

FileBytes& FileBytes::operator=(FileBytes&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(sizeBytes_, other.sizeBytes_);
  std::swap(path_, other.path_);
  return *this;
}

FileBytes::~FileBytes() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<FileBytes> FileBytes::open(const std::filesystem::path& path) {
  // Non-blocking, so that a pipe in a folder does not hang the search.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return systemError(path, errno);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return Error{ErrorCode::Unreadable, "this is not a file", path.string(), ""};
  }
  return FileBytes(descriptor, status.st_size, path);
}

Result<std::size_t> FileBytes::read(std::int64_t offset, std::span<std::byte> into) const {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t got = ::pread(descriptor_, into.data() + done, into.size() - done, offset + std::int64_t(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return systemError(path_, errno);
    if (got == 0) break;
    done += std::size_t(got);
  }
  return done;
}

Result<std::vector<std::byte>> FileBytes::readExactly(std::int64_t offset, std::size_t size) const {
  const Error early{ErrorCode::Damaged, "the file ends before its data does", path_.string(), "copy it again"};
  if (offset < 0 || offset > sizeBytes_ || std::int64_t(size) > sizeBytes_ - offset) return early;
  std::vector<std::byte> bytes(size);
  auto got = read(offset, bytes);
  if (!got) return got.error();
  if (*got != size) return early;
  return bytes;
}

}  // namespace fiducial::media
