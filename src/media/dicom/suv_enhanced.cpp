// SUV by body weight of Enhanced PET: units by the real world value maps of the frames, activity corrected to one
// instant. Source: DICOM PS3.3 C.8.22.4 (dose in MBq), C.8.22.6, C.7.6.16.2.11; PS3.16 CID 84.
#include <cmath>

#include "moments.h"
#include "suv.h"

namespace fiducial::media::dicom {
namespace {

constexpr std::string_view kEnhancedPet = "1.2.840.10008.5.1.4.1.1.130";
constexpr std::string_view kActivity = "Bq/ml";
constexpr std::string_view kSuv = "g/ml{SUVbw}";
constexpr double kLargestDose = 100'000;  // MBq; whoever wrote more wrote becquerels

/// From output to a unit, in one frame or all.
struct ToUnit {
  double slope = 0;  ///< unit = output * slope
  std::string problem;
};

const DataSet* mapIn(const DataSet* groups, std::string_view unit) {
  if (groups == nullptr) return nullptr;
  for (const DataSet& map : groups->items(tag::RealWorldValueMaps)) {
    const DataSet* code = map.item(tag::MeasurementUnits);
    if (code != nullptr && code->text(tag::CodeValue) == unit && map.has(tag::RealWorldSlope)) return &map;
  }
  return nullptr;
}

ToUnit ofFrame(const DataSet& map, const Rescale& rescale) {
  const double slope = map.number(tag::RealWorldSlope).value_or(0) / rescale.slope;
  const double intercept = map.number(tag::RealWorldIntercept).value_or(0);
  if (!(slope > 0)) return {0, "its real world values have no scale"};
  if (std::abs(intercept - rescale.intercept * slope) > 1e-6 * slope * std::max(1.0, std::abs(rescale.slope))) {
    return {0, "its real world values begin elsewhere than its output values"};
  }
  return {slope, ""};
}

/// Nothing where no frame is mapped to the unit.
std::optional<ToUnit> toUnit(const DataSet& data, const ImageHeader& header, std::string_view unit) {
  const DataSet* shared = data.item(tag::SharedGroups);
  const std::vector<DataSet>& perFrame = data.items(tag::PerFrameGroups);
  std::optional<ToUnit> all;
  for (int n = 0; n < header.frames; ++n) {
    const DataSet* map = std::size_t(n) < perFrame.size() ? mapIn(&perFrame[std::size_t(n)], unit) : nullptr;
    if (map == nullptr) map = mapIn(shared, unit);
    if (map == nullptr) return all ? ToUnit{0, "not all of its frames have the unit " + std::string(unit)} : all;
    const ToUnit one = ofFrame(*map, header.frame(n).rescale);
    if (!one.problem.empty()) return one;
    if (all && std::abs(one.slope - all->slope) > 1e-6 * all->slope) {
      return ToUnit{0, "the scale of its real world values differs from frame to frame"};
    }
    if (!all) all = one;
  }
  return all;
}

/// "+0100" of "20200102110000+0100"; empty where the file does not say.
std::string offsetFromUtc(const std::string& dateTime) {
  const std::size_t at = dateTime.find_first_of("+-");
  return at == std::string::npos ? std::string() : dateTime.substr(at);
}

/// Of output in Bq/ml times `scale`.
SecondUnit ofActivity(const DataSet& data, double scale) {
  if (data.text(tag::AttenuationCorrected) != "YES" || data.text(tag::DecayCorrected) != "YES") {
    return withoutSuv("the picture is not corrected for attenuation and decay");
  }
  const auto weight = data.number(tag::PatientWeight);
  if (!weight || !(*weight > 0)) return withoutSuv("the patient's weight is missing");
  const std::vector<DataSet>& doses = data.items(tag::Radiopharmaceuticals);
  if (doses.empty()) return withoutSuv("the radiopharmaceutical is not described");
  if (doses.size() > 1) return withoutSuv("more than one radiopharmaceutical was given");
  const auto dose = doses.front().number(tag::RadionuclideDose);  // MBq
  if (!dose || !(*dose > 0)) return withoutSuv("the injected dose is missing");
  if (*dose > kLargestDose) return withoutSuv("the injected dose cannot be in MBq, as it should be");
  const auto halfLife = doses.front().number(tag::RadionuclideHalfLife);
  if (!halfLife || !(*halfLife > 0)) return withoutSuv("the half-life is missing");
  const std::string givenAt = doses.front().text(tag::RadiopharmaceuticalStartDateTime);
  const std::string correctedTo = data.text(tag::DecayCorrectionDateTime);
  const auto given = moment(givenAt);
  if (!given) return withoutSuv("the time of the injection is missing");
  const auto corrected = moment(correctedTo);
  if (!corrected) return withoutSuv("the time to which decay was corrected is missing");
  if (offsetFromUtc(givenAt) != offsetFromUtc(correctedTo)) {
    return withoutSuv("the times of injection and decay correction are in different time zones");
  }
  if (*corrected < *given) return withoutSuv("the injection is later than the time to which decay was corrected");
  const double left = *dose * 1e6 * std::exp2(-(*corrected - *given) / *halfLife);
  return {"SUVbw", scale * *weight * 1000 / left, ""};
}

}  // namespace

bool isEnhancedPet(const ImageHeader& header) { return header.sopClass == kEnhancedPet; }

void readEnhancedSuv(const DataSet& data, ImageHeader& header) {
  if (const auto suv = toUnit(data, header, kSuv)) {
    header.secondUnit = suv->problem.empty() ? SecondUnit{"SUVbw", suv->slope, ""} : withoutSuv(suv->problem);
    return;
  }
  const auto activity = toUnit(data, header, kActivity);
  if (!activity) {
    header.secondUnit = withoutSuv("its frames are not mapped to Bq/ml");
    return;
  }
  if (!activity->problem.empty()) {
    header.secondUnit = withoutSuv(activity->problem);
    return;
  }
  const bool isActivity = std::abs(activity->slope - 1) < 1e-6;
  if (header.unit.empty() && isActivity) header.unit = "BQML";
  header.secondUnit = ofActivity(data, activity->slope);
}

}  // namespace fiducial::media::dicom
