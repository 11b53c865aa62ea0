#include "fiducial/runtime/content_hash.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <chrono>
#include <vector>

#include "file_descriptor.h"
#include "file_error.h"

namespace fiducial::runtime {

namespace fs = std::filesystem;

struct ContentHash::State {
  XXH3_state_t* xxh = XXH3_createState();
  State() { XXH3_128bits_reset(xxh); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { XXH3_freeState(xxh); }
};

ContentHash::ContentHash() : state_(std::make_unique<State>()) {}
ContentHash::~ContentHash() = default;
ContentHash::ContentHash(ContentHash&&) noexcept = default;
ContentHash& ContentHash::operator=(ContentHash&&) noexcept = default;

void ContentHash::update(std::span<const std::byte> bytes) {
  XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
}
void ContentHash::update(std::string_view text) { update(std::as_bytes(std::span(text))); }

std::string ContentHash::hex() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->xxh));
  return toHex(canonical.digest);
}

namespace {

/// Passes progress on, at most every 50 ms.
class Ticker {
 public:
  Ticker(const Progress& progress, std::int64_t total, std::string what)
      : progress_(progress), total_(total), what_(std::move(what)) {}
  void at(std::int64_t done) {
    if (!progress_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(50)) return;
    last_ = now;
    progress_(done, total_, what_);
  }

 private:
  const Progress& progress_;
  std::int64_t total_;
  std::string what_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace

Result<FileHash> hashFile(const fs::path& path, std::stop_token stop, const Progress& progress) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.isOpen()) return readError(path, errno);
  struct stat facts = {};
  if (::fstat(file.number(), &facts) != 0) return readError(path, errno);
  if (S_ISDIR(facts.st_mode)) return readError(path, EISDIR);
  if (!S_ISREG(facts.st_mode)) return notAFile(path);  // a pipe may never answer, a device never end
  ::posix_fadvise(file.number(), 0, 0, POSIX_FADV_SEQUENTIAL);

  constexpr std::size_t kChunkBytes = std::size_t{1} << 20;  // stays in the second-level cache
  std::vector<std::byte> chunk(kChunkBytes);
  ContentHash hash;
  Ticker ticker(progress, facts.st_size, path.filename().string());
  std::int64_t done = 0;
  for (;;) {
    if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "reading was cancelled", path.string(), {}};
    const ssize_t got = ::read(file.number(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return readError(path, errno);
    if (got == 0) break;
    hash.update(std::span(chunk).first(static_cast<std::size_t>(got)));
    done += got;
    ticker.at(done);
  }
  return FileHash{hash.hex(), done};
}

Sha256 sha256(std::span<const std::byte> bytes) {
  static_assert(std::tuple_size_v<Sha256> == crypto_hash_sha256_BYTES);
  Sha256 digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}
Sha256 sha256(std::string_view text) { return sha256(std::as_bytes(std::span(text))); }

std::string toHex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace fiducial::runtime
