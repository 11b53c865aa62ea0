// Standardised uptake value by body weight: output * factor.
// Source: QIBA, "SUV calculation" pseudo-code (vendor-neutral), https://qibawiki.rsna.org; DICOM PS3.3 C.8.9.1.
#include <algorithm>
#include <cmath>

#include "image_header.h"

namespace fiducial::media::dicom {
namespace {

SecondUnit without(std::string reason) { return {"", 0, "no SUV: " + std::move(reason)}; }

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t n = at; n < at + count; ++n) {
    if (n >= text.size() || text[n] < '0' || text[n] > '9') return -1;
    value = value * 10 + (text[n] - '0');
  }
  return value;
}

/// Seconds since midnight of a TM value, HH[MM[SS[.F]]].
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

constexpr double kDay = 86400;

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

/// When the scan began: to which its activity is corrected.
std::optional<double> scanStart(const DataSet& data, double halfLife) {
  const auto series = moment(data.text(tag::SeriesDate), data.text(tag::SeriesTime));
  const auto acquisition = moment(data.text(tag::AcquisitionDate), data.text(tag::AcquisitionTime));
  if (series && acquisition && *series <= *acquisition) return series;
  if (data.text(tag::GePetCreator) == "GEMS_PETD_01") {
    if (const auto ge = moment(data.text(tag::GePetScanDateTime))) return ge;
  }
  // The series was written later: back from this picture's acquisition to the start of the scan.
  const auto reference = data.number(tag::FrameReferenceTime);
  const auto duration = data.number(tag::ActualFrameDuration);
  if (!acquisition || !reference || !duration || !(*duration > 0)) return std::nullopt;
  const double lambda = std::log(2.0) / halfLife;
  const double decayed = lambda * *duration / 1000;
  const double averageAt = std::log(decayed / (1 - std::exp(-decayed))) / lambda;
  return *acquisition - *reference / 1000 + averageAt;
}

/// When the dose was given; a time without a date is the last one before the scan.
std::optional<double> injection(const DataSet& dose, double scan) {
  if (const auto whole = moment(dose.text(tag::RadiopharmaceuticalStartDateTime))) return whole;
  const auto time = secondsOfTime(dose.text(tag::RadiopharmaceuticalStart));
  if (!time) return std::nullopt;
  const double start = std::floor(scan / kDay) * kDay + *time;
  return start <= scan ? start : start - kDay;
}

/// Of values in Bq/ml.
SecondUnit ofActivity(const DataSet& data) {
  const DataSet* dose = data.item(tag::Radiopharmaceuticals);
  const auto weight = data.number(tag::PatientWeight);
  if (!weight || !(*weight > 0)) return without("the patient's weight is missing");
  if (dose == nullptr) return without("the radiopharmaceutical is not described");
  const auto total = dose->number(tag::RadionuclideDose);
  if (!total || !(*total > 0)) return without("the injected dose is missing");
  const double grams = *weight * 1000;
  const std::string correction = data.text(tag::DecayCorrection);
  if (correction == "ADMIN") return {"SUVbw", grams / *total, ""};
  if (correction != "START") return without("the activity is not corrected for decay to the start of the scan");
  const auto halfLife = dose->number(tag::RadionuclideHalfLife);
  if (!halfLife || !(*halfLife > 0)) return without("the half-life is missing");
  const auto scan = scanStart(data, *halfLife);
  if (!scan) return without("the time of the scan is not known");
  const auto given = injection(*dose, *scan);
  if (!given) return without("the time of the injection is missing");
  if (*given > *scan) return without("the injection is later than the scan");
  if (*scan - *given > kDay) return without("the injection lies more than a day before the scan");
  const double decayed = *total * std::exp2(-(*scan - *given) / *halfLife);
  return {"SUVbw", grams / decayed, ""};
}

}  // namespace

SecondUnit readSuv(const DataSet& data, const std::string& modality, const std::string& unit) {
  if (modality != "PT") return {};
  if (unit == "GML") return {"SUVbw", 1, ""};
  if (unit == "CNTS" && data.text(tag::PhilipsPetCreator) == "Philips PET Private Group") {
    const auto factor = data.number(tag::PhilipsSuvFactor);
    if (factor && *factor > 0) return {"SUVbw", *factor, ""};
    const auto activity = data.number(tag::PhilipsActivityFactor);
    if (!activity || !(*activity > 0)) return without("its counts have no factor to activity");
    SecondUnit suv = ofActivity(data);
    suv.factor *= *activity;
    return suv;
  }
  if (unit != "BQML") return without("its unit is " + (unit.empty() ? "not said" : unit) + ", not BQML");
  const std::vector<std::string> corrected = data.texts(tag::CorrectedImage);
  const auto has = [&](std::string_view what) {
    return std::find(corrected.begin(), corrected.end(), what) != corrected.end();
  };
  if (!has("DECY") || !has("ATTN")) return without("the picture is not corrected for attenuation and decay");
  return ofActivity(data);
}

}  // namespace fiducial::media::dicom
