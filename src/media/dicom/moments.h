// Dates and times of data sets as seconds, to tell how much lies between two. Source: DICOM PS3.5 6.2 (DA, TM, DT).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fiducial::media::dicom {

inline constexpr double kDay = 86400;  ///< seconds

/// Seconds since midnight of a TM value, HH[MM[SS[.F]]].
[[nodiscard]] std::optional<double> secondsOfTime(std::string_view text);
/// Seconds since 0000-03-01 of a date (DA) and a time.
[[nodiscard]] std::optional<double> moment(std::string_view date, std::string_view time);
/// The same of a DT value; its offset from UTC is left to the caller.
[[nodiscard]] std::optional<double> moment(const std::string& dateTime);

}  // namespace fiducial::media::dicom
