// JSON text into one growing buffer: shortest numbers that read back the same, non-ASCII as \uXXXX, no locale.
// Source: RFC 8259; numbers by std::to_chars.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fiducial/core/attribute.h"

namespace fiducial::exchange {

void appendNumber(std::string& out, double value);  ///< `value` is finite; whole numbers without a point
void appendNumber(std::string& out, std::int64_t value);
/// With its quotes. Bytes that are no UTF-8 become U+FFFD.
void appendString(std::string& out, std::string_view utf8);
/// `"name":`
void appendKey(std::string& out, std::string_view name);
void appendValue(std::string& out, const AttributeValue& value);

}  // namespace fiducial::exchange
