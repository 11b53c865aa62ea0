#include "fiducial/core/json_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace fiducial {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr std::uint32_t kReplacement = 0xFFFD;

void appendUnit(std::string& out, std::uint32_t unit) {
  const std::array<char, 6> text{'\\',           'u', kHex[unit >> 12 & 15], kHex[unit >> 8 & 15], kHex[unit >> 4 & 15],
                                 kHex[unit & 15]};
  out.append(text.data(), text.size());
}

void appendEscaped(std::string& out, std::uint32_t codePoint) {
  if (codePoint < 0x10000) return appendUnit(out, codePoint);
  codePoint -= 0x10000;
  appendUnit(out, 0xD800 + (codePoint >> 10));
  appendUnit(out, 0xDC00 + (codePoint & 0x3FF));
}

void appendUtf8(std::string& out, std::string_view text, std::uint32_t codePoint) {
  if (codePoint == kReplacement) {
    out += "\xEF\xBF\xBD";
  } else {
    out += text;
  }
}

// The code point at `at`, which moves behind it; overlong forms, surrogates and torn sequences give U+FFFD.
std::uint32_t nextCodePoint(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4) return kReplacement;
  std::uint32_t codePoint = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) return kReplacement;
    codePoint = codePoint << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
  }
  constexpr std::array<std::uint32_t, 4> kSmallest{0, 0x80, 0x800, 0x10000};
  const bool wrong = codePoint < kSmallest[static_cast<std::size_t>(more)] || codePoint > 0x10FFFF ||
                     (codePoint >= 0xD800 && codePoint < 0xE000);
  return wrong ? kReplacement : codePoint;
}

// Pixel coordinates mostly have two decimals or fewer; printing those as integers is several times faster than the
// general algorithm and gives the same text, since a shortest form of so few digits is the only one.
bool appendTwoDecimals(std::string& out, double value) {
  constexpr double kBound = 1e7;
  if (!(value > -kBound && value < kBound) || (value == 0 && std::signbit(value))) return false;
  const double scaled = value * 100;
  const auto hundredths = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  if (static_cast<double>(hundredths) / 100 != value) return false;
  std::array<char, 16> text{};
  char* at = text.data();
  std::int64_t rest = hundredths;
  if (rest < 0) {
    *at++ = '-';
    rest = -rest;
  }
  at = std::to_chars(at, text.data() + text.size(), rest / 100).ptr;
  const auto decimals = static_cast<int>(rest % 100);
  if (decimals != 0) {
    *at++ = '.';
    *at++ = static_cast<char>('0' + decimals / 10);
    if (decimals % 10 != 0) *at++ = static_cast<char>('0' + decimals % 10);
  }
  out.append(text.data(), static_cast<std::size_t>(at - text.data()));
  return true;
}

}  // namespace

void appendNumber(std::string& out, double value) {
  if (appendTwoDecimals(out, value)) return;
  if (!std::isfinite(value)) value = 0;  // JSON has no other numbers; labels never hold them
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

void appendNumber(std::string& out, std::int64_t value) {
  std::array<char, 24> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

void appendString(std::string& out, std::string_view utf8, JsonText form) {
  out += '"';
  for (std::size_t at = 0; at < utf8.size();) {
    const char c = utf8[at];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t start = at;
      const std::uint32_t codePoint = nextCodePoint(utf8, at);
      if (form == JsonText::Ascii) {
        appendEscaped(out, codePoint);
      } else {
        appendUtf8(out, utf8.substr(start, at - start), codePoint);
      }
      continue;
    }
    ++at;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (c >= 0x20 && (c != 0x7F || form == JsonText::Utf8)) {
          out += c;
        } else {
          appendUnit(out, static_cast<std::uint32_t>(c));
        }
    }
  }
  out += '"';
}

void appendKey(std::string& out, std::string_view name) {
  appendString(out, name);
  out += ':';
}

void appendValue(std::string& out, const AttributeValue& value) {
  if (const bool* truth = std::get_if<bool>(&value)) {
    out += *truth ? "true" : "false";
  } else if (const double* number = std::get_if<double>(&value)) {
    appendNumber(out, *number);
  } else {
    appendString(out, std::get<std::string>(value));
  }
}

}  // namespace fiducial
