#include "data_set.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "element_values.h"

namespace fiducial::media::dicom {
namespace {

template <class T>
T binaryValue(const char* at, bool bigEndian) {
  unsigned char bytes[sizeof(T)];
  std::memcpy(bytes, at, sizeof(T));
  if (bigEndian) std::reverse(bytes, bytes + sizeof(T));
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}

template <class T>
std::vector<double> binaryNumbers(const std::string& value, bool bigEndian) {
  std::vector<double> numbers;
  for (std::size_t at = 0; at + sizeof(T) <= value.size(); at += sizeof(T)) {
    numbers.push_back(double(binaryValue<T>(value.data() + at, bigEndian)));
    if (!std::isfinite(numbers.back())) return {};
  }
  return numbers;
}

std::optional<double> parsedNumber(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::vector<double> textNumbers(std::string_view text) {
  std::vector<double> numbers;
  if (trimmed(text).empty()) return numbers;
  while (true) {  // not by splitValues(): most headers are numbers, and thousands are read at a time
    const std::size_t end = text.find('\\');
    const auto number = parsedNumber(text.substr(0, end));
    if (!number) return {};
    numbers.push_back(*number);
    if (end == std::string_view::npos) return numbers;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

const Element* DataSet::find(Tag tag) const {
  const auto at = isAscending ? std::ranges::lower_bound(elements, tag, {}, &Element::tag)
                              : std::ranges::find(elements, tag, &Element::tag);
  return at == elements.end() || at->tag != tag ? nullptr : &*at;
}

std::string DataSet::text(Tag tag) const {
  const Element* element = find(tag);
  return element == nullptr ? std::string() : std::string(trimmed(element->value));
}

std::vector<std::string> DataSet::texts(Tag tag) const {
  const Element* element = find(tag);
  if (element == nullptr || trimmed(element->value).empty()) return {};
  return splitValues(element->value);
}

std::vector<double> DataSet::numbers(Tag tag) const {
  const Element* element = find(tag);
  if (element == nullptr) return {};
  const std::string& value = element->value;
  switch (element->vr) {
    case vrOf("US"):
    case vrOf("OW"):
      return binaryNumbers<std::uint16_t>(value, bigEndian);
    case vrOf("SS"):
      return binaryNumbers<std::int16_t>(value, bigEndian);
    case vrOf("UL"):
      return binaryNumbers<std::uint32_t>(value, bigEndian);
    case vrOf("SL"):
      return binaryNumbers<std::int32_t>(value, bigEndian);
    case vrOf("FL"):
      return binaryNumbers<float>(value, bigEndian);
    case vrOf("FD"):
      return binaryNumbers<double>(value, bigEndian);
    case vrOf("OV"):
    case vrOf("UV"):
      return binaryNumbers<std::uint64_t>(value, bigEndian);
    default:
      return textNumbers(value);
  }
}

std::optional<double> DataSet::number(Tag tag) const { return firstNumber(numbers(tag)); }

std::optional<std::int64_t> DataSet::integer(Tag tag) const { return firstInteger(numbers(tag)); }

std::vector<std::uint16_t> DataSet::words(Tag tag) const {
  const Element* element = find(tag);
  std::vector<std::uint16_t> words;
  if (element == nullptr) return words;
  words.reserve(element->value.size() / 2);
  for (std::size_t at = 0; at + 2 <= element->value.size(); at += 2) {
    words.push_back(binaryValue<std::uint16_t>(element->value.data() + at, bigEndian));
  }
  return words;
}

const std::vector<DataSet>& DataSet::items(Tag tag) const {
  static const std::vector<DataSet> none;
  const Element* element = find(tag);
  return element == nullptr ? none : element->items;
}

const DataSet* DataSet::item(Tag tag) const {
  const std::vector<DataSet>& all = items(tag);
  return all.empty() ? nullptr : &all.front();
}

std::string nameOfTag(Tag tag) {
  char text[16];
  std::snprintf(text, sizeof(text), "(%04X,%04X)", tag >> 16, tag & 0xFFFFu);
  return text;
}

}  // namespace fiducial::media::dicom
