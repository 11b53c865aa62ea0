// Text of DICOM headers to UTF-8: every Specific Character Set, with and without code extensions.
// Source: DICOM PS3.5 6.1, PS3.3 C.12.1.1.2 (tables C.12-2 to C.12-5), ISO/IEC 2022.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fiducial::media::dicom {

/// What resets the character set in the middle of a value (PS3.5 6.1.2.5.3).
enum class TextKind {
  Plain,       ///< ST, LT, UT: control characters only, a backslash is text
  List,        ///< LO, SH, UC: backslashes part values
  PersonName,  ///< PN: also ^ and =
};

/// `sets` are the values of Specific Character Set, in order, empty for the default repertoire. What cannot be read in
/// them becomes U+FFFD; bytes that no set announces are taken for UTF-8 where they are that, else for Latin-1 (and
/// Shift JIS, GBK or the like is never guessed). Never fails. Thread: any.
[[nodiscard]] std::string textToUtf8(std::string_view text, const std::vector<std::string>& sets, TextKind kind);

}  // namespace fiducial::media::dicom
