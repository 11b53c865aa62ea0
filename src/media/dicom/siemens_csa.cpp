#include "siemens_csa.h"

#include <cstddef>
#include <cstdint>

namespace fiducial::media::dicom {
namespace {

constexpr std::size_t kNameBytes = 64;
constexpr std::size_t kTagBytes = kNameBytes + 20;  // vm, vr, syngo type, items, a check number
constexpr std::size_t kItemBytes = 16;

std::uint32_t little32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t n = 4; n-- > 0;) value = (value << 8) | static_cast<unsigned char>(bytes[at + n]);
  return value;
}

std::string textOf(std::string_view bytes) {
  std::string text(bytes.substr(0, bytes.find('\0')));
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace

std::vector<std::string> csaValues(std::string_view csa, std::string_view name) {
  const bool isSecond = csa.starts_with("SV10");
  const std::size_t countAt = isSecond ? 8 : 0;
  if (csa.size() < countAt + 8) return {};
  const std::uint32_t tags = little32(csa, countAt);
  std::size_t at = countAt + 8;
  std::uint32_t itemsOfFirst = 0;  // the first version adds it to every length
  for (std::uint32_t n = 0; n < tags; ++n) {
    if (csa.size() - at < kTagBytes) return {};
    const bool isWanted = textOf(csa.substr(at, kNameBytes)) == name;
    const std::uint32_t items = little32(csa, at + kNameBytes + 12);
    if (n == 0) itemsOfFirst = items;
    at += kTagBytes;
    std::vector<std::string> values;
    for (std::uint32_t item = 0; item < items; ++item) {
      if (csa.size() - at < kItemBytes) return {};
      const std::uint32_t length = isSecond ? little32(csa, at + 4) : little32(csa, at) - itemsOfFirst;
      at += kItemBytes;
      if (length > csa.size() - at) return values;
      if (isWanted && length > 0) values.push_back(textOf(csa.substr(at, length)));
      at += (std::size_t{length} + 3) / 4 * 4;
      if (at > csa.size()) return values;
    }
    if (isWanted) return values;
  }
  return {};
}

}  // namespace fiducial::media::dicom
