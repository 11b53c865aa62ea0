// What other programs made of the shared DICOM files: the tests compare with it, docs/dicom.md names it.
#pragma once

#include <array>

namespace fiducial::media::test {

/// A conversion by dcm2niix (of the tilted series the computation that stands for it, see MANIFEST.md).
struct Conversion {
  const char* series;     ///< below dicom/
  const char* reference;  ///< below dicom/reference/, without .nii.gz
};

inline constexpr std::array kConversions{
    Conversion{"ct/head_vault_63", "ct_head_vault"},
    Conversion{"ct/slicer_head_93", "slicer_head_93"},
    Conversion{"mr/T1_oblique", "mr_t1_oblique"},
    Conversion{"seg/dcmqi_ct3", "dcmqi_ct3"},
    Conversion{"enhanced/legacy_converted_ct_3frames.dcm", "legacy_converted_ct"},
    Conversion{"malformed/series_good_10", "series_good_10"},
    Conversion{"malformed/series_reversed_instance_numbers", "series_reversed_instance_numbers"},
    Conversion{"malformed/series_rescale_differs_per_slice", "series_rescale_differs_per_slice"},
    Conversion{"malformed/series_gantry_tilt_15", "series_gantry_tilt_15"}};

}  // namespace fiducial::media::test
