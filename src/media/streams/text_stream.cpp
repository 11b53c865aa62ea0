// Voxels written as text: numbers between blanks (NRRD "ascii", MetaImage "BinaryData = False"), or hexadecimal bytes.
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "../file_bytes.h"
#include "byte_stream.h"

namespace fiducial::media {
namespace {

constexpr std::size_t kLongestNumber = 512;

/// A file a character at a time.
class Characters {
 public:
  Characters(FileBytes file, std::int64_t start) : file_(std::move(file)), at_(start), buffer_(std::size_t{64} << 10) {}
  /// The next character, or -1 at the end. Errors: Unreadable.
  Result<int> next() {
    if (used_ == there_) {
      auto got = file_.read(at_, buffer_);
      if (!got) return got.error();
      at_ += std::int64_t(*got);
      used_ = 0;
      there_ = *got;
      if (there_ == 0) return -1;
    }
    return std::to_integer<int>(buffer_[used_++]);
  }
  [[nodiscard]] Error damaged(std::string what) const {
    return {ErrorCode::Damaged, std::move(what), file_.path().string(), "ask its source for a sound copy"};
  }

 private:
  FileBytes file_;
  std::int64_t at_;
  std::vector<std::byte> buffer_;
  std::size_t used_ = 0;
  std::size_t there_ = 0;
};

bool isBlank(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == '\v' || c == '\f'; }

class TextStream final : public ByteStream {
 public:
  TextStream(Characters characters, ScalarType scalar) : characters_(std::move(characters)), scalar_(scalar) {}
  Result<std::size_t> read(std::span<std::byte> into) override;

 private:
  /// The next number's bytes into pending_; false at the end.
  Result<bool> convertNext();
  template <class T>
  bool convert(const std::string& word);

  Characters characters_;
  ScalarType scalar_;
  std::vector<std::byte> pending_;  // bytes of a number not yet given
};

template <class T>
bool TextStream::convert(const std::string& word) {
  T value{};
  auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (code != std::errc() || end != word.data() + word.size()) {
    // "1.0" among integers, "+5", "1e999": what can be said as a number of the type is taken.
    double real = 0;
    const char* first = word.data() + (word.starts_with('+') ? 1 : 0);
    const auto parsed = std::from_chars(first, word.data() + word.size(), real);
    if (parsed.ptr != word.data() + word.size() || parsed.ec == std::errc::invalid_argument) return false;
    if constexpr (std::is_integral_v<T>) {
      const bool fits = std::isfinite(real) && real >= double(std::numeric_limits<T>::lowest()) &&
                        real < std::ldexp(1.0, std::numeric_limits<T>::digits);
      if (!fits) return false;
    }
    value = T(real);
  }
  pending_.resize(sizeof(T));
  std::memcpy(pending_.data(), &value, sizeof(T));
  return true;
}

Result<bool> TextStream::convertNext() {
  std::string word;
  while (true) {
    auto c = characters_.next();
    if (!c) return c.error();
    if (*c < 0 || isBlank(*c)) {
      if (!word.empty()) break;
      if (*c < 0) return false;
      continue;
    }
    word += char(*c);
    if (word.size() > kLongestNumber) return characters_.damaged("its voxels are not numbers");
  }
  const bool isNumber = withScalarType(scalar_, [&](auto typed) { return convert<decltype(typed)>(word); });
  if (!isNumber) return characters_.damaged("one of its voxels is not a number of its type: " + word.substr(0, 40));
  return true;
}

Result<std::size_t> TextStream::read(std::span<std::byte> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    if (pending_.empty()) {
      auto more = convertNext();
      if (!more) return more.error();
      if (!*more) break;
    }
    const std::size_t count = std::min(pending_.size(), into.size() - done);
    std::memcpy(into.data() + done, pending_.data(), count);
    pending_.erase(pending_.begin(), pending_.begin() + std::ptrdiff_t(count));
    done += count;
  }
  return done;
}

class HexStream final : public ByteStream {
 public:
  explicit HexStream(Characters characters) : characters_(std::move(characters)) {}
  Result<std::size_t> read(std::span<std::byte> into) override {
    for (std::size_t done = 0; done < into.size(); ++done) {
      unsigned byte = 0;
      for (int digit = 0; digit < 2; ++digit) {
        auto value = nextDigit();
        if (!value) return value.error();
        if (*value < 0) return done;
        byte = byte * 16 + unsigned(*value);
      }
      into[done] = std::byte(byte);
    }
    return into.size();
  }

 private:
  Result<int> nextDigit() {
    while (true) {
      auto c = characters_.next();
      if (!c || *c < 0) return c;
      if (*c >= '0' && *c <= '9') return *c - '0';
      if (*c >= 'a' && *c <= 'f') return *c - 'a' + 10;
      if (*c >= 'A' && *c <= 'F') return *c - 'A' + 10;
      if (!isBlank(*c)) return characters_.damaged("its voxels are not hexadecimal digits");
    }
  }

  Characters characters_;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> openText(const PackedFile& file) {
  auto opened = FileBytes::open(file.path);
  if (!opened) return opened.error();
  return std::unique_ptr<ByteStream>(
      std::make_unique<TextStream>(Characters(std::move(*opened), file.start), file.scalar));
}

Result<std::unique_ptr<ByteStream>> openHex(const PackedFile& file) {
  auto opened = FileBytes::open(file.path);
  if (!opened) return opened.error();
  return std::unique_ptr<ByteStream>(std::make_unique<HexStream>(Characters(std::move(*opened), file.start)));
}

}  // namespace fiducial::media
