#include "fiducial/exchange/label_format.h"

#include <array>
#include <string>
#include <utility>

#include "fiducial/media/dicom_dataset.h"
#include "fiducial/media/dicom_tags.h"

namespace fiducial::exchange {
namespace {

namespace tag = media::dicom::tag;

using Entry = std::pair<std::string_view, std::string_view>;
constexpr std::string_view kRoot = "1.2.840.10008.5.1.4.1.1.";
// Source: DICOM PS3.4 annex B.5. A class that ends with a dot is a family.
constexpr std::array kClasses{Entry{"66.4", "dicom-seg"}, Entry{"66.7", "dicom-seg"}, Entry{"481.3", "rtstruct"},
                              Entry{"88.22", "dicom-sr"}, Entry{"88.33", "dicom-sr"}, Entry{"88.34", "dicom-sr"},
                              Entry{"11.", "gsps"}};

}  // namespace

std::string_view labelFormatOf(const std::filesystem::path& path) {
  const auto dataset = media::DicomDataset::open(path, {.lastTag = tag::Modality});
  if (!dataset) return {};
  const std::string whole = (*dataset)->root().text(tag::SopClass);
  if (!std::string_view(whole).starts_with(kRoot)) return {};
  const std::string_view name = std::string_view(whole).substr(kRoot.size());
  for (const auto& [sopClass, format] : kClasses) {
    if (sopClass.ends_with('.') ? name.starts_with(sopClass) : name == sopClass) return format;
  }
  return {};
}

}  // namespace fiducial::exchange
