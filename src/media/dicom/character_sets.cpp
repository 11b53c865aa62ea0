// Text of DICOM headers to UTF-8, by DCMTK's converter. Source: DICOM PS3.5 6.1, PS3.3 C.12.1.1.2.
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcspchrs.h>

#include "image_header.h"
#include "quiet_dcmtk.h"

namespace fiducial::media::dicom {
namespace {

bool isAscii(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\x1B') return false;
  }
  return true;
}

bool isUtf8(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    const int more = lead < 0x80                   ? 0
                     : lead >= 0xC2 && lead < 0xE0 ? 1
                     : lead >= 0xE0 && lead < 0xF0 ? 2
                     : lead >= 0xF0 && lead < 0xF5 ? 3
                                                   : -1;
    if (more < 0) return false;
    for (int n = 0; n < more; ++n) {
      if (at >= text.size() || (static_cast<unsigned char>(text[at++]) & 0xC0u) != 0x80u) return false;
    }
  }
  return true;
}

std::string fromLatin1(const std::string& text) {
  std::string utf8;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x80) {
      utf8 += c;
    } else {
      utf8 += char(0xC0 | (code >> 6));
      utf8 += char(0x80 | (code & 0x3F));
    }
  }
  return utf8;
}

std::string rawText(const DataSet& data, Tag tag) {
  const Element* element = data.find(tag);
  if (element == nullptr) return {};
  std::string text = element->value;
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.pop_back();
  while (!text.empty() && text.front() == ' ') text.erase(0, 1);
  return text;
}

}  // namespace

std::string toUtf8(const DataSet& data, Tag tag) {
  quietDcmtk();
  const std::string text = rawText(data, tag);
  if (isAscii(text)) return text;
  const std::string sets = data.text(tag::SpecificCharacterSet);
  if (!sets.empty() && sets != "ISO_IR 192") {
    DcmSpecificCharacterSet converter;
    OFString converted;
    const char* delimiters = tag == tag::PatientName ? "\\^=" : "\\";
    if (converter.selectCharacterSet(OFString(sets.c_str()), "ISO_IR 192").good() &&
        converter.convertString(OFString(text.data(), text.size()), converted, delimiters).good()) {
      return std::string(converted.c_str(), converted.size());
    }
  }
  return isUtf8(text) ? text : fromLatin1(text);
}

}  // namespace fiducial::media::dicom
