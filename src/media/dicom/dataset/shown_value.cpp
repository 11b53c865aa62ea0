// Elements as people read them: names, private creators, values on one line.
#include <algorithm>
#include <charconv>

#include "dataset_state.h"

namespace fiducial::media {
namespace {

constexpr std::uint64_t kShownBytes = 32;
constexpr std::uint64_t kShownText = 2000;
constexpr std::size_t kShownNumbers = 64;

std::string creatorOf(DicomItem item, DicomTag tag) { return item.text((tag & 0xFFFF0000u) | ((tag & 0xFF00u) >> 8)); }

bool isOneOf(std::string_view type, std::string_view types) { return types.find(type) != std::string_view::npos; }

std::string hex(const std::string& bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!text.empty()) text += ' ';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::string numberText(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), value).ptr;
  return {text, end};
}

std::string numbersText(const std::vector<double>& numbers) {
  std::string text;
  for (std::size_t n = 0; n < std::min(numbers.size(), kShownNumbers); ++n) {
    text += (n == 0 ? "" : "\\") + numberText(numbers[n]);
  }
  if (numbers.size() > kShownNumbers) text += "... (" + std::to_string(numbers.size()) + " values)";
  return text;
}

std::string tagsText(const std::vector<double>& words) {
  std::string text;
  for (std::size_t n = 0; n + 1 < words.size(); n += 2) {
    text += (n == 0 ? "" : "\\") + dicomTagText((DicomTag(words[n]) << 16) | DicomTag(words[n + 1]));
  }
  return text;
}

std::string count(std::uint64_t number, std::string_view what) {
  return std::to_string(number) + ' ' + std::string(what) + (number == 1 ? "" : "s");
}

std::string bytesText(const DicomDataset& dataset, const DicomElement& element) {
  if (element.length == kDicomUndefinedLength) return "encapsulated";
  std::string text = hex(dataset.bytes(element, 0, kShownBytes));
  if (element.length > kShownBytes) text += "... (" + count(element.length, "byte") + ")";
  return text;
}

}  // namespace

std::string dicomTagText(DicomTag tag) { return dicom::nameOfTag(tag); }

std::string dicomName(DicomItem item, const DicomElement& element) {
  const DicomTag low = element.tag & 0xFFFFu;
  if (low == 0) return "Group Length";
  if (!element.isPrivate()) {
    const std::string name = dicom::dictionaryName(element.tag, {});
    return name.empty() ? "Unknown" : name;
  }
  if (low >= 0x10 && low <= 0xFF) return "Private Creator";
  const std::string creator = creatorOf(item, element.tag);
  if (creator.empty()) return "Private (no creator)";
  const std::string name = dicom::dictionaryName(element.tag, creator);
  return name.empty() ? "Private (" + creator + ")" : name + " (" + creator + ")";
}

std::string dicomShownValue(const DicomDataset& dataset, DicomItem item, const DicomElement& element) {
  const std::string_view type = element.type();
  if (element.isSequence) return count(element.itemCount, "item");
  if (isOneOf(type, "OB OW OF OD OL OV UN")) return bytesText(dataset, element);
  if (type == "AT") return tagsText(dataset.numbers(element));
  if (isOneOf(type, "US SS UL SL FL FD UV SV")) return numbersText(dataset.numbers(element));
  std::string text = dataset.text(item, element);
  if (text.size() > kShownText) {
    std::size_t end = kShownText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text = text.substr(0, end) + "... (" + count(element.length, "byte") + ")";
  }
  if (type == "UI") {
    const std::string name = dicom::nameOfUid(text);
    if (!name.empty()) text += " = " + name;
  }
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return text;
}

}  // namespace fiducial::media
