#include "element_values.h"

#include <cmath>

namespace fiducial::media::dicom {

std::string_view trimmed(std::string_view text) {
  const auto isPadding = [](char c) { return c == ' ' || c == '\0' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && isPadding(text.back())) text.remove_suffix(1);
  while (!text.empty() && isPadding(text.front())) text.remove_prefix(1);
  return text;
}

std::vector<std::string> splitValues(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find('\\');
    parts.emplace_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::optional<double> firstNumber(const std::vector<double>& values) {
  if (values.empty() || !std::isfinite(values.front())) return std::nullopt;
  return values.front();
}

std::optional<std::int64_t> firstInteger(const std::vector<double>& values) {
  const auto value = firstNumber(values);
  if (!value || std::abs(*value) > 9e15) return std::nullopt;
  return std::int64_t(std::llround(*value));
}

}  // namespace fiducial::media::dicom
