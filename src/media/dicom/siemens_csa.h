// Values of the "CSA header" that Siemens MR scanners write into a private element.
// Source: the description of the format in nibabel's documentation ("Siemens format DICOM with CSA header").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fiducial::media::dicom {

/// The texts of one entry; empty where it is absent or the header is damaged. Never reads beyond `csa`.
[[nodiscard]] std::vector<std::string> csaValues(std::string_view csa, std::string_view name);

}  // namespace fiducial::media::dicom
