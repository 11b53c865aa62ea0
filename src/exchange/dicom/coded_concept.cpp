#include "dicom/coded_concept.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "fiducial/media/dicom_tags.h"

namespace fiducial::exchange {
namespace {

std::string hexColor(const std::array<double, 3>& rgb) {
  std::array<int, 3> bytes{};
  for (std::size_t n = 0; n < 3; ++n) bytes[n] = int(std::lround(std::clamp(rgb[n], 0.0, 255.0)));
  char text[8];
  std::snprintf(text, sizeof(text), "#%02x%02x%02x", unsigned(bytes[0]) & 255U, unsigned(bytes[1]) & 255U,
                unsigned(bytes[2]) & 255U);
  return text;
}

/// CIE 15: the inverse of f(t).
double cubed(double f) { return f > 6.0 / 29 ? f * f * f : (f - 16.0 / 116) * 3 * (6.0 / 29) * (6.0 / 29); }

/// IEC 61966-2-1.
double companded(double linear) {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

}  // namespace

Code codeIn(media::DicomItem item, media::DicomTag sequence) {
  namespace tag = media::dicom::tag;
  const media::DicomItem coded = item.item(sequence);
  Code code{coded.text(tag::CodingScheme), coded.text(tag::CodeValue), coded.text(tag::CodeMeaning)};
  if (code.value.empty()) code.value = coded.text(tag::LongCodeValue);
  if (code.value.empty()) code.value = coded.text(tag::UrnCodeValue);
  return code;
}

std::string textOf(const Code& code) {
  if (code.value.empty()) return code.meaning;
  const std::string coded = code.scheme + (code.scheme.empty() ? "" : " ") + code.value;
  return code.meaning.empty() ? coded : code.meaning + " (" + coded + ")";
}

std::string colorOfCielab(const std::vector<double>& value) {
  if (value.size() != 3) return {};
  const double lightness = value[0] / 65535 * 100;
  const double a = value[1] / 65535 * 255 - 128;
  const double b = value[2] / 65535 * 255 - 128;
  const double fy = (lightness + 16) / 116;
  constexpr std::array<double, 3> kWhite{0.950456, 1.0, 1.088754};  // D65, as DCMTK and dcmqi write it
  const double x = kWhite[0] * cubed(fy + a / 500);
  const double y = kWhite[1] * cubed(fy);
  const double z = kWhite[2] * cubed(fy - b / 200);
  return hexColor({255 * companded(3.2406 * x - 1.5372 * y - 0.4986 * z),
                   255 * companded(-0.9689 * x + 1.8758 * y + 0.0415 * z),
                   255 * companded(0.0557 * x - 0.2040 * y + 1.0570 * z)});
}

std::string colorOfRgb(const std::vector<double>& value) {
  return value.size() == 3 ? hexColor({value[0], value[1], value[2]}) : std::string();
}

}  // namespace fiducial::exchange
