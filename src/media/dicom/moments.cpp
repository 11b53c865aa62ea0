#include "moments.h"

namespace fiducial::media::dicom {
namespace {

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t n = at; n < at + count; ++n) {
    if (n >= text.size() || text[n] < '0' || text[n] > '9') return -1;
    value = value * 10 + (text[n] - '0');
  }
  return value;
}

/// Days since 0000-03-01 of a DA value, YYYYMMDD.
std::optional<double> daysOfDate(std::string_view text) {
  int year = digits(text, 0, 4);
  const int month = digits(text, 4, 2);
  const int day = digits(text, 6, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (month <= 2) --year;
  const int fromMarch = (month + 9) % 12;
  return 365.0 * year + year / 4 - year / 100 + year / 400 + (153 * fromMarch + 2) / 5 + day - 1;
}

}  // namespace

std::optional<double> secondsOfTime(std::string_view text) {
  const int hours = digits(text, 0, 2);
  if (hours < 0 || hours > 23) return std::nullopt;
  const int minutes = text.size() >= 4 ? digits(text, 2, 2) : 0;
  const int seconds = text.size() >= 6 ? digits(text, 4, 2) : 0;
  if (minutes < 0 || seconds < 0) return std::nullopt;
  double fraction = 0;
  double unit = 0.1;
  for (std::size_t n = 7; text.size() > 6 && text[6] == '.' && n < text.size(); ++n, unit /= 10) {
    if (text[n] < '0' || text[n] > '9') break;
    fraction += unit * (text[n] - '0');
  }
  return hours * 3600.0 + minutes * 60.0 + seconds + fraction;
}

std::optional<double> moment(std::string_view date, std::string_view time) {
  const auto days = daysOfDate(date);
  const auto seconds = secondsOfTime(time);
  if (!days || !seconds) return std::nullopt;
  return *days * kDay + *seconds;
}

std::optional<double> moment(const std::string& dateTime) {
  if (dateTime.size() < 10) return std::nullopt;
  return moment(std::string_view(dateTime).substr(0, 8), std::string_view(dateTime).substr(8));
}

}  // namespace fiducial::media::dicom
