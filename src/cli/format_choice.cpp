#include "format_choice.h"

#include "fiducial/exchange/format.h"

namespace fiducial::cli {

std::string wrongFormat(std::string_view name, Use use) {
  std::string all;
  for (const exchange::Format& format : exchange::formats()) {
    const bool usable = use == Use::Read ? format.importer != nullptr : format.exporter != nullptr;
    if (usable) all += (all.empty() ? "" : ", ") + std::string(format.name);
  }
  return "there is no format \"" + std::string(name) + "\" that can be " + (use == Use::Read ? "read" : "written") +
         "; there are: " + all;
}

}  // namespace fiducial::cli
