// Standardised uptake value by body weight: output * factor.
// Source: QIBA, "SUV calculation" pseudo-code (vendor-neutral), https://qibawiki.rsna.org; DICOM PS3.3 C.8.9.1.
#include "suv.h"

#include <algorithm>
#include <cmath>

#include "image_header.h"
#include "moments.h"

namespace fiducial::media::dicom {
namespace {

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
  if (!weight || !(*weight > 0)) return withoutSuv("the patient's weight is missing");
  if (dose == nullptr) return withoutSuv("the radiopharmaceutical is not described");
  const auto total = dose->number(tag::RadionuclideDose);
  if (!total || !(*total > 0)) return withoutSuv("the injected dose is missing");
  const double grams = *weight * 1000;
  const std::string correction = data.text(tag::DecayCorrection);
  if (correction == "ADMIN") return {"SUVbw", grams / *total, ""};
  if (correction != "START") return withoutSuv("the activity is not corrected for decay to the start of the scan");
  const auto halfLife = dose->number(tag::RadionuclideHalfLife);
  if (!halfLife || !(*halfLife > 0)) return withoutSuv("the half-life is missing");
  const auto scan = scanStart(data, *halfLife);
  if (!scan) return withoutSuv("the time of the scan is not known");
  const auto given = injection(*dose, *scan);
  if (!given) return withoutSuv("the time of the injection is missing");
  if (*given > *scan) return withoutSuv("the injection is later than the scan");
  if (*scan - *given > kDay) return withoutSuv("the injection lies more than a day before the scan");
  const double decayed = *total * std::exp2(-(*scan - *given) / *halfLife);
  return {"SUVbw", grams / decayed, ""};
}

}  // namespace

SecondUnit withoutSuv(std::string reason) { return {"", 0, "no SUV: " + std::move(reason)}; }

SecondUnit readSuv(const DataSet& data, const std::string& modality, const std::string& unit) {
  if (modality != "PT") return {};
  if (unit == "GML") return {"SUVbw", 1, ""};
  if (unit == "CNTS" && data.text(tag::PhilipsPetCreator) == "Philips PET Private Group") {
    const auto factor = data.number(tag::PhilipsSuvFactor);
    if (factor && *factor > 0) return {"SUVbw", *factor, ""};
    const auto activity = data.number(tag::PhilipsActivityFactor);
    if (!activity || !(*activity > 0)) return withoutSuv("its counts have no factor to activity");
    SecondUnit suv = ofActivity(data);
    suv.factor *= *activity;
    return suv;
  }
  if (unit != "BQML") return withoutSuv("its unit is " + (unit.empty() ? "not said" : unit) + ", not BQML");
  const std::vector<std::string> corrected = data.texts(tag::CorrectedImage);
  const auto has = [&](std::string_view what) {
    return std::find(corrected.begin(), corrected.end(), what) != corrected.end();
  };
  if (!has("DECY") || !has("ATTN")) return withoutSuv("the picture is not corrected for attenuation and decay");
  return ofActivity(data);
}

}  // namespace fiducial::media::dicom
