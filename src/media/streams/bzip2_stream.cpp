// bzip2 by libbz2, also when the file is several streams one after the other (as pbzip2 writes).
#include <bzlib.h>

#include <algorithm>

#include "../file_bytes.h"
#include "byte_stream.h"

namespace fiducial::media {
namespace {

class Bzip2Stream final : public ByteStream {
 public:
  Bzip2Stream(FileBytes file, std::int64_t start)
      : file_(std::move(file)), at_(start), packed_(std::size_t{64} << 10) {}
  ~Bzip2Stream() override { close(); }
  Bzip2Stream(const Bzip2Stream&) = delete;
  Bzip2Stream& operator=(const Bzip2Stream&) = delete;
  Result<std::size_t> read(std::span<std::byte> into) override;

 private:
  Status refill();
  void close() {
    if (isOpen_) BZ2_bzDecompressEnd(&stream_);
    isOpen_ = false;
  }
  [[nodiscard]] Error damaged() const {
    return {ErrorCode::Damaged, "its compressed data are damaged and its values may be wrong", file_.path().string(),
            "copy the file again"};
  }

  FileBytes file_;
  std::int64_t at_;
  std::vector<std::byte> packed_;
  bz_stream stream_{};
  bool isOpen_ = false;
  bool isAtEnd_ = false;
};

Status Bzip2Stream::refill() {
  if (stream_.avail_in > 0) return {};
  auto got = file_.read(at_, packed_);
  if (!got) return got.error();
  at_ += std::int64_t(*got);
  stream_.next_in = reinterpret_cast<char*>(packed_.data());
  stream_.avail_in = unsigned(*got);
  return {};
}

Result<std::size_t> Bzip2Stream::read(std::span<std::byte> into) {
  std::size_t done = 0;
  while (done < into.size() && !isAtEnd_) {
    if (auto filled = refill(); !filled) return filled.error();
    if (stream_.avail_in == 0) break;
    if (!isOpen_) {
      if (stream_.next_in[0] != 'B') break;  // padding behind the last stream
      if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) return damaged();
      isOpen_ = true;
    }
    const std::size_t step = std::min<std::size_t>(into.size() - done, std::size_t{1} << 30);
    stream_.next_out = reinterpret_cast<char*>(into.data() + done);
    stream_.avail_out = unsigned(step);
    const int code = BZ2_bzDecompress(&stream_);
    done += step - stream_.avail_out;
    if (code == BZ_STREAM_END) {
      close();
    } else if (code != BZ_OK) {
      isAtEnd_ = true;
      return damaged();
    }
  }
  return done;
}

}  // namespace

Result<std::unique_ptr<ByteStream>> openBzip2(const PackedFile& file) {
  auto opened = FileBytes::open(file.path);
  if (!opened) return opened.error();
  return std::unique_ptr<ByteStream>(std::make_unique<Bzip2Stream>(std::move(*opened), file.start));
}

}  // namespace fiducial::media
