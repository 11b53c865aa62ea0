#include "byte_stream.h"

#include <algorithm>
#include <limits>

#include "../file_bytes.h"
#include "gzip_reader.h"

namespace fiducial::media {
namespace {

class PlainStream final : public ByteStream {
 public:
  PlainStream(FileBytes file, std::int64_t start) : file_(std::move(file)), at_(start) {}
  Result<std::size_t> read(std::span<std::byte> into) override {
    auto got = file_.read(at_, into);
    if (got) at_ += std::int64_t(*got);
    return got;
  }

 private:
  FileBytes file_;
  std::int64_t at_;
};

class GzipStream final : public ByteStream {
 public:
  explicit GzipStream(GzipReader reader) : reader_(std::move(reader)) {}
  Result<std::size_t> read(std::span<std::byte> into) override { return reader_.read(into); }

 private:
  GzipReader reader_;
};

class JoinedStream final : public ByteStream {
 public:
  explicit JoinedStream(std::vector<PackedFile> files) : files_(std::move(files)) {}
  Result<std::size_t> read(std::span<std::byte> into) override {
    std::size_t done = 0;
    while (done < into.size()) {
      if (!current_) {
        if (next_ == files_.size()) break;
        auto opened = openStream(files_[next_++]);
        if (!opened) return opened.error();
        current_ = std::move(*opened);
      }
      auto got = current_->read(into.subspan(done));
      if (!got) return got.error();
      if (*got == 0) current_.reset();
      done += *got;
    }
    return done;
  }

 private:
  std::vector<PackedFile> files_;
  std::size_t next_ = 0;
  std::unique_ptr<ByteStream> current_;
};

}  // namespace

Status ByteStream::skip(std::int64_t bytes) {
  std::vector<std::byte> dropped(std::size_t(std::min<std::int64_t>(bytes, 1 << 20)));
  while (bytes > 0) {
    auto got = read(std::span(dropped).first(std::size_t(std::min<std::int64_t>(bytes, std::int64_t(dropped.size())))));
    if (!got) return got.error();
    if (*got == 0) return Error{ErrorCode::Damaged, "the file ends before its voxels do", "", "copy it again"};
    bytes -= std::int64_t(*got);
  }
  return {};
}

Result<std::unique_ptr<ByteStream>> openStream(const PackedFile& file) {
  switch (file.packing) {
    case Packing::Gzip: {
      auto reader = GzipReader::open(file.path, file.start);
      if (!reader) return reader.error();
      return std::unique_ptr<ByteStream>(std::make_unique<GzipStream>(std::move(*reader)));
    }
    case Packing::Bzip2:
      return openBzip2(file);
    case Packing::Text:
      return openText(file);
    case Packing::Hex:
      return openHex(file);
    case Packing::Plain:
      break;
  }
  auto opened = FileBytes::open(file.path);
  if (!opened) return opened.error();
  return std::unique_ptr<ByteStream>(std::make_unique<PlainStream>(std::move(*opened), file.start));
}

std::unique_ptr<ByteStream> joinedStream(std::vector<PackedFile> files) {
  return std::make_unique<JoinedStream>(std::move(files));
}

std::int64_t mostUnpacked(Packing packing, std::int64_t packed, ScalarType scalar) {
  constexpr std::int64_t kDeflate = 1100;  // it reaches 1032 at best
  constexpr std::int64_t kBzip2 = 30000;   // 900 KB of zeros become some 40 bytes
  packed = std::clamp<std::int64_t>(packed, 0, std::numeric_limits<std::int64_t>::max() / kBzip2);
  switch (packing) {
    case Packing::Gzip:
      return packed * kDeflate;
    case Packing::Bzip2:
      return packed * kBzip2;
    case Packing::Text:
      return (packed + 1) / 2 * std::int64_t(sizeOf(scalar));  // a digit and a blank
    case Packing::Hex:
      return packed / 2;
    case Packing::Plain:
      break;
  }
  return packed;
}

}  // namespace fiducial::media
