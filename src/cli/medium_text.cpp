#include "medium_text.h"

#include <fmt/format.h>

namespace fiducial::cli {

std::string mediumText(const MediumInfo& info) {
  std::string text = fmt::format("{}, {}", nameOf(info.kind), info.format);
  if (!info.modality.empty()) text += ' ' + info.modality;
  text += fmt::format(", {} x {}", info.columns, info.rows);
  if (info.frames > 1 || info.kind != MediumKind::Image)
    text += fmt::format(" x {}{}", info.frames, info.framesProvisional ? "~" : "");
  if (info.times > 1) text += fmt::format(" x {} times", info.times);
  if (info.components > 1) text += ", colour";
  text += fmt::format(" {}", nameOf(info.scalar));
  for (std::size_t i = 0; i < info.spacing.size(); ++i)
    text += fmt::format("{}{:g}", i == 0 ? ", " : " x ", info.spacing[i]);
  if (!info.spacing.empty()) text += " mm";
  if (!info.codec.empty()) text += ", " + info.codec;
  if (info.durationSeconds > 0) text += fmt::format(", {:.2f} s", info.durationSeconds);
  if (info.files > 1) text += fmt::format(", {} files", info.files);
  if (!info.seriesDescription.empty()) text += ", \"" + info.seriesDescription + '"';
  return text;
}

}  // namespace fiducial::cli
