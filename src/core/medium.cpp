#include "fiducial/core/medium.h"

namespace fiducial {

std::string_view nameOf(MediumKind kind) {
  switch (kind) {
    case MediumKind::Volume:
      return "volume";
    case MediumKind::Cine:
      return "cine";
    case MediumKind::Image:
      return "image";
    case MediumKind::Video:
      return "video";
  }
  return "unknown";
}

}  // namespace fiducial
