// mediumInfoJson() of record_json.h: what `inspect` says of one medium.
#include "medium_json.h"

#include "fiducial/project/record_json.h"

namespace fiducial::project {
namespace {

void writeGeometry(JsonWriter& out, const MediumInfo& info) {
  out.key("size").beginArray().value(info.columns).value(info.rows).value(info.frames).endArray();
  if (info.times > 1) out.field("times", info.times);
  out.field("components", info.components).field("scalar", nameOf(info.scalar));
  if (!info.spacing.empty()) {
    out.key("spacing").beginArray();
    for (const double spacing : info.spacing) out.value(spacing);
    out.endArray();
  }
  if (!info.hasGeometry) return;
  out.key("affine").beginArray();
  for (const auto& row : info.affine.rows()) {
    out.beginArray();
    for (const double element : row) out.value(element);
    out.endArray();
  }
  out.endArray();
}

/// How the spacing is known, where the file says it; ultrasound regions with their units.
void writeCalibration(JsonWriter& out, const ImageCalibration& calibration) {
  if (calibration.source == CalibrationSource::None) return;
  out.field("calibration", nameOf(calibration.source));
  if (calibration.regions.empty()) return;
  out.key("regions").beginArray();
  for (const CalibratedRegion& region : calibration.regions) {
    out.beginObject().textField("kind", region.kind);
    out.key("box").beginArray().value(region.left).value(region.top);
    out.value(region.right - region.left).value(region.bottom - region.top).endArray();
    out.textField("unit_x", region.unitX).textField("unit_y", region.unitY);
    out.field("per_pixel_x", region.perPixelX).field("per_pixel_y", region.perPixelY).endObject();
  }
  out.endArray();
}

void writeTime(JsonWriter& out, const MediumInfo& info) {
  const bool isOverTime = info.kind == MediumKind::Video || info.kind == MediumKind::Cine;
  if (!isOverTime) return;
  if (info.timeBase.num != 0) {
    out.key("time_base").beginArray().value(info.timeBase.num).value(info.timeBase.den).endArray();
  }
  if (info.durationSeconds > 0) out.field("duration_s", info.durationSeconds);
  out.field("frames", info.frames).flagField("frames_provisional", info.framesProvisional);
  if (info.frameRate > 0) out.field("frame_rate", info.frameRate);
  out.field("variable_rate", info.variableRate);
  // As ffprobe and the display matrix count it, counter-clockwise; MediumInfo counts the turn that we make.
  if (info.kind == MediumKind::Video) out.field("rotation", (360 - info.rotation) % 360);
  if (info.sampleAspect != Rational{1, 1} && info.sampleAspect.num > 0) {
    out.key("sample_aspect").beginArray().value(info.sampleAspect.num).value(info.sampleAspect.den).endArray();
  }
}

}  // namespace

void writeMediumFields(JsonWriter& out, const MediumInfo& info) {
  out.field("kind", nameOf(info.kind)).textField("format", info.format).textField("modality", info.modality);
  out.textField("series_description", info.seriesDescription);
  writeGeometry(out, info);
  writeCalibration(out, info.extras.calibration);
  out.textField("unit", info.unit).textField("transfer_syntax", info.transferSyntax).textField("codec", info.codec);
  writeTime(out, info);
  out.flagField("lossy", info.lossy).field("files", info.files);
  if (info.warnings.empty()) return;
  out.key("warnings").beginArray();
  for (const std::string& warning : info.warnings) out.value(warning);
  out.endArray();
}

std::string mediumInfoJson(const MediumInfo& info) {
  JsonWriter out;
  out.beginObject();
  writeMediumFields(out, info);
  out.endObject();
  return out.take();
}

}  // namespace fiducial::project
