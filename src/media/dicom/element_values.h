// What element values have in common, however a data set is read: padding, several values in one text, the first
// number. Source: DICOM PS3.5 6.2, 6.4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fiducial::media::dicom {

/// Without spaces, line ends and NUL at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// The values between backslashes, each trimmed; one empty value for an empty text.
[[nodiscard]] std::vector<std::string> splitValues(std::string_view text);
/// The first of several, where it is a finite number.
[[nodiscard]] std::optional<double> firstNumber(const std::vector<double>& values);
/// The same, rounded, where a 64-bit integer holds it exactly.
[[nodiscard]] std::optional<std::int64_t> firstInteger(const std::vector<double>& values);

}  // namespace fiducial::media::dicom
