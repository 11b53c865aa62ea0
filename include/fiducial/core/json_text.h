// JSON text into one growing buffer: shortest numbers that read back the same, no locale.
// Source: RFC 8259; numbers by std::to_chars.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fiducial/core/attribute.h"

namespace fiducial {

/// How letters beyond ASCII are written. Both are the same text to a reader of JSON; Ascii also to one that opens files
/// in its locale's encoding.
enum class JsonText : std::uint8_t { Ascii, Utf8 };

void appendNumber(std::string& out, double value);  ///< `value` is finite; whole numbers without a point
void appendNumber(std::string& out, std::int64_t value);
/// With its quotes. Bytes that are no UTF-8 become U+FFFD.
void appendString(std::string& out, std::string_view utf8, JsonText form = JsonText::Ascii);
/// `"name":`
void appendKey(std::string& out, std::string_view name);
void appendValue(std::string& out, const AttributeValue& value);

}  // namespace fiducial
