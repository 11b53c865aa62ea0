#include "made_dicom.h"

#include <atomic>
#include <cstring>
#include <fstream>
#include <sstream>

namespace fiducial::media::test {
namespace {

template <class T>
std::string bytesOf(T value) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));  // the test machines are little endian
  return bytes;
}

std::string encoded(std::uint32_t tag, const std::string& vr, std::string value) {
  if (value.size() % 2 != 0) value += vr == "UI" || vr == "OB" ? '\0' : ' ';
  std::string bytes = bytesOf(std::uint16_t(tag >> 16)) + bytesOf(std::uint16_t(tag & 0xFFFF)) + vr;
  const bool isLong = vr == "SQ" || vr == "OB" || vr == "OW" || vr == "UN" || vr == "UT";
  bytes += isLong ? std::string(2, '\0') + bytesOf(std::uint32_t(value.size())) : bytesOf(std::uint16_t(value.size()));
  return bytes + value;
}

std::string encodedAll(const MadeElements& elements) {
  std::string bytes;
  for (const auto& [tag, element] : elements) {
    if (!element.first.empty()) bytes += encoded(tag, element.first, element.second);
  }
  return bytes;
}

template <std::size_t N>
std::string joined(const std::array<double, N>& values) {
  std::ostringstream text;
  text.precision(10);
  for (std::size_t n = 0; n < N; ++n) text << (n == 0 ? "" : "\\") << values[n];
  return text.str();
}

std::string nextUid() {
  static std::atomic<int> next = 0;
  return "1.2.826.0.1.3680043.10.1." + std::to_string(++next);
}

/// Encapsulated pixel data, of a length that is not said.
std::string openPixels(const std::string& items) {
  return bytesOf(std::uint16_t{0x7FE0}) + bytesOf(std::uint16_t{0x0010}) + "OB" + std::string(2, '\0') +
         std::string(4, '\xFF') + items + bytesOf(std::uint16_t{0xFFFE}) + bytesOf(std::uint16_t{0xE0DD}) +
         std::string(4, '\0');
}

std::string pixelsOf(const MadeSlice& slice) {
  std::string pixels;
  for (int n = 0; n < slice.rows * slice.columns * slice.frames; ++n) pixels += word(std::uint16_t(slice.value + n));
  return pixels;
}

}  // namespace

std::string word(std::uint16_t value) { return bytesOf(value); }
std::string longWord(std::uint32_t value) { return bytesOf(value); }
std::string real(double value) { return bytesOf(value); }

std::string item(const std::string& bytes) {
  return bytesOf(std::uint16_t{0xFFFE}) + bytesOf(std::uint16_t{0xE000}) + bytesOf(std::uint32_t(bytes.size())) + bytes;
}

std::string sequence(const std::vector<MadeElements>& items) {
  std::string bytes;
  for (const MadeElements& elements : items) bytes += item(encodedAll(elements));
  return bytes;
}

void writeSlice(const std::filesystem::path& path, const MadeSlice& slice) {
  const std::string uid = nextUid();
  MadeElements elements{{0x00080016, {"UI", slice.sopClass}},
                        {0x00080018, {"UI", uid}},
                        {0x00080060, {"CS", slice.modality}},
                        {0x0008103E, {"LO", "made"}},
                        {0x00180050, {"DS", "2"}},
                        {0x0020000D, {"UI", "1.2.3"}},
                        {0x0020000E, {"UI", slice.series}},
                        {0x00200013, {"IS", std::to_string(slice.instance)}},
                        {0x00200032, {"DS", joined(slice.position)}},
                        {0x00200037, {"DS", joined(slice.orientation)}},
                        {0x00280002, {"US", word(1)}},
                        {0x00280004, {"CS", "MONOCHROME2"}},
                        {0x00280010, {"US", word(std::uint16_t(slice.rows))}},
                        {0x00280011, {"US", word(std::uint16_t(slice.columns))}},
                        {0x00280030, {"DS", "1.5\\1.25"}},
                        {0x00280100, {"US", word(16)}},
                        {0x00280101, {"US", word(16)}},
                        {0x00280102, {"US", word(15)}},
                        {0x00280103, {"US", word(0)}},
                        {0x7FE00010, {"OW", pixelsOf(slice)}}};
  if (slice.frames > 1) elements[0x00280008] = {"IS", std::to_string(slice.frames)};
  if (!slice.items.empty()) elements.erase(0x7FE00010);
  for (const auto& [tag, element] : slice.extra) elements[tag] = element;
  const std::string meta = encoded(0x00020002, "UI", slice.sopClass) + encoded(0x00020003, "UI", uid) +
                           encoded(0x00020010, "UI", slice.transferSyntax);
  std::ofstream file(path, std::ios::binary);
  file << std::string(128, '\0') << "DICM" << encoded(0x00020000, "UL", longWord(std::uint32_t(meta.size()))) << meta
       << encodedAll(elements);
  if (!slice.items.empty()) file << openPixels(slice.items);
}

}  // namespace fiducial::media::test
