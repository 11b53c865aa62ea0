#include "gzip_reader.h"

#include <algorithm>

namespace fiducial::media {

GzipReader::GzipReader(FileBytes file, std::int64_t start)
    : file_(std::move(file)), at_(start), packed_(std::size_t{256} << 10), stream_(new z_stream{}) {}

Error GzipReader::damaged() const {
  return {ErrorCode::Damaged, "its compressed data are damaged and its values may be wrong", file_.path().string(),
          "copy the file again"};
}

Result<GzipReader> GzipReader::open(const std::filesystem::path& path, std::int64_t start) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  GzipReader reader(std::move(*file), start);
  constexpr int kGzipOrZlib = 32;
  if (inflateInit2(reader.stream_.get(), MAX_WBITS + kGzipOrZlib) != Z_OK) return reader.damaged();
  return reader;
}

Status GzipReader::refill() {
  auto got = file_.read(at_, packed_);
  if (!got) return got.error();
  at_ += std::int64_t(*got);
  stream_->next_in = reinterpret_cast<Bytef*>(packed_.data());
  stream_->avail_in = uInt(*got);
  return {};
}

Result<std::size_t> GzipReader::read(std::span<std::byte> into) {
  std::size_t done = 0;
  while (done < into.size() && !isAtEnd_) {
    if (stream_->avail_in == 0) {
      if (auto filled = refill(); !filled) return filled.error();
      if (stream_->avail_in == 0) break;  // the file ends inside the stream: what there is, is given
    }
    const std::size_t step = std::min<std::size_t>(into.size() - done, std::size_t{1} << 30);
    stream_->next_out = reinterpret_cast<Bytef*>(into.data() + done);
    stream_->avail_out = uInt(step);
    const int code = inflate(stream_.get(), Z_NO_FLUSH);
    done += step - stream_->avail_out;
    if (code == Z_STREAM_END) {
      if (stream_->avail_in == 0) {
        if (auto filled = refill(); !filled) return filled.error();
      }
      // Another member may follow; anything else behind the stream is padding.
      const bool isMember = stream_->avail_in > 1 && stream_->next_in[0] == 0x1F && stream_->next_in[1] == 0x8B;
      if (!isMember || inflateReset(stream_.get()) != Z_OK) isAtEnd_ = true;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return damaged();
    }
  }
  return done;
}

Status GzipReader::skip(std::int64_t bytes) {
  std::vector<std::byte> dropped(std::size_t{1} << 20);
  while (bytes > 0) {
    auto got = read(std::span(dropped).first(std::size_t(std::min<std::int64_t>(bytes, std::int64_t(dropped.size())))));
    if (!got) return got.error();
    if (*got == 0) return damaged();
    bytes -= std::int64_t(*got);
  }
  return {};
}

}  // namespace fiducial::media
