#include "byte_source.h"

#include <algorithm>
#include <cstring>

namespace fiducial::media::dicom {
namespace {

constexpr std::size_t kWindowBytes = 16 * 1024;  // one read holds most headers

}  // namespace

ByteSource::ByteSource(std::filesystem::path path, std::int64_t sizeBytes, std::span<const std::byte> head)
    : path_(std::move(path)), size_(std::uint64_t(sizeBytes)), head_(head) {}

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  ByteSource source(path, file->sizeBytes(), {});
  source.file_ = std::move(*file);
  return source;
}

void ByteSource::becomeMemory(std::vector<std::byte> bytes) {
  size_ = bytes.size();
  memory_ = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
}

Status ByteSource::ensureOpen() {
  if (memory_ || file_) return {};
  auto file = FileBytes::open(path_);
  if (!file) return file.error();
  file_ = std::move(*file);
  return {};
}

void ByteSource::close() {
  file_.reset();
  head_ = {};
  window_ = {};
  windowStart_ = 0;
}

const std::byte* ByteSource::window(std::uint64_t offset, std::size_t count) {
  if (offset > size_ || count > size_ - offset) return nullptr;
  if (memory_) return memory_->data() + offset;
  if (offset <= head_.size() && count <= head_.size() - offset) return head_.data() + offset;
  const bool inside = offset >= windowStart_ && offset - windowStart_ <= window_.size() &&
                      count <= window_.size() - (offset - windowStart_);
  if (!inside) {
    if (!ensureOpen()) return nullptr;
    const std::uint64_t wanted = std::min<std::uint64_t>(std::max(count, kWindowBytes), size_ - offset);
    window_.resize(std::size_t(wanted));
    windowStart_ = offset;
    auto got = file_->read(std::int64_t(offset), window_);
    window_.resize(got ? *got : 0);
    if (window_.size() < count) return nullptr;
  }
  return window_.data() + (offset - windowStart_);
}

Result<std::size_t> ByteSource::read(std::uint64_t offset, std::span<std::byte> into) const {
  if (memory_) {
    if (offset >= memory_->size()) return std::size_t{0};
    const std::size_t count = std::min<std::size_t>(into.size(), memory_->size() - std::size_t(offset));
    std::memcpy(into.data(), memory_->data() + offset, count);
    return count;
  }
  if (file_) return file_->read(std::int64_t(offset), into);
  auto file = FileBytes::open(path_);
  if (!file) return file.error();
  return file->read(std::int64_t(offset), into);
}

}  // namespace fiducial::media::dicom
