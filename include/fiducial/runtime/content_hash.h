// Hashes: XXH3-128 for the identity of media, SHA-256 for the audit chain.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "fiducial/core/result.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::runtime {

/// Streaming XXH3-128; hex() is 32 lower-case digits (canonical, big endian).
class ContentHash {
 public:
  ContentHash();
  ~ContentHash();
  ContentHash(ContentHash&&) noexcept;
  ContentHash& operator=(ContentHash&&) noexcept;
  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);
  [[nodiscard]] std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct FileHash {
  std::string hex;
  std::int64_t sizeBytes = 0;
};
/// All bytes of one file. Errors: NotFound, Unreadable, Cancelled.
[[nodiscard]] Result<FileHash> hashFile(const std::filesystem::path& path, std::stop_token stop = {},
                                        const Progress& progress = {});

using Sha256 = std::array<std::uint8_t, 32>;
[[nodiscard]] Sha256 sha256(std::span<const std::byte> bytes);
[[nodiscard]] Sha256 sha256(std::string_view text);
[[nodiscard]] std::string toHex(std::span<const std::uint8_t> bytes);

/// A new UUIDv7 (RFC 9562): increasing within the process. Thread: any.
[[nodiscard]] std::string newUid();

}  // namespace fiducial::runtime
