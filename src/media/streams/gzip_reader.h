// A gzip file unpacked as a stream, also when it is several members one after the other.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "../file_bytes.h"
#include "fiducial/core/result.h"

namespace fiducial::media {

/// Owner: the file and the zlib stream. Thread: one.
class GzipReader {
 public:
  static Result<GzipReader> open(const std::filesystem::path& path, std::int64_t start = 0);
  /// Fills `into`; less only at the end of the stream. Errors: Damaged (not gzip, or its data are broken), Unreadable.
  Result<std::size_t> read(std::span<std::byte> into);
  Status skip(std::int64_t bytes);

 private:
  struct StreamCloser {
    void operator()(z_stream* stream) const {
      inflateEnd(stream);
      delete stream;
    }
  };
  GzipReader(FileBytes file, std::int64_t start);
  Status refill();
  [[nodiscard]] Error damaged() const;

  FileBytes file_;
  std::int64_t at_ = 0;
  std::vector<std::byte> packed_;
  std::unique_ptr<z_stream, StreamCloser> stream_;
  bool isAtEnd_ = false;
};

}  // namespace fiducial::media
