#include "manifest.h"

#include <array>

#include "fiducial/core/json_text.h"

namespace fiducial::exchange {

std::string manifestJson(std::string_view format, const project::Project& project, const ExportOptions& options) {
  constexpr std::array<std::string_view, 4> kFrames{"labelled", "done", "all", "none"};
  constexpr std::array<std::string_view, 3> kStatus{"all", "done", "accepted"};
  std::string out = "{\"format\":";
  appendString(out, format);
  out += ",\"generator\":\"fiducial " FIDUCIAL_VERSION "\",\"project\":";
  appendString(out, project.uid());
  out += ",\"frames\":";
  appendString(out, kFrames[static_cast<std::size_t>(options.frames)]);
  out += ",\"status\":";
  appendString(out, kStatus[static_cast<std::size_t>(options.status)]);
  out += ",\"seed\":" + std::to_string(options.seed) + ",\"split\":{";
  for (const auto& [name, share] : options.split) {
    if (out.back() != '{') out += ',';
    appendKey(out, name);
    appendNumber(out, share);
  }
  out += "}}\n";
  return out;
}

}  // namespace fiducial::exchange
