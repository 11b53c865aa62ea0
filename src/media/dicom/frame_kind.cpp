#include "frame_kind.h"

#include <cmath>

namespace fiducial::media::dicom {
namespace {

std::string joined(const std::vector<std::string>& values) {
  std::string all;
  for (const std::string& value : values) all += (all.empty() ? "" : "\\") + value;
  return all;
}

/// Milliseconds of the day of a TM ("HHMMSS.ffffff") or DT value ("YYYYMMDDHHMMSS.ffffff", with days of its month).
double timeOfDay(std::string text, bool hasDate) {
  double days = 0;
  if (hasDate) {
    if (text.size() < 14) return 0;
    days = std::strtod(text.substr(6, 2).c_str(), nullptr);
    text.erase(0, 8);
  }
  std::erase(text, ':');  // as ACR-NEMA wrote times
  if (text.size() < 6) return 0;
  const auto part = [&](std::size_t at, std::size_t count) {
    return std::strtod(text.substr(at, count).c_str(), nullptr);
  };
  const double seconds = days * 86400 + part(0, 2) * 3600 + part(2, 2) * 60 + part(4, 12);
  return std::isfinite(seconds) ? seconds * 1000 : 0;
}

/// The attribute, else the private ones that the makers wrote before there was one.
std::optional<double> bValueOf(const DataSet& data) {
  if (const auto value = data.number(tag::DiffusionBValue)) return value;
  if (data.text(tag::SiemensMrCreator) == "SIEMENS MR HEADER") {
    if (const auto value = data.number(tag::SiemensBValue)) return value;
  }
  if (data.text(tag::GeParametersCreator) == "GEMS_PARM_01") {
    const std::vector<double> values = data.numbers(tag::GeBValue);
    // Newer software adds 1e9 as a flag.
    if (!values.empty() && values.front() >= 0) return std::fmod(values.front(), 100000.0);
  }
  if (data.text(tag::PhilipsImagingCreator) == "Philips Imaging DD 001") return data.number(tag::PhilipsBValue);
  return std::nullopt;
}

void readDiffusion(const DataSet& groups, FrameKind& kind) {
  const DataSet* diffusion = groups.item(tag::MrDiffusion);
  if (diffusion == nullptr) return;
  if (const auto value = diffusion->number(tag::DiffusionBValue)) kind.bValue = value;
  // A calculated map (isotropic, trace) is not one of the directions it was calculated from.
  const std::string directionality = diffusion->text(tag::DiffusionDirectionality);
  if (directionality == "ISOTROPIC") kind.type += "\\ISOTROPIC";
}

void readContent(const DataSet& content, FrameKind& kind) {
  if (const auto value = content.integer(tag::TemporalPositionIndex)) kind.temporal = *value;
  if (const auto value = content.integer(tag::FrameAcquisitionNumber)) kind.acquisition = *value;
  if (const auto value = content.integer(tag::InStackPosition)) kind.inStack = *value;
  for (const double value : content.numbers(tag::DimensionIndexValues)) kind.dimensions.push_back(std::int64_t(value));
  const double time = timeOfDay(content.text(tag::FrameAcquisitionDateTime), true);
  if (time > 0) kind.timeMs = time;
}

}  // namespace

FrameKind frameKindOf(const DataSet& data) {
  FrameKind kind;
  kind.type = joined(data.texts(tag::ImageType));
  kind.echoTimeMs = data.number(tag::EchoTime).value_or(0);
  kind.bValue = bValueOf(data);
  kind.temporal = data.integer(tag::TemporalPosition).value_or(0);
  kind.acquisition = data.integer(tag::AcquisitionNumber).value_or(0);
  kind.triggerMs = data.number(tag::TriggerTime).value_or(0);
  kind.timeMs = timeOfDay(data.text(tag::AcquisitionTime), false);
  if (kind.timeMs == 0) kind.timeMs = timeOfDay(data.text(tag::ContentTime), false);
  return kind;
}

void readKindOfGroups(const DataSet& groups, FrameKind& kind) {
  for (const Tag sequence : {tag::MrFrameType, tag::CtFrameType, tag::PetFrameType}) {
    const DataSet* item = groups.item(sequence);
    if (item != nullptr && item->has(tag::FrameType)) kind.type = joined(item->texts(tag::FrameType));
  }
  if (const DataSet* echo = groups.item(tag::MrEcho)) {
    kind.echoTimeMs = echo->number(tag::EffectiveEchoTime).value_or(kind.echoTimeMs);
  }
  readDiffusion(groups, kind);
  if (const DataSet* heart = groups.item(tag::CardiacSynchronization)) {
    kind.triggerMs = heart->number(tag::CardiacTriggerDelay).value_or(kind.triggerMs);
  }
  if (const DataSet* content = groups.item(tag::FrameContent)) readContent(*content, kind);
  if (const DataSet* time = groups.item(tag::TemporalPositionGroup)) {
    kind.timeMs = time->number(tag::TemporalPositionOffset).value_or(kind.timeMs / 1000) * 1000;
  }
}

}  // namespace fiducial::media::dicom
