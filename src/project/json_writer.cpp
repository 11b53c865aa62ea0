#include "json_writer.h"

#include <charconv>
#include <cmath>

#include "fiducial/core/json_text.h"

namespace fiducial::project {
JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  out_ += ':';
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  appendString(out_, text, JsonText::Utf8);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  separate();
  if (!std::isfinite(number)) {
    out_ += "null";
    return *this;
  }
  char text[32];  // not appendNumber(): what is stored keeps the form it had, 1e+05 and not 100000
  const auto end = std::to_chars(text, text + sizeof text, number);
  out_.append(text, end.ptr);
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  separate();
  out_ += flag ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::json(std::string_view text) {
  separate();
  out_ += text;
  return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
  separate();
  appendNumber(out_, number);
  return *this;
}

void JsonWriter::separate() {
  if (needsComma_) out_ += ',';
  needsComma_ = true;
}

}  // namespace fiducial::project
