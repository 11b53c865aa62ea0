#include "registry.h"

#include <array>

#include "dicom/dicom_family.h"
#include "metaimage/metaimage_family.h"
#include "nifti/nifti_family.h"
#include "nrrd/nrrd_family.h"
#include "still/still_family.h"
#include "video/video_family.h"

namespace fiducial::media {

std::span<const Family* const> families() {
  static const std::array all = {&dicomFamily(), &metaimageFamily(), &niftiFamily(),
                                 &nrrdFamily(),  &stillFamily(),     &videoFamily()};
  return all;
}

const Family* familyOf(const MediumInfo& info) {
  for (const Family* family : families()) {
    if (family->opens(info)) return family;
  }
  return nullptr;
}

}  // namespace fiducial::media
